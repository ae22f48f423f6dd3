import { join } from 'node:path';
import { expect } from 'chai';
import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Netns } from '../Netns.js';
import type { Scene } from '../Scene.js';
import type { Running } from '../start.js';
import { postassocHere, startPostassoc } from './postassoc.js';
import { PORT } from './Wire.js';

const item = t.intersection([
  t.type({ kind: t.string }),
  t.partial({
    state: t.string,
    isUp: t.boolean,
    words: t.string,
    dir: t.string,
    octets: t.number,
    verdict: t.intersection([t.type({ kind: t.string, message: t.string }), t.partial({ certificateError: t.string })]),
  }),
]);

export type LiveItem = t.TypeOf<typeof item>;

const read = (line: string): LiveItem => {
  const decoded = item.decode(JSON.parse(line));
  if (isLeft(decoded)) throw new Error(`postassoc live --json said: ${line}`);
  return decoded.right;
};

/** `postassoc live wired` at the station's end of a wire. */
export interface Live extends Running {
  readonly items: () => ReadonlyArray<LiveItem>;
  /** What each authentication came to, so far. */
  readonly verdicts: () => ReadonlyArray<string>;
  readonly hasVerdicts: (count: number) => Promise<void>;
  /** Ctrl-C, unless it ends by itself; and then everything that has to be true of what it leaves behind. */
  readonly endsWith: (status: number, signal?: NodeJS.Signals) => Promise<void>;
}

let count = 0;

/** A log that was recorded is that of an engine that keeps its contract, and does the same again. */
const expectSoundLog = async (log: string): Promise<void> => {
  const replayed = await postassocHere('replay', log, '--method', 'wired', '--json');
  expect(replayed.out, replayed.err).to.include('"same":true');
  expect(replayed.status, 'the exit status of replay').to.equal(0);
  const checked = await postassocHere('check', log);
  expect(checked.out).to.include('no violation');
  expect(checked.status, 'the exit status of check').to.equal(0);
};

/** Starts it; `more` are options of the command line. */
export const goLive = (scene: Scene, netns: Netns, network: string, more: ReadonlyArray<string> = []): Live => {
  count += 1;
  const log = join(scene.folder, `live-${count}.ndjson`);
  const profile = scene.file(`live-${count}.conf`, network);
  const given = ['--interface', PORT, '--profile', profile, '--record', log, '--start-period', '1', '--json'];
  const running = startPostassoc(netns, 'live', 'wired', ...given, ...more);
  const items = (): ReadonlyArray<LiveItem> => running.out().split('\n').slice(0, -1).map(read);
  return {
    ...running,
    items,
    verdicts: () => items().flatMap(({ verdict }) => (verdict === undefined ? [] : [verdict.kind])),
    hasVerdicts: (wanted) => running.says(new RegExp(`(?:"kind":"verdict"[^]*){${wanted}}`)),
    endsWith: async (status, signal) => {
      const ended = await (signal === undefined ? running.ended : running.stop(signal));
      expect(ended.status, `the exit status, after ${ended.err}${ended.out.slice(-500)}`).to.equal(status);
      expect(netns.processes(), 'what still runs').to.deep.equal([]);
      await expectSoundLog(log);
    },
  };
};
