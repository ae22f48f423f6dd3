import { type LogEntry, redactSecrets, revealSecrets, Secret, writeLogEntry } from '../../../streams/events/index.js';
import type { Difference, FieldDifference } from '../../event-log/index.js';
import type { Colours } from '../colours.js';
import { type Showing, showEntry, showTime, showValue } from './showEntry.js';

const headline = (difference: Difference): string => {
  switch (difference.what) {
    case 'differs':
      return difference.field.path === 'kind' ? 'another effect was done' : `${difference.field.path} differs`;
    case 'missing':
      return 'the recorded effect was not done by then';
    case 'unexpected':
      return 'an effect was done that the log does not have';
    case 'asked':
      return 'a secret was asked for whose answer the log does not have here';
    case 'notAsked':
      return 'the recorded secret was not asked for';
  }
};

const row = (title: string, n: number | undefined, at: number, text: string): string =>
  `${title.padEnd(9)}${String(n ?? '').padStart(8)}  ${showTime(at).padStart(18)}  ${text}`;

const actualOf = (difference: Difference, showing: Showing): string => {
  if ('effect' in difference) return showEntry({ dir: 'out', event: difference.effect }, showing);
  if ('request' in difference) return `a request for ${difference.request.want}`;
  return 'nothing';
};

const fieldRows = ({ path, expected, actual }: FieldDifference, showing: Showing): ReadonlyArray<string> => [
  '',
  `${path}`,
  `  expected  ${showValue(expected, showing)}`,
  `  actual    ${showValue(actual, showing)}`,
];

/** What is registered follows from the methods in use, so this is how the wrong ones show first. */
const hintOf = (difference: Difference): ReadonlyArray<string> => {
  const concerned = [difference.line?.entry.event.kind, 'effect' in difference ? difference.effect.kind : undefined];
  return concerned.includes('setEtherTypeHandling')
    ? ['', 'EtherTypes are registered for the methods in use: were other methods in use when the log was recorded? See --method.']
    : [];
};

/** The first difference for people: the lines before, what the log has, what was done, and the field that differs. */
export const showDifference = (name: string, difference: Difference, showing: Showing, colours: Colours): string => {
  const { line, at, before } = difference;
  const { bad, good, strong, faint } = colours;
  const where = line === undefined ? 'after its last line' : `at line ${line.n}`;
  const expected = line === undefined ? 'nothing' : showEntry(line.entry, showing);
  const field = 'field' in difference && difference.field !== undefined ? fieldRows(difference.field, showing) : [];
  return [
    `${name}: ${bad(`different ${where}`)}: ${strong(headline(difference))}`,
    '',
    ...before.map(({ n, entry }) => faint(row('', n, entry.at, showEntry(entry, showing)))),
    good(row('expected', line?.n, line?.entry.at ?? at, expected)),
    bad(row('actual', undefined, at, actualOf(difference, showing))),
    ...field,
    ...hintOf(difference),
    '',
  ].join('\n');
};

const policyOf = ({ secrets }: Showing) => (secrets ? revealSecrets : redactSecrets(() => ''));

/** A difference as JSON: entries as the lines of a log. */
export const differenceJson = (difference: Difference, showing: Showing): unknown => {
  const policy = policyOf(showing);
  const lineJson = (entry: LogEntry): unknown => JSON.parse(writeLogEntry(policy)(entry));
  const value = (one: unknown): unknown => (one instanceof Secret ? policy(one) : one);
  const { what, at, line, before } = difference;
  const field = 'field' in difference ? difference.field : undefined;
  return {
    what,
    at,
    line: line?.n,
    expected: line && lineJson(line.entry),
    actual: 'effect' in difference ? lineJson({ at, dir: 'out', event: difference.effect }) : undefined,
    request: 'request' in difference ? difference.request.want : undefined,
    field: field && { path: field.path, expected: value(field.expected), actual: value(field.actual) },
    before: before.map(({ n, entry }) => ({ line: n, entry: lineJson(entry) })),
  };
};
