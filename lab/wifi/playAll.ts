import type { Attempt, Machine } from './Machine.js';
import type { Scenario } from './Scenario.js';

/** What became of a scenario. */
export interface Result extends Attempt {
  readonly name: string;
  readonly seconds: number;
  /** What went wrong before it was tried again in a fresh guest. */
  readonly atFirst?: string;
}

const NOT_TRIED: Attempt = { isGood: false, said: 'not tried: there was no time left', folder: '' };

const play = async (machine: Machine, scenario: Scenario): Promise<Result> => {
  const began = Date.now();
  const result = (attempt: Attempt, atFirst?: string): Result => ({
    ...{ name: scenario.name, seconds: (Date.now() - began) / 1000, ...attempt },
    ...(atFirst !== undefined && { atFirst }),
  });
  const first = await machine.attempt(scenario);
  return first.isGood ? result(first) : result(await machine.attempt(scenario), first.said);
};

/** Plays every scenario on whichever machine is free; what has not begun by a time is not begun any more. */
export const playAll = async (
  scenarios: ReadonlyArray<Scenario>,
  machines: ReadonlyArray<Machine>,
  until: number,
  tell: (result: Result) => void,
): Promise<ReadonlyArray<Result>> => {
  const waiting = [...scenarios];
  const results: Result[] = [];
  const work = async (machine: Machine): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = Date.now() < until ? await play(machine, next) : { ...NOT_TRIED, name: next.name, seconds: 0 };
      tell(result);
      results.push(result);
    }
    await machine.close();
  };
  await Promise.all(machines.map(work));
  return results;
};
