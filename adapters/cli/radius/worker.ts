import { parentPort, workerData } from 'node:worker_threads';
import { Secret } from '../../../streams/events/index.js';
import { coloursOf } from '../colours.js';
import type { Assignment, Message } from './attemptsElsewhere.js';
import { attemptsHere } from './attemptsHere.js';
import { prepare, release } from './prepare.js';

const say = (message: Message): void => parentPort?.postMessage(message);

const run = async ({ errand, secret, share, terminal }: Assignment): Promise<void> => {
  const shared = Secret.of(secret);
  secret.fill(0);
  const prepared = await prepare(errand, shared);
  if (prepared._tag === 'Left') {
    say({ kind: 'problem', message: prepared.left.join('; ') });
    return;
  }
  const telling = { now: () => performance.now(), colours: coloursOf(terminal) };
  try {
    await attemptsHere(prepared.right, share, telling).forEach((attempt) => {
      say({ kind: 'attempt', attempt });
    });
  } finally {
    release(prepared.right);
    shared.zeroise();
  }
};

await run(workerData as Assignment);
