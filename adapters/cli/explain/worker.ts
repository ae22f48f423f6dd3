import { parentPort, workerData } from 'node:worker_threads';
import { openBytes } from '../../event-log/ByteSource.js';
import { credentialsOf } from './credentialsOf.js';
import { explainFile } from './explainFile.js';
import type { Assignment, Message } from './inShares.js';
import { openInput } from './openInput.js';
import { pacer } from './pace.js';

const say = (message: Message): void => parentPort?.postMessage(message);

const run = ({ path, request, share, form, pace }: Assignment): void => {
  const input = openInput(path, { open: openBytes });
  if (input._tag === 'Left') {
    say({ kind: 'problem', message: input.left });
    return;
  }
  const { credentials } = credentialsOf(request);
  const { step, leave } = pacer(pace, share.index, share.count);
  try {
    const frames = explainFile(input.right, { request, credentials, form, share }, (answers) => {
      say({ kind: 'answers', answers, octets: input.right.octets() });
      step();
      return true;
    });
    say({ kind: 'end', frames, damages: input.right.damages(), damageCount: input.right.damageCount() });
  } catch (error) {
    say({ kind: 'problem', message: error instanceof Error ? error.message : String(error) });
  } finally {
    leave();
  }
};

run(workerData as Assignment);
