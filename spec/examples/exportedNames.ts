/** Where a reader of the documentation finds a name: on a face of the package, or else beside the example. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import * as rxjs from 'rxjs';
import { house, root, type Source, sourceOf } from '../house/sources.js';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly 'postassoc-source': string }>>;
}

const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

const faces = Object.entries(exports).flatMap(([subpath, target]) =>
  typeof target === 'string'
    ? []
    : [{ specifier: posix.join('postassoc', subpath), path: posix.normalize(target['postassoc-source']) }],
);

const byPath = new Map(house.map((source) => [source.path, source]));

const read = (path: string): Source => byPath.get(path) ?? sourceOf(path, readFileSync(join(root, path), 'utf8'));

const DECLARED = /^export\s+(?:declare\s+|abstract\s+|async\s+)*(?:const|class|function|interface|type)\s+(?<name>\w+)/gm;
const STAR = /^export\s+(?:type\s+)?\*\s+from\s+'(?<from>[^']+)'/gm;
const LIST = /^export\s+(?:type\s+)?\{(?<names>[^}]*)\}/gm;

const listed = (names: string): ReadonlyArray<string> =>
  names
    .split(',')
    .map((name) => name.replace(/^\s*(?:type\s+)?(?:\w+\s+as\s+)?/, '').trim())
    .filter((name) => name !== '');

/** Everything a file exports, types included. */
const namesOf = (path: string): ReadonlyArray<string> => {
  const { statements } = read(path);
  const declared = [...statements.matchAll(DECLARED)].map(({ groups }) => groups?.['name'] ?? '');
  const lists = [...statements.matchAll(LIST)].flatMap(({ groups }) => listed(groups?.['names'] ?? ''));
  const stars = [...statements.matchAll(STAR)].flatMap(({ groups }) =>
    namesOf(posix.join(posix.dirname(path), groups?.['from'] ?? '').replace(/\.js$/, '.ts')),
  );
  return [...declared, ...lists, ...stars];
};

const homes = new Map<string, string>();
for (const name of Object.keys(rxjs)) homes.set(name, 'rxjs');
for (const { specifier, path } of [...faces].reverse()) for (const name of namesOf(path)) homes.set(name, specifier);

/** Names a face does not have: those of the folder the example is in. */
const neighbours = (path: string): ReadonlyMap<string, string> => {
  const folder = dirname(path);
  const files = house.filter((source) => dirname(source.path) === folder);
  return new Map(files.flatMap((source) => namesOf(source.path).map((name) => [name, join(root, source.path)] as const)));
};

const WORD = /(?<![.\w$])[A-Za-z_]\w*\b(?!\s*:(?!:))/g;
const OWN = /\b(?:const|let|class|function|interface|type)\s+(?<name>\w+)/g;
const OWN_PARTS = /\b(?:const|let|import|type)\s*\{(?<names>[^}]*)\}/g;

const ownNames = (code: string): ReadonlySet<string> =>
  new Set([
    ...[...code.matchAll(OWN)].map(({ groups }) => groups?.['name'] ?? ''),
    ...[...code.matchAll(OWN_PARTS)].flatMap(({ groups }) => listed(groups?.['names'] ?? '')),
  ]);

/** The imports an example leaves to its reader. */
export const importsFor = (path: string, example: string): string => {
  const { code } = sourceOf(path, example);
  const own = ownNames(code);
  const beside = neighbours(path);
  const imports = [...new Set(code.match(WORD))].flatMap((name) => {
    const home = own.has(name) ? undefined : (homes.get(name) ?? beside.get(name));
    return home === undefined ? [] : [`import { ${name} } from '${home}';`];
  });
  return imports.join('\n');
};
