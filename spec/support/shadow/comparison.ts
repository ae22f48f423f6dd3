import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { type AkmParameters, keyMic, type RsnState } from '../../../operators/core/rsn/index.js';
import { differencesOf } from '../../../operators/core/shadow/handshake/differences.js';
import { equalBytes } from '../../../streams/events/index.js';
import { type EapolKey, withZeroedMic } from '../../../streams/frames/index.js';
import { keyOf, type StationMessage, stationMessage } from './exchange.js';

/** A packet of the station beside the one the method sent in its place. */
export interface Compared {
  readonly message: StationMessage;
  readonly replayCounter: bigint;
  readonly isSame: boolean;
  /** Where they differ, field by field; not the MIC, which follows from the rest. */
  readonly differences: ReadonlyArray<string>;
  /** Whether the MIC of the station's packet is made with the key the method derived. */
  readonly isSameKey: boolean;
}

export interface Comparison {
  readonly compared: ReadonlyArray<Compared>;
  /** What the method sent and the station was not seen to send, and the other way round. */
  readonly onlyOurs: ReadonlyArray<string>;
  readonly onlyTheirs: ReadonlyArray<string>;
}

/** Every KCK a state holds. */
const kcksIn = (state: RsnState): ReadonlyArray<Uint8Array> => {
  if (state.phase === 'proving') return [state.attempt.ptk.kck.reveal()];
  if (state.phase !== 'established') return [];
  const rekey = state.rekey?.step === 'proving' ? [state.rekey.attempt.ptk.kck.reveal()] : [];
  return [state.ptk.kck.reveal(), ...rekey];
};

/** The KCK a packet's MIC is made with, if it is one of these. */
const provenBy = (parameters: AkmParameters, packet: Uint8Array, kcks: ReadonlyArray<Uint8Array>): Uint8Array | undefined => {
  const key = keyOf(packet, parameters.mic);
  if (key === undefined) return undefined;
  const zeroed = withZeroedMic(packet, parameters.mic);
  const { descriptorVersion } = key.information;
  return kcks.find((kck) => {
    const mic = keyMic(nodeCrypto, parameters, descriptorVersion, kck, zeroed);
    return mic !== undefined && equalBytes(mic, key.mic);
  });
};

/** A packet as it was sent, and with which KCK. */
export interface Written {
  readonly packet: Uint8Array;
  readonly kck: Uint8Array | undefined;
}

/** Keeps the KCK of a packet, because the state it is in gets wiped. */
export const written = (parameters: AkmParameters, packet: Uint8Array, state: RsnState): Written => ({
  packet,
  kck: provenBy(parameters, packet, kcksIn(state))?.slice(),
});

interface Half {
  readonly packet: Uint8Array;
  readonly key: EapolKey;
  readonly kck?: Uint8Array | undefined;
}

const nameOf = ({ key }: Half): string => `${stationMessage(key)} of ${key.replayCounter}`;

const EAPOL_HEADER = 4;

/** Some captures have the padding of Ethernet, or an FCS nobody announced, behind a packet. */
const withoutTrailer = (packet: Uint8Array): Uint8Array =>
  packet.subarray(0, EAPOL_HEADER + ((packet[2] ?? 0) << 8) + (packet[3] ?? 0));

const halves = (parameters: AkmParameters, packets: ReadonlyArray<Omit<Half, 'key'>>): ReadonlyArray<Half> =>
  packets.flatMap((half) => {
    const packet = withoutTrailer(half.packet);
    const key = keyOf(packet, parameters.mic);
    return key === undefined ? [] : [{ ...half, packet, key }];
  });

/** What both sent the same, octet for octet, goes together first; the rest by message and replay counter, in order. */
export const compare = (
  parameters: AkmParameters,
  ours: ReadonlyArray<Written>,
  theirs: ReadonlyArray<Uint8Array>,
): Comparison => {
  const left = [...halves(parameters, ours)];
  const sent = halves(
    parameters,
    theirs.map((packet) => ({ packet })),
  );
  const take = (matches: (half: Half) => boolean): Half | undefined => {
    const at = left.findIndex(matches);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const same = sent.map((half) => take(({ packet }) => equalBytes(packet, half.packet)));
  const pairs = sent.map((half, i) => ({ half, our: same[i] ?? take((candidate) => nameOf(candidate) === nameOf(half)) }));
  return {
    compared: pairs.flatMap(({ half, our }, i): ReadonlyArray<Compared> => {
      if (our === undefined) return [];
      const { replayCounter } = half.key;
      const isSameKey = our.kck !== undefined && provenBy(parameters, half.packet, [our.kck]) !== undefined;
      const differences = differencesOf(our.key, half.key);
      return [{ message: stationMessage(half.key), replayCounter, isSame: same[i] !== undefined, differences, isSameKey }];
    }),
    onlyOurs: left.map(nameOf),
    onlyTheirs: pairs.filter(({ our }) => our === undefined).map(({ half }) => nameOf(half)),
  };
};
