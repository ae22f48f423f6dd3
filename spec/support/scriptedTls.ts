import type { OpenTls, TlsCommand, TlsTurn } from '../../operators/core/index.js';

/** One TLS session of a test: what was asked of it, and how to answer. */
export interface ScriptedSession {
  readonly name: string;
  readonly commands: TlsCommand[];
  isClosed: boolean;
  isKept: boolean;
  answer(turn: TlsTurn): void;
  fail(): void;
}

/** TLS sessions that answer when a test says so. */
export class ScriptedTls {
  readonly sessions: ScriptedSession[] = [];

  readonly open: OpenTls = (name) => {
    let answer: (turn: TlsTurn) => void = () => {};
    let fail: () => void = () => {};
    const session: ScriptedSession = {
      name,
      commands: [],
      isClosed: false,
      isKept: false,
      answer: (turn) => answer(turn),
      fail: () => fail(),
    };
    this.sessions.push(session);
    return {
      turn: (command) => {
        session.commands.push(command);
        return new Promise((resolve, reject) => {
          answer = resolve;
          fail = () => reject(new Error('the session fell'));
        });
      },
      keep: () => {
        session.isKept = true;
      },
      close: () => {
        session.isClosed = true;
      },
    };
  };

  get alive(): ReadonlyArray<ScriptedSession> {
    return this.sessions.filter(({ isClosed }) => !isClosed);
  }
}

/** Lets what promises have to say be said. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
