/** A piece of the XML of an event. */
export type XmlToken =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly isEmpty: boolean }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

const NAME = String.raw`[A-Za-z_][\w.:-]{0,127}`;
const OPEN = new RegExp(
  String.raw`<(?<name>${NAME})(?<attributes>(?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/)?>`,
  'y',
);
const CLOSE = new RegExp(String.raw`<\/(?<name>${NAME})\s*>`, 'y');
const TEXT = /[^<]+/y;
const ATTRIBUTE = new RegExp(String.raw`(?<name>${NAME})\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')`, 'g');

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#x(?<hex>[0-9a-fA-F]{1,6})|#(?<decimal>\d{1,7})|(?<name>\w{1,16}));/g;
const LAST_CHARACTER = 0x10ffff;

/** The text a piece of XML stands for, or `undefined` where it refers to what is not predefined: nothing is expanded. */
const plainText = (raw: string): string | undefined => {
  if (!raw.includes('&')) return raw;
  let isKnown = true;
  const text = raw.replaceAll(REFERENCE, (...found) => {
    const { hex, decimal, name } = found.at(-1) as Readonly<Record<string, string | undefined>>;
    const character = name === undefined ? undefined : Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
    if (character !== undefined) return character;
    if (code > 0 && code <= LAST_CHARACTER) return String.fromCodePoint(code);
    isKnown = false;
    return '';
  });
  return isKnown && !raw.replaceAll(REFERENCE, '').includes('&') ? text : undefined;
};

const attributesIn = (raw: string): ReadonlyMap<string, string> | undefined => {
  const attributes = new Map<string, string>();
  for (const { groups } of raw.matchAll(ATTRIBUTE)) {
    const value = plainText(groups?.['double'] ?? groups?.['single'] ?? '');
    if (value === undefined) return undefined;
    attributes.set(groups?.['name'] ?? '', value);
  }
  return attributes;
};

const matchAt = (pattern: RegExp, xml: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(xml);
};

interface Located {
  readonly token: XmlToken;
  readonly length: number;
}

const tokenAt = (xml: string, at: number): Located | undefined => {
  const text = matchAt(TEXT, xml, at);
  if (text !== null) {
    const plain = plainText(text[0]);
    return plain === undefined ? undefined : { token: { kind: 'text', text: plain }, length: text[0].length };
  }
  const close = matchAt(CLOSE, xml, at);
  if (close !== null) return { token: { kind: 'close', name: close.groups?.['name'] ?? '' }, length: close[0].length };
  const open = matchAt(OPEN, xml, at);
  const attributes = open && attributesIn(open.groups?.['attributes'] ?? '');
  if (!open || !attributes) return undefined;
  const [name, isEmpty] = [open.groups?.['name'] ?? '', open.groups?.['empty'] !== undefined];
  return { token: { kind: 'open', name, attributes, isEmpty }, length: open[0].length };
};

/**
 * The tokens of one event. Elements, attributes, text and the five predefined entities are all that an event is made of: anything
 * else (a document type, a comment, a CDATA section, an entity of one's own) makes it no event, and `undefined` ends the tokens.
 */
export function* xmlTokens(xml: string): Generator<XmlToken | undefined> {
  for (let at = 0; at < xml.length; ) {
    const next = tokenAt(xml, at);
    yield next?.token;
    if (next === undefined) return;
    at += next.length;
  }
}
