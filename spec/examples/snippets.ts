/** The pieces of TypeScript that stand in doc comments and in Markdown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type Source } from '../house/sources.js';

export interface Snippet {
  /** The file it stands in, from the root. */
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const DOC_COMMENT = /\/\*\*(?<body>[\s\S]*?)\*\//g;

const withoutStars = (comment: string): string => comment.replace(/^[ \t]*\* ?/gm, '');

/** What follows each `@example`, until the next tag at the beginning of a line. */
const examplesOf = (comment: string): ReadonlyArray<string> =>
  withoutStars(comment)
    .split(/^@/m)
    .filter((section) => section.startsWith('example'))
    .map((section) => section.slice('example'.length).trim());

export const docExamples = ({ path, text }: Source): ReadonlyArray<Snippet> =>
  [...text.matchAll(DOC_COMMENT)].flatMap(({ index, groups }) =>
    examplesOf(groups?.['body'] ?? '').map((code) => ({ path, line: lineOf(text, index), code })),
  );

const CODE_BLOCK = /^```ts\n(?<code>[\s\S]*?)^```$/gm;

export const markdownBlocks = (path: string): ReadonlyArray<Snippet> => {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(CODE_BLOCK)].map(({ index, groups }) => ({
    path,
    line: lineOf(text, index) + 1,
    code: groups?.['code'] ?? '',
  }));
};
