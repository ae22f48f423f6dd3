import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, watch, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Copies what is written to the folders of a folder to those of another, which is slow: nobody else has to wait for it. */
const [from = '', to = ''] = process.argv.slice(2);
const REST_MS = 250;
/** It tells that something else is through, whose last words have to be there before. */
const IS_LAST_WORD = /\.(?:status|copied)$/;
const chunk = new Uint8Array(1 << 18);

/** A file and its copy, as far as it was made. */
interface Copying {
  readonly source: number;
  readonly copy: number;
  at: number;
}

type Folder = Map<string, Copying | 'seen'>;

const copyRest = (copying: Copying): void => {
  if (fstatSync(copying.source).size === copying.at) return;
  for (let got = -1; got !== 0; copying.at += got) {
    got = readSync(copying.source, chunk, 0, chunk.length, copying.at);
    writeSync(copying.copy, chunk, 0, got, copying.at);
  }
};

const begin = (path: string): Copying => ({
  source: openSync(join(from, path), 'r'),
  copy: openSync(join(to, path), 'w'),
  at: 0,
});

/** Answers whether there is something that has to wait for the others. */
const copyFolder = (name: string, folder: Folder): boolean => {
  let isAgain = false;
  for (const file of readdirSync(join(from, name)).sort()) {
    const known = folder.get(file);
    if (known === undefined && IS_LAST_WORD.test(file)) {
      folder.set(file, 'seen');
      isAgain = true;
      continue;
    }
    const copying = known === undefined || known === 'seen' ? begin(join(name, file)) : known;
    folder.set(file, copying);
    copyRest(copying);
  }
  return isAgain;
};

const forget = (folder: Folder): void => {
  for (const copying of folder.values()) {
    if (copying === 'seen') continue;
    closeSync(copying.source);
    closeSync(copying.copy);
  }
  folder.clear();
};

const serve = (name: string): void => {
  mkdirSync(join(to, name), { recursive: true });
  const folder: Folder = new Map();
  let isWaiting = false;
  const later = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      try {
        if (copyFolder(name, folder)) later();
      } catch (error) {
        // It may have been taken away meanwhile: all of it is there then.
        if (existsSync(join(from, name))) throw error;
        forget(folder);
      }
    }, REST_MS);
  };
  watch(join(from, name), later);
  later();
};

const served = new Set<string>();
const look = (): void => {
  const names = readdirSync(from);
  for (const name of served) if (!names.includes(name)) served.delete(name);
  for (const name of names.filter((each) => !served.has(each))) {
    served.add(name);
    serve(name);
  }
};

watch(from, look);
look();
