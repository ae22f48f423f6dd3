import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { inScene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import { good } from './certificates.js';
import { inner, outer, PASSWORD, RADIUS_SECRET, users } from './identities.js';
import { postassoc } from './postassoc.js';
import { startHostapd } from './startHostapd.js';

const profileOf = (...lines: ReadonlyArray<string>): string =>
  ['name: Lab', 'eap:', ...lines.map((line) => `  ${line}`), ''].join('\n');
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** A question, and what somebody types when it is there to be read. */
type Typed = readonly [question: RegExp, line: string];

describe('lab: what somebody types, by RADIUS', () => {
  const authenticates = (profile: string, ...typed: ReadonlyArray<Typed>) => {
    const play = async (): Promise<void> =>
      inScene(async (scene) => {
        const netns = await scene.netns();
        await startHostapd({ netns, folder: scene.folder, certificate: good, tls: '1.2' });
        const files = ['--profile', scene.file('lab.yaml', profile), '--secret-file', scene.file('secret', RADIUS_SECRET)];
        const command = postassoc('radius', '--server', '127.0.0.1', ...files)
          .map(quoted)
          .join(' ');
        const keys = join(scene.folder, 'keys');
        execFileSync('mkfifo', [keys]);
        const keyboard = openSync(keys, 'r+');
        // It makes a terminal of its own.
        const atTerminal = `script -qec ${quoted(command)} /dev/null < ${quoted(keys)}`;
        const running = netns.start(['sh', '-c', atTerminal], { NO_COLOR: '1' });
        for (const [question, line] of typed) {
          await running.says(question);
          writeSync(keyboard, `${line}\n`);
        }
        await running.says(/^authenticated: /m);
        closeSync(keyboard);
      });
    return play;
  };

  sideBySide({
    'a password the profile asks for': authenticates(
      profileOf('methods: PWD', `identity: ${users.PWD}`, 'password: { prompt: "What is it?" }'),
      [/What is it\?: /, PASSWORD],
    ),
    'a password the method asks for, as the profile has none': authenticates(
      profileOf('methods: MSCHAPv2', `identity: ${users.MSCHAPv2}`),
      [/Password: /, PASSWORD],
    ),
    'the identity and then the password': authenticates(
      profileOf(
        'methods: { method: TTLS, inner: PAP }',
        'identity: { prompt: "Who is it?" }',
        `anonymousIdentity: ${outer}`,
        'password: { prompt: "What is it?" }',
        'server: { insecureNoVerify: true }',
      ),
      [/Who is it\?: /, inner],
      [/What is it\?: /, PASSWORD],
    ),
  });
});
