import { indicationKinds, type LogEntry, Win32 } from '../../streams/events/index.js';
import { harmless } from './text/showEntry.js';
import { type PacketNames, wordsOf } from './timelineWords.js';

export interface TimelineOptions {
  readonly colour?: boolean;
  /** How wide a line may be. */
  readonly columns?: number;
  readonly packetNames?: PacketNames;
  /** Also the answers that say no more than that a call was accepted. */
  readonly everything?: boolean;
}

type Recorded = LogEntry['event'];

/** Select Graphic Rendition, ECMA-48 section 8.3.117. */
const STYLES = { faint: '2', red: '31', green: '1;32', yellow: '33', magenta: '35', cyan: '36', heading: '1' } as const;
export type Style = keyof typeof STYLES;
export type Paint = (style: Style, text: string) => string;

/** Colours, or none. */
export const paintOf = (colour: boolean): Paint =>
  colour ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_, text) => text;

const TIME_WIDTH = 10;
/** The longest of the names that are seen often; a longer one pushes the rest of its line. */
const NAME_WIDTH = 'postAssociateCompletion'.length;
const PORT_WIDTH = 4;
const RULE_WIDTH = 5;

/** Seconds with the six digits a log has. */
export const seconds = (microseconds: number): string => (microseconds / 1e6).toFixed(6);

/** Towards the engine or away from it; dashed where it is no call. */
const arrowOf = ({ dir, event }: LogEntry): string => {
  if (event.kind === 'diagnostic') return '  ·';
  if (dir === 'out') return '◀──';
  return event.kind in indicationKinds || event.kind === 'reply' || event.kind === 'secretSupplied' ? '╌╌▶' : '──▶';
};

const ENDS: ReadonlySet<Recorded['kind']> = new Set(['stopPostAssociate', 'adapterReset', 'deinitAdapter', 'deinitService']);

const isFailure = (event: Recorded): boolean => 'win32' in event && event.win32 !== Win32.codes.ERROR_SUCCESS;

const styleOf = ({ dir, event }: LogEntry): Style => {
  if (event.kind === 'diagnostic') return 'magenta';
  if (isFailure(event) || ENDS.has(event.kind)) return 'red';
  if (event.kind === 'postAssociateCompletion') return 'green';
  return dir === 'out' ? 'yellow' : 'cyan';
};

/** An accepted call, a returned handler: nothing anybody would look for. */
const isPlain = (event: Recorded): boolean =>
  (event.kind === 'reply' || event.kind === 'handlerReturned') &&
  event.win32 === Win32.codes.ERROR_SUCCESS &&
  !('detail' in event || 'output' in event || 'secret' in event || 'buffer' in event);

/** A long name may stand where the port would, if there is none. */
const besidePort = (name: string, port: string): readonly [string, string] =>
  port === ''
    ? [name, ' '.repeat(Math.max(0, NAME_WIDTH + 1 + PORT_WIDTH - name.length))]
    : [name.padEnd(NAME_WIDTH), ` ${port.padEnd(PORT_WIDTH)}`];

const portOf = (event: Recorded): string => ('session' in event && event.session !== undefined ? event.session : '');

const nameOf = (event: Recorded): string => (event.kind === 'reply' ? `reply to call ${event.call}` : event.kind);

/** What happened, and to which port; a remark needs the room for its words. */
const columnsOf = (event: Recorded): readonly [string, string] =>
  event.kind === 'diagnostic' ? [harmless(event.rule).padEnd(RULE_WIDTH), ''] : besidePort(nameOf(event), portOf(event));

const LEAST_ROOM = 24;

/** Words that do not fit go on under the first; nothing is cut. */
const wrapped = (text: string, room: number): ReadonlyArray<string> => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || `${last} ${word}`.trimEnd().length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => line.trimEnd());
};

/**
 * One entry of a log for people: when, which way, what, for which port, and the rest in words, on one line if it fits. Secrets
 * are never shown. An entry that is not worth a line is `undefined`.
 *
 * @example
 * const line = timeline({ columns: 100 });
 * console.log(line({ at: 350_000, dir: 'in', event: { kind: 'deinitService' } }));
 * // '  0.350000 ──▶ deinitService'
 *
 * @since 0.1.0
 */
export const timeline = ({ colour = false, columns = 100, packetNames, everything = false }: TimelineOptions = {}) => {
  const paint = paintOf(colour);
  return (entry: LogEntry): string | undefined => {
    const { at, event } = entry;
    if (!everything && isPlain(event)) return undefined;
    const style = styleOf(entry);
    const time = seconds(at).padStart(TIME_WIDTH);
    const [name, port] = columnsOf(event);
    const indent = `${time} ──▶ ${name}${port} `.length;
    const said = wrapped(harmless(wordsOf(event, packetNames)), Math.max(LEAST_ROOM, columns - indent));
    const words = event.kind === 'diagnostic' ? said.map((line) => paint(style, line)) : said;
    const left = `${paint('faint', time)} ${paint(style, arrowOf(entry))} ${paint(style, name)}${paint('faint', port)}`;
    return `${left} ${words.join(`\n${' '.repeat(indent)}`)}`.trimEnd();
  };
};
