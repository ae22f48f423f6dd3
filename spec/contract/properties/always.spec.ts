import { expect } from 'chai';
import fc from 'fast-check';
import { Arena, type Entrance } from './Arena.js';
import { anyScenario, type Scenario, seeded, seedText } from './scenario.js';

const allZero = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

const live = (scenario: Scenario, entrance: Entrance): Arena => {
  const arena = new Arena(scenario, entrance);
  for (const action of scenario.actions) arena.act(action);
  arena.end();
  return arena;
};

const holds = (entrance: Entrance, check: (arena: Arena) => void) =>
  fc.assert(
    fc.property(anyScenario, (scenario) => check(live(scenario, entrance))),
    seeded(3500),
  );

describe(`What must always hold (${seedText})`, function () {
  this.timeout(120_000);

  for (const entrance of ['operator', 'handlers'] as const) {
    it(`P1-P7, P10: no rule is broken, and everything is given back (by ${entrance})`, () => {
      holds(entrance, ({ monitor, ledger, keys }) => {
        expect(monitor.breaches.join('\n')).to.equal('');
        expect(ledger.outstanding(), 'P7').to.deep.equal(allZero);
        expect(ledger.stale, 'R260').to.equal(0);
        expect(
          keys.filter((key) => key.reveal().some((octet) => octet !== 0)),
          'R11',
        ).to.have.length(0);
      });
    });
  }
});
