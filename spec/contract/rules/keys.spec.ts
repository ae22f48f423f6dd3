import { expect } from 'chai';
import type { KeyDownload, MethodCommand } from '../../../operators/core/index.js';
import { Cipher, Direction, type KeyMaterial, L2Reason, Secret, Win32 } from '../../../streams/events/index.js';
import { writeDefaultKey, writeKeyMappingKey } from '../../../streams/frames/index.js';
import { openNetwork } from '../../support/fixtures.js';
import { AP, acting, except, perform, SESSION_2, Stage, stage, stop, symbolic } from './support.js';

const { ERROR_SUCCESS, ERROR_GEN_FAILURE } = Win32.codes;
const { CCMP, TKIP, BIP, WEP104 } = Cipher.codes;
const COUNTER = Uint8Array.of(1, 2, 3, 4, 5, 6);

const filled = (fill: number, length = 16): Secret => Secret.of(new Uint8Array(length).fill(fill));
const ccmp = (fill: number, length = 16, counter = new Uint8Array(6)): KeyMaterial => ({
  form: 'ccmp',
  counter,
  key: filled(fill, length),
});
const pairwise: KeyDownload = { slot: 'pairwise', algorithm: CCMP, material: ccmp(1) };
const group: KeyDownload = { slot: 'group', keyIndex: 1, algorithm: CCMP, material: ccmp(2, 16, COUNTER) };
const igtk: KeyDownload = {
  slot: 'management',
  keyIndex: 4,
  algorithm: BIP,
  material: { form: 'bip', counter: COUNTER, key: filled(3) },
};
const transmit: KeyDownload = { slot: 'transmitIndex', keyIndex: 1 };
const exclude: KeyDownload = { slot: 'excludeUnencrypted', exclude: true };

/** Downloads, and claims success with them. */
const downloading = (...keys: ReadonlyArray<KeyDownload>): ReadonlyArray<MethodCommand> => [
  { do: 'install', keys },
  { do: 'succeed' },
];
const given = (...keys: ReadonlyArray<KeyDownload>): Stage =>
  stage({ methods: [acting({ begin: downloading(...keys) })] }).play('P');

/** A download that must not reach the sink: the completion is a failure for the format of the key. */
const isRefused = (rule: string, ...keys: ReadonlyArray<KeyDownload>): void => {
  const staged = given(...keys);
  const inOrder = keys.length > 1 ? 'KB' : 'B';
  expect(staged.said, rule).to.equal(inOrder);
  expect(staged.completions()[0]?.reason).to.equal(L2Reason.codes.MSMSEC_KEY_FORMAT);
  expect(staged.remarked).to.include(rule);
};

describe('contract 7: key download', () => {
  it('R120: a pairwise key is named by peer and direction', () => {
    const [key] = given(pairwise).calls('setKeyMappingKey');
    expect(key).to.deep.include({ peer: AP, direction: Direction.codes.BOTH });
    const inbound = given({ ...pairwise, direction: Direction.codes.INBOUND }).calls('setKeyMappingKey');
    expect(inbound.map(({ direction }) => direction)).to.deep.equal([Direction.codes.INBOUND]);
  });

  it('R121: a default key is never for transmission only', () => {
    const staged = given(pairwise, group, igtk);
    expect(staged.calls('setDefaultKey').map(({ direction }) => direction)).to.deep.equal([1, 1]);
  });

  it('R122: a transmit index is one of 0 to 3', () => {
    for (const keyIndex of [0, 3]) expect(given(pairwise, { slot: 'transmitIndex', keyIndex }).said).to.equal('KIC');
    isRefused('R122', pairwise, { slot: 'transmitIndex', keyIndex: 4 });
  });

  it('R123: data keys have the indices 0 to 3, management keys 4 and 5', () => {
    for (const keyIndex of [0, 3]) expect(given(pairwise, { ...group, keyIndex }).said).to.equal('KGC');
    for (const keyIndex of [4, 5]) expect(given(pairwise, { ...igtk, keyIndex }).said).to.equal('KGC');
    isRefused('R123', pairwise, { ...group, keyIndex: 4 });
    isRefused('R123', pairwise, { ...igtk, keyIndex: 3 });
    isRefused('R123', pairwise, { ...igtk, keyIndex: 6 });
  });

  it('R124: a key has the length of its cipher', () => {
    isRefused('R124', { ...pairwise, material: ccmp(1, 32) });
    isRefused('R124', { ...pairwise, algorithm: WEP104, material: { form: 'raw', key: filled(1, 5) } });
    const lengths = [given(pairwise).calls('setKeyMappingKey')[0]].map((key) => {
      const written = key && writeKeyMappingKey(key);
      return written?._tag === 'Right' ? new DataView(written.right.buffer).getUint16(18, true) : undefined;
    });
    expect(lengths).to.deep.equal([28]);
  });

  it('R125: a TKIP key brings its two Michael keys', () => {
    const tkip = (mic: number): KeyDownload => ({
      slot: 'pairwise',
      algorithm: TKIP,
      material: { form: 'tkip', counter: COUNTER, key: filled(1), mic: filled(2, mic) },
    });
    expect(given(tkip(16)).said).to.equal('KC');
    isRefused('R125', tkip(8));
  });

  it('R126: the receive counter goes with the key; one of another length is refused', () => {
    const counters = given(pairwise, group)
      .calls('setDefaultKey')
      .map(({ material }) => 'counter' in material && material.counter);
    expect(counters).to.deep.equal([COUNTER]);
    isRefused('R126', { ...pairwise, material: ccmp(1, 16, new Uint8Array(8)) });
  });

  it('R127: its octets are copied unchanged', () => {
    const [key] = given(pairwise, group).calls('setDefaultKey');
    const written = key && writeDefaultKey(key);
    expect(written).to.have.property('_tag', 'Right');
    const bytes = written?._tag === 'Right' ? written.right : new Uint8Array(0);
    expect(bytes.slice(22, 28)).to.deep.equal(COUNTER);
  });

  it("R128, R139: a default key carries the access point's address, never a station's of its own", () => {
    const staged = given(pairwise, group, igtk);
    expect(staged.calls('setDefaultKey').map(({ peer }) => peer)).to.deep.equal([AP, AP]);
  });

  it('R129, R130: session keys are dynamic, and none is deleted', () => {
    const staged = stage({ methods: [symbolic(true)] }).play('PR1u3vgwER1u3vS');
    const keys = [...staged.calls('setKeyMappingKey'), ...staged.calls('setDefaultKey')];
    expect(keys).to.have.length.greaterThan(3);
    expect(keys.filter((key) => key.static || key.delete)).to.deep.equal([]);
  });

  it('R131: no key goes down before the operation was asked for', () => {
    expect(stage().play('13gv').heard).to.deep.equal([]);
  });

  it('R132: a default key is written with the header 80 01 18 00', () => {
    const [key] = given(pairwise, group).calls('setDefaultKey');
    const written = key && writeDefaultKey(key);
    const bytes = written?._tag === 'Right' ? written.right : new Uint8Array(0);
    expect([...bytes.slice(0, 4)]).to.deep.equal([0x80, 1, 0x18, 0]);
  });

  it('R133: pairwise, group, management, transmit index, exclude-unencrypted, completion, in whatever order they come', () => {
    const staged = given(exclude, transmit, igtk, group, pairwise);
    expect(staged.said).to.equal('KGGIXC');
    expect(staged.calls('setDefaultKey').map(({ keyIndex }) => keyIndex)).to.deep.equal([1, 4]);
  });

  it('R134: keys wait for the completion of message 4, at first and at a rekey', () => {
    const staged = stage({ methods: [symbolic(true)] }).play('PR1u3');
    expect(staged.said).to.equal('s24');
    expect(staged.play('v').said).to.equal('s24KGXC');
    expect(staged.play('ER1u3').said).to.equal('s24KGXCs24');
    expect(staged.play('v').said).to.match(/C.*K/);
  });

  it('R135: a repeated message 3 is answered, and installs nothing', () => {
    expect(stage().play('P1u3v3v').said).to.equal('24KGXC4');
    expect(stage().play('P1u33vv').said).to.equal('244KGXC');
  });

  it('R135: so is a repeated group message', () => {
    expect(stage().play('P1u3vgwgw').said).to.equal('24KGXChGh');
  });

  it('R136: a refused key is final: failure at once, nothing behind it', () => {
    for (const [kind, said] of [
      ['setKeyMappingKey', 'KB'],
      ['setDefaultKey', 'KGB'],
      ['setDefaultKeyId', 'KGIB'],
      ['setExcludeUnencrypted', 'KGIXB'],
    ] as const) {
      const staged = new Stage({
        methods: [acting({ begin: downloading(pairwise, group, transmit, exclude) })],
        sink: except(kind, () => ERROR_GEN_FAILURE),
      });
      expect(staged.begin().play('Pt').said, kind).to.equal(`E${said}`);
      expect(staged.completions()[0]).to.deep.include({ reason: 0x48010, win32: ERROR_GEN_FAILURE });
    }
  });

  it('R137: what was derived for a port that has ended goes nowhere', () => {
    const slow = acting({
      begin: [{ do: 'derive', label: 'keys', input: filled(9) }],
      on: (input) => (input.kind === 'derived' ? downloading(pairwise, group) : []),
    });
    for (const [end, said] of [
      ['', 'dKGC'],
      ['S', 'd'],
      ['Z', 'dcE'],
      ['D', 'd'],
    ] as const) {
      const staged = stage({ methods: [slow], sink: except('derive', () => undefined) })
        .play('P')
        .play(end);
      const [derive] = staged.calls('derive');
      staged.offer({ kind: 'reply', call: derive?.call ?? 0, win32: ERROR_SUCCESS, secret: filled(1) }).turn();
      expect(staged.said, end).to.equal(said);
      expect(staged.engine.ledger.stale).to.equal(0);
    }
  });

  it('R137: a stop between two downloads suppresses the second, even from inside the first', () => {
    const between = stage({ sink: except('setKeyMappingKey', () => undefined) }).play('P1u3vS');
    const [key] = between.calls('setKeyMappingKey');
    between.offer({ kind: 'reply', call: key?.call ?? 0, win32: 0 }).turn();
    expect(between.said).to.equal('24K');
    const inside = stage();
    inside.sink = except('setKeyMappingKey', () => {
      inside.call(stop());
      return ERROR_SUCCESS;
    });
    expect(inside.play('P1u3vt').said).to.equal('24K');
  });

  it('R138: no key is deleted once the next association could have one', () => {
    const staged = stage()
      .play('P1u3vS')
      .host(perform({ session: SESSION_2 }))
      .play('1u3vt');
    expect(staged.said).to.equal('24KGXC24KGXC');
    expect(staged.calls('setKeyMappingKey').filter((key) => key.delete)).to.deep.equal([]);
  });

  it('R140: a rekey replaces the key in one call', () => {
    const staged = stage({ methods: [symbolic(true)] }).play('PR1u3vER1u3v');
    expect(staged.calls('setKeyMappingKey').map((key) => [key.peer, key.direction, key.delete])).to.deep.equal([
      [AP, 3, false],
      [AP, 3, false],
    ]);
  });
});

describe('contract 8: exclude unencrypted', () => {
  it('R146: nothing is excluded before the handshake is over, and EAPOL is exempted', () => {
    const staged = new Stage().begin().play('P1u3');
    expect(staged.calls('setExcludeUnencrypted')).to.deep.equal([]);
    expect(staged.calls('setEtherTypeHandling')[0]?.exemptions).to.have.length(1);
    expect(staged.play('v').said.endsWith('GXC')).to.equal(true);
  });

  it('R147: the next connection without a cipher lets unencrypted frames in again', () => {
    const methods = [
      symbolic(),
      acting({ serves: ({ unicastCipher }) => unicastCipher === Cipher.codes.NONE, begin: [{ do: 'succeed' }] }),
    ];
    const staged = stage({ methods })
      .play('P1u3vS')
      .host(perform({ session: SESSION_2, association: openNetwork }));
    expect(staged.calls('setExcludeUnencrypted').map((call) => call.exclude)).to.deep.equal([true, false]);
    expect(staged.said.at(-1)).to.equal('C');
  });

  it('R147: nothing is let in that was not shut out, nor after a reset', () => {
    const methods = [
      symbolic(),
      acting({ serves: ({ unicastCipher }) => unicastCipher === Cipher.codes.NONE, begin: [{ do: 'succeed' }] }),
    ];
    const opened = perform({ session: SESSION_2, association: openNetwork });
    expect(stage({ methods }).host(opened).said).to.equal('C');
    expect(stage({ methods }).play('P1u3vZ').host(opened).said).to.equal('24KGXCEC');
  });
});
