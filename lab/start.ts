import { spawn } from 'node:child_process';

/** What a program that has ended said, and its exit status; after a signal that is -1. */
export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A program that runs. */
export interface Running {
  readonly pid: number;
  /** Everything it has written so far. */
  readonly text: () => string;
  /** Of that, what it wrote to standard output. */
  readonly out: () => string;
  /** Resolves once it has written something that matches; rejects, with what it wrote, when it ends before that or takes too long. */
  readonly says: (pattern: RegExp, withinMs?: number) => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Ends it, and resolves when it is gone. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Outcome>;
  readonly ended: Promise<Outcome>;
}

/** No test is about speed: this is for a machine with other things to do. */
const PATIENCE_MS = 60_000;
const SHOWN = 2_000;

class Program implements Running {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
  readonly #name: string;
  readonly #signal: (signal: NodeJS.Signals) => void;
  readonly #listeners = new Set<() => void>();
  #out = '';
  #err = '';
  #hasEnded = false;

  constructor([name = '', ...args]: ReadonlyArray<string>, env: NodeJS.ProcessEnv) {
    const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.#name = name;
    this.#signal = (signal) => child.kill(signal);
    this.pid = child.pid ?? -1;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
      this.#tell();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
      this.#tell();
    });
    this.ended = new Promise((resolve) => {
      const end = (status: number): void => {
        this.#hasEnded = true;
        resolve({ status, out: this.#out, err: this.#err });
        this.#tell();
      };
      child.on('error', ({ message }) => {
        this.#err += message;
        end(-1);
      });
      child.on('close', (code) => end(code ?? -1));
    });
  }

  readonly text = (): string => this.#out + this.#err;

  readonly out = (): string => this.#out;

  readonly signal = (signal: NodeJS.Signals): void => {
    if (!this.#hasEnded) this.#signal(signal);
  };

  readonly stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Outcome> => {
    this.signal(signal);
    return this.ended;
  };

  readonly says = (pattern: RegExp, withinMs = PATIENCE_MS): Promise<void> =>
    new Promise((resolve, reject) => {
      const finish = (then: () => void): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        then();
      };
      const fail = (why: string): void =>
        finish(() => reject(new Error(`${this.#name} ${why} ${pattern}:\n${this.text().slice(-SHOWN)}`)));
      const timer = setTimeout(() => fail(`did not say in ${withinMs} ms`), withinMs);
      const look = (): void => {
        if (pattern.test(this.#out) || pattern.test(this.#err)) finish(resolve);
        else if (this.#hasEnded) fail('ended without saying');
      };
      this.#listeners.add(look);
      look();
    });

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Starts a program. */
export const start = (command: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}): Running => new Program(command, env);
