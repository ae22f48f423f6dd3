import { mkdirSync, statSync } from 'node:fs';
import * as modules from 'node:module';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Node has had it since 22.1. */
interface Compiling {
  readonly default?: unknown;
  readonly enableCompileCache?: (folder: string) => unknown;
}

const { enableCompileCache }: Compiling = modules;

type Environment = Readonly<Record<string, string | undefined>>;

/** Where programs keep, of this user, what they can make anew. The home is what the system says, and not `HOME`, which sudo may leave another's. */
const cachesOf = ({ XDG_CACHE_HOME, LOCALAPPDATA }: Environment): string => {
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  const { homedir } = userInfo();
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir, 'AppData', 'Local');
  return process.platform === 'darwin' ? join(homedir, 'Library', 'Caches') : join(homedir, '.cache');
};

const OTHERS_MAY_WRITE = 0o022;

/** What lies there will be run: nobody else may have put it there. */
const isOwn = (folder: string): boolean => {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & OTHERS_MAY_WRITE) === 0);
};

/** A folder for what was compiled, made if need be; nothing where there is no place for one that is this user's alone. */
export const compileCacheFolder = (env: Environment): string | undefined => {
  try {
    const folder = join(cachesOf(env), 'postassoc');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder) ? folder : undefined;
  } catch {
    // No home, a full disk, a file system that cannot be written: it is compiled each time, and nobody need hear of it.
    return undefined;
  }
};

/** `NODE_DISABLE_COMPILE_CACHE` is Node's own word for it. Run from its source, the program is compiled on another way. */
const isWanted = (env: Environment): boolean => !env['NODE_DISABLE_COMPILE_CACHE'] && import.meta.url.endsWith('.js');

/** Has Node keep what it compiled of the program for the next time, which then begins a fifth sooner. */
export const keepCompiled = (env: Environment): void => {
  if (enableCompileCache === undefined || !isWanted(env)) return;
  const folder = compileCacheFolder(env);
  if (folder !== undefined) enableCompileCache(folder);
};
