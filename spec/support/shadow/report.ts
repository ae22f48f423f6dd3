import { cipherOf } from '../../../operators/core/rsn/index.js';
import { L2Reason } from '../../../streams/events/index.js';
import { counted, table } from '../markdown.js';
import { choiceOf } from './association.js';
import type { CaptureRun, Passed } from './captureRuns.js';
import type { Comparison } from './comparison.js';
import type { Exchange, StationMessage } from './exchange.js';
import { installedKeys, sorted } from './installedKeys.js';
import type { LabRun } from './labRuns.js';
import type { Run } from './run.js';

const SHORT: Readonly<Record<StationMessage, string>> = {
  'message 2': 'M2',
  'message 4': 'M4',
  'group message 2': 'G2',
  request: 'request',
};

const messages = ({ compared }: Comparison): string => counted(compared.map(({ message }) => SHORT[message])).join(', ');

const same = ({ compared }: Comparison): number => compared.filter(({ isSame }) => isSame).length;

const share = (part: number, whole: number): string => (whole === 0 ? '' : `${part} of ${whole}`);

const nameOf = (selector: number | undefined): string => (selector === undefined ? '' : (cipherOf(selector)?.name ?? ''));

/** The ciphers for pairwise traffic, for group traffic, and for management frames where these are protected. */
const ciphers = (exchange: Exchange, { shadow }: Run): string => {
  const choice = choiceOf(exchange);
  const protectsManagement = shadow.installed.some(({ slot }) => slot === 'management');
  const management = protectsManagement ? nameOf(choice?.groupManagement) : '';
  return [nameOf(choice?.pairwise), nameOf(choice?.group), management].filter((name) => name !== '').join(', ');
};

/** What the method made of it. */
export const outcomeOf = ({ shadow }: Run): string => {
  const { outcomes, verdict, installed } = shadow;
  if (outcomes.some((outcome) => outcome.do === 'succeed')) {
    const rekeys = installed.filter(({ slot }) => slot === 'pairwise').length - 1;
    return rekeys > 0 ? `connected, ${rekeys} pairwise rekeys` : 'connected';
  }
  const keys = installed.length === 0 ? 'no key' : 'pairwise key';
  const suspicion = verdict.wrongSecret === 'likely' ? ', passphrase probably wrong' : '';
  const reason = verdict.reason === undefined ? '' : ` (${L2Reason.nameOf(verdict.reason) ?? ''})`;
  return `${keys}, waits for ${verdict.awaited}${suspicion}${reason}`;
};

const shared = (keys: ReadonlyArray<string>, known: ReadonlyArray<string>): number =>
  keys.filter((key) => known.includes(key)).length;

const LAB_COLUMNS = [
  'case',
  'AKM',
  'ciphers',
  'messages',
  'on the air',
  'by its log',
  'keys',
  'frames opened',
  'what became of it',
];

const labRow = ({ name, station, ordinal, exchange, air, log, expected }: LabRun): ReadonlyArray<string> => {
  const best = log ?? air;
  const keys = sorted(installedKeys(best.shadow.installed));
  const known = sorted(expected);
  const which = [station === 'station' ? '' : station, ordinal === 1 ? '' : `association ${ordinal}`].filter(
    (each) => each !== '',
  );
  return [
    [name, ...which].join(', '),
    air.akm.name,
    ciphers(exchange, best),
    messages(best.comparison),
    share(same(air.comparison), air.comparison.compared.length),
    log === undefined ? '' : share(same(log.comparison), log.comparison.compared.length),
    known.length === 0 && keys.length > 0 ? `${keys.length}, the station none` : share(shared(keys, known), keys.length),
    share(air.shadow.openedFrames, air.shadow.protectedFrames),
    outcomeOf(best),
  ];
};

export const labTable = (runs: ReadonlyArray<LabRun>): string => table(LAB_COLUMNS, runs.map(labRow));

const TEMPORAL_DIGITS = 32;

/** Of a TKIP key analysers name the temporal key alone. */
export const confirmedKeys = ({ run, oracleKeys }: CaptureRun): ReadonlyArray<boolean> =>
  installedKeys(run.shadow.installed).map(({ key }) => oracleKeys.has(key) || oracleKeys.has(key.slice(0, TEMPORAL_DIGITS)));

/** Short of the octets that say nothing to a reader. */
const shown = (difference: string): string =>
  difference.replace(/\bnonce (?!0+ )[0-9a-f]{64} where we send 0+$/, 'a nonce where we send none');

/** How a station differs, each way once. */
export const dialectOf = ({ compared }: Comparison): ReadonlyArray<string> => [
  ...new Set(
    compared.flatMap(({ message, differences }) => differences.map((difference) => `${SHORT[message]}: ${shown(difference)}`)),
  ),
];

const titleOf = (file: string): string => file.replace('__', ': ');

const CAPTURE_COLUMNS = [
  'capture',
  'AKM',
  'ciphers',
  'messages',
  'same',
  'same MIC key',
  'keys confirmed',
  'frames opened',
  'what became of it',
  'remarks',
];

const captureRow = (capture: CaptureRun): ReadonlyArray<string> => {
  const { files, ordinal, exchange, run, eapolVersion, written } = capture;
  const { compared } = run.comparison;
  const confirmed = confirmedKeys(capture);
  const remarks = [
    ...(eapolVersion === 1 ? [] : [`EAPOL version ${eapolVersion}`]),
    ...dialectOf(run.comparison),
    ...(written.length === 0 ? [] : [`not captured, and so written: ${written.join('; ')}`]),
    ...(run.comparison.onlyTheirs.length === 0 ? [] : [`not answered: ${run.comparison.onlyTheirs.join(', ')}`]),
  ];
  return [
    [...files.map(titleOf), ...(ordinal === 1 ? [] : [`association ${ordinal}`])].join(', '),
    run.akm.name,
    ciphers(exchange, run),
    messages(run.comparison),
    share(same(run.comparison), compared.length),
    share(compared.filter(({ isSameKey }) => isSameKey).length, compared.length),
    share(confirmed.filter((each) => each).length, confirmed.length),
    share(run.shadow.openedFrames, run.shadow.protectedFrames),
    outcomeOf(run),
    remarks.join('; '),
  ];
};

export const captureTable = (runs: ReadonlyArray<CaptureRun>): string => table(CAPTURE_COLUMNS, runs.map(captureRow));

export const passedList = (passed: ReadonlyArray<Passed>): string =>
  passed.map(({ file, why }) => `- ${titleOf(file)}: ${why}`).join('\n');

/** How many messages were compared, and how many of them are the same. */
export const totals = (comparisons: ReadonlyArray<Comparison>) => ({
  associations: comparisons.length,
  messages: comparisons.reduce((sum, { compared }) => sum + compared.length, 0),
  same: comparisons.reduce((sum, comparison) => sum + same(comparison), 0),
});
