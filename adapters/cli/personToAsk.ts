import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { EapPeerDeps } from '../../operators/index.js';
import { Secret } from '../../streams/events/index.js';
import { visible } from './text/visible.js';

const silence = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(),
  });

export type Ask = (question: string) => Promise<Secret | undefined>;

/** Asks a person for a secret, and shows nothing of what is typed. Nobody answers by Ctrl-C or Ctrl-D. */
const askOnTerminal: Ask = (question) =>
  new Promise((resolve) => {
    process.stderr.write(`${visible(question)}: `);
    const lines = createInterface({ input: process.stdin, output: silence(), terminal: true });
    let answer: Secret | undefined;
    lines.once('line', (line) => {
      answer = Secret.of(new TextEncoder().encode(line));
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      process.stderr.write('\n');
      resolve(answer);
    });
  });

const WORDS = { password: 'Password', token: 'Answer' } as const;

/** However many want to know something, a person is asked one thing at a time. */
const oneAtATime = (ask: Ask): Ask => {
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = last.then(() => ask(question));
    last = answer.catch(() => undefined);
    return answer;
  };
};

/** Whoever sits at the terminal; without one there is nobody to ask. */
export const personToAsk = (): Ask | undefined => (process.stdin.isTTY ? oneAtATime(askOnTerminal) : undefined);

/** In the words of the server, where it has some. */
export const withQuestions = (ask: Ask | undefined): Pick<EapPeerDeps, 'ask'> =>
  ask === undefined ? {} : { ask: ({ want, message }) => ask(message === '' ? WORDS[want] : message) };
