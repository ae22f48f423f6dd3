import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Secret } from '../../../streams/events/index.js';
import { visible } from '../text/visible.js';

const silence = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(),
  });

/** Asks a person for a secret, and shows nothing of what is typed. Nobody answers by Ctrl-C or Ctrl-D. */
export const askOnTerminal = (question: string): Promise<Secret | undefined> =>
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
