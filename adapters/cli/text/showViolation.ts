import type { Violation } from '../../../operators/core/index.js';
import type { LogEntry } from '../../../streams/events/index.js';
import type { Colours } from '../colours.js';
import { harmless, showEntry, showTime } from './showEntry.js';

/** An entry by its line, as long as it is at hand. */
export type Recall = (n: number) => LogEntry | undefined;

const INDENT = '      ';
const SHOWN_RELATED = 5;

const titled = (title: string, text: string): string => `${INDENT}${title.padEnd(10)}${text}`;

const LONGEST_QUOTE = 120;

const quoted = (entry: LogEntry): string => {
  const text = showEntry(entry);
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)}…`;
};

const evidence = (n: number, recall: Recall): string => {
  const entry = recall(n);
  return titled(`line ${n}`, entry === undefined ? '(further back than is kept)' : `  ${quoted(entry)}`);
};

const placeOf = ({ adapter, session }: Violation): string =>
  [adapter && `adapter ${adapter}`, session && `session ${session}`].filter((part) => part !== undefined).join(', ');

/** A violation for people: the rule first, then what, what instead, why, and the lines that prove it. */
export const showViolation = (violation: Violation, recall: Recall, { bad, strong, faint }: Colours): string => {
  const { rule, event, at, message, expected, why, related = [] } = violation;
  const place = placeOf(violation);
  const lines = [event, ...related.filter((n) => n !== event).slice(0, SHOWN_RELATED)];
  return [
    `${bad(strong(rule.padEnd(INDENT.length - 1)))} line ${event}  ${showTime(at)}${place === '' ? '' : `  ${place}`}`,
    `${INDENT}${harmless(message)}`,
    titled('expected', harmless(expected)),
    titled('because', harmless(why)),
    ...lines.map((n) => faint(evidence(n, recall))),
    '',
    '',
  ].join('\n');
};
