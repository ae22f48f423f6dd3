import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** A text of YAML, of which JSON is a part: what it says, and on which line. */
export interface YamlText {
  readonly value: unknown;
  /** The line of what is nearest to the path. */
  lineOf(path: ReadonlyArray<string>): number;
}

const MAX_CHARACTERS = 64_000;
const MAX_DEPTH = 50;
const MAX_EXPLICIT_KEYS = 5;
const EXPLICIT_KEYS = /\?(?=\s|$)/g;

/** In our words: those of the parser show what stands there, and that may be a secret. */
const FAULTS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines before',
  TAB_AS_INDENT: 'lines are indented by spaces, not by tabs',
  MISSING_CHAR: 'a bracket, a quote, or a comma is missing',
  DUPLICATE_KEY: 'a field stands here for the second time',
  MULTIPLE_DOCS: 'a file holds one profile; there is a second one behind ---',
  BAD_ALIAS: 'anchors and aliases (& and *) are not used in profiles',
  BAD_SCALAR_START: 'a text that begins with such a character has to be in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'the name of a field is followed by what cannot be its value; is a line break missing, or are quotes?',
};

/** What a path leads to from a node, and where that begins. */
const below = (node: unknown, key: string): { readonly node: unknown; readonly mark: unknown } | undefined => {
  if (isSeq(node)) return { node: node.items[Number(key)], mark: node.items[Number(key)] };
  const pair = isMap(node) ? node.items.find((one) => isScalar(one.key) && String(one.key.value) === key) : undefined;
  return pair && { node: pair.value, mark: pair.key };
};

const offsetAt = (document: Document.Parsed, path: ReadonlyArray<string>): number => {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const key of path) {
    const next = below(node, key);
    if (next === undefined) break;
    node = next.node;
    if (isNode(next.mark)) offset = next.mark.range?.[0] ?? offset;
  }
  return offset;
};

const parsed = (text: string): Either<{ line: number; fault: string }, YamlText> => {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    schema: 'core',
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined) {
    return left({ line: lines.linePos(error.pos[0]).line, fault: FAULTS[error.code] ?? 'this is no YAML, nor JSON' });
  }
  // An alias would let a short text become a long one.
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return right({ value, lineOf: (path) => lines.linePos(offsetAt(document, path)).line });
};

/**
 * Whether there are more levels than any profile has. The parser doubles its work with each explicit key (`? `), and makes a pattern of
 * each open bracket: a few thousand of them end the whole process.
 */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return (text.match(EXPLICIT_KEYS)?.length ?? 0) > MAX_EXPLICIT_KEYS;
};

export const yamlText = (text: string): Either<{ line: number; fault: string }, YamlText> => {
  if (text.length > MAX_CHARACTERS) return left({ line: 1, fault: 'a file this long is no profile' });
  if (isTooDeep(text))
    return left({ line: 1, fault: 'there are more brackets within brackets, or explicit keys (?), than any profile has' });
  try {
    return parsed(text);
  } catch {
    return left({ line: 1, fault: 'there are aliases (*), which are not used in profiles' });
  }
};
