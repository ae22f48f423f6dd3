import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as IoModule from '../../adapters/cli/Io.js';
import type * as RunModule from '../../adapters/cli/run.js';
import { packageFolder } from '../leftovers.js';
import type { Netns } from '../Netns.js';
import type { Outcome, Running } from '../start.js';

const OURS = 'dist/adapters/cli';
const ofRun = join(packageFolder(), OURS);
const folder = existsSync(ofRun) ? ofRun : fileURLToPath(new URL(`../../${OURS}`, import.meta.url));

/** The command line, as it is published. */
export const postassoc = (...args: ReadonlyArray<string>): ReadonlyArray<string> => [
  process.execPath,
  join(folder, 'main.js'),
  ...args,
];

export const startPostassoc = (netns: Netns, ...args: ReadonlyArray<string>): Running => netns.start(postassoc(...args));

/** The same without a process of its own, for what needs no network: a process takes most of its time to begin. */
export const postassocHere = async (...args: ReadonlyArray<string>): Promise<Outcome> => {
  const { run }: typeof RunModule = await import(join(folder, 'run.js'));
  const { processIo }: typeof IoModule = await import(join(folder, 'Io.js'));
  let [out, err] = ['', ''];
  const io = {
    ...processIo(),
    out: (text: string) => {
      out += text;
      return true;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const status = await run(args, io);
  return { status, out, err };
};
