import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { createKeyRing, createKeyWatch, type KeyWatch } from '../../../../../operators/core/shadow/index.js';
import { Secret } from '../../../../../streams/events/index.js';
import { cipher, networkFor, suite } from '../../../../support/associationFor.js';
import { type Conversation, converse } from '../../../../support/conversation.js';
import { llc, sealCcmp } from '../../../../support/sealing.js';

const EAPOL = 0x888e;
const IPV4 = 0x0800;

const psk = networkFor({ akm: suite('PSK'), pairwise: cipher('CCMP'), group: cipher('CCMP') });

interface Setup {
  readonly conversation: Conversation;
  readonly watch: KeyWatch;
  readonly tk: Uint8Array;
}

const setup = (): Setup => {
  const conversation = converse(psk);
  const keys = createKeyRing(nodeCrypto, [{ kind: 'pmk', pmk: Secret.of(conversation.pmk) }]);
  const watch = createKeyWatch({ crypto: nodeCrypto, keys }, conversation.context);
  for (const event of conversation.events.slice(0, 3)) watch.take(event);
  return { conversation, watch, tk: conversation.ap.ptk?.tk ?? new Uint8Array(16) };
};

const data = (seed: number): Uint8Array =>
  llc(
    IPV4,
    Uint8Array.from({ length: 40 }, (_, i) => (i * 7 + seed) & 0xff),
  );

type Ends = Pick<Conversation['context'], 'station' | 'ap'>;

const frameOf = ({ station, ap }: Ends, tk: Uint8Array, from: 'station' | 'ap', packetNumber: number, seed = packetNumber) =>
  sealCcmp({ station, ap, from, packetNumber, tk, frame: 100 + packetNumber }, data(seed));

describe('protected frames', () => {
  it('prove the key, and one of the access point that it has message 4', () => {
    const { conversation, watch, tk } = setup();
    watch.open(frameOf(conversation.context, tk, 'station', 1));
    expect(watch.facts().handshakes[0]?.isComplete).to.equal(false);
    watch.open(frameOf(conversation.context, tk, 'ap', 1));
    const { handshakes, traffic } = watch.facts();
    expect(handshakes[0]?.isComplete).to.equal(true);
    expect(traffic).to.deep.include({ heard: 2, tried: 2, opened: 2, last: { frame: 101, time: 101_000 } });
  });

  it('are opened whole only at first', () => {
    const { conversation, watch, tk } = setup();
    for (let pn = 1; pn <= 20; pn++) watch.open(frameOf(conversation.context, tk, 'ap', pn));
    expect(watch.facts().traffic).to.include({ heard: 20, tried: 3, opened: 3 });
  });

  it('under another key are tried a few times, and opened never', () => {
    const { conversation, watch } = setup();
    for (let pn = 1; pn <= 20; pn++) watch.open(frameOf(conversation.context, new Uint8Array(16), 'ap', pn));
    expect(watch.facts().traffic).to.include({ heard: 20, tried: 3, opened: 0 });
  });

  it('with EAPOL in them are returned, and key packets are taken, however late they come', () => {
    const { conversation, watch, tk } = setup();
    const { station, ap } = conversation.context;
    for (let pn = 1; pn <= 9; pn++) watch.open(frameOf(conversation.context, tk, 'station', pn));
    const message4 = conversation.events[3]?.packet ?? new Uint8Array(0);
    const opened = watch.open(sealCcmp({ station, ap, from: 'station', packetNumber: 10, tk }, llc(EAPOL, message4)));
    expect(opened?.packet).to.deep.equal(message4);
    const { handshakes } = watch.facts();
    expect(handshakes[0]?.messages[3].map(({ mic, isProtected }) => [mic, isProtected])).to.deep.equal([['valid', true]]);
    expect(handshakes[0]?.isComplete, 'the access point cannot read it').to.equal(false);
  });

  it('under a key that was given as such', () => {
    const { conversation, tk } = setup();
    const keys = createKeyRing(nodeCrypto, [{ kind: 'tk', tk: Secret.of(tk) }]);
    const { station, ap } = conversation.context;
    const watch = createKeyWatch({ crypto: nodeCrypto, keys }, { station, ap, isReassociation: false, medium: 'air' });
    watch.open(frameOf(conversation.context, tk, 'ap', 5));
    expect([watch.isKeyed, watch.facts().traffic.opened, watch.facts().credential]).to.deep.equal([true, 1, 'tk']);
  });

  describe('packet numbers', () => {
    const reusesAfter = (frames: (all: Setup) => ReadonlyArray<ReturnType<typeof frameOf>>) => {
      const all = setup();
      for (const frame of frames(all)) all.watch.open(frame);
      return all.watch.facts().reuses;
    };
    const upTo = ({ conversation, tk }: Setup, last: number) =>
      Array.from({ length: last }, (_, i) => frameOf(conversation.context, tk, 'station', i + 1));

    it('again from the beginning, with other frames: the key was installed again', () => {
      const reuses = reusesAfter((all) => [
        ...upTo(all, 40),
        frameOf(all.conversation.context, all.tk, 'station', 1, 200),
        frameOf(all.conversation.context, all.tk, 'station', 2, 201),
      ]);
      expect(reuses.map(({ from, pn, highest, isGroup }) => ({ from, pn, highest, isGroup }))).to.deep.equal([
        { from: 'station', pn: 1, highest: 40, isGroup: false },
        { from: 'station', pn: 2, highest: 40, isGroup: false },
      ]);
    });

    it('far back, though the first were not captured', () => {
      const reuses = reusesAfter(({ conversation: { context }, tk }) => [
        frameOf(context, tk, 'station', 5000),
        frameOf(context, tk, 'station', 1),
      ]);
      expect(reuses.map(({ pn }) => pn)).to.deep.equal([1]);
    });

    it('of the same frame, heard by several radios, and of frames that come a little late', () => {
      const reuses = reusesAfter((all) => {
        const frames = upTo(all, 60).filter((_, i) => i !== 50 && i !== 55);
        const late = [51, 56].map((pn) => frameOf(all.conversation.context, all.tk, 'station', pn));
        return [...frames, ...frames, ...late];
      });
      expect(reuses).to.deep.equal([]);
    });

    it('of both ends are apart', () => {
      const reuses = reusesAfter((all) => [
        ...upTo(all, 300),
        frameOf(all.conversation.context, all.tk, 'ap', 1),
        frameOf(all.conversation.context, all.tk, 'ap', 2),
      ]);
      expect(reuses).to.deep.equal([]);
    });
  });
});
