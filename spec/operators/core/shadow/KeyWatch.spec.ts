import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  type Credential,
  createKeyRing,
  createKeyWatch,
  type KeyFacts,
  type KeyWatchContext,
} from '../../../../operators/core/shadow/index.js';
import { BROADCAST, type EapolHeard } from '../../../../streams/air/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { withMic, withZeroedMic } from '../../../../streams/frames/index.js';
import { cipher, networkFor, suite } from '../../../support/associationFor.js';
import { combinations, nameOf } from '../../../support/combinations.js';
import { type Conversation, converse } from '../../../support/conversation.js';
import { llc, sealCcmp } from '../../../support/sealing.js';

const NOTHING = new Uint8Array(0);

const psk = networkFor({ akm: suite('PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') });

const watched = (
  context: KeyWatchContext,
  events: ReadonlyArray<EapolHeard>,
  credentials: ReadonlyArray<Credential>,
): KeyFacts => {
  const keys = createKeyRing(nodeCrypto, credentials);
  const watch = createKeyWatch({ crypto: nodeCrypto, keys }, context);
  for (const event of events) watch.take(event);
  const facts = watch.facts();
  watch.release();
  keys.release();
  return facts;
};

const pmkOf = ({ pmk }: Conversation): Credential => ({ kind: 'pmk', pmk: Secret.of(pmk) });
const otherKey: Credential = { kind: 'pmk', pmk: Secret.of(new Uint8Array(32).fill(7)) };

const factsOf = (conversation: Conversation): KeyFacts =>
  watched(conversation.context, conversation.events, [pmkOf(conversation)]);

/** The MICs of messages 1 to 4, in the words of the facts. */
const micsOf = ({ handshakes }: KeyFacts, at = 0): ReadonlyArray<ReadonlyArray<string>> =>
  (handshakes[at]?.messages ?? []).map((list) => list.map(({ mic }) => mic));

const withoutAssociation = ({ station, ap, ssid, isReassociation, medium }: KeyWatchContext): KeyWatchContext => ({
  ...{ station, ap, isReassociation, medium },
  ...(ssid && { ssid }),
});

/** One set of ciphers for each suite. */
const oneOfEach = combinations.filter(({ akm }, at, all) => all.findIndex((other) => other.akm === akm) === at);

const hexes = (keys: ReadonlyArray<{ readonly key: Secret }>): ReadonlyArray<string> =>
  keys.map(({ key }) => toHex(key.reveal()));

const groupKeysOf = ({ ap }: Conversation): ReadonlyArray<string> =>
  ap.groups.flatMap(({ gtk, igtk }) => [gtk, igtk].flatMap((key) => (key === undefined ? [] : [toHex(key.key)])));

describe('KeyWatch', () => {
  for (const combination of oneOfEach) {
    it(`${nameOf(combination)}: the station says what the engine would, and the keys are those of the access point`, () => {
      const conversation = converse(networkFor(combination), ['first']);
      const facts = factsOf(conversation);
      const [handshake, ...others] = facts.handshakes;
      expect(others).to.have.length(0);
      expect(micsOf(facts)).to.deep.equal([['none'], ['valid'], ['valid'], ['valid']]);
      expect(handshake?.messages[1][0]?.likeness).to.equal('identical');
      expect(handshake?.messages[3][0]?.likeness).to.equal('identical');
      expect(handshake?.messages[2][0]?.faults).to.deep.equal([]);
      expect(toHex(handshake?.tk?.reveal() ?? new Uint8Array(0))).to.equal(toHex(conversation.ap.ptk?.tk ?? new Uint8Array(0)));
      expect(hexes(facts.groupKeys)).to.include.members(groupKeysOf(conversation));
      expect([handshake?.stationKey, handshake?.apKey, handshake?.isComplete]).to.deep.equal(['given', 'given', true]);
    });
  }

  it('follows rekeys and group handshakes, and tells them apart', () => {
    const facts = factsOf(converse(psk, ['first', 'group', 'rekey', 'group']));
    expect(facts.handshakes.map(({ isRekey }) => isRekey)).to.deep.equal([false, true]);
    expect(micsOf(facts, 1)).to.deep.equal([['none'], ['valid'], ['valid'], ['valid']]);
    expect(facts.groupHandshakes.map(({ isComplete }) => isComplete)).to.deep.equal([true, true]);
    const [message1, message2] = facts.groupHandshakes[1]?.messages ?? [];
    expect([message1?.[0]?.mic, message2?.[0]?.likeness]).to.deep.equal(['valid', 'identical']);
    expect(facts.groupKeys.map(({ via }) => via)).to.deep.equal(['message 3', 'group message 1', 'group message 1']);
  });

  it('tries the key that was learnt last, however many there were before', () => {
    const conversation = converse(psk);
    const keys = createKeyRing(nodeCrypto, []);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
    for (let octet = 1; octet <= 20; octet++) watch.learn(Secret.of(new Uint8Array(32).fill(octet)));
    watch.learn(Secret.of(conversation.pmk));
    for (const event of conversation.events) watch.take(event);
    expect(micsOf(watch.facts())).to.deep.equal([['none'], ['valid'], ['valid'], ['valid']]);
  });

  it('verifies what follows under keys that came otherwise, and opens what is for all', () => {
    const network = networkFor({ akm: suite('FT_PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') });
    const first = converse(network);
    const { events, context } = converse(network, ['first', 'group', 'group']);
    const secrets = { tk: Secret.of(first.ap.ptk?.tk ?? NOTHING), kck: Secret.of(first.ap.ptk?.kck ?? NOTHING) };
    const keys = createKeyRing(nodeCrypto, []);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, context);
    watch.adopt(secrets.tk, { kck: secrets.kck, kek: Secret.of(first.ap.ptk?.kek ?? NOTHING) });
    const gtk = new Uint8Array(16).fill(9);
    const handedOut = { purpose: 'gtk', index: 3, via: 'fast transition', frame: 1, time: 1 } as const;
    watch.adoptGroupKey({ ...handedOut, key: Secret.of(gtk) });
    watch.adoptGroupKey({ ...handedOut, key: Secret.of(gtk) });
    for (const event of events.slice(4)) watch.take(event);
    for (const seed of [1, 2]) {
      const forAll = { station: BROADCAST, ap: context.ap, from: 'ap', packetNumber: 1, keyId: 3, tk: gtk } as const;
      watch.open(sealCcmp(forAll, llc(0x0800, new Uint8Array(40).fill(seed))));
    }
    const facts = watch.facts();
    const mics = facts.groupHandshakes.map(({ messages: [m1, m2] }) => [m1[0]?.mic, m2[0]?.mic]);
    expect(mics).to.deep.equal([
      ['valid', 'valid'],
      ['valid', 'valid'],
    ]);
    expect(facts.groupKeys.map(({ via }) => via)).to.deep.equal(['fast transition', 'group message 1', 'group message 1']);
    expect(facts.reuses.map(({ isGroup, pn }) => [isGroup, pn])).to.deep.equal([[true, 1]]);
  });

  it('proves what was said with a key that is learnt only later', () => {
    const enterprise = networkFor({ akm: suite('IEEE_802_1X'), pairwise: cipher('CCMP'), group: cipher('CCMP') });
    const conversation = converse(enterprise);
    const late: Credential = { kind: 'tls', secrets: { find: () => undefined } };
    const factsWith = (credentials: ReadonlyArray<Credential>): KeyFacts => {
      const keys = createKeyRing(nodeCrypto, credentials);
      const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
      for (const event of conversation.events) watch.take(event);
      watch.learn(Secret.of(conversation.pmk));
      return watch.facts();
    };
    const facts = factsWith([late]);
    expect(micsOf(facts)).to.deep.equal([['none'], ['valid'], ['valid'], ['valid']]);
    expect(hexes(facts.groupKeys)).to.include.members(groupKeysOf(conversation));
    expect([facts.handshakes.length, facts.handshakes[0]?.isComplete]).to.deep.equal([1, true]);
    expect(micsOf(factsWith([])), 'nothing was to be expected').to.deep.equal([
      ['none'],
      ['unchecked'],
      ['unchecked'],
      ['unchecked'],
    ]);
  });

  it('does not go through a storm again', () => {
    const conversation = converse(psk);
    const keys = createKeyRing(nodeCrypto, [otherKey]);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, withoutAssociation(conversation.context));
    const [first] = conversation.events;
    for (let count = 0; first !== undefined && count < 20; count++) watch.take(first);
    for (const event of conversation.events) watch.take(event);
    watch.learn(Secret.of(conversation.pmk));
    expect(watch.facts().handshakes[0]?.messages[0]).to.have.length(21);
  });

  it('needs no association: message 2 says what was agreed', () => {
    const conversation = converse(psk);
    const facts = watched(withoutAssociation(conversation.context), conversation.events, [pmkOf(conversation)]);
    expect(micsOf(facts)).to.deep.equal([['none'], ['valid'], ['valid'], ['valid']]);
    expect(facts.security?.akm).to.equal(conversation.network.akm.selector);
  });

  it('needs no association in a mobility domain either', () => {
    const conversation = converse(networkFor({ akm: suite('FT_PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') }));
    const facts = watched(withoutAssociation(conversation.context), conversation.events, [pmkOf(conversation)]);
    expect(micsOf(facts)).to.deep.equal([['none'], ['valid'], ['valid'], ['valid']]);
  });

  for (const [name, feature] of Object.entries({
    'Extended Key ID': { extendedKeyId: true },
    'operating channel validation': { channel: { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 } },
    'several links': { linkIds: [1, 0] },
  })) {
    it(`${name}: identical as well`, () => {
      const network = networkFor({
        ...{ akm: suite('SAE'), pairwise: cipher('CCMP'), group: cipher('CCMP'), groupManagement: cipher('BIP_CMAC_128') },
        ...feature,
      });
      const facts = factsOf(converse(network, ['first', 'rekey']));
      for (const { messages } of facts.handshakes) {
        expect(messages[1].map(({ likeness }) => likeness)).to.deep.equal(['identical']);
        expect(messages[2].flatMap(({ faults }) => faults)).to.deep.equal([]);
        expect(messages[3].map(({ likeness }) => likeness)).to.deep.equal(['identical']);
      }
      expect(facts.handshakes).to.have.length(2);
    });
  }

  const lost = (at: number): KeyFacts => {
    const conversation = converse(psk);
    const heard = conversation.events.filter((_, i) => i !== at);
    return watched(conversation.context, heard, [pmkOf(conversation)]);
  };

  it('message 1 not captured: message 3 has its nonce, so message 2 is verified late', () => {
    const facts = lost(0);
    expect(micsOf(facts)).to.deep.equal([[], ['valid'], ['valid'], ['valid']]);
    expect(facts.handshakes[0]?.messages[1][0]?.likeness).to.equal('identical');
  });

  it('neither message 1 nor message 3 captured, but message 3 when it was said again: it has the nonce, too', () => {
    const conversation = converse(psk);
    const { kck = new Uint8Array(0) } = conversation.ap.ptk ?? {};
    const [, message2, message3, message4] = conversation.events;
    if (message2 === undefined || message3 === undefined || message4 === undefined) throw new Error('the conversation is short');
    const said = withZeroedMic(message3.packet, 16).slice();
    const lowest = 16;
    said[lowest] = (said[lowest] ?? 0) + 1;
    const again = { ...message3, packet: withMic(said, nodeCrypto.hmac('sha1', kck, said).subarray(0, 16)) };
    const facts = watched(conversation.context, [message2, message4, again], [pmkOf(conversation)]);
    expect(facts.handshakes).to.have.length(1);
    expect(micsOf(facts)).to.deep.equal([[], ['valid'], ['valid'], ['unchecked']]);
    expect(hexes(facts.groupKeys)).to.include.members(groupKeysOf(conversation));
  });

  it('message 2 not captured: nothing can be verified, and nothing is held against anybody', () => {
    const facts = lost(1);
    expect(micsOf(facts)).to.deep.equal([['none'], [], ['unchecked'], ['unchecked']]);
    expect([facts.handshakes[0]?.stationKey, facts.handshakes[0]?.apKey]).to.deep.equal(['unknown', 'unknown']);
  });

  it('message 3 not captured: message 4 proves the keys all the same', () => {
    const facts = lost(2);
    expect(micsOf(facts)).to.deep.equal([['none'], ['valid'], [], ['valid']]);
    expect(facts.handshakes[0]?.isComplete).to.equal(true);
  });

  it('message 4 not captured: not complete', () => {
    const facts = lost(3);
    expect(micsOf(facts)).to.deep.equal([['none'], ['valid'], ['valid'], []]);
    expect(facts.handshakes[0]?.isComplete).to.equal(false);
  });

  it('another key than the one given', () => {
    const conversation = converse(psk);
    const facts = watched(conversation.context, conversation.events, [otherKey]);
    expect(micsOf(facts)).to.deep.equal([['none'], ['invalid'], ['invalid'], ['unchecked']]);
    expect([facts.handshakes[0]?.stationKey, facts.handshakes[0]?.apKey]).to.deep.equal(['other', 'other']);
    expect(facts.handshakes[0]?.tk).to.equal(undefined);
  });

  it('finds the right one of several keys', () => {
    const conversation = converse(psk);
    const facts = watched(conversation.context, conversation.events, [otherKey, pmkOf(conversation)]);
    expect(facts.handshakes[0]?.stationKey).to.equal('given');
  });

  it('no key at all: what can be seen is told, and nothing is judged', () => {
    const conversation = converse(psk);
    const facts = watched(conversation.context, conversation.events, []);
    expect(micsOf(facts)).to.deep.equal([['none'], ['unchecked'], ['unchecked'], ['unchecked']]);
    expect([facts.credential, facts.handshakes[0]?.isComplete]).to.deep.equal(['none', true]);
  });

  const forged = ({ packet, ...event }: EapolHeard, seed: number): EapolHeard => {
    const other = packet.slice();
    for (let i = 17; i < 49; i++) other[i] = (i * seed) & 0xff;
    return { ...event, packet: other };
  };

  it('a storm of forged message 1s: message 2 still finds the genuine one, and the memory is bounded', () => {
    const conversation = converse(psk);
    const [message1, ...rest] = conversation.events;
    if (message1 === undefined) throw new Error('no message 1');
    const storm = Array.from({ length: 500 }, (_, i) => forged(message1, i + 3));
    const facts = watched(conversation.context, [message1, ...storm, ...rest], [pmkOf(conversation)]);
    expect(micsOf(facts).slice(1)).to.deep.equal([['valid'], ['valid'], ['valid']]);
    expect(facts.handshakes[0]?.otherNonces.length).to.be.within(1, 64);
  });

  it('message 1s in the clear when there are keys are strays, unless they are answered', () => {
    const conversation = converse(psk);
    const [message1] = conversation.events;
    if (message1 === undefined) throw new Error('no message 1');
    const facts = watched(conversation.context, [...conversation.events, forged(message1, 5)], [pmkOf(conversation)]);
    expect(facts.strays.map(({ fault }) => fault.code)).to.deep.equal(['IN_THE_CLEAR']);
    expect(facts.handshakes).to.have.length(1);
  });

  it('a message 3 that is replayed later', () => {
    const conversation = converse(psk);
    const [, , message3] = conversation.events;
    if (message3 === undefined) throw new Error('no message 3');
    const later = { ...message3, frame: 9, time: 60_000_000 };
    const facts = watched(conversation.context, [...conversation.events, later], [pmkOf(conversation)]);
    const [first, replayed] = facts.handshakes[0]?.messages[2] ?? [];
    expect([first?.isRepetition, first?.faults]).to.deep.equal([false, []]);
    expect([replayed?.isRepetition, replayed?.faults[0]?.code]).to.deep.equal([true, 'REPLAYED']);
    expect(facts.handshakes[0]?.isComplete).to.equal(true);
  });

  it('a message 2 that says something else than the engine: field by field', () => {
    const conversation = converse(psk);
    const { kck = new Uint8Array(0) } = conversation.ap.ptk ?? {};
    const events = conversation.events.map((event, i) => {
      if (i !== 1) return event;
      const packet = withZeroedMic(event.packet, 16).slice();
      packet[8] = 16;
      return { ...event, packet: withMic(packet, nodeCrypto.hmac('sha1', kck, packet).subarray(0, 16)) };
    });
    const [message2] = watched(conversation.context, events, [pmkOf(conversation)]).handshakes[0]?.messages[1] ?? [];
    expect([message2?.mic, message2?.likeness]).to.deep.equal(['valid', 'different']);
    expect(message2?.differences).to.deep.equal(['key length 16 where we send 0']);
  });

  it('a message 2 with a MIC of nobody', () => {
    const conversation = converse(psk);
    const events = conversation.events.map((event, i) =>
      i === 1 ? { ...event, packet: withMic(event.packet, new Uint8Array(16).fill(1)) } : event,
    );
    const facts = watched(conversation.context, events, [pmkOf(conversation)]);
    expect(micsOf(facts)).to.deep.equal([['none'], ['invalid'], ['valid'], ['valid']]);
  });

  it('a beacon that announced something else than message 3 repeats', () => {
    const conversation = converse(psk);
    const { announcement = new Uint8Array(0) } = conversation.context;
    const beacon = announcement.slice();
    const at = beacon.findIndex((octet, i) => i >= 12 && octet === 48 && beacon[i + 2] === 1 && beacon[i + 3] === 0);
    beacon[at + 2 + 18] = 0x0c;
    const facts = watched({ ...conversation.context, announcement: beacon }, conversation.events, [pmkOf(conversation)]);
    const [handshake] = facts.handshakes;
    expect(handshake?.messages[2][0]?.faults.map(({ code }) => code)).to.deep.equal(['RSNE']);
    expect(handshake?.mismatches.map(({ element, here, there }) => [element, here, there])).to.deep.equal([
      ['RSNE', 'beacon', 'message 3'],
    ]);
  });

  it('malformed packets are strays', () => {
    const conversation = converse(psk);
    const cut = conversation.events.map((event) => ({ ...event, packet: event.packet.subarray(0, 50) }));
    const facts = watched(conversation.context, cut, [pmkOf(conversation)]);
    expect(new Set(facts.strays.map(({ fault }) => fault.code))).to.deep.equal(new Set(['MALFORMED']));
  });

  it('a key that was learnt meanwhile', () => {
    const conversation = converse(psk);
    const keys = createKeyRing(nodeCrypto, []);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
    watch.learn(Secret.of(conversation.pmk));
    for (const event of conversation.events) watch.take(event);
    expect(watch.facts().handshakes[0]?.stationKey).to.equal('given');
    expect(keys.rememberedOf(conversation.context.station)).to.have.length(1);
  });

  it('keys that came otherwise open the group handshakes after them', () => {
    const conversation = converse(psk, ['first', 'group']);
    const keys = createKeyRing(nodeCrypto, []);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
    const { kck, kek, tk } = conversation.ap.ptk ?? { kck: psk.ssid, kek: psk.ssid, tk: psk.ssid };
    watch.adopt(Secret.of(tk), { kck: Secret.of(kck), kek: Secret.of(kek) });
    for (const event of conversation.events.slice(4)) watch.take(event);
    const { groupHandshakes, groupKeys } = watch.facts();
    expect(groupHandshakes[0]?.messages.map(([first]) => first?.mic)).to.deep.equal(['valid', 'valid']);
    expect(hexes(groupKeys)).to.include.members(groupKeysOf(conversation));
    watch.release();
  });

  it('hands out copies of its keys, and destroys its own', () => {
    const conversation = converse(psk);
    const keys = createKeyRing(nodeCrypto, [pmkOf(conversation)]);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
    for (const event of conversation.events) watch.take(event);
    const { handshakes } = watch.facts();
    expect(watch.isKeyed).to.equal(true);
    watch.release();
    expect(watch.isKeyed).to.equal(false);
    expect(handshakes[0]?.tk?.reveal().some((octet) => octet !== 0)).to.equal(true);
  });

  it('hands over its keys themselves when it is over, the same facts with them, and destroys all others', () => {
    const conversation = converse(psk, ['first', 'group']);
    const keys = createKeyRing(nodeCrypto, [pmkOf(conversation)]);
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
    for (const event of conversation.events) watch.take(event);
    const before = watch.facts();
    const after = watch.conclude();
    expect(after.handshakes.map(({ messages }) => messages)).to.deep.equal(before.handshakes.map(({ messages }) => messages));
    expect(hexes(after.groupKeys)).to.deep.equal(hexes(before.groupKeys));
    expect(toHex(after.handshakes[0]?.tk?.reveal() ?? NOTHING)).to.equal(toHex(conversation.ap.ptk?.tk ?? NOTHING));
    expect(watch.isKeyed).to.equal(false);
    expect(watch.facts().groupKeys).to.deep.equal([]);
    watch.release();
    expect(toHex(after.handshakes[0]?.tk?.reveal() ?? NOTHING)).to.equal(toHex(conversation.ap.ptk?.tk ?? NOTHING));
    expect(hexes(after.groupKeys)).to.include.members(groupKeysOf(conversation));
  });
});
