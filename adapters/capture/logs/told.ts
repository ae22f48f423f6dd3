import type { Mac48, Mark, Told } from '../../../streams/air/index.js';

/** Whom a log speaks of. */
export interface Pair {
  readonly station: Mac48;
  readonly ap: Mac48;
  readonly ssid?: Uint8Array | undefined;
}

/** What is said of them. The words are ours: those of a log may hold names and secrets. */
export interface Saying extends Pick<Told, 'phase' | 'outcome' | 'text'> {
  readonly reason?: number;
}

export const toldOf = ({ frame, time }: Mark, { station, ap, ssid }: Pair, saying: Saying): Told => ({
  kind: 'told',
  ...{ frame, time, station, ap },
  ...(ssid && { ssid }),
  ...saying,
});
