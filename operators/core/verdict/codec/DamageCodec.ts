import * as t from 'io-ts';

/**
 * A place where a capture is damaged: what comes before and, if there is a way to go on, after it was read.
 *
 * @since 0.2.0
 */
export const DamageCodec = t.strict({
  kind: t.literal('damage'),
  v: t.literal(1),
  /** Octets from the beginning of the file, unpacked if it was compressed. */
  offset: t.number,
  message: t.string,
});

/** @since 0.2.0 */
export type DamageReport = t.TypeOf<typeof DamageCodec>;
