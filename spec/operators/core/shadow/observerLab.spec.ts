import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Connection, Credential } from '../../../../operators/core/shadow/index.js';
import { type AirEvent, BROADCAST, mac48ToAddress } from '../../../../streams/air/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { hex } from '../../../streams/frames/hex.js';
import { connectionsIn, connectionsOf, eventsIn } from '../../../support/observed.js';

/** Exchanges of real access points with real stations lie beside a checkout, with what has to come out of them. */
const folder = fileURLToPath(new URL('../../../../../shared/lab/cases/', import.meta.url));

const passphrase = (text: string): Credential => ({ kind: 'passphrase', passphrase: Secret.of(new TextEncoder().encode(text)) });

interface LabCase {
  readonly credentials?: { readonly psk?: string };
  readonly stations: Readonly<
    Record<string, { readonly mac: string; readonly keys?: Readonly<Record<string, ReadonlyArray<string>>> }>
  >;
}

const caseOf = (name: string): LabCase => JSON.parse(readFileSync(`${folder}${name}/case.json`, 'utf8')) as LabCase;

/** The keys of a kind that the stations of a case wrote into their logs. */
const loggedKeys = (name: string, kind: string): ReadonlyArray<Secret> =>
  Object.values(caseOf(name).stations).flatMap(({ keys }) => {
    const own = keys as unknown as Readonly<Record<string, ReadonlyArray<string>>> | undefined;
    return (own?.[kind] ?? []).map((key) => Secret.of(hex(key)));
  });

const credentialsOf = (name: string): ReadonlyArray<Credential> => {
  const { psk } = caseOf(name).credentials ?? {};
  return psk === undefined ? [] : [passphrase(psk)];
};

const connections = (name: string, credentials = credentialsOf(name), size?: number): ReadonlyArray<Connection> => {
  const file = ['air', 'wire'].map((each) => `${folder}${name}/${each}.pcap`).find(existsSync) ?? '';
  return connectionsIn(readFileSync(file), { credentials }, { ...(size !== undefined && { size }) });
};

const end = (address: number): string => mac48ToAddress(address).slice(12);

const farewell = ({ by, reason, isBelieved, isProtected, isForAll }: Connection['farewells'][number]): string =>
  `${by}${isForAll ? ' to all' : ''} ${reason ?? '?'}${isProtected ? ' sealed' : ''}${isBelieved ? '' : ' unbelieved'}`;

/** Who with whom, from which frame to which, and the farewells that were said. */
const shown = ({ station, ap, beginning, began, ending, ended, farewells }: Connection): string =>
  [`${end(station)} > ${end(ap)}: ${beginning} ${began.frame}, ${ending} ${ended.frame}`, ...farewells.map(farewell)].join('; ');

const EXPECTED: Readonly<Record<string, ReadonlyArray<string>>> = {
  'adv-forged-m1': ['01:00 > 00:00: authentication 21, farewell 84; ap 15'],
  'adv-krack-resend': ['01:00 > 00:00: authentication 55, farewell 262; station 3'],
  'adv-replay-m3': ['01:00 > 00:00: authentication 101, farewell 202; station 3'],
  'adv-spoof-deauth-nopmf': [
    '01:00 > 00:00: authentication 153, farewell 405; ap 7; ap 7',
    '01:00 > 00:00: authentication 409, farewell 421; ap 7',
    '01:00 > 00:00: authentication 431, farewell 516; station 3',
  ],
  'adv-spoof-deauth-pmf': [
    '01:00 > 00:00: authentication 71, farewell 305; ap 7 unbelieved; ap 7 unbelieved; ap 7 unbelieved; station 3 sealed',
  ],
  'eap-disconnect-mid-eap': ['01:00 > 00:00: authentication 9, farewell 44; ap 3'],
  'eap-peap-mschapv2': ['01:00 > 00:00: authentication 8, farewell 95; station 3'],
  'eap-peap-radius-air': ['01:00 > 00:00: authentication 85, farewell 220; station 3'],
  'eap-peap-wrongpass': ['01:00 > 00:00: authentication 28, farewell 83; ap 23'],
  'eap-pmksa-cache': [
    '01:00 > 00:00: authentication 10, farewell 84; station 3',
    '01:00 > 00:00: authentication 97, farewell 141; station 3',
  ],
  'eap-sta-leaves-mid-eap': ['01:00 > 00:00: authentication 9, farewell 36; station 3'],
  'eap-suite-b-192': ['01:00 > 00:00: authentication 10, farewell 78; station ? sealed'],
  'eap-tls': ['01:00 > 00:00: authentication 9, farewell 83; station 3'],
  'eap-ttls-pap': ['01:00 > 00:00: authentication 8, farewell 76; station 3'],
  'ft-psk-roam': [
    '02:00 > 00:00: authentication 17, roamed 145',
    '02:00 > 01:00: authentication 141, roamed 184',
    '02:00 > 00:00: authentication 180, farewell 195; station 3',
  ],
  'multi-sta': [
    '01:00 > 00:00: authentication 13, farewell 541; station 3 sealed',
    '02:00 > 00:00: authentication 36, farewell 482; ap 2 sealed',
    '03:00 > 00:00: authentication 59, farewell 228; ap 15',
    '04:00 > 00:00: authentication 80, farewell 523; station 3 sealed',
    '05:00 > 00:00: authentication 97, farewell 546; station 3 sealed',
    '03:00 > 00:00: authentication 427, farewell 526; ap 15',
    '02:00 > 00:00: authentication 492, farewell 543; station 3 sealed',
  ],
  'node-sme': [
    '01:00 > 04:00: authentication 309, farewell 350; station 3',
    '01:00 > 03:00: authentication 454, open 584',
    '01:00 > 00:00: authentication 748, farewell 991; station 3',
  ],
  'node-supplicant': ['01:00 > 00:00: authentication 97, farewell 320; station 3'],
  owe: ['01:00 > 00:00: authentication 10, farewell 55; station ? sealed'],
  'psk-ap-vanishes': ['01:00 > 00:00: authentication 10, gone 64'],
  'psk-deauth-after-m1': ['01:00 > 00:00: authentication 71, farewell 103; ap 3; ap 15'],
  'psk-m2-lost-timeout': ['01:00 > 00:00: authentication 142, farewell 202; ap 15'],
  'psk-m3-lost-timeout': ['01:00 > 00:00: authentication 55, farewell 100; ap 15'],
  'psk-m4-lost-m3-retry': [
    '01:00 > 00:00: authentication 90, farewell 162; ap 15',
    '01:00 > 00:00: authentication 169, farewell 224; station 3',
  ],
  'wired-eap-peap': ['00:02 > 00:01: authentication 12, farewell 32'],
  'wired-eap-peap-radius': ['00:02 > 00:01: authentication 12, farewell 33'],
  'wired-eap-tls': ['00:02 > 00:01: authentication 12, farewell 26'],
  'wired-eap-tls-radius': ['00:02 > 00:01: authentication 12, farewell 26'],
  'wired-eap-ttls-radius': ['00:02 > 00:01: authentication 12, farewell 26'],
  'wpa1-tkip': ['01:00 > 00:00: authentication 9, farewell 150; station 3'],
  'wpa2-psk-ccmp': ['01:00 > 00:00: authentication 97, farewell 202; ap 8'],
  'wpa2-psk-gcmp256': ['01:00 > 00:00: authentication 10, farewell 50; station 3 sealed'],
  'wpa2-psk-ptk-rekey': ['01:00 > 00:00: authentication 10, farewell 196; station 3'],
  'wpa2-psk-sha256': ['01:00 > 00:00: authentication 10, farewell 61; station 3 sealed'],
  'wpa2-psk-wrongpass': ['01:00 > 00:00: authentication 9, farewell 72; ap 15'],
  'wpa3-sae': [
    '01:00 > 00:00: authentication 9, farewell 151; ap ? sealed',
    '01:00 > 00:00: authentication 158, farewell 180; station ? sealed',
  ],
  'wpa3-sae-h2e': [
    '01:00 > 00:00: authentication 9, farewell 61; station ? sealed',
    '01:00 > 00:00: authentication 68, farewell 115; station ? sealed',
  ],
  'wpa3-sae-wrongpass': [
    '01:00 > 00:00: authentication 9, associatedAnew 16',
    '01:00 > 00:00: authentication 22, associatedAnew 28',
    '01:00 > 00:00: authentication 39, associatedAnew 45',
    '01:00 > 00:00: authentication 60, open 66',
  ],
  'wpa3-transition': [
    '01:00 > 00:00: authentication 126, farewell 281; station ? sealed',
    '02:00 > 00:00: authentication 134, farewell 284; station 3',
  ],
};

/** Captures of RADIUS alone have no connections of their own. */
const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('radius-')) : [];

describe('the connections of the lab', () => {
  before(function () {
    if (names.length === 0) this.skip();
  });

  it('are all expected here', () => {
    expect(names.toSorted()).to.deep.equal(Object.keys(EXPECTED).toSorted());
  });

  for (const name of names) {
    it(name, () => {
      expect(connections(name).map(shown)).to.deep.equal(EXPECTED[name]);
    });
  }

  it('are the same in batches of any size', () => {
    for (const name of ['multi-sta', 'ft-psk-roam', 'adv-spoof-deauth-pmf', 'psk-ap-vanishes']) {
      for (const size of [1, 7]) expect(connections(name, undefined, size).map(shown), name).to.deep.equal(EXPECTED[name]);
    }
  });

  it('without keys begin and end the same, but for what only keys can open', () => {
    for (const name of names) {
      const without = connections(name, []).map(shown);
      const expected = (EXPECTED[name] ?? []).map((line) => line.replaceAll(/\d+ sealed/g, '? sealed'));
      expect(without, name).to.deep.equal(expected);
    }
  });

  it('roam by fast transition, verified, with traffic under the new keys', () => {
    const [first, ...roams] = connections('ft-psk-roam');
    expect(first?.association?.fastTransition).to.equal(undefined);
    for (const roam of roams) {
      expect(roam.association?.fastTransition).to.equal('verified');
      expect(roam.traffic.opened).to.be.greaterThan(0);
      expect(roam.groupKeys.map(({ via, purpose }) => `${purpose} via ${via}`)).to.include('gtk via fast transition');
    }
    const others = connections('ft-psk-roam', [passphrase('not the passphrase')]);
    expect(others.map(({ association }) => association?.fastTransition)).to.deep.equal([undefined, 'unchecked', 'unchecked']);
  });

  it('need not say much after a fast transition', () => {
    const events = eventsIn(readFileSync(`${folder}ft-psk-roam/air.pcap`)).filter(
      ({ frame, kind }) => frame < 180 && kind !== 'sealed',
    );
    const later = { frame: 999, time: (events[0]?.time ?? 0) + 600e6 };
    const observed = connectionsOf([...events, { kind: 'lost', frames: 0, ...later }]).map(shown);
    expect(observed).to.deep.equal([
      '02:00 > 00:00: authentication 17, roamed 145',
      '02:00 > 01:00: authentication 141, open 147',
    ]);
  });

  it('do not end with a sealed farewell that the keys do not open', () => {
    const events = eventsIn(readFileSync(`${folder}wpa2-psk-sha256/air.pcap`)).map((event): AirEvent => {
      if (event.kind !== 'farewell' || event.sealed === undefined) return event;
      const { header, body } = event.sealed;
      return { ...event, sealed: { header, body: body.map((octet) => octet ^ 1) } };
    });
    const [known] = connectionsOf(events, { credentials: credentialsOf('wpa2-psk-sha256') });
    expect(known?.farewells[0]).to.include({ isProtected: true, isBelieved: false });
    const [unknown] = connectionsOf(events);
    expect(unknown?.farewells[0]).to.include({ isProtected: true, isBelieved: true });
  });

  describe('when the access point shuts down, and says so to all', () => {
    const onlyToAll = (name: string): ReadonlyArray<AirEvent> =>
      eventsIn(readFileSync(`${folder}${name}/air.pcap`)).filter(
        (event) => event.kind !== 'farewell' || event.station === BROADCAST,
      );
    const farewellIn = (events: ReadonlyArray<AirEvent>, credentials: ReadonlyArray<Credential>) =>
      connectionsOf(events, { credentials })[0]?.farewells.map(farewell);
    const altered = (event: AirEvent): AirEvent => {
      if (event.kind !== 'farewell' || event.signed === undefined) return event;
      const { header, body } = event.signed;
      return { ...event, signed: { header, body: body.map((octet, at) => (at === body.length - 1 ? octet ^ 1 : octet)) } };
    };
    const bare = (event: AirEvent): AirEvent => {
      if (event.kind !== 'farewell') return event;
      const { signed: _, ...rest } = event;
      return rest;
    };

    for (const name of ['wpa2-psk-sha256', 'wpa2-psk-gcmp256', 'adv-spoof-deauth-pmf']) {
      it(`${name}: the MIC decides where its key is known`, () => {
        const events = onlyToAll(name);
        const credentials = credentialsOf(name);
        expect(farewellIn(events, credentials)).to.deep.equal(['ap to all 3 sealed']);
        expect(farewellIn(events.map(altered), credentials)).to.deep.equal(['ap to all 3 sealed unbelieved']);
      });

      it(`${name}: that there is one decides where it is not`, () => {
        const events = onlyToAll(name);
        expect(farewellIn(events.map(altered), [])).to.deep.equal(['ap to all 3 sealed']);
        expect(farewellIn(events.map(bare), [])).to.deep.equal(['ap to all 3 unbelieved']);
      });
    }
  });

  it('are known by the passphrase, though the name of the network is heard only after the handshake', () => {
    for (const [name, message1] of Object.entries({ 'wpa2-psk-ccmp': 105, 'wpa2-psk-sha256': 18 })) {
      const events = eventsIn(readFileSync(`${folder}${name}/air.pcap`));
      const isOfKeys = ({ kind }: AirEvent): boolean => kind === 'eapol';
      const announcement = events.find(({ kind }) => kind === 'announcement');
      const keys = events.filter(isOfKeys);
      const traffic = events.filter(({ kind }) => kind === 'sealed');
      const last = keys.at(-1);
      if (announcement === undefined || last === undefined) throw new Error('there is no handshake');
      const late: AirEvent = { ...announcement, frame: last.frame + 1, time: last.time + 1 };
      const [connection, ...others] = connectionsOf([...keys, late, ...traffic], { credentials: credentialsOf(name) });
      expect(others, name).to.deep.equal([]);
      expect(connection?.handshakes[0]?.messages.map(([seen]) => seen?.mic)).to.deep.equal(['none', 'valid', 'valid', 'valid']);
      expect(connection?.handshakes[0]?.messages[0][0]?.frame, name).to.equal(message1);
      expect(connection?.traffic.opened, name).to.be.greaterThan(0);
    }
  });

  it('know the keys that an MSK makes', () => {
    for (const name of ['eap-tls', 'eap-peap-mschapv2', 'eap-suite-b-192']) {
      const msks = loggedKeys(name, 'msk').map((msk): Credential => ({ kind: 'msk', msk }));
      const [connection] = connections(name, msks);
      expect(connection?.handshakes[0]?.stationKey, name).to.equal('given');
      expect(connection?.eap?.result, name).to.equal('success');
    }
  });

  it('are opened by temporal keys alone', () => {
    const tks = loggedKeys('wpa2-psk-ccmp', 'tk').map((tk): Credential => ({ kind: 'tk', tk }));
    const [connection, ...others] = connections('wpa2-psk-ccmp', tks);
    expect(others).to.deep.equal([]);
    expect(connection?.traffic.opened).to.be.greaterThan(0);
  });

  it('ask whether they are still up, when somebody forges their end', () => {
    const [connection] = connections('adv-spoof-deauth-pmf');
    expect(connection?.saQueries.map(({ from, isResponse }) => [from, isResponse])).to.deep.equal([
      ['station', false],
      ['ap', true],
    ]);
  });

  it('agree on what the stations were configured for', () => {
    const securityOf = (name: string) => {
      const [connection] = connections(name);
      const { proto, akm = 0, pmf } = connection?.security ?? { proto: '', pmf: '' };
      return `${proto} ${akm.toString(16)} ${pmf}`;
    };
    expect(securityOf('wpa2-psk-ccmp')).to.equal('RSN fac02 none');
    expect(securityOf('wpa2-psk-sha256')).to.equal('RSN fac06 required');
    expect(securityOf('wpa1-tkip')).to.equal('WPA 50f202 none');
    expect(securityOf('wpa3-sae')).to.equal('RSN fac08 required');
    expect(securityOf('wpa3-sae-wrongpass')).to.equal('RSN fac08 required');
    expect(securityOf('node-sme')).to.equal('open 0 none');
  });
});
