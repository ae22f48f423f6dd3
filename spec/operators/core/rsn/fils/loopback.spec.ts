import { expect } from 'chai';
import { RsnxCapability } from '../../../../../streams/frames/index.js';
import { type NetworkSetup, networkFor } from '../../../../support/associationFor.js';
import { rekeyGroup, rekeyPairwise, shownKeys } from '../../../../support/authenticator/authenticator.js';
import { associateByFils, type FilsWay } from '../../../../support/authenticator/fils.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { combinations, nameOf } from '../../../../support/combinations.js';
import { portBench } from '../../../../support/portBench.js';
import { happened, isZeroed } from '../../../../support/stages.js';

const own = combinations.filter(({ akm }) => akm.source === 'fils');
const suites = [...new Set(own.map(({ akm }) => akm))];

/** One set of ciphers for each suite, with protected management frames. */
const full = own
  .filter(({ group, groupManagement }) => group !== undefined && groupManagement !== undefined)
  .filter(({ akm }, at, all) => all.findIndex((other) => other.akm === akm) === at);

const rMsk = drawn('rMSK', 0, 64);
const cachedFor = ({ pmkLength = 32 }: NetworkSetup) => ({ pmk: drawn('pmk', 0, pmkLength), pmkid: drawn('pmkid', 0, 16) });

/** From the first frame of authentication to a group rekey and a pairwise one: both ends have the same keys all the time. */
const run = (setup: NetworkSetup, way: Omit<FilsWay, 'network'>): void => {
  const { network, secrets, ap } = associateByFils({ network: networkFor(setup), ...way });
  const bench = portBench({ network, secret: rMsk, remembered: secrets });
  expect(bench.keys, 'the keys of the response, in the order of R133').to.deep.equal(shownKeys(ap));
  expect(bench.completions).to.deep.equal(['0/0']);
  expect(bench.takeSent(), 'no handshake').to.deep.equal([]);
  expect(bench.log).to.include('forgetPmk').and.to.include('exclude unencrypted true').and.to.not.include('startOneX');
  const hasGroup = setup.group !== undefined || setup.groupManagement !== undefined;
  const group = hasGroup ? bench.hear(rekeyGroup(ap)) : undefined;
  if (group !== undefined) expect(happened(group.events)).to.deep.equal(['group message 2', 'up']);
  const pairwise = bench.hear(rekeyPairwise(group?.ap ?? ap));
  expect(happened(pairwise.events)).to.deep.equal(['message 2', 'message 4', 'up']);
  expect(bench.keys).to.include.members([...shownKeys(pairwise.ap)]);
  expect(new Set(bench.keys).size, 'R135').to.equal(bench.keys.length);
  expect(bench.reports).to.deep.equal([]);
  bench.end();
  expect([...bench.spied()].filter((secret) => !isZeroed(secret))).to.deep.equal([]);
};

const runAll = (
  setups: ReadonlyArray<(typeof own)[number]>,
  change: Partial<NetworkSetup>,
  way: (setup: NetworkSetup) => Omit<FilsWay, 'network'>,
) => {
  for (const setup of setups) {
    try {
      run({ ...setup, ...change }, way(setup));
    } catch (error) {
      throw new Error(nameOf(setup), { cause: error });
    }
  }
};

const ways: Readonly<Record<string, (setup: NetworkSetup) => Omit<FilsWay, 'network'>>> = {
  'by re-authentication': () => ({ rMsk }),
  'by a PMK of before': (setup) => ({ cached: cachedFor(setup) }),
  'by a PMK of before, re-authentication being offered too': (setup) => ({ rMsk, cached: cachedFor(setup) }),
};

const features: Readonly<Record<string, Partial<NetworkSetup>>> = {
  'operating channel validation': { channel: { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 } },
  'RSN extension elements': { rsnx: [RsnxCapability.SAE_H2E] },
  'beacon protection': { beaconProtection: true },
  'a host that hands over no beacon': { withoutBeacon: true },
};

describe(`FILS: station and access point against each other, ${own.length} combinations of suites and ciphers`, () => {
  for (const akm of suites) {
    for (const [name, way] of Object.entries(ways)) {
      it(`R133, R135: ${akm.name} ${name}: the keys come with the association, and again with each rekey`, () => {
        runAll(
          own.filter((combination) => combination.akm === akm),
          {},
          way,
        );
      });
    }
  }

  for (const group of [19, 20, 21]) {
    it(`perfect forward secrecy in group ${group}, with each of ${full.length} suites and either way`, () => {
      for (const way of Object.values(ways)) runAll(full, {}, (setup) => ({ ...way(setup), group }));
    });
  }

  for (const [name, feature] of Object.entries(features)) {
    it(`${name}, with each of ${full.length} suites`, () => {
      runAll(full, feature, () => ({ rMsk }));
    });
  }
});
