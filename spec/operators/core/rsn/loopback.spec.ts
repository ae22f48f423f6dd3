import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { usesOneX } from '../../../../operators/core/rsn/akm.js';
import { xxKeyOfMsk } from '../../../../operators/core/rsn/keys/ft.js';
import { pmkid } from '../../../../operators/core/rsn/keys/pmkid.js';
import { macToBytes, toHex } from '../../../../streams/events/index.js';
import { RsnxCapability } from '../../../../streams/frames/index.js';
import { type NetworkSetup, networkFor, type TestNetwork } from '../../../support/associationFor.js';
import {
  type Ap,
  type ApEvent,
  authenticator,
  rekeyGroup,
  rekeyPairwise,
  shownKeys,
  start,
  type Turn,
} from '../../../support/authenticator/authenticator.js';
import { drawn } from '../../../support/authenticator/keys.js';
import { type Combination, combinations, nameOf } from '../../../support/combinations.js';
import { type Bench, portBench } from '../../../support/portBench.js';

const SUCCESS = '0/0';
const MSK_OCTETS = 64;

/** What the access point begins with: where 802.1X makes the master key, the whole MSK. */
const secretFor = ({ akm, pmkLength }: Pick<Combination, 'akm' | 'pmkLength'>): Uint8Array =>
  drawn('master', 0, usesOneX(akm) ? MSK_OCTETS : pmkLength);

/** The access point's form of it: the PMK, and for a fast transition what its hierarchy is made of. */
const masterSecret = (network: TestNetwork, secret: Uint8Array): Uint8Array => {
  const { akm, pmkLength = 32 } = network;
  return usesOneX(akm) && !akm.fastTransition ? secret.subarray(0, pmkLength) : secret;
};

const happened = (events: ReadonlyArray<ApEvent>): ReadonlyArray<string> =>
  events.map((event) => (event.kind === 'up' ? 'up' : event.kind === 'took' ? event.reply : `${event.reply}: ${event.why}`));

const indexOf = (log: ReadonlyArray<string>, prefix: string): number => log.findIndex((line) => line.startsWith(prefix));

const isShown = (line: string): boolean => line.includes(': ');

/** The first handshake: both ends hold the same keys, installed behind message 4 and in the order of R133. */
const expectFirst = (bench: Bench, { ap, events }: Turn): void => {
  const { akm, extendedKeyId } = ap.network;
  const isWpa = akm.protocol === 'wpa';
  const replies = isWpa ? ['message 2', 'message 4', 'group message 2', 'up'] : ['message 2', 'message 4', 'up'];
  expect(happened(events)).to.deep.equal(replies);
  expect(bench.completions).to.deep.equal([SUCCESS]);
  expect(bench.keys, 'the same keys, in the order of R133').to.deep.equal(shownKeys(ap));
  const behind4 = indexOf(bench.log, 'sent message 4');
  // Extended Key ID: the key receives before message 4 leaves, and sends only afterwards (IEEE 802.11-2020 12.7.6.5).
  if (extendedKeyId === true) expect(indexOf(bench.log, 'pairwise')).to.be.lessThan(indexOf(bench.log, 'send message 4'));
  else expect(indexOf(bench.log, 'pairwise'), 'R134').to.be.greaterThan(behind4);
  expect(indexOf(bench.log, 'transmit with pairwise') > behind4).to.equal(extendedKeyId === true);
  if (ap.network.group !== undefined) expect(indexOf(bench.log, 'group 1'), 'R134').to.be.greaterThan(behind4);
  expect(bench.log.slice(-2)).to.include('exclude unencrypted true');
};

const newLines = (bench: Bench, from: number): ReadonlyArray<string> => bench.log.slice(from);

const expectGroupRekey = (bench: Bench, before: Ap): Turn => {
  const [from, held] = [bench.log.length, shownKeys(before)];
  const turn = bench.hear(rekeyGroup(before));
  expect(happened(turn.events)).to.deep.equal(['group message 2', 'up']);
  const fresh = shownKeys(turn.ap).filter((line) => !held.includes(line));
  const lines = newLines(bench, from);
  expect(lines.filter(isShown)).to.deep.equal(fresh);
  expect(lines[1], 'R134').to.match(/^sent group message 2/);
  return turn;
};

const expectPairwiseRekey = (bench: Bench, before: Ap): Turn => {
  const from = bench.log.length;
  const turn = bench.hear(rekeyPairwise(before));
  expect(happened(turn.events)).to.deep.equal(
    before.network.akm.protocol === 'wpa'
      ? ['message 2', 'message 4', 'group message 2', 'up']
      : ['message 2', 'message 4', 'up'],
  );
  const lines = newLines(bench, from);
  expect(lines.filter(isShown), 'nothing but the new pairwise key').to.deep.equal(shownKeys(turn.ap).slice(0, 1));
  return turn;
};

const expectEnd = (bench: Bench): void => {
  expect(new Set(bench.keys).size, 'R135').to.equal(bench.keys.length);
  expect(bench.reports).to.deep.equal([]);
  expect(bench.completions, 'R176').to.deep.equal([SUCCESS]);
  bench.end();
  for (const secret of bench.spied()) expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
};

interface Way {
  readonly network: TestNetwork;
  readonly secret: Uint8Array;
  readonly remembered?: Readonly<Record<string, Uint8Array>>;
}

const runAll = ({ network, secret, remembered = {} }: Way): void => {
  const bench = portBench({ network, secret, remembered });
  const isCached = Object.keys(remembered).length > 0;
  expect(bench.log.includes('startOneX'), '802.1X').to.equal(usesOneX(network.akm) && !isCached);
  if (bench.log.includes('startOneX')) bench.oneX(secret);
  const first = bench.hear(start(authenticator({ network, secret: masterSecret(network, secret) })));
  expectFirst(bench, first);
  const hasGroup = network.group !== undefined || network.groupManagement !== undefined;
  const second = hasGroup ? expectGroupRekey(bench, first.ap) : first;
  const third = expectPairwiseRekey(bench, second.ap);
  expect(third.ap.ptk?.tk).to.not.deep.equal(first.ap.ptk?.tk);
  expectEnd(bench);
};

/** The network of an association that offers a PMK of an earlier one, under its name. */
const cachedWay = (setup: NetworkSetup, secret: Uint8Array): Way => {
  const plain = networkFor(setup);
  const addresses = { authenticator: macToBytes(plain.authenticator), supplicant: macToBytes(plain.supplicant) };
  const pmk = setup.akm.fastTransition ? (xxKeyOfMsk(setup.akm, secret) ?? secret) : masterSecret(plain, secret);
  const name = pmkid(nodeCrypto, setup.akm, { pmk, addresses, kck: secret.subarray(0, 16) }) ?? new Uint8Array(16);
  return { network: networkFor({ ...setup, pmkids: [name] }), secret, remembered: { [toHex(name)]: pmk } };
};

const CHANNEL = { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 };

/** What can be negotiated besides suites and ciphers. */
const features: Readonly<Record<string, Partial<NetworkSetup>>> = {
  'Extended Key ID': { extendedKeyId: true },
  'operating channel validation': { channel: CHANNEL },
  'RSN extension elements': { rsnx: [RsnxCapability.SAE_H2E, RsnxCapability.SSID_PROTECTION] },
  'beacon protection': { beaconProtection: true },
  'multi-link with one link': { linkIds: [2] },
  'multi-link with three links': { linkIds: [1, 0, 15] },
  'all of it': {
    ...{ extendedKeyId: true, channel: CHANNEL, rsnx: [RsnxCapability.SAE_H2E], beaconProtection: true, linkIds: [0, 1] },
  },
};

/** One set of ciphers for each suite, with protected management frames. */
const rsn = combinations
  .filter(({ akm }) => akm.protocol === 'rsn')
  .filter(({ group, groupManagement }) => group !== undefined && groupManagement !== undefined)
  .filter(({ akm }, at, all) => all.findIndex((other) => other.akm === akm) === at);

const suites = [...new Set(combinations.map(({ akm }) => akm))];
const oneX = combinations.filter(({ akm }) => usesOneX(akm) && akm.protocol === 'rsn');

describe(`RSN: station and access point against each other, ${combinations.length} combinations of suites and ciphers`, () => {
  for (const akm of suites) {
    const own = combinations.filter((combination) => combination.akm === akm);
    it(`R133, R134, R135: ${akm.name}, ${own.length} combinations: both ends hold the same keys, and again after each rekey`, () => {
      for (const combination of own) {
        try {
          runAll({ network: networkFor(combination), secret: secretFor(combination) });
        } catch (error) {
          throw new Error(nameOf(combination), { cause: error });
        }
      }
    });
  }

  for (const [name, feature] of Object.entries(features)) {
    it(`${name}, with each of ${rsn.length} suites`, () => {
      for (const combination of rsn) {
        try {
          runAll({ network: networkFor({ ...combination, ...feature }), secret: secretFor(combination) });
        } catch (error) {
          throw new Error(nameOf(combination), { cause: error });
        }
      }
    });
  }

  it(`PMKs of earlier associations, ${oneX.length} combinations: no 802.1X`, () => {
    for (const combination of oneX) runAll(cachedWay(combination, secretFor(combination)));
  });
});
