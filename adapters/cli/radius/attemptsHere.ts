import { map, type Observable } from 'rxjs';
import { type Attempt, attempts, type CountedAttempt } from '../../radius/index.js';
import type { Colours } from '../colours.js';
import { attemptJson } from './attemptJson.js';
import { authentication, type Prepared } from './prepare.js';
import { showAttempt } from './showAttempt.js';

/** How many authentications a thread looks after, and how many of them at the same time. */
export interface Share {
  readonly repeat: number;
  readonly concurrency: number;
}

/** An attempt whose keys have been destroyed, with what is to be told of it. */
export interface ToldAttempt extends CountedAttempt {
  readonly told?: string;
}

export interface Telling {
  readonly now: () => number;
  readonly colours: Colours;
}

export const destroyKeys = ({ result: { msk, mppe } }: Attempt): void => {
  for (const key of [msk, mppe?.send, mppe?.receive]) key?.zeroise();
};

const counted = ({ ms, steps, serverMs, rounds, repetitions, result: { verdict } }: Attempt): CountedAttempt => ({
  ...{ ms, steps, serverMs, rounds, repetitions },
  result: { verdict: { kind: verdict.kind, message: verdict.message } },
});

/** Authenticates as often as this thread is to. */
export const attemptsHere = (prepared: Prepared, share: Share, { now, colours }: Telling): Observable<ToldAttempt> => {
  const { isJson, isVerbose, showsSecrets } = prepared.request;
  const wordsOf = (attempt: Attempt): string =>
    isJson ? JSON.stringify(attemptJson(attempt, showsSecrets)) : showAttempt(attempt, showsSecrets, colours);
  return attempts({ ...share, authentication: () => authentication(prepared, now) }).pipe(
    map((attempt) => {
      const told = { ...counted(attempt), ...(isVerbose && { told: `${wordsOf(attempt)}\n` }) };
      destroyKeys(attempt);
      return told;
    }),
  );
};
