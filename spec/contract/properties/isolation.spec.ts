import { expect } from 'chai';
import fc from 'fast-check';
import { Arena, type Entrance } from './Arena.js';
import { type Action, ADAPTERS, type Scenario, seeded, seedText, selfishScenario } from './scenario.js';

/** What is nobody's in particular, such as time and a user who leaves, is everybody's. */
const concerns = (index: number, action: Action): boolean =>
  action.do === 'pass' || action.adapter === index || (action.do === 'happen' && action.symbol === 'L');

/** Call, packet and generation numbers are counted over all adapters; all else must be the same. */
const withoutNumbers = (line: string): string =>
  line.replace(/"(?:packet|generation)":\d+|"(?:buffer|attributes|request)":"[^"]*"/g, '#');

const heardBy = (index: number, { actions, moods }: Scenario, entrance: Entrance): ReadonlyArray<string> => {
  const arena = new Arena({ moods }, entrance);
  for (const action of actions) arena.act(action);
  return (arena.said[index] ?? []).map(withoutNumbers);
};

describe(`One adapter and the others (${seedText})`, function () {
  this.timeout(120_000);

  for (const entrance of ['operator', 'handlers'] as const) {
    it(`P8: what happens on the others changes nothing (by ${entrance})`, () => {
      fc.assert(
        fc.property(selfishScenario, fc.constantFrom(...ADAPTERS), (scenario, index) => {
          const alone = { ...scenario, actions: scenario.actions.filter((action) => concerns(index, action)) };
          expect(heardBy(index, scenario, entrance)).to.deep.equal(heardBy(index, alone, entrance));
        }),
        seeded(1000),
      );
    });
  }
});
