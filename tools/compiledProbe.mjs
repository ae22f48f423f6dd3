// Runs inside a project that has installed the packed package, under the Node that is being tried, with nothing but Node.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const manifest = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('postassoc/package.json'), 'utf8'));
const subpaths = Object.keys(manifest.exports).filter((subpath) => !subpath.endsWith('.json'));

for (const subpath of subpaths) {
  const names = Object.keys(await import(subpath.replace(/^\./, 'postassoc')));
  if (names.length === 0) throw new Error(`${subpath} exports nothing`);
}

const { isRight, readLogEntry } = { isRight: (either) => either._tag === 'Right', ...(await import('postassoc/events')) };
const stop =
  '{"v":1,"t":7,"dir":"in","kind":"stopPostAssociate","adapter":"0x1f","peer":"02:00:00:00:01:00","status":"DISASSOCIATED_BY_OS"}';
const entry = readLogEntry(stop);
if (!isRight(entry) || entry.right.event.status !== 7) throw new Error(`cannot read ${stop}`);
if (isRight(readLogEntry('{"v":2}'))) throw new Error('read a line of another version');

console.log(`${subpaths.length} subpaths imported, a log line read`);
