import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { EapSeen } from '../../../../operators/core/shadow/Connection.js';
import { createEapWatch } from '../../../../operators/core/shadow/eapWatch.js';
import type { EapolHeard } from '../../../../streams/air/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { EapMethod, TlsAlert, writeEapol } from '../../../../streams/frames/index.js';
import { expectBytes } from '../../../streams/frames/expectations.js';
import { hex } from '../../../streams/frames/hex.js';
import { heard, script, tlsConversation } from '../../../support/eapConversation.js';
import { tlsExchange } from '../../../support/tlsExchange.js';

const { EXPANDED, FAST, IDENTITY, MD5_CHALLENGE, NAK, NOTIFICATION, PEAP, TLS, TTLS } = EapMethod.codes;
const START = writeEapol({ version: 1, type: 1, body: hex('') });
const LOGOFF = writeEapol({ version: 1, type: 2, body: hex('') });
const KEY = writeEapol({ version: 1, type: 3, body: hex('00') });
const MKA = writeEapol({ version: 3, type: 5, body: hex('00') });

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const factsOf = (events: ReadonlyArray<EapolHeard>): EapSeen | undefined => {
  const watch = createEapWatch(nodeCrypto, undefined);
  for (const event of events) watch.take(event);
  return watch.facts();
};
const seen = (talk: { readonly events: ReadonlyArray<EapolHeard> }): EapSeen => {
  const facts = factsOf(talk.events);
  if (facts === undefined) throw new Error('nothing was seen');
  return facts;
};
const frames = (marks: ReadonlyArray<{ readonly frame: number }>): ReadonlyArray<number> => marks.map(({ frame }) => frame);

const identified = (identity = 'bob@lab.example') => script().request(IDENTITY).response(IDENTITY, bytesOf(identity));

describe('the watch over EAP', () => {
  it('sees nothing of EAPOL-Key and of MKA', () => {
    expect(factsOf(script().eapol('ap', KEY).eapol('station', MKA).events)).to.equal(undefined);
  });

  it('sees a conversation from the identity to the end', () => {
    const facts = seen(identified().request(MD5_CHALLENGE, hex('04 aabbccdd')).response(MD5_CHALLENGE, hex('10 00')).success());
    expectBytes(facts.identity?.reveal() ?? hex(''), bytesOf('bob@lab.example'));
    expect(facts).to.deep.include({
      ...{ packets: 5, first: { frame: 1, time: 1000 }, last: { frame: 5, time: 5000 }, lastFrom: 'ap' },
      ...{ method: { type: 4, name: 'MD5-Challenge' }, offered: [4], wanted: [], realm: 'lab.example' },
      ...{ result: 'success', resultMark: { frame: 5, time: 5000 }, retransmissions: [] },
    });
    expect(facts).to.not.have.any.keys('unanswered', 'tlsVersion', 'tlsAlert', 'msk');
  });

  it('keeps each round, but not what only said the same again', () => {
    const talk = identified().again().request(MD5_CHALLENGE, hex('04 aabbccdd')).response(MD5_CHALLENGE, hex('10 00')).failure();
    expect(
      seen(talk).rounds.map(({ frame, from, code, identifier, type }) => [frame, from, code, identifier, type]),
    ).to.deep.equal([
      [1, 'ap', 1, 8, 1],
      [2, 'station', 2, 8, 1],
      [4, 'ap', 1, 9, 4],
      [5, 'station', 2, 9, 4],
      [6, 'ap', 4, 9, undefined],
    ]);
    const long = script();
    for (let count = 0; count < 100; count++) long.request(MD5_CHALLENGE, hex('04 aabbccdd'));
    expect(seen(long).rounds).to.have.length(64);
    expect(seen(long).packets).to.equal(100);
  });

  it('has no method before both agree', () => {
    const offer = identified().request(PEAP, hex('20'));
    expect(seen(offer)).to.deep.include({ offered: [25], unanswered: { frame: 3, time: 3000 }, lastFrom: 'ap', result: 'none' });
    expect(seen(offer)).to.not.have.property('method');
    const nak = offer.response(NAK, Uint8Array.of(TTLS, TLS)).request(TTLS, hex('20')).response(TTLS, hex('00'));
    expect(seen(nak)).to.deep.include({ offered: [25, 21], wanted: [21, 13], method: { type: 21, name: 'TTLS' } });
    expect(seen(identified().request(PEAP, hex('20')).response(NAK, hex('00')).failure())).to.deep.include({
      wanted: [0],
      result: 'failure',
    });
  });

  it('takes a response whose request it never heard, and none that answers something else', () => {
    expect(seen(script().response(TTLS, hex('00'))).method).to.deep.equal({ type: 21, name: 'TTLS' });
    expect(seen(script().request(PEAP, hex('20')).response(TTLS, hex('00')))).to.not.have.property('method');
  });

  it('knows methods in their expanded form', () => {
    const ofWfa = hex('00372a 00000001 0100');
    expect(seen(script().request(EXPANDED, ofWfa).response(EXPANDED, ofWfa)).method).to.deep.equal({ type: 254, name: 'WSC' });
    const ofIetf = hex('000000 0000000d 20');
    const facts = seen(script().request(EXPANDED, ofIetf).response(EXPANDED, hex('000000 00000003 fe 000000 00000019')));
    expect(facts).to.deep.include({ offered: [13], wanted: [25] });
  });

  it('takes a notification for no method', () => {
    expect(seen(script().request(NOTIFICATION, bytesOf('hello')).response(NOTIFICATION))).to.deep.include({ offered: [] });
  });

  it('counts what is sent again, and takes it once', () => {
    const facts = seen(script().request(IDENTITY).again().response(IDENTITY, bytesOf('bob')).again().request(PEAP).again());
    expect(frames(facts.retransmissions)).to.deep.equal([2, 4, 6]);
    expect(facts).to.deep.include({ packets: 6, unanswered: { frame: 5, time: 5000 } });
  });

  it('does not take for a repetition what has another identifier, other octets, or answers a start', () => {
    const anew = script().request(IDENTITY).request(IDENTITY).request(IDENTITY, hex('00'), 9);
    expect(seen(anew).retransmissions).to.deep.equal([]);
    const asked = script().request(IDENTITY, hex(''), 9).eapol('station', START).request(IDENTITY, hex(''), 9);
    expect(seen(asked)).to.deep.include({ retransmissions: [], starts: [{ frame: 2, time: 2000 }] });
  });

  it('keeps a request that was never answered, whatever the access point makes of it', () => {
    expect(seen(identified().request(TLS).failure())).to.deep.include({
      unanswered: { frame: 3, time: 3000 },
      result: 'failure',
    });
    expect(seen(identified().request(TLS).success())).to.not.have.property('unanswered');
    expect(seen(script().request(IDENTITY, hex(''), 3).response(IDENTITY, bytesOf('bob'), 4)).unanswered).to.deep.include({
      frame: 1,
    });
  });

  it('sees starts and logoffs, and those alone too', () => {
    const facts = seen(script().eapol('station', START).eapol('station', START).eapol('station', LOGOFF));
    expect(facts).to.deep.include({
      packets: 0,
      first: { frame: 1, time: 1000 },
      last: { frame: 3, time: 3000 },
      lastFrom: 'station',
    });
    expect([frames(facts.starts), frames(facts.logoffs)]).to.deep.equal([[1, 2], [3]]);
  });

  it('believes neither a station that asks or decides, nor an access point that answers', () => {
    const { events } = identified().request(TLS).response(TLS).success();
    const turned = events.map((event): EapolHeard => ({ ...event, from: event.from === 'ap' ? 'station' : 'ap' }));
    expect(factsOf(turned)).to.equal(undefined);
  });

  it('keeps what it knows of a failure until another method is under way', () => {
    const failed = identified()
      .request(PEAP, hex('20'))
      .response(PEAP, hex('00'))
      .failure()
      .request(IDENTITY)
      .response(IDENTITY, bytesOf('eve'));
    expect(seen(failed)).to.deep.include({
      method: { type: 25, name: 'PEAP' },
      result: 'failure',
      resultMark: { frame: 5, time: 5000 },
    });
    const again = failed.request(TLS, hex('20'));
    expect(seen(again)).to.deep.include({ offered: [13], result: 'failure', unanswered: { frame: 8, time: 8000 } });
    expect(seen(again)).to.not.have.property('method');
    expect(seen(again.response(TLS, hex('00')).success())).to.deep.include({
      result: 'success',
      resultMark: { frame: 10, time: 10000 },
    });
  });

  it('is not moved by bytes that are no EAP', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 6 }), fc.boolean(), (packets, isAp) => {
        const watch = createEapWatch(nodeCrypto, { find: () => undefined });
        packets.forEach((bytes, i) => {
          watch.take(heard(i + 1, isAp ? 'ap' : 'station', bytes));
          watch.take(heard(i + 1, isAp ? 'ap' : 'station', writeEapol({ version: 1, type: 0, body: bytes })));
        });
        expect(watch.facts()?.packets ?? 0).to.be.at.most(2 * packets.length);
        expect(watch.msk).to.equal(undefined);
      }),
    );
  });

  it('keeps a bounded number of marks', () => {
    const watch = createEapWatch(nodeCrypto, undefined);
    const [request] = script().request(IDENTITY).events;
    for (let frame = 1; frame < 1000; frame++) {
      watch.take(heard(frame, 'station', START));
      watch.take({ ...(request as EapolHeard), frame });
      watch.take({ ...(request as EapolHeard), frame });
    }
    expect(watch.facts()?.starts).to.have.length(256);
    expect(watch.facts()?.retransmissions).to.have.length(256);
  });
});

describe('the watch over EAP with TLS inside', () => {
  const alert = (description: number, level = 2): Uint8Array =>
    hex(`00 15 0301 0002 0${level} ${description.toString(16).padStart(2, '0')}`);

  it('tells the version the server chose', async () => {
    const names = { TLSv1: 'TLS 1.0', 'TLSv1.2': 'TLS 1.2', 'TLSv1.3': 'TLS 1.3' } as const;
    for (const version of ['TLSv1', 'TLSv1.2', 'TLSv1.3'] as const) {
      const { flights } = await tlsExchange(version, { ciphers: 'ALL:@SECLEVEL=0' });
      for (const room of [30, 200, 1400, 100_000])
        expect(seen(tlsConversation(flights, PEAP, room)).tlsVersion).to.equal(names[version]);
    }
  });

  it('tells who sent which alert', () => {
    const refused = identified()
      .request(PEAP, hex('20'))
      .response(PEAP, alert(TlsAlert.codes.unknown_ca))
      .request(PEAP, hex('00'));
    expect(seen(refused).tlsAlert).to.deep.equal({ frame: 4, time: 4000, from: 'station', level: 2, description: 48 });
    const warned = identified().request(TLS, alert(112, 1)).response(TLS, alert(40)).request(TLS, alert(80));
    expect(seen(warned).tlsAlert).to.deep.include({ from: 'station', level: 2, description: 40 });
    expect(seen(identified().request(TLS, alert(112, 1))).tlsAlert).to.deep.include({ from: 'ap', level: 1, description: 112 });
  });

  it('takes no word from the start of FAST for TLS', () => {
    expect(seen(identified().request(FAST, hex('21 15 0301 0002 02 30')))).to.not.have.property('tlsAlert');
  });

  it('finds its way again behind a fragment that is missing', async () => {
    const { flights } = await tlsExchange('TLSv1.2');
    const { events } = tlsConversation(flights.slice(0, 1), TLS, 100);
    const talk = script();
    // The first piece of the hello is lost, and what is left of it looks like nothing.
    for (const { from, packet } of events.filter((_, i) => i !== 3)) talk.eapol(from, packet);
    expect(seen(talk.response(TLS, alert(48), 50)).tlsAlert).to.deep.include({ from: 'station', description: 48 });
  });

  it('knows a session once it is through, and makes its key once', async () => {
    const exchange = await tlsExchange('TLSv1.2');
    const { events } = tlsConversation(exchange.flights, TLS);
    const secret = exchange.keyLog.trim().split(' ').at(-1) ?? '';
    let asked = 0;
    const watch = createEapWatch(nodeCrypto, {
      find: () => {
        asked += 1;
        return Secret.of(hex(secret));
      },
    });
    for (const event of events.slice(0, 5)) watch.take(event);
    expect(watch.msk).to.equal(undefined);
    for (const event of events.slice(5)) watch.take(event);
    expect(watch.msk?.length).to.equal(64);
    expect(watch.facts()?.msk).to.equal(watch.msk);
    expect(asked).to.equal(1);
  });
});
