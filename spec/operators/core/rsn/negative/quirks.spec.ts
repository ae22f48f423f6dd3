import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import { keyMic } from '../../../../../operators/core/rsn/index.js';
import { readEapolKey, withMic, withZeroedMic } from '../../../../../streams/frames/index.js';
import { shownKeys, start } from '../../../../support/authenticator/authenticator.js';
import { protect } from '../../../../support/authenticator/draft.js';
import { message3 } from '../../../../support/authenticator/messages.js';
import { withBadMic, withInformation, withoutItems, withoutMic } from '../../../../support/authenticator/modifiers.js';
import { setups } from '../../../../support/stages.js';
import {
  type At,
  check,
  expectDestroyed,
  expectNothingLeft,
  faultsOf,
  hear,
  only,
  type Scene,
  type Stage,
  spoil,
  stageOf,
} from './badFrame.js';
import { item, withoutLinkItem } from './changes.js';
import { networks } from './setups.js';

const SUCCESS = '0/0';

/** The station takes the frame, whatever the access point of these tests thinks of the answer. */
const taken = (scene: Scene): Stage => {
  const stage = stageOf(scene);
  stage.bench.packet(spoil(stage, scene), scene.isProtected);
  expect(faultsOf(stage)).to.deep.equal([]);
  return stage;
};

const answerOf = ({ bench }: Stage) => {
  const packet = only(bench.takeSent());
  const read = readEapolKey(packet, 16);
  if (read._tag === 'Left') throw new Error(read.left.message);
  return { packet, key: read.right };
};

describe('access points that are known to be odd', () => {
  describe('key_descriptor_version_3_workaround: AES-CMAC where HMAC-SHA1 is due', () => {
    const VERSION = 3;

    it('message 3 is taken, and answered in kind', () => {
      const stage = stageOf({ at: 'message 3', modify: (draft) => draft });
      const { ap } = stage.send(stage.ap);
      const { kck, kek } = ap.pending ?? { kck: new Uint8Array(0), kek: new Uint8Array(0) };
      const draft = withInformation({ descriptorVersion: VERSION })(
        message3({ ...ap, counter: ap.counter - 1n }, new Uint8Array(16)),
      );
      const { parameters } = ap.master;
      stage.bench.packet(protect(draft, { parameters, descriptorVersion: VERSION, kck, kek }));
      expect(stage.bench.completions).to.deep.equal([SUCCESS]);
      const { packet, key } = answerOf(stage);
      expect(key.information.descriptorVersion).to.equal(VERSION);
      expect(key.mic).to.deep.equal(keyMic(nodeCrypto, parameters, VERSION, kck, withZeroedMic(packet, 16)));
      expectNothingLeft(stage);
    });

    it('message 1 is answered in kind', () => {
      const stage = taken({ at: 'message 1', modify: withInformation({ descriptorVersion: VERSION }) });
      expect(answerOf(stage).key.information.descriptorVersion).to.equal(VERSION);
      expectNothingLeft(stage);
    });
  });

  describe('igtk_keyid_swap: the octets of the key ID are swapped', () => {
    const SWAPPED = [0x0400, 0x0500];
    const AT: ReadonlyArray<At> = ['message 3', 'group message 1'];
    for (const keyId of SWAPPED) {
      for (const at of AT) {
        it(`R123: ${at} with the key ID 0x0${keyId.toString(16)} is taken, without that key`, () => {
          const stage = stageOf({ at, setup: setups.protectedPsk, modify: (draft) => draft });
          const before = stage.bench.keys.length;
          stage.bench.packet(spoil(stage, { at, setup: setups.protectedPsk, modify: item('igtk', { keyId }) }));
          expect(stage.bench.completions).to.deep.equal([SUCCESS]);
          expect(faultsOf(stage)).to.deep.equal([]);
          const added = stage.bench.keys.slice(before).map((line) => line.split(' ')[0]);
          expect(added).to.deep.equal(at === 'message 3' ? ['pairwise:', 'group'] : ['group']);
          expectNothingLeft(stage);
        });
      }
    }

    it('of a multi-link device too', () => {
      const stage = taken({ at: 'message 3', setup: networks.multiLink, modify: item('mloIgtk', { keyId: 0x0400 }) });
      expect(stage.bench.completions).to.deep.equal([SUCCESS]);
      expect(stage.bench.keys.filter((line) => line.startsWith('management'))).to.deep.equal([]);
      expectNothingLeft(stage);
    });
  });

  it('wpa_msg_3_secure_bit: message 4 has it too', () => {
    const stage = taken({ at: 'message 3', setup: setups.wpa, modify: withInformation({ secure: true }) });
    expect(answerOf(stage).key.information.secure).to.equal(true);
    expectNothingLeft(stage);
  });

  it('R123: gtk_keyidx_3: any index of a group key will do', () => {
    const stage = taken({ at: 'message 3', modify: item('gtk', { keyId: 3 }) });
    expect(stage.bench.completions).to.deep.equal([SUCCESS]);
    expect(stage.bench.keys.at(-1)).to.match(/^group 3: /);
    expectNothingLeft(stage);
  });

  it('bigtk_missing: beacons stay unprotected', () => {
    const stage = taken({ at: 'message 3', setup: networks.protectedBeacons, modify: withoutItems('bigtk') });
    expect(stage.bench.completions).to.deep.equal([SUCCESS]);
    expect(stage.bench.keys.filter((line) => line.startsWith('beacon'))).to.deep.equal([]);
    expectNothingLeft(stage);
  });

  it('igtk_missing_in_group_msg: the group key alone is renewed', () => {
    const stage = taken({ at: 'group message 1', setup: setups.protectedPsk, modify: withoutItems('igtk') });
    expect(stage.bench.keys.at(-1)).to.match(/^group 2: /);
    expectNothingLeft(stage);
  });

  it('mlo_group_msg_of_one_link: the keys of the others stay', () => {
    const stage = taken({ at: 'group message 1', setup: networks.multiLink, modify: withoutLinkItem('mloGtk', 0) });
    expect(
      stage.bench.keys.filter((line) => line.startsWith('group 2 ')).map((line) => line.split(' ').slice(0, 5)),
    ).to.deep.equal([['group', '2', 'of', 'link', '2']]);
    expectNothingLeft(stage);
  });

  it('R135: msg_3_again_in_the_clear: who has not got message 4 has no key to encrypt with', () => {
    const scene: Scene = { at: 'message 3 again', modify: (draft) => draft, isProtected: false };
    const stage = stageOf(scene);
    const before = stage.bench.keys.length;
    stage.bench.packet(spoil(stage, scene), false);
    expect(answerOf(stage).key.replayCounter).to.equal(3n);
    expect(stage.bench.keys).to.have.length(before);
    expectNothingLeft(stage);
  });
});

describe('what no access point could cause alone', () => {
  /** Key confirmation and key encryption keys are right, and the temporal key is not. */
  const zeroTk: Crypto = {
    ...nodeCrypto,
    hmacs: (hash, key, messages) => nodeCrypto.hmacs(hash, key, messages).fill(0, 32),
  };
  check({
    name: 'tk_zero',
    ...{ at: 'message 3', crypto: zeroTk, modify: (draft) => draft },
    ...{ code: 'ZERO_KEY', outcome: 'MSMSEC_KEY_FORMAT' },
  });

  it('R180: no_gtk_under_an_earlier_anonce: the keys of both nonces are destroyed', () => {
    const stage = stageOf({ at: 'message 3', modify: withoutItems('gtk') });
    const bad = spoil(stage, { at: 'message 3', modify: withoutItems('gtk') });
    stage.bench.packet(only(start({ ...stage.ap, draws: 1000 }).packets));
    expect(stage.bench.takeSent()).to.have.length(1);
    stage.bench.packet(bad);
    expect(faultsOf(stage).map(({ code }) => code)).to.deep.equal(['GROUP_KEY']);
    expect(stage.bench.state.phase).to.equal('over');
    expectDestroyed(stage);
    expectNothingLeft(stage);
  });

  it('R180: tk_zero_under_an_earlier_anonce: the keys of both nonces are destroyed', () => {
    const stage = stageOf({ at: 'message 3', crypto: zeroTk, modify: (draft) => draft });
    const genuine = stage.send(stage.ap);
    stage.bench.packet(only(start({ ...stage.ap, draws: 1000 }).packets));
    stage.bench.takeSent();
    stage.bench.packet(only(genuine.packets));
    expect(faultsOf(stage).map(({ code }) => code)).to.deep.equal(['ZERO_KEY']);
    expectDestroyed(stage);
    expectNothingLeft(stage);
  });

  it('mic_one_bit_under_an_earlier_anonce: it is dropped, with the keys that were made for it', () => {
    const scene: Scene = { at: 'message 3', modify: withBadMic };
    const stage = stageOf(scene);
    const bad = spoil(stage, scene);
    stage.bench.packet(only(start({ ...stage.ap, draws: 1000 }).packets));
    stage.bench.takeSent();
    stage.bench.packet(bad);
    expect(faultsOf(stage).map(({ code }) => code)).to.deep.equal(['MIC']);
    const { ap } = hear(stage, stage.send(stage.ap));
    expect(stage.bench.keys).to.deep.equal(shownKeys(ap));
    expectNothingLeft(stage);
  });

  it('no_mic_bit_over_a_mic: a MIC that is not claimed counts for nothing', () => {
    const stage = stageOf({ at: 'message 3', modify: (draft) => draft });
    const { ap } = stage.send(stage.ap);
    const { kck, kek } = ap.pending ?? { kck: new Uint8Array(0), kek: new Uint8Array(0) };
    const draft = withoutMic(message3({ ...ap, counter: ap.counter - 1n }, new Uint8Array(16)));
    const { parameters } = ap.master;
    const packet = protect(draft, { parameters, descriptorVersion: 2, kck, kek });
    stage.bench.packet(withMic(packet, keyMic(nodeCrypto, parameters, 2, kck, packet) ?? new Uint8Array(0)));
    expect(faultsOf(stage).map(({ code }) => code)).to.deep.equal(['MIC']);
    expectNothingLeft(stage);
  });

  it('a message 3 under an earlier ANonce ends the handshake, and a forged message 1 in between does not', () => {
    const stage = stageOf({ at: 'message 3', modify: (draft) => draft });
    stage.bench.packet(only(start({ ...stage.ap, draws: 1000 }).packets));
    stage.bench.takeSent();
    const { ap } = hear(stage, stage.send(stage.ap));
    expect(stage.bench.keys).to.deep.equal(shownKeys(ap));
    expectNothingLeft(stage);
  });
});
