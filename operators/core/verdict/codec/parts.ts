import * as t from 'io-ts';

/** One of some words. */
export const words = <W extends string>(...list: ReadonlyArray<W>): t.Type<W, W, unknown> =>
  t.keyof(Object.fromEntries(list.map((word) => [word, null])) as Record<W, null>);

export const nullable = <A>(codec: t.Type<A, A, unknown>): t.Type<A | null, A | null, unknown> => t.union([codec, t.null]);

/** Numbers of frames of the capture, from 1; lines of a log of text. */
export const Frames = t.readonlyArray(t.number);

/** Where something stands; `time` is ISO 8601 in UTC with microseconds, `null` where nothing tells the time. */
export const MarkJson = t.strict({ frame: t.number, time: nullable(t.string) });
export type MarkJson = t.TypeOf<typeof MarkJson>;

export const SpeakerJson = words('station', 'ap');

/** A reason of Windows, by number, hex and name. */
export const CodeJson = t.strict({ reason: t.number, hex: t.string, name: t.string });
