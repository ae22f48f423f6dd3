import * as t from 'io-ts';
import { words } from './parts.js';

const Outcomes = t.record(words('authorized', 'failed', 'interrupted', 'incomplete'), t.number);

/**
 * The last line: how much was read, and how many connections ended how.
 *
 * @since 0.2.0
 */
export const SummaryCodec = t.strict({
  kind: t.literal('summary'),
  v: t.literal(1),
  frames: t.number,
  connections: t.number,
  outcomes: Outcomes,
});

/** @since 0.2.0 */
export type Summary = t.TypeOf<typeof SummaryCodec>;
