import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { fromHex } from '../../streams/events/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const NAMED: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, e: 0x1b };
const ESCAPE = /\\(?:x(?<hex>[0-9a-fA-F]{1,2})|(?<octal>[0-7]{1,3})|(?<other>[\s\S]))|(?<plain>[^\\]+)/g;

const octetsOf = ({ hex, octal, other, plain }: Readonly<Record<string, string | undefined>>): Uint8Array => {
  if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
  if (octal !== undefined) return Uint8Array.of(Number.parseInt(octal, 8));
  if (other !== undefined) return Object.hasOwn(NAMED, other) ? Uint8Array.of(NAMED[other] ?? 0) : encode(other);
  return encode(plain ?? '');
};

/** Text with the escapes of C, as `P"…"` has it. */
const unescaped = (text: string): Uint8Array =>
  Uint8Array.from([...text.matchAll(ESCAPE)].flatMap(({ groups = {} }) => [...octetsOf(groups)]));

/** A value of wpa_supplicant: text in quotes, `P"…"` with escapes, or hex. A quote inside of the outer ones is one of the text. */
export const quotedValue = (what: string, value: string): Either<string, Uint8Array> => {
  const quote = value.indexOf('"');
  if (quote === 0 || (quote === 1 && value.startsWith('P'))) {
    const end = value.lastIndexOf('"');
    if (end === quote || end !== value.length - 1) return left(`${what}: expected a closing quote at the end of the line`);
    const text = value.slice(quote + 1, end);
    return right(quote === 0 ? encode(text) : unescaped(text));
  }
  const bytes = fromHex(value);
  return bytes === undefined ? left(`${what}: expected text in quotes, or hex digits`) : right(bytes);
};

/** A line without its comment; a `#` between quotes is none. */
export const withoutComment = (line: string): string => {
  const quote = line.indexOf('"');
  const hash = line.indexOf('#', Math.max(0, quote < 0 ? 0 : line.lastIndexOf('"')));
  const isBeforeQuotes = quote >= 0 && line.slice(0, quote).includes('#');
  const end = isBeforeQuotes ? line.indexOf('#') : hash;
  return (end < 0 ? line : line.slice(0, end)).trim();
};
