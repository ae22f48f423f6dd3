import { type Either, left } from 'fp-ts/lib/Either.js';
import type { Credential } from '../../../operators/core/index.js';
import { keyOfType } from './wiresharkKey.js';

/** Two columns in quotes; inside of them `\x` and two hex digits stand for an octet Wireshark does not write. */
const ROW = /^"(?<type>[^"]*)"\s*,\s*"(?<key>[^"]*)"\s*(?:,.*)?$/;

/** Whether a line is of a table of Wireshark's, such as the file `80211_keys`. */
export const isTableRow = (line: string): boolean => line.startsWith('"');

/** What is no ASCII stays an octet, written as a key may have it. */
const escapeOf = (hex: string): string => {
  const octet = Number.parseInt(hex, 16);
  return octet < 0x80 ? String.fromCharCode(octet) : `%${hex}`;
};
const unescaped = (text: string): string => text.replaceAll(/\\x(?<hex>[0-9a-fA-F]{2})/g, (_, hex: string) => escapeOf(hex));

/** A row of the file `80211_keys`: the type of a key, and the key. */
export const readTableRow = (line: string): Either<string, Credential> => {
  const { type, key } = ROW.exec(line)?.groups ?? {};
  if (type === undefined || key === undefined)
    return left('expected a type and a key, each in quotes, with a comma between them');
  return keyOfType(unescaped(type), unescaped(key));
};
