import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Damage } from '../../capture/index.js';
import { startThread } from '../startThread.js';
import { type Answer, inOrder } from './Answer.js';
import { credentialsOf } from './credentialsOf.js';
import type { ExplainRequest } from './ExplainRequest.js';
import { type AnswerForm, explainBatches, type Share, type Task } from './explainFile.js';
import type { Input } from './openInput.js';
import { pacer } from './pace.js';

/** What a thread is told when it begins. */
export interface Assignment {
  readonly path: string;
  readonly request: ExplainRequest;
  readonly share: Share;
  readonly form: AnswerForm;
  /** Of each thread, the batch it is at; one that is too far ahead of the others waits. */
  readonly pace: SharedArrayBuffer;
}

/** What a thread says: the answers of each of its batches, and at the end how the file was. */
export type Message =
  | { readonly kind: 'answers'; readonly answers: ReadonlyArray<Answer>; readonly octets: number }
  | { readonly kind: 'end'; readonly frames: number; readonly damages: ReadonlyArray<Damage>; readonly damageCount: number }
  | { readonly kind: 'problem'; readonly message: string };

export type End = Extract<Message, { kind: 'end' }>;
type Answers = Extract<Message, { kind: 'answers' }>;

/** Room for what is new, in megabytes: each thread has its own, three times over, and fills all that it is given. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

const startWorker = (workerData: Assignment): Worker =>
  startThread(new URL('./worker.js', import.meta.url), { workerData, resourceLimits: LIMITS });

export interface Shared {
  readonly path: string;
  readonly request: ExplainRequest;
  readonly jobs: number;
  readonly form: AnswerForm;
}

/** What is done with the answers of a batch, of all threads, in the order of the capture; `false` if nobody reads on. */
export type TakeAnswers = (answers: ReadonlyArray<Answer>, octets: number) => boolean;

/** How long a thread that is too far ahead lets the others be. */
const PAUSE_MS = 1;

/** The share of this thread, and whom to tell. */
interface Here {
  readonly input: Input;
  readonly task: Task;
  readonly pace: SharedArrayBuffer;
  readonly say: (message: Exclude<Message, { kind: 'problem' }>) => void;
  readonly isStopped: () => boolean;
}

/** Between batches this thread hears what the others have to say. */
const explainHere = async ({ input, task, pace, say, isStopped }: Here): Promise<void> => {
  const { advance, isAhead, leave } = pacer(pace, task.share.index, task.share.count);
  let read = 0;
  try {
    for (const { answers, frames } of explainBatches(input, task)) {
      read = frames;
      say({ kind: 'answers', answers, octets: input.octets() });
      advance();
      await setImmediate();
      while (isAhead() && !isStopped()) await setTimeout(PAUSE_MS);
      if (isStopped()) return;
    }
  } finally {
    leave();
  }
  say({ kind: 'end', frames: read, damages: input.damages(), damageCount: input.damageCount() });
};

/**
 * Explains one file with several threads, of which this is the first. Each reads all of it and looks after some of the stations; their
 * batches are the same, so what they say of one batch goes together, and the answers are those of a single thread, in the same order.
 *
 * @param input the file, opened for this thread
 */
export const explainInShares = async (shared: Shared, input: Input, take: TakeAnswers): Promise<End> => {
  const { jobs, ...task } = shared;
  const pace = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (jobs + 1));
  const waiting: Answers[][] = Array.from({ length: jobs }, () => []);
  const workers: Worker[] = [];
  let end: End = { kind: 'end', frames: 0, damages: [], damageCount: 0 };

  // A thread that is stopped may have said more already.
  let isReadOn = true;
  const drain = (): boolean => {
    while (isReadOn && waiting.every((queue) => queue.length > 0)) {
      const round = waiting.flatMap((queue) => queue.shift() ?? []);
      isReadOn = take(round.flatMap(({ answers }) => answers).sort(inOrder), round[0]?.octets ?? 0);
    }
    return isReadOn;
  };

  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    for (const worker of workers) void worker.terminate();
  };

  const hear = (index: number, message: Exclude<Message, { kind: 'problem' }>): void => {
    if (message.kind === 'end') end = message;
    else waiting[index]?.push(message);
    if (!drain()) stop();
  };

  const run = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const assignment: Assignment = { ...task, pace, share: { index, count: jobs } };
      const worker = startWorker(assignment);
      workers.push(worker);
      worker.on('message', (message: Message) => {
        if (message.kind === 'problem') reject(new Error(message.message));
        else hear(index, message);
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });

  try {
    const others = Array.from({ length: jobs - 1 }, (_, index) => run(index + 1));
    const { request, form } = task;
    const { credentials } = credentialsOf(request);
    const here: Task = { request, credentials, form, share: { index: 0, count: jobs } };
    const say: Here['say'] = (message) => hear(0, message);
    await Promise.all([explainHere({ input, task: here, pace, say, isStopped: () => isStopped }), ...others]);
  } finally {
    stop();
  }
  return end;
};
