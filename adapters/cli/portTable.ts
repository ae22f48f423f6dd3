import {
  type EffectOf,
  type HostEvent,
  isTerminator,
  type LogEntry,
  type SessionHandle,
  Win32,
} from '../../streams/events/index.js';

/** What became of one port, as far as a log tells. */
interface PortRow {
  readonly session: SessionHandle;
  readonly peer: string;
  readonly opened: number;
  readonly verdict: string;
  readonly keys: number;
  readonly received: number;
  readonly sent: number;
  readonly ended: string;
}

/** A table is for a glance: milliseconds will do. */
const seconds = (microseconds: number): string => (microseconds / 1e6).toFixed(3);

type Rows = ReadonlyArray<PortRow>;

const isLive = ({ ended }: PortRow): boolean => ended === '';

const changed = (rows: Rows, which: (row: PortRow) => boolean, change: (row: PortRow) => Partial<PortRow>): Rows =>
  rows.map((row) => (which(row) ? { ...row, ...change(row) } : row));

const verdictOf = (at: number, { win32 }: EffectOf<'postAssociateCompletion'>): string =>
  win32 === Win32.codes.ERROR_SUCCESS ? `authorised ${seconds(at)}` : `${Win32.nameOf(win32) ?? win32}`;

const afterInput = (rows: Rows, at: number, event: HostEvent): Rows => {
  if (event.kind === 'performPostAssociate') {
    const { session, portState } = event;
    const row = { session, peer: portState.peer, opened: at, verdict: 'pending', keys: 0, received: 0, sent: 0, ended: '' };
    return [...rows, row];
  }
  if (isTerminator(event)) {
    const isIts = (row: PortRow) => isLive(row) && (event.kind !== 'stopPostAssociate' || event.peer === row.peer);
    return changed(rows, isIts, () => ({ ended: `${event.kind} ${seconds(at)}` }));
  }
  if (event.kind !== 'receivePacket') return rows;
  return changed(
    rows,
    (row) => isLive(row) && row.peer === event.peer,
    ({ received }) => ({ received: received + 1 }),
  );
};

const after = (rows: Rows, { at, dir, event }: LogEntry): Rows => {
  if (dir === 'in') return afterInput(rows, at, event);
  if (!('session' in event)) return rows;
  const isIts = ({ session }: PortRow): boolean => session === event.session;
  switch (event.kind) {
    case 'sendPacket':
      return changed(rows, isIts, ({ sent }) => ({ sent: sent + 1 }));
    case 'setKeyMappingKey':
    case 'setDefaultKey':
      return changed(rows, isIts, ({ keys }) => ({ keys: keys + 1 }));
    case 'postAssociateCompletion':
      return changed(rows, isIts, () => ({ verdict: verdictOf(at, event) }));
    default:
      return rows;
  }
};

const HEADINGS = ['port', 'peer', 'opened', 'verdict', 'keys', 'in/out', 'ended by'];

const cells = ({ session, peer, opened, verdict, keys, received, sent, ended }: PortRow): ReadonlyArray<string> => [
  session,
  peer,
  seconds(opened),
  verdict,
  String(keys),
  `${received}/${sent}`,
  ended,
];

/** The ports of a log, one a line under a line of headings. */
export const portTable = (entries: ReadonlyArray<LogEntry>): ReadonlyArray<string> => {
  const table = [HEADINGS, ...entries.reduce(after, [] as Rows).map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
