/** What waits until there is time for it. */
export interface Afterwards<A> {
  readonly add: (value: A) => void;
  /** Does at once what still waits. */
  readonly flush: () => void;
}

/** Longer than a handshake takes, and too short to be noticed. */
const DELAY_MS = 20;

/** Puts off what is in no hurry, such as telling of a packet that wants an answer; its order stays. */
export const afterwards = <A>(run: (value: A) => void): Afterwards<A> => {
  let waiting: A[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const due = waiting;
    waiting = [];
    for (const value of due) run(value);
  };
  return {
    add: (value) => {
      waiting.push(value);
      timer ??= setTimeout(flush, DELAY_MS);
    },
    flush,
  };
};
