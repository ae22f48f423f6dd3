import type { Connection } from '../../shadow/Connection.js';
import type { TimingJson } from '../codec/course.js';
import { otherSpeaker } from '../findings/finding.js';
import { isoTime } from '../json/isoTime.js';
import { type Exchange, exchangesOf, type Said } from './steps.js';

type StepTime = TimingJson['steps'][number];
type Slowest = NonNullable<TimingJson['slowest']>;

const MICROSECONDS = 1000;

/** To the microsecond; a clock that goes backwards, or none, tells no duration. */
const milliseconds = (from: Said, to: Said): number | null =>
  from.time > 0 && to.time >= from.time ? Math.floor(to.time - from.time) / MICROSECONDS : null;

const mark = ({ frame, time }: Said) => ({ frame, time: isoTime(time) });

const timeOf = ({ step, said, isThrough }: Exchange): StepTime | undefined => {
  const first = said[0];
  const last = said.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    step,
    began: mark(first),
    ended: mark(last),
    ms: milliseconds(first, last),
    turn: isThrough ? null : otherSpeaker(last.from),
  };
};

/** The longest silence in an exchange: after one has spoken the other is waited for. */
const slowestIn = ({ step, said, hasHole = false }: Exchange, worst: Slowest | null): Slowest | null => {
  let slowest = worst;
  for (let at = 1; at < said.length && !hasHole; at += 1) {
    const [earlier, later] = [said[at - 1], said[at]];
    const ms = earlier && later && milliseconds(earlier, later);
    if (earlier && later && typeof ms === 'number' && ms > (slowest?.ms ?? -1)) {
      slowest = { step, by: otherSpeaker(earlier.from), ms, after: earlier.frame, until: later.frame };
    }
  }
  return slowest;
};

const MOST = 64;

/** How long each step took, whose turn it was when it ended, and who was slowest. */
export const timingOf = (connection: Connection): TimingJson => {
  const exchanges = exchangesOf(connection);
  const slowest = exchanges.reduce<Slowest | null>((worst, exchange) => slowestIn(exchange, worst), null);
  return { steps: exchanges.slice(0, MOST).flatMap((exchange) => timeOf(exchange) ?? []), slowest };
};
