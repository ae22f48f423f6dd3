import { expect } from 'chai';
import { BROADCAST, type Farewell, mac48ToAddress } from '../../../../streams/air/index.js';
import { toHex } from '../../../../streams/events/index.js';
import {
  capturedAuthentications,
  capturedPackets,
  hasLabLogs,
  labCase,
  labFarewells,
  labFile,
  labLogs,
  loggedPackets,
  type Packet,
  readAll,
} from './labLogs.js';

const KEY = '03';
const INFORMATION_AT = 10;
/** Pairwise, and neither install nor MIC: message 1. */
const isMessage1 = ({ octets }: Packet): boolean =>
  (Number.parseInt(octets.slice(INFORMATION_AT, INFORMATION_AT + 4), 16) & 0x148) === 0x008;
const isKey = ({ octets }: Packet): boolean => octets.slice(2, 4) === KEY;

const spoken = (packets: ReadonlyArray<Packet>, from: string): ReadonlyArray<string> =>
  packets.filter((packet) => packet.from === from).map(({ station, octets }) => `${station} ${octets}`);

const isWithin = (part: ReadonlyArray<string>, whole: ReadonlyArray<string>): boolean => {
  let at = 0;
  for (const each of whole) if (each === part[at]) at++;
  return at === part.length;
};

type Excuse = 'the air has more' | 'the log has more';

const expectSame = (logged: ReadonlyArray<string>, captured: ReadonlyArray<string>, excuse: Excuse | undefined): void => {
  if (excuse === undefined) {
    expect(logged).to.deep.equal(captured);
    return;
  }
  const [part, whole] = excuse === 'the log has more' ? [captured, logged] : [logged, captured];
  expect(isWithin(part, whole)).to.equal(true);
  expect(part.length).to.be.lessThan(whole.length);
};

/** What a station wrote down and the air did not carry, or the other way round. */
const STATION_EXCUSES: Readonly<Record<string, Excuse>> = {
  // A message the station did not receive.
  'adv-spoof-deauth-nopmf station.log ap': 'the air has more',
  'wpa1-tkip station.log ap': 'the air has more',
  // Packets that were dropped on their way to the radio, or overtaken by the end of the association.
  'eap-disconnect-mid-eap station.log station': 'the log has more',
  'eap-sta-leaves-mid-eap station.log station': 'the log has more',
  'psk-deauth-after-m1 station.log station': 'the log has more',
  'psk-m2-lost-timeout station.log station': 'the log has more',
  'psk-m4-lost-m3-retry station.log station': 'the log has more',
  // Group key handshakes that the capture has under keys nobody wrote down.
  'multi-sta station1.log station': 'the log has more',
  'multi-sta station1.log ap': 'the log has more',
  'multi-sta station2.log station': 'the log has more',
  'multi-sta station4.log station': 'the log has more',
};

const AP_EXCUSES: Readonly<Record<string, Excuse>> = {
  // Somebody else's.
  'adv-forged-m1 ap': 'the air has more',
  // Sent under a key that was installed anew, or never sent.
  'adv-krack-resend ap': 'the log has more',
  'psk-deauth-after-m1 ap': 'the log has more',
  'multi-sta station': 'the log has more',
};

describe('logs of real stations and access points', function () {
  if (!hasLabLogs) {
    it('are looked for in ../shared/lab: skipped, there are none', () => {});
    return;
  }
  this.timeout(60_000);

  for (const [name, file] of labLogs('station')) {
    it(`${name}: ${file} has the EAPOL packets of the capture, octet for octet`, () => {
      const logged = loggedPackets(readAll(labFile(name, file)).events);
      const stations = new Set(logged.map(({ station }) => station));
      const captured = capturedPackets(name).filter(({ station }) => stations.has(station));
      for (const from of ['station', 'ap']) {
        expectSame(spoken(logged, from), spoken(captured, from), STATION_EXCUSES[`${name} ${file} ${from}`]);
      }
    });
  }

  for (const [name, file] of labLogs('ap')) {
    it(`${name}: ${file} has the key messages of the stations, and message 1 built anew, octet for octet`, () => {
      const logged = loggedPackets(readAll(labFile(name, file)).events);
      const captured = capturedPackets(name).filter(isKey);
      const [fromStations, fromAp] = [spoken(captured, 'station'), spoken(captured.filter(isMessage1), 'ap')];
      // The last messages 4 of that case were encrypted under a key the access point did not have yet; message 2 came twice.
      if (name !== 'psk-m4-lost-m3-retry') expectSame(spoken(logged, 'station'), fromStations, AP_EXCUSES[`${name} station`]);
      expectSame(spoken(logged, 'ap'), fromAp, AP_EXCUSES[`${name} ap`]);
    });
  }

  for (const [name, file] of labLogs('station')) {
    it(`${name}: ${file} has the authentication frames of the capture, octet for octet`, () => {
      const logged = readAll(labFile(name, file)).events.flatMap((event) =>
        event.kind === 'authentication' ? [`${mac48ToAddress(event.station)} ${event.from} ${toHex(event.body)}`] : [],
      );
      const stations = new Set(logged.map((each) => each.slice(0, 17)));
      const captured = capturedAuthentications(name).filter(({ station }) => stations.has(station));
      // A driver that gets no answer sends the same again, of which its supplicant knows nothing.
      const sent = new Set(captured.map(({ station, from, octets }) => `${station} ${from} ${octets}`));
      expect([...new Set(logged)]).to.deep.equal([...sent]);
    });
  }

  it('tell which farewells were protected: those after the handshake, where management frames are', () => {
    const sealedIn = (name: string, file: string) =>
      readAll(labFile(name, file))
        .events.filter(isOfOne)
        .map(({ from, reason, sealed }) => `${from} ${reason} ${sealed !== undefined}`);
    expect(sealedIn('wpa3-sae', 'ap.log')).to.deep.equal(['ap 2 true', 'station 3 true']);
    expect(sealedIn('wpa3-sae', 'station.log')).to.deep.equal(['ap 2 true', 'station 3 true']);
    expect(sealedIn('adv-spoof-deauth-pmf', 'ap.log')).to.deep.equal([
      'ap 7 false',
      'ap 7 false',
      'ap 7 false',
      'station 3 true',
    ]);
    expect(sealedIn('adv-spoof-deauth-pmf', 'station.log')).to.deep.equal([
      'ap 7 false',
      'ap 7 false',
      'ap 7 false',
      'station 3 true',
    ]);
    expect(sealedIn('multi-sta', 'station3.log')).to.deep.equal(['ap 15 false', 'ap 15 false']);
    expect(sealedIn('multi-sta', 'ap.log').filter((each) => each.includes(' 15 '))).to.deep.equal(['ap 15 false', 'ap 15 false']);
  });

  const isOfOne = (event: { readonly kind: string }): event is Farewell =>
    event.kind === 'farewell' && (event as Farewell).station !== BROADCAST;

  for (const [name, file] of [...labLogs('station'), ...labLogs('ap')]) {
    it(`${name}: ${file} has the reasons of every leave that was taken`, () => {
      const { events } = readAll(labFile(name, file));
      const own = Object.values(labCase(name).stations).length > 1 ? file.match(/station\d/)?.[0] : undefined;
      const station = own === undefined ? undefined : labCase(name).stations[own]?.mac;
      const taken = labFarewells(name).filter((each) => station === undefined || each.station === station);
      const logged = events.filter(isOfOne).map(({ station: mac, from, reason, isDeauthentication }) => {
        return { station: mac48ToAddress(mac), from, reason, isDeauthentication };
      });
      const known = taken.map((each, i) => ({ ...each, reason: each.reason ?? logged[i]?.reason }));
      // What came after the station had left its network was not for it any more.
      if ((name === 'adv-spoof-deauth-nopmf' || name === 'psk-deauth-after-m1') && file !== 'ap.log')
        known.splice(name === 'psk-deauth-after-m1' ? 1 : 2, 1);
      expect(logged).to.deep.equal(known);
    });
  }
});
