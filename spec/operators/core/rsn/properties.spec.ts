import { expect } from 'chai';
import fc from 'fast-check';
import { cipher, type NetworkSetup, suite } from '../../../support/associationFor.js';
import { seed } from '../../../support/seed.js';
import { setups } from '../../../support/stages.js';
import type { Action } from '../../../support/stormSide.js';
import { storm } from '../../../support/stormyAir.js';

const networks: Readonly<Record<string, NetworkSetup>> = {
  'WPA2-Personal with protected management frames': setups.protectedPsk,
  'WPA1 with TKIP': setups.wpa,
  'WPA2-Enterprise': setups.oneX,
  'a FILS suite after 802.1X, whose frames have no MIC': { ...setups.oneX, akm: suite('FILS_SHA256') },
  'WPA3 with Extended Key ID, several links and beacon protection': {
    ...setups.sae,
    ...{ extendedKeyId: true, linkIds: [0, 2], beaconProtection: true },
  },
  'a mobility domain with GCMP-256': {
    ...{ akm: suite('FT_SAE_EXT_KEY'), pmkLength: 48, pairwise: cipher('GCMP_256'), group: cipher('GCMP_256') },
    groupManagement: cipher('BIP_GMAC_256'),
  },
};

const nothing = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

const at = fc.nat(1000);
const what = fc.constantFrom('start', 'retransmit', 'group', 'repeatGroup', 'pairwise');

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('say'), what }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver'), at, keep: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver'), at, keep: fc.constant(true), flip: fc.nat(4000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose'), at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('replay'), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('forge'), number: fc.nat(500), counter: fc.nat(5000) }) },
  { weight: 5, arbitrary: fc.constant({ do: 'calm' }) },
  { weight: 1, arbitrary: fc.constant({ do: 'eap' }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sent'), at: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(1, 900, 11_000, 70_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('oneX'), succeeds: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ do: 'michael' }, { do: 'keyUpdated' }) },
  { weight: 2, arbitrary: fc.constantFrom<Action>({ do: 'stop' }, { do: 'reset' }, { do: 'perform' }) },
);

const anyStorm = fc.array(anyAction, { maxLength: 50 });

describe(`What must always hold of the key handshakes, through the whole engine (seed ${seed})`, function () {
  this.timeout(120_000);

  for (const [name, setup] of Object.entries(networks)) {
    it(`R11, R135, R176, R193, R263: ${name}: whatever is lost, doubled, late, forged, stopped or reset`, () => {
      fc.assert(
        fc.property(anyStorm, (actions) => {
          const { violations, outstanding, stale, secretsLeft, recovered } = storm(setup, actions);
          expect(violations.join('\n')).to.equal('');
          expect(outstanding).to.deep.equal(nothing);
          expect(stale, 'R260').to.equal(0);
          expect(secretsLeft, 'R11').to.equal(0);
          expect(recovered, 'a genuine handshake succeeds after it').to.equal(true);
        }),
        { numRuns: 120 },
      );
    });

    it(`R263: ${name}: another port does not notice`, () => {
      fc.assert(
        fc.property(anyStorm, (actions) => {
          const quiet = actions.map((action): Action => (action.do === 'pass' ? action : { do: 'pass', ms: 0 }));
          expect(storm(setup, actions).peaceful).to.deep.equal(storm(setup, quiet).peaceful);
        }),
        { numRuns: 30 },
      );
    });
  }
});
