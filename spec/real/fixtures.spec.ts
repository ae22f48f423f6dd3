import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { nodeCrypto } from '../../adapters/crypto/index.js';
import { passphraseToPmk, pmkid } from '../../operators/core/rsn/index.js';
import { macToBytes } from '../../streams/events/index.js';
import { writeEapolKey } from '../../streams/frames/index.js';
import { akmNamed } from '../operators/core/rsn/keys/suites.js';
import { hex } from '../streams/frames/hex.js';
import { type Happening, keyOf } from '../support/shadow/exchange.js';
import { exchangeOfFixture, type Fixture, fixtureOf, knowledgeOfFixture } from '../support/shadow/fixture.js';
import { installedKeys, reinstalled, sorted } from '../support/shadow/installedKeys.js';
import { hasLab } from '../support/shadow/lab.js';
import { labRuns } from '../support/shadow/labRuns.js';
import { type Run, runExchange } from '../support/shadow/run.js';

/** One of each way to protect a handshake, and those in which a station is put to the test. */
const names = [
  'wpa1-tkip',
  'wpa2-psk-ptk-rekey',
  'wpa2-psk-gcmp256',
  'wpa3-sae',
  'wpa3-sae-h2e',
  'owe',
  'eap-suite-b-192',
  'ft-psk-roam',
  'multi-sta',
  'adv-forged-m1',
  'adv-replay-m3',
  'psk-m4-lost-m3-retry',
  'wpa2-psk-wrongpass',
];

const fileOf = (name: string): string => fileURLToPath(new URL(`fixtures/${name}.json`, import.meta.url));

const fixture = (name: string): Fixture => JSON.parse(readFileSync(fileOf(name), 'utf8')) as Fixture;

/** Of five stations the one whose group key had been in use before. */
const STATION: Readonly<Record<string, string>> = { 'multi-sta': 'station5' };

/** What the station told of its first association. */
const recorded = (name: string): Fixture | undefined => {
  const run = labRuns(name).find(({ station }) => station === (STATION[name] ?? 'station'));
  const origin = `${name}: hostapd and wpa_supplicant 2.10 (Debian 12) on mac80211_hwsim, by the log of the station`;
  return run?.log && fixtureOf(origin, run.log.exchange, run.knowledge, run.expected);
};

const run = (name: string, change: Partial<Fixture> = {}): Run => {
  const changed = { ...fixture(name), ...change };
  const result = runExchange(exchangeOfFixture(changed), knowledgeOfFixture(changed));
  if (result === undefined) throw new Error(`no method serves ${name}`);
  return result;
};

const sameIn = ({ comparison }: Run): ReadonlyArray<boolean> => comparison.compared.map(({ isSame }) => isSame);

describe('in the place of a wpa_supplicant', () => {
  before(() => {
    if (process.env['UPDATE_FIXTURES'] === undefined || !hasLab) return;
    for (const name of names) writeFileSync(fileOf(name), `${JSON.stringify(recorded(name), null, 2)}\n`);
  });

  for (const name of names) {
    it(`${name}: every message octet for octet`, () => {
      const { comparison, shadow } = run(name);
      expect(comparison.compared).to.not.deep.equal([]);
      for (const { isSame, message, differences } of comparison.compared)
        expect(isSame, `${message}: ${differences}`).to.equal(true);
      expect(comparison.onlyTheirs).to.deep.equal([]);
      expect(shadow.isWiped).to.equal(true);
      expect(reinstalled(installedKeys(shadow.installed))).to.deep.equal([]);
    });

    it(`${name}: is what was recorded`, function () {
      if (!hasLab) this.skip();
      expect(JSON.parse(JSON.stringify(recorded(name)))).to.deep.equal(fixture(name));
    });
  }

  for (const name of names.filter((each) => each !== 'adv-forged-m1')) {
    it(`${name}: its keys, and no other message`, () => {
      const { comparison, shadow } = run(name);
      expect(comparison.onlyOurs).to.deep.equal([]);
      expect(sorted(installedKeys(shadow.installed))).to.deep.equal(sorted(fixture(name).installed));
    });
  }

  it('adv-forged-m1: gets through where wpa_supplicant did not', () => {
    const { comparison, shadow } = run('adv-forged-m1');
    expect(fixture('adv-forged-m1').installed).to.deep.equal([]);
    // The access point repeats message 3, because it hears no answer.
    expect(comparison.onlyOurs).to.deep.equal([2, 3, 4, 5].map((counter) => `message 4 of ${counter}`));
    expect(installedKeys(shadow.installed).map(({ place }) => place)).to.deep.equal(['pairwise', 'group 1']);
    expect(shadow.outcomes.map((outcome) => outcome.do)).to.deep.equal(['succeed']);
  });

  it('wpa2-psk-wrongpass: no key, and the suspicion', () => {
    const { shadow } = run('wpa2-psk-wrongpass');
    expect(shadow.installed).to.deep.equal([]);
    expect(shadow.verdict.wrongSecret).to.equal('likely');
    expect(shadow.outcomes.map((outcome) => outcome.do)).to.deep.equal(['fail']);
  });
});

/** The second octet of the capabilities in an RSNE of one suite each. */
const CAPABILITIES_AT = 21;

describe('where the host can tell what was encrypted', () => {
  /** As if every packet of the access point had come in the clear. */
  const inTheClear = (name: string): Run => {
    const exchange = exchangeOfFixture(fixture(name));
    const happenings = exchange.happenings.map((each) => (each.kind === 'packet' ? { ...each, isProtected: false } : each));
    return runExchange({ ...exchange, happenings }, knowledgeOfFixture(fixture(name))) ?? run(name);
  };

  it('psk-m4-lost-m3-retry: message 3 again may be in the clear', () => {
    const { comparison, shadow } = inTheClear('psk-m4-lost-m3-retry');
    expect(comparison.compared.map(({ isSame }) => isSame)).to.deep.equal(Array(5).fill(true));
    expect(comparison.onlyTheirs).to.deep.equal([]);
    expect(reinstalled(installedKeys(shadow.installed))).to.deep.equal([]);
  });

  it('wpa2-psk-ptk-rekey: a rekey may not', () => {
    const { comparison, shadow } = inTheClear('wpa2-psk-ptk-rekey');
    expect(comparison.onlyTheirs).to.deep.equal(['message 2 of 3', 'message 4 of 4', 'message 2 of 5', 'message 4 of 6']);
    expect(shadow.installed.filter(({ slot }) => slot === 'pairwise')).to.have.length(1);
  });

  it('wpa3-sae: nor may a group key', () => {
    const { comparison, shadow } = inTheClear('wpa3-sae');
    expect(comparison.onlyTheirs).to.deep.equal(['group message 2 of 3']);
    expect(shadow.installed.filter(({ slot }) => slot === 'group')).to.have.length(1);
  });
});

describe('a message 1 that names its PMK', () => {
  const ascii = new TextEncoder();

  /** An access point whose passphrase is the right one, telling so as many do. */
  const suspicionWhere = (passphrase: string): string => {
    const exchange = exchangeOfFixture(fixture('wpa2-psk-wrongpass'));
    const addresses = { authenticator: macToBytes(exchange.accessPoint), supplicant: macToBytes(exchange.station) };
    const pmk = passphraseToPmk(nodeCrypto, ascii.encode(passphrase), ascii.encode('lab-psk')) ?? new Uint8Array(0);
    const name = pmkid(nodeCrypto, akmNamed('PSK'), { pmk, addresses }) ?? new Uint8Array(0);
    const naming = (happening: Happening): Happening => {
      const key = happening.kind === 'packet' && happening.from === 'accessPoint' ? keyOf(happening.packet, 16) : undefined;
      const keyData = Uint8Array.of(...hex('dd14 000fac04'), ...name);
      return key === undefined || happening.kind !== 'packet'
        ? happening
        : { ...happening, packet: writeEapolKey({ ...key, keyData }) };
    };
    const named = { ...exchange, happenings: exchange.happenings.map(naming) };
    return runExchange(named, knowledgeOfFixture(fixture('wpa2-psk-wrongpass')))?.shadow.verdict.wrongSecret ?? '';
  };

  it('proves a passphrase wrong', () => {
    expect(suspicionWhere('correct horse battery')).to.equal('proven');
  });

  it('leaves it a suspicion where the name is ours', () => {
    expect(suspicionWhere('incorrect horse battery')).to.equal('likely');
  });
});

describe('what would be noticed', () => {
  const other = (text: string, at: number): string => `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;

  it('another passphrase', () => {
    expect(sameIn(run('wpa2-psk-ptk-rekey', { credential: 'incorrect horse battery' }))).to.not.include(true);
  });

  it('another EAPOL version', () => {
    const original = fixture('wpa2-psk-ptk-rekey');
    const { comparison } = runExchange(exchangeOfFixture(original), knowledgeOfFixture(original), { eapolVersion: 2 }) ?? run('');
    expect(comparison.compared.map(({ isSame }) => isSame)).to.not.include(true);
    expect(comparison.compared.every(({ isSameKey }) => isSameKey)).to.equal(true);
    expect(comparison.compared[0]?.differences).to.deep.equal(['EAPOL version 1 where we send 2']);
  });

  it('another octet in the association request', () => {
    const { request } = fixture('wpa2-psk-gcmp256');
    const rsne = request.search(/30[0-9a-f]{2}0100000fac/);
    const { comparison } = run('wpa2-psk-gcmp256', { request: other(request, rsne + 2 * CAPABILITIES_AT) });
    expect(comparison.compared[0]?.isSame).to.equal(false);
  });

  it('a beacon that says something else', () => {
    const { beacon } = fixture('owe');
    const { shadow, comparison } = run('owe', { beacon: other(beacon, beacon.indexOf('000fac12') + 8) });
    expect(comparison.compared.map(({ isSame }) => isSame)).to.deep.equal([true]);
    expect(comparison.onlyTheirs).to.deep.equal(['message 4 of 2']);
    expect(shadow.installed).to.deep.equal([]);
  });
});
