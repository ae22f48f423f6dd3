import type { Worker } from 'node:worker_threads';
import { Observable } from 'rxjs';
import type { Io } from '../Io.js';
import { startThread } from '../startThread.js';
import type { Share, ToldAttempt } from './attemptsHere.js';
import type { Errand } from './Errand.js';

/** What a thread is told when it begins. */
export interface Assignment {
  readonly errand: Errand;
  readonly secret: Uint8Array;
  readonly share: Share;
  readonly terminal: Pick<Io, 'isTerminal' | 'env'>;
}

/** What a thread says: an attempt at its end, or why it cannot begin. */
export type Message =
  | { readonly kind: 'attempt'; readonly attempt: ToldAttempt }
  | { readonly kind: 'problem'; readonly message: string };

/** Has another thread authenticate, which gets a copy of the secret; this one is destroyed. Whoever unsubscribes ends the thread. */
export const attemptsElsewhere = (assignment: Assignment): Observable<ToldAttempt> =>
  new Observable((out) => {
    const worker: Worker = startThread(new URL('./worker.js', import.meta.url), { workerData: assignment });
    assignment.secret.fill(0);
    worker.on('message', (message: Message) => {
      if (message.kind === 'attempt') out.next(message.attempt);
      else out.error(new Error(message.message));
    });
    worker.on('error', (error) => out.error(error));
    worker.on('exit', () => out.complete());
    return () => void worker.terminate();
  });

/** Divides authentications among threads as evenly as can be. */
export const sharesOf = ({ repeat, concurrency }: Share, jobs: number): ReadonlyArray<Share> => {
  const part = (whole: number, index: number): number => Math.floor((whole + index) / jobs);
  return Array.from({ length: jobs }, (_, index) => ({ repeat: part(repeat, index), concurrency: part(concurrency, index) }));
};
