/** What waits until this turn of the event loop is through. */
export interface Afterwards<A> {
  readonly add: (value: A) => void;
  /** Does at once what still waits. */
  readonly flush: () => void;
}

/** Puts off what is in no hurry, such as telling of a packet that wants an answer; its order stays. */
export const afterwards = <A>(run: (value: A) => void): Afterwards<A> => {
  let waiting: A[] = [];
  let turn: NodeJS.Immediate | undefined;
  const flush = (): void => {
    if (turn !== undefined) clearImmediate(turn);
    turn = undefined;
    const due = waiting;
    waiting = [];
    for (const value of due) run(value);
  };
  return {
    add: (value) => {
      waiting.push(value);
      turn ??= setImmediate(flush);
    },
    flush,
  };
};
