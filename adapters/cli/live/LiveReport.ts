import type { LogEntry, MacAddress } from '../../../streams/events/index.js';
import { type Colours, coloursOf } from '../colours.js';
import type { Io } from '../Io.js';
import { certificateWords } from '../radius/showEvent.js';
import { noteWords } from '../text/noteWords.js';
import { visible } from '../text/visible.js';
import { hanging } from '../text/wrapText.js';
import { timeline } from '../timeline.js';
import type { LiveItem } from './LiveItem.js';

/** Takes what there is to see; `false` once nobody reads it any more. */
export interface LiveReport {
  readonly begin: (title: string) => boolean;
  readonly item: (item: LiveItem) => boolean;
  readonly secret: (name: string, hex: string) => boolean;
}

interface TextOptions {
  /** Also the calls between the engine and its host. */
  readonly showsCalls: boolean;
  readonly columns: number;
}

type Verdict = Extract<LiveItem, { kind: 'verdict' }>;

const DIGITS = 3;
const WIDTH = 9;

const verdictLines = ({ verdict, ms }: Verdict, { good, bad, strong }: Colours, columns: number): ReadonlyArray<string> => {
  const { kind, message, advice, certificate, certificateError } = verdict;
  const title = kind === 'authenticated' ? good(strong('AUTHENTICATED')) : bad(strong('NOT AUTHENTICATED'));
  const rows: ReadonlyArray<readonly [string, string]> = [
    ...(advice === undefined ? [] : [['what to do', advice] as const]),
    ...(certificate === undefined || kind !== 'badServerCertificate'
      ? []
      : certificateWords(certificate).map((line, i) => [i === 0 ? 'certificate' : '', line] as const)),
    ...(certificateError === undefined ? [] : [['', `OpenSSL calls it ${certificateError}`] as const]),
  ];
  const indent = ' '.repeat(WIDTH + 6);
  return [
    `${title}: ${visible(message)}, after ${ms.toFixed(1)} ms`,
    ...rows.map(([name, text]) => hanging(`${indent}${name.padEnd(13)}`, text, columns)),
  ];
};

const PORT = {
  unauthorised: 'the port is closed but for 802.1X',
  authorised: 'the port is open',
  deleted: 'the port is gone',
} as const;

/** What an item says behind its time; nothing where it is said elsewhere. */
const words = (item: LiveItem, colours: Colours, columns: number): string | undefined => {
  const { good, bad, faint } = colours;
  switch (item.kind) {
    case 'link':
      return item.link.isUp ? `the link is up ${faint(`(${item.link.address})`)}` : bad('the link is down');
    case 'removed':
      return bad('the interface is gone; waits for it to come back');
    case 'trouble':
      return bad(visible(item.message));
    case 'packet':
      return `${item.dir === 'out' ? '──▶' : '◀──'} ${item.words} ${faint(`(${item.octets} octets)`)}`;
    case 'port':
      return item.state === 'authorised' ? good(PORT.authorised) : PORT[item.state];
    case 'verdict':
      return verdictLines(item, colours, columns).join('\n');
    case 'note': {
      const said = noteWords(item.note);
      return said && ` ·  ${said}`;
    }
    case 'call':
      return undefined;
  }
};

/** For people: a line for whatever happens, its time in seconds from the beginning. */
export const textReport = (io: Io, { showsCalls, columns }: TextOptions): LiveReport => {
  const colours = coloursOf(io);
  const calls = timeline({ colour: colours.faint('') !== '', columns });
  let began: number | undefined;
  let authenticator: MacAddress | undefined;
  /** The first packet of whoever is at the other end says who that is. */
  const isNews = (item: LiveItem): boolean => {
    if (item.kind !== 'packet' || item.from === undefined || item.from === authenticator) return false;
    authenticator = item.from;
    return true;
  };
  const line = (text: string | undefined): boolean => text === undefined || io.out(`${text}\n`);
  const call = (entry: LogEntry, at: number): string | undefined => (showsCalls ? calls({ ...entry, at }) : undefined);
  return {
    begin: (title) => line(colours.strong(title)),
    item: (item) => {
      began ??= item.at;
      const at = item.at - began;
      if (item.kind === 'call') return line(call(item.entry, at));
      if (isNews(item)) line(`${' '.repeat(WIDTH + 2)}   ·  the authenticator is ${authenticator}`);
      const said = words(item, colours, columns);
      return line(said && `${colours.faint((at / 1e6).toFixed(DIGITS).padStart(WIDTH))} s  ${said}`);
    },
    secret: (name, hex) => line(`${' '.repeat(WIDTH + 4)}${name} ${hex}`),
  };
};

const json = (item: LiveItem): object | undefined => {
  const { at: t, kind } = item;
  switch (item.kind) {
    case 'link':
      return { t, kind, ...item.link };
    case 'note':
      return { t, kind, note: item.note };
    case 'verdict':
      return { t, kind, ms: item.ms, verdict: item.verdict };
    case 'call':
      return undefined;
    default: {
      const { at: _, ...rest } = item;
      return { t, ...rest };
    }
  }
};

/** For programs: an object a line, its time in microseconds. */
export const jsonReport = (io: Io): LiveReport => ({
  begin: () => true,
  item: (item) => {
    const object = json(item);
    return object === undefined || io.out(`${JSON.stringify(object)}\n`);
  },
  secret: (name, hex) => io.out(`${JSON.stringify({ kind: 'secret', name, hex })}\n`),
});
