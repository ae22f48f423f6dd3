import * as t from 'io-ts';

/** A stretch of a code space whose members are an offset from a named base, e.g. an 802.11 reason code in a deauthentication. */
export interface CodeRange {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/**
 * A space of numeric codes with names. Codes are numbers in memory; wherever a person or a log sees one it is shown by
 * name and hex, as in `ERROR_CANCELLED (0x000004C7)`.
 */
export interface CodeSpace<Name extends string = string> extends t.Type<number, string, unknown> {
  readonly codes: Readonly<Record<Name, number>>;
  /** The name of a code, `BASE+n` in a range, `undefined` when nobody named it. */
  readonly nameOf: (code: number) => string | undefined;
  /** Name and hex, always both. */
  readonly show: (code: number) => string;
  /** Reads a number, `0x…`, a name, or what `show` printed. */
  readonly parse: (text: string | number) => number | undefined;
}

const hex = (code: number, digits: number): string => `0x${code.toString(16).toUpperCase().padStart(digits, '0')}`;
const isU32 = (code: number): boolean => Number.isInteger(code) && code >= 0 && code <= 0xffffffff;
const SHOWN = /^(?<name>[\w+]+) \((?<hex>0x[0-9a-fA-F]+)\)$/;

export const codeSpace = <Name extends string>(
  space: string,
  codes: Readonly<Record<Name, number>>,
  ranges: ReadonlyArray<CodeRange> = [],
  digits = 8,
): CodeSpace<Name> => {
  const names = new Map<number, string>();
  for (const [name, code] of Object.entries<number>(codes)) if (!names.has(code)) names.set(code, name);

  const nameOf = (code: number): string | undefined => {
    const name = names.get(code);
    if (name !== undefined) return name;
    const range = ranges.find(({ first, last }) => code >= first && code <= last);
    return range && `${range.name}+${code - range.first}`;
  };

  const show = (code: number): string => `${nameOf(code) ?? 'UNNAMED'} (${hex(code, digits)})`;

  const inRange = (text: string): number | undefined => {
    const [name, offset] = text.split('+');
    const range = ranges.find((candidate) => candidate.name === name);
    if (range === undefined || offset === undefined || !/^\d+$/.test(offset)) return undefined;
    const code = range.first + Number(offset);
    return code <= range.last ? code : undefined;
  };

  const parse = (text: string | number): number | undefined => {
    if (typeof text === 'number') return isU32(text) ? text : undefined;
    if (/^(?:0x[0-9a-fA-F]+|\d+)$/.test(text)) return parse(Number(text));
    const shown = SHOWN.exec(text)?.groups;
    if (shown === undefined) return Object.hasOwn(codes, text) ? codes[text as Name] : inRange(text);
    const code = parse(Number(shown['hex']));
    // A log whose name and number disagree was edited by hand: better refused than half believed.
    return code !== undefined && show(code).startsWith(`${shown['name']} `) ? code : undefined;
  };

  const type = new t.Type<number, string, unknown>(
    space,
    t.number.is,
    (u, context) => {
      const code = typeof u === 'number' || typeof u === 'string' ? parse(u) : undefined;
      return code === undefined ? t.failure(u, context, `not a ${space}: give a number, 0x…, or its name`) : t.success(code);
    },
    show,
  );
  return Object.assign(type, { codes, nameOf, show, parse });
};
