import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Source {
  /** From the root of the tree, with forward slashes: `operators/core/port/Port.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text without comments. */
  readonly statements: string;
  /** The text without comments and without what is inside strings. */
  readonly code: string;
}

const STRING_OR_COMMENT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

const withoutComments = (text: string): string =>
  text.replace(STRING_OR_COMMENT, (match) => (match.startsWith('/') ? match.replace(/[^\n]/g, ' ') : match));

/** Blanks what a string says; what a template computes is code and stays. */
const blanked = (literal: string): string =>
  literal.startsWith('`')
    ? literal.replace(/\$\{(?<computed>[^{}]*)\}|[^\n]/g, (_, computed?: string) =>
        computed === undefined ? ' ' : `  ${computed} `,
      )
    : literal.replace(/[^\n]/g, ' ');

const withoutStrings = (text: string): string =>
  text.replace(STRING_OR_COMMENT, (match) => `${match[0]}${blanked(match).slice(1, -1)}${match.at(-1)}`);

export const sourceOf = (path: string, text: string): Source => {
  const statements = withoutComments(text);
  return { path, text, statements, code: withoutStrings(statements) };
};

const sourcesUnder = (folder: string): ReadonlyArray<Source> =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')));

export const floors = ['streams', 'operators', 'adapters'] as const;
export type Floor = (typeof floors)[number];

export const sources: Readonly<Record<Floor, ReadonlyArray<Source>>> = {
  streams: sourcesUnder('streams'),
  operators: sourcesUnder('operators'),
  adapters: sourcesUnder('adapters'),
};

export const engine: ReadonlyArray<Source> = [...sources.streams, ...sources.operators];
export const house: ReadonlyArray<Source> = [...engine, ...sources.adapters];

const IMPORT =
  /\b(?:import|export)\s(?:[\w*{}\s,$]*?\sfrom\s*)?(['"])(?<plain>[^'"\n]+)\1|\bimport\s*\(\s*(['"`])(?<dynamic>[^'"`\n]+)\3/g;

/** What a file imports: a path from the root for a file of the tree, else the name of the package or module. */
export const importsOf = ({ path, statements }: Source): ReadonlyArray<string> =>
  [...statements.matchAll(IMPORT)].map(({ groups }) => {
    const specifier = groups?.['plain'] ?? groups?.['dynamic'] ?? '';
    return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts') : specifier;
  });

/** Every import of some files, as `from → to`, which is what a broken rule shows. */
export const arrows = (files: ReadonlyArray<Source>, forbidden: (to: string, from: string) => boolean): ReadonlyArray<string> =>
  files.flatMap((source) =>
    importsOf(source)
      .filter((to) => forbidden(to, source.path))
      .map((to) => `${source.path} → ${to}`),
  );

/** Every line of some files whose code matches, as `path:line: text`. */
export const linesWith = (files: ReadonlyArray<Source>, pattern: RegExp): ReadonlyArray<string> =>
  files.flatMap(({ path, code, text }) => {
    const lines = text.split('\n');
    return code.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${lines[i]?.trim()}`] : []));
  });
