import type { LogLine } from './LogLine.js';

/** Octets a log shows, under their title. */
export interface Hexdump {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly line: LogLine;
}

interface Begun {
  readonly title: string;
  readonly line: LogLine;
  readonly bytes: Uint8Array;
  readonly hasText: boolean;
  at: number;
}

const SEPARATOR = ' - hexdump';
const HEADER = /^(?<title>.{1,200}?) - hexdump(?<ascii>_ascii)?\(len=(?<length>\d{1,6})\):/;
const LONGEST = 2 ** 16;

const SPACE = 0x20;
const digitOf = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return code >= 0x41 && code <= 0x46 ? code - 0x37 : -1;
};

/** Reads octets from a place on, at most so many, and says whether there was nothing else. */
const readOctets = (begun: Begun, text: string, from: number, most: number): boolean => {
  let at = from;
  const end = Math.min(begun.bytes.length, begun.at + most);
  for (;;) {
    while (text.charCodeAt(at) === SPACE) at++;
    if (at >= text.length) return true;
    if (begun.at === end) return false;
    const octet = digitOf(text.charCodeAt(at)) * 16 + digitOf(text.charCodeAt(at + 1));
    if (octet < 0 || digitOf(text.charCodeAt(at + 1)) < 0 || (at + 2 < text.length && text.charCodeAt(at + 2) !== SPACE))
      return false;
    begun.bytes[begun.at++] = octet;
    at += 2;
  }
};

const OCTETS_A_LINE = 16;

/** What a line is to the dumps: a whole one, a part of one, or nothing of theirs. */
export type DumpLine = Hexdump | 'part' | undefined;

/** Puts the octets of hexdumps together: hostap has them in one line, and in several where it shows their text; an ESP32 in several. */
export const createHexdumps = (): ((line: LogLine) => DumpLine) => {
  let open: Begun | undefined;

  const finished = (): DumpLine => {
    if (open === undefined || open.at < open.bytes.length) return 'part';
    const { title, bytes, line } = open;
    open = undefined;
    return { title, bytes, line };
  };

  const begin = (line: LogLine): DumpLine => {
    if (!line.text.includes(SEPARATOR)) return undefined;
    const found = HEADER.exec(line.text);
    const length = Number(found?.groups?.['length'] ?? LONGEST + 1);
    if (found === null || length > LONGEST) return undefined;
    const hasText = found.groups?.['ascii'] !== undefined;
    const begun: Begun = { title: found.groups?.['title'] ?? '', line, bytes: new Uint8Array(length), hasText, at: 0 };
    const isClean = readOctets(begun, line.text, found[0].length, length);
    // `[REMOVED]`, `[NULL]`, or cut off: there are no octets to wait for.
    if (!isClean) return 'part';
    open = begun;
    return finished();
  };

  const goOn = (begun: Begun, { text }: LogLine): boolean => {
    const before = begun.at;
    const isClean = readOctets(begun, text, 0, OCTETS_A_LINE);
    return begun.at > before && (isClean || begun.hasText);
  };

  return (line) => {
    if (open !== undefined) {
      if (goOn(open, line)) return finished();
      // Another line came in between: what is there of it is of no use.
      open = undefined;
    }
    return begin(line);
  };
};
