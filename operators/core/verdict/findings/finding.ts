import type { Connection } from '../../shadow/Connection.js';
import type { Finding, Judgement } from '../Explanation.js';

/** Reads one family of findings out of a connection; what is not there is not mentioned. */
export type FindingReader = (connection: Connection, judgement: Judgement) => ReadonlyArray<Finding>;

type Frames = ReadonlyArray<number>;

export const info = (id: string, text: string, frames: Frames): Finding => ({ id, severity: 'info', text, frames });
export const warning = (id: string, text: string, frames: Frames): Finding => ({ id, severity: 'warning', text, frames });
export const error = (id: string, text: string, frames: Frames): Finding => ({ id, severity: 'error', text, frames });

/** A finding if there is something to say. */
export const when = (holds: boolean, finding: () => Finding): ReadonlyArray<Finding> => (holds ? [finding()] : []);

/** `once`, `twice`, `7 times` */
export const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** Microseconds as people say them. */
export const span = (microseconds: number): string =>
  Math.abs(microseconds) < 1_000_000 ? `${(microseconds / 1000).toFixed(1)} ms` : `${(microseconds / 1_000_000).toFixed(3)} s`;

export const nameOfSpeaker = (speaker: 'station' | 'ap'): string => (speaker === 'ap' ? 'the access point' : 'the station');

export const otherSpeaker = (speaker: 'station' | 'ap'): 'station' | 'ap' => (speaker === 'ap' ? 'station' : 'ap');

/** The first letter of a sentence. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
