import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Netns } from '../Netns.js';
import type { Scene } from '../Scene.js';
import { RADIUS_SECRET } from './identities.js';
import { postassoc } from './postassoc.js';

const answer = t.intersection([
  t.type({ kind: t.string, message: t.string, server: t.string, rounds: t.number, repetitions: t.number }),
  t.partial({
    method: t.string,
    keys: t.string,
    inner: t.string,
    certificateError: t.string,
    alert: t.string,
    advice: t.string,
    tls: t.type({ version: t.string, isResumed: t.boolean }),
    secrets: t.partial({ msk: t.string, receiveKey: t.string, sendKey: t.string }),
  }),
]);

/** What `postassoc radius --json` answers. */
export type RadiusAnswer = t.TypeOf<typeof answer>;

export interface RadiusOutcome {
  readonly status: number;
  /** One for each authentication. */
  readonly answers: ReadonlyArray<RadiusAnswer>;
}

const isAnswer = (line: string): boolean => {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null && 'kind' in parsed;
};

const read = (line: string): RadiusAnswer => {
  const decoded = answer.decode(JSON.parse(line));
  if (isLeft(decoded)) throw new Error(`this is no answer: ${line}`);
  return decoded.right;
};

export interface RadiusWish {
  /** A configuration of wpa_supplicant. */
  readonly network: string;
  readonly servers?: ReadonlyArray<string>;
  readonly secret?: string;
  readonly more?: ReadonlyArray<string>;
}

let count = 0;

/** Runs `postassoc radius`, and shows its keys. */
export const authenticateByRadius = async (scene: Scene, netns: Netns, wish: RadiusWish): Promise<RadiusOutcome> => {
  const { network, servers = ['127.0.0.1'], secret = RADIUS_SECRET, more = [] } = wish;
  count += 1;
  const given = [
    '--profile',
    scene.file(`network-${count}.conf`, network),
    '--secret-file',
    scene.file(`secret-${count}`, secret),
  ];
  const asked = servers.flatMap((server) => ['--server', server]);
  const { status, out, err } = await netns.run(postassoc('radius', '--json', '--show-secrets', ...asked, ...given, ...more));
  const lines = out.split('\n').filter((line) => line !== '');
  if (lines.length === 0) throw new Error(`postassoc radius ended with ${status}, and said only: ${err}`);
  return { status, answers: lines.filter(isAnswer).map(read) };
};

/** The same, for one authentication. */
export const authenticateOnce = async (
  scene: Scene,
  netns: Netns,
  wish: RadiusWish,
): Promise<RadiusAnswer & { readonly status: number }> => {
  const { status, answers } = await authenticateByRadius(scene, netns, wish);
  const [only, ...others] = answers;
  if (only === undefined || others.length > 0) throw new Error(`one answer was expected, not ${answers.length}`);
  return { ...only, status };
};
