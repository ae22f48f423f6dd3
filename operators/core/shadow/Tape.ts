import type { EapolHeard, Mark } from '../../../streams/air/index.js';
import { copyBytes, type Secret } from '../../../streams/events/index.js';

/** An EAPOL packet of either end, in the clear. */
export interface TapedPacket extends Mark, Pick<EapolHeard, 'from' | 'packet' | 'isProtected'> {}

/**
 * What an engine needs to stand in for the station of a connection: the frames of its association, what was said, and the PMK if
 * one was proven.
 *
 * @since 0.2.0
 */
export interface Tape {
  readonly request?: Uint8Array;
  readonly response?: Uint8Array;
  readonly announcement?: Uint8Array;
  readonly packets: ReadonlyArray<TapedPacket>;
  readonly pmk?: Secret;
}

/** A storm of packets is as good as its beginning. */
const MOST_PACKETS = 4096;

export const keepOn = (tape: TapedPacket[] | undefined, { frame, time, from, packet, isProtected }: EapolHeard): void => {
  if (tape === undefined || tape.length >= MOST_PACKETS) return;
  tape.push({ frame, time, from, packet: copyBytes(packet), isProtected });
};
