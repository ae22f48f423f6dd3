import { expect } from 'chai';
import { isRight } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { derivePt, elementFromPt } from '../../../../../operators/core/rsn/sae/hashToElement.js';
import { huntAndPeck } from '../../../../../operators/core/rsn/sae/huntingAndPecking.js';
import { stepSae } from '../../../../../operators/core/rsn/sae/index.js';
import { confirmBody } from '../../../../../operators/core/rsn/sae/messages.js';
import { octetsOfPoint } from '../../../../../operators/core/rsn/sae/octets.js';
import { faultOf } from '../../../../../operators/core/rsn/sae/peerCommit.js';
import type { Confirmed } from '../../../../../operators/core/rsn/sae/SaeState.js';
import { saeKeys, saltOf } from '../../../../../operators/core/rsn/sae/saeKeys.js';
import { toHex } from '../../../../../streams/events/index.js';
import { readAuthenticationFrame, readSaeCommit } from '../../../../../streams/frames/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { airFrames } from '../../../../support/airFrames.js';
import { hasLab, type LogLine, labFile, labLog } from '../keys/lab.js';
import { accessPointSetup, curve, stationSetup } from './exchange.js';
import { ascii } from './vectors.js';

/** The recordings lie beside a checkout, not in it. */
const without = hasLab ? '' : ' (skipped: there is no ../shared/lab)';

/** Exchanges of wpa_supplicant 2.10 and hostapd 2.10: what was on the air, and what one end logged of its own arithmetic. */
interface Case {
  readonly name: string;
  readonly log: string;
  readonly whose: 'station' | 'accessPoint';
  readonly ssid: string;
  readonly password: string;
  readonly method: 'huntingAndPecking' | 'hashToElement';
  /** Completed exchanges, and exchanges in all. */
  readonly exchanges: readonly [completed: number, all: number];
}

const sae = { ssid: 'lab-sae', password: 'sae secret pass', method: 'huntingAndPecking' } as const;
const cases: ReadonlyArray<Case> = [
  { ...sae, name: 'wpa3-sae', log: 'station.log', whose: 'station', exchanges: [1, 1] },
  { ...sae, name: 'wpa3-sae', log: 'ap.log', whose: 'accessPoint', exchanges: [1, 1] },
  { ...sae, name: 'wpa3-sae-h2e', log: 'station.log', whose: 'station', method: 'hashToElement', exchanges: [1, 1] },
  { ...sae, name: 'wpa3-sae-h2e', log: 'ap.log', whose: 'accessPoint', method: 'hashToElement', exchanges: [1, 1] },
  {
    ...sae,
    name: 'wpa3-sae-wrongpass',
    log: 'station.log',
    whose: 'station',
    password: 'sae wrong pass',
    exchanges: [0, 4],
  },
  { ...sae, name: 'wpa3-sae-wrongpass', log: 'ap.log', whose: 'accessPoint', exchanges: [0, 4] },
  {
    ...sae,
    name: 'wpa3-transition',
    log: 'station1.log',
    whose: 'station',
    ssid: 'lab-trans',
    password: 'transition pass',
    exchanges: [1, 1],
  },
  {
    ...sae,
    name: 'wpa3-transition',
    log: 'ap.log',
    whose: 'accessPoint',
    ssid: 'lab-trans',
    password: 'transition pass',
    exchanges: [1, 1],
  },
  // A commit of scalar 2 and the generator, to which nobody knows a password: the access point answers it all the same.
  { ...sae, name: 'node-sme', log: 'ap.log', whose: 'accessPoint', exchanges: [0, 3] },
];

const addressesOf = ({ name, whose }: Case) => {
  const station = hex('020000000100');
  const accessPoint = hex(name === 'node-sme' ? '020000000300' : '020000000000');
  return whose === 'station' ? { own: station, peer: accessPoint } : { own: accessPoint, peer: station };
};

const p256 = curve(19);
const point = (x: Uint8Array, y: Uint8Array): Uint8Array => Uint8Array.from([...x, ...y]);

/** The exchanges of a log: each ends with its keys. */
const exchangesIn = (log: ReadonlyArray<LogLine>) => {
  const seen = new Map<string, Uint8Array>();
  const last = (title: string): Uint8Array => seen.get(`SAE: ${title}`) ?? new Uint8Array(0);
  return log.flatMap(({ text, bytes }) => {
    seen.set(text, bytes);
    if (text !== 'SAE: PMK') return [];
    return [
      {
        own: { scalar: last('own commit-scalar'), element: point(last('own commit-element(x)'), last('own commit-element(y)')) },
        peer: {
          scalar: last('Peer commit-scalar'),
          element: point(last('Peer commit-element(x)'), last('Peer commit-element(y)')),
        },
        k: last('k'),
        kck: last('KCK'),
        pmk: bytes,
        pmkid: last('PMKID'),
      },
    ];
  });
};

const authenticationsIn = (name: string): ReadonlyArray<Uint8Array> =>
  airFrames(labFile(name, 'air.pcap')).flatMap(({ type, subtype, body }) => (type === 0 && subtype === 11 ? [body] : []));

const keysOf = (one: Case, exchange: ReturnType<typeof exchangesIn>[number]) =>
  saeKeys(nodeCrypto, exchange.k, {
    curve: p256,
    hash: 'sha256',
    pmkOctets: 32,
    scalars: [exchange.own.scalar, exchange.peer.scalar],
    salt: saltOf('sha256', addressesOf(one), { own: [], peer: [] }),
  });

const loggedElement = (log: ReadonlyArray<LogLine>): Uint8Array => {
  const dump = (title: string): Uint8Array => log.find(({ text }) => text === `SAE: ${title}`)?.bytes ?? new Uint8Array(0);
  const hunted = dump('PWE');
  return hunted.length > 0 ? hunted : point(dump('PWE.x'), dump('PWE.y'));
};

for (const one of cases) {
  describe(`SAE of hostap 2.10: ${one.name}, ${one.log}${without}`, () => {
    const addresses = addressesOf(one);

    before(function () {
      if (!hasLab) this.skip();
    });

    it('the password element', () => {
      const named = { ssid: ascii(one.ssid), password: ascii(one.password) };
      const pt = one.method === 'hashToElement' ? derivePt(nodeCrypto, 19, named) : undefined;
      const element =
        pt === undefined
          ? huntAndPeck(nodeCrypto, p256, named.password, addresses, new Uint8Array(32).fill(1))
          : elementFromPt(nodeCrypto, p256, pt, addresses);
      const expected = loggedElement(labLog(one.name, one.log));
      expect(expected.length).to.equal(64);
      if (one.name === 'node-sme') return;
      expect(element === undefined ? undefined : octetsOfPoint(p256, element)).to.deep.equal(expected);
    });

    it('keys and confirms, byte for byte', () => {
      const exchanges = exchangesIn(labLog(one.name, one.log));
      const air = authenticationsIn(one.name).map(toHex);
      expect(exchanges.length).to.equal(one.exchanges[1]);
      let completed = 0;
      for (const exchange of exchanges) {
        const { kck, pmk, pmkid } = keysOf(one, exchange);
        expect(kck.reveal()).to.deep.equal(exchange.kck);
        expect(pmk.reveal()).to.deep.equal(exchange.pmk);
        expect(pmkid).to.deep.equal(exchange.pmkid);
        const { own, peer } = exchange;
        const confirms = [
          confirmBody(stationSetup(), { hash: 'sha256', own, peer }, kck, 1),
          confirmBody(stationSetup(), { hash: 'sha256', own: peer, peer: own }, kck, 1),
        ].map(toHex);
        const [isOurs, isTheirs] = confirms.map((confirm) => air.includes(confirm));
        if (one.whose === 'station') expect(isOurs).to.equal(true);
        if (isOurs === true && isTheirs === true) completed++;
      }
      expect(completed).to.equal(one.exchanges[0]);
    });

    it('the machine accepts what that end has accepted, and nothing else', () => {
      const setup = { ...(one.whose === 'station' ? stationSetup() : accessPointSetup()), addresses };
      const air = authenticationsIn(one.name);
      let accepted = 0;
      for (const exchange of exchangesIn(labLog(one.name, one.log))) {
        const { own, peer } = exchange;
        const terms = { method: one.method, curve: p256, rejected: [] };
        for (const body of air) {
          const keys = keysOf(one, exchange);
          const state: Confirmed = { phase: 'confirmed', terms, hash: 'sha256', own, peer, keys, sendConfirm: 1, sync: 0 };
          for (const output of stepSae(setup)(state, { kind: 'frame', body }).effects) {
            if (output.do !== 'accepted') continue;
            accepted++;
            expect(output.pmk.reveal()).to.deep.equal(exchange.pmk);
          }
        }
      }
      expect(accepted).to.equal(one.exchanges[0]);
    });

    it('every commit on the air may be answered', () => {
      let commits = 0;
      for (const body of authenticationsIn(one.name)) {
        const frame = readAuthenticationFrame(body);
        if (!isRight(frame) || frame.right.algorithm !== 3 || frame.right.transaction !== 1) continue;
        const commit = readSaeCommit(frame.right.rest, frame.right.status);
        if (!isRight(commit)) throw new Error(commit.left.message);
        expect(faultOf(p256, commit.right)).to.equal(undefined);
        commits++;
      }
      expect(commits).to.be.at.least(2);
    });
  });
}
