import { expect } from 'chai';
import fc from 'fast-check';
import { Arena, type Entrance } from './Arena.js';
import { anyScenario, calmScenario, type Scenario, seeded, seedText } from './scenario.js';

const live = ({ actions, moods }: Scenario, entrance: Entrance): Arena => {
  const arena = new Arena({ moods }, entrance);
  for (const action of actions) arena.act(action);
  return arena;
};

describe(`The same again (${seedText})`, function () {
  this.timeout(120_000);

  it('P9: the same host and sink hear the same, number by number', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const [first, again] = [live(scenario, 'operator'), live(scenario, 'operator')];
        expect(again.inOrder).to.deep.equal(first.inOrder);
      }),
      seeded(500),
    );
  });

  it('P9: the inputs alone, replayed at their times, give the same effects', () => {
    fc.assert(
      fc.property(calmScenario, (scenario) => {
        const first = live(scenario, 'handlers');
        const again = Arena.silent();
        for (const input of first.inputs) again.replay(input);
        again.passTo(first.clock.now());
        expect(again.inOrder).to.deep.equal(first.inOrder);
      }),
      seeded(1500),
    );
  });
});
