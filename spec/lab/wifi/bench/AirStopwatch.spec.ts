import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { EXCHANGES } from '../../../../adapters/linux/wifi/rehearsal/exchange.js';
import { playOf } from '../../../../adapters/linux/wifi/rehearsal/Play.js';
import { type AirConnection, AirStopwatch } from '../../../../lab/wifi/bench/AirStopwatch.js';
import { airConnections } from '../../../../lab/wifi/bench/airConnections.js';
import type { AirEvent, Speaker } from '../../../../streams/air/index.js';

const STATION = 0x020000000100;
const NOBODY = 0x020000000400;
const AP = 0x020000000000;
const SAE = 3;
const NOTHING = new Uint8Array(0);
const [first] = playOf(EXCHANGES[0], 1).handshakes;
const { message1, message3 } = first ?? { message1: NOTHING, message3: NOTHING };

/** A message of the station's: as an access point's, without its question, and with a MIC. */
const answer = (to: Uint8Array, information: number, isEmpty: boolean): Uint8Array => {
  const packet = to.slice();
  const view = new DataView(packet.buffer);
  view.setUint16(5, information);
  view.setUint16(97, isEmpty ? 0 : 22);
  return packet;
};
const message2 = answer(message1, 0x010a, false);
const message4 = answer(message1, 0x030a, true);

const between = (time: number, from: Speaker, station = STATION) => ({ frame: 1, time, station, ap: AP, from });
const authentication = (time: number, from: Speaker = 'station', algorithm = 0, station = STATION): AirEvent => ({
  ...between(time, from, station),
  ...{ kind: 'authentication', algorithm, transaction: 1, status: 0, body: NOTHING },
});
const eapol = (time: number, from: Speaker, packet: Uint8Array, station = STATION): AirEvent => ({
  ...between(time, from, station),
  ...{ kind: 'eapol', packet, isProtected: false, medium: 'air' },
});
const request = (time: number): AirEvent => ({
  ...between(time, 'station'),
  ...{ kind: 'associationRequest', isReassociation: false, body: NOTHING },
});
const response = (time: number, status = 0): AirEvent => ({
  ...between(time, 'ap'),
  ...{ kind: 'associationResponse', isReassociation: false, status, body: NOTHING },
});
const farewell = (time: number): AirEvent => ({ ...between(time, 'ap'), kind: 'farewell', isDeauthentication: true, reason: 15 });

const timed = (...events: ReadonlyArray<AirEvent>): ReadonlyArray<AirConnection> => {
  const stopwatch = new AirStopwatch(STATION);
  for (const event of events) stopwatch.see(event);
  return stopwatch.connections;
};

const joined = [authentication(1_000), authentication(1_100, 'ap'), request(1_200), response(1_500)];
const handshake = (at: number): ReadonlyArray<AirEvent> => [
  eapol(at, 'ap', message1),
  eapol(at + 70, 'station', message2),
  eapol(at + 100, 'ap', message3),
  eapol(at + 130, 'station', message4),
];
const AFTER_HANDSHAKE = { began: 1_000, usesSae: false, associated: 500, message2: 70, message4: 30, whole: 1_130 };

describe('the times of a connection on the air', () => {
  it('are from the first Authentication frame, and from each question to its answer', () => {
    expect(timed(...joined, ...handshake(2_000))).to.deep.equal([AFTER_HANDSHAKE]);
  });

  it('count from the first message 1, when a later one is answered', () => {
    const [connection] = timed(...joined, eapol(1_600, 'ap', message1), ...handshake(2_000));
    expect(connection?.message2).to.equal(470);
  });

  it('are those of one station', () => {
    const others = [authentication(1_600, 'station', 0, NOBODY), eapol(1_900, 'ap', message1, NOBODY)];
    expect(timed(...joined, ...others, ...handshake(2_000))).to.deep.equal([AFTER_HANDSHAKE]);
  });

  it('are of one connection, however many frames SAE takes', () => {
    const sae = [
      authentication(1_000, 'station', SAE),
      authentication(1_010, 'ap', SAE),
      authentication(1_020, 'station', SAE),
      authentication(1_030, 'ap', SAE),
    ];
    const [connection, ...more] = timed(...sae, request(1_200), response(1_500), ...handshake(2_000));
    expect([connection, more]).to.deep.equal([{ ...AFTER_HANDSHAKE, usesSae: true }, []]);
  });

  it('begin anew after a farewell, and where a station that has asked to be let in authenticates again', () => {
    const again = (...end: ReadonlyArray<AirEvent>) =>
      timed(...joined, ...end, authentication(5_000), request(5_100), response(5_300)).map(({ began }) => began);
    expect(again(farewell(3_000))).to.deep.equal([1_000, 5_000]);
    expect(again()).to.deep.equal([1_000, 5_000]);
  });

  it('are as few as there was: a refused association has none, and a handshake that broke off has its first half', () => {
    expect(timed(authentication(1_000), request(1_200), response(1_500, 17))).to.deep.equal([{ began: 1_000, usesSae: false }]);
    const [broken] = timed(...joined, ...handshake(2_000).slice(0, 2), farewell(6_000), eapol(6_001, 'ap', message3));
    expect(broken).to.deep.equal({ began: 1_000, usesSae: false, associated: 500, message2: 70 });
  });

  const real = fileURLToPath(new URL('../../../../../shared/lab/cases/wpa2-psk-ccmp/air.pcap', import.meta.url));
  it('are those another analyser reads in a real capture', function () {
    if (!existsSync(real)) this.skip();
    const [connection, ...more] = airConnections(real, STATION);
    const { began = 0, ...spans } = connection ?? {};
    const found = new Map<string, unknown>(Object.entries(spans));
    expect([Math.round(began), more]).to.deep.equal([1795240870358856, []]);
    for (const [name, microseconds] of Object.entries({ associated: 2_476, message2: 1_359, message4: 1_034, whole: 13_687 }))
      expect(found.get(name), name).to.be.closeTo(microseconds, 1);
  });
});
