import { expect } from 'chai';
import type { KeyDownload, MethodCommand } from '../../../operators/core/index.js';
import { Cipher, type KeyMaterial, L2Reason, type MacAddress, Secret, Win32 } from '../../../streams/events/index.js';
import { AP, AP_2, acting, except, onPacket, Stage, stage } from './support.js';

const { ERROR_GEN_FAILURE, ERROR_NOT_SUPPORTED } = Win32.codes;
const { CCMP, BIP } = Cipher.codes;
const LINK_AP = '02:00:00:00:00:11' as MacAddress;

const filled = (fill: number, length = 16): Secret => Secret.of(new Uint8Array(length).fill(fill));
const ccmp = (fill: number): KeyMaterial => ({ form: 'ccmp', counter: new Uint8Array(6), key: filled(fill) });
const bip = (fill: number, length = 16): KeyMaterial => ({ form: 'bip', counter: new Uint8Array(6), key: filled(fill, length) });

const pairwise = (fill: number, keyId?: number): KeyDownload => ({
  ...{ slot: 'pairwise', algorithm: CCMP, material: ccmp(fill) },
  ...(keyId !== undefined && { keyId }),
});
const transmit = (keyId: number): KeyDownload => ({ slot: 'pairwiseTransmit', keyId });
const group = (fill: number, link?: number, ap = LINK_AP): KeyDownload => ({
  ...{ slot: 'group', keyIndex: 1, algorithm: CCMP, material: ccmp(fill) },
  ...(link !== undefined && { link: { id: link, ap } }),
});
const management = (fill: number): KeyDownload => ({ slot: 'management', keyIndex: 4, algorithm: BIP, material: bip(fill) });
const beacon = (fill: number, keyIndex = 6, length = 16): KeyDownload => ({
  ...{ slot: 'beacon', keyIndex, algorithm: BIP },
  material: bip(fill, length),
});

const install = (...keys: ReadonlyArray<KeyDownload>): MethodCommand => ({ do: 'install', keys });
const adopt = (...keys: ReadonlyArray<KeyDownload>): MethodCommand => ({ do: 'adopt', keys });
const SUCCEED: MethodCommand = { do: 'succeed' };

/** A method that begins with these commands, and has others for packets by their characters. */
const playing = (begin: ReadonlyArray<MethodCommand>, table: Readonly<Record<string, ReadonlyArray<MethodCommand>>> = {}) =>
  stage({ methods: [acting({ begin, on: onPacket(table) })] }).play('P');
const given = (...keys: ReadonlyArray<KeyDownload>): Stage => playing([install(...keys), SUCCEED]);

const isRefused = (rule: string, ...keys: ReadonlyArray<KeyDownload>): void => {
  const staged = given(...keys);
  expect(staged.said).to.equal('B');
  expect(staged.completions()[0]?.reason).to.equal(L2Reason.codes.MSMSEC_KEY_FORMAT);
  expect(staged.remarked).to.include(rule);
};

const refusing = (
  win32: number,
  begin: ReadonlyArray<MethodCommand>,
  kind: 'setPairwiseTransmitKey' | 'rememberPmk' | 'forgetPmk',
) => new Stage({ methods: [acting({ begin })], sink: except(kind, () => win32) }).begin().play('Pt');

const zeros = Array(16).fill(0);
const bytesOf = (download: KeyDownload): ReadonlyArray<number> =>
  'material' in download ? [...download.material.key.reveal()] : [];

describe('contract 7: Extended Key ID', () => {
  it('R120: the id goes with the key, and is not there where nobody gave one', () => {
    expect(given(pairwise(1, 1), transmit(1)).calls('setKeyMappingKey')[0]).to.include({ peer: AP, keyId: 1 });
    expect(given(pairwise(1)).calls('setKeyMappingKey')[0]).to.not.have.property('keyId');
  });

  it('R123: it is 0 or 1', () => {
    for (const keyId of [0, 1]) expect(given(pairwise(1, keyId), transmit(keyId)).said).to.equal('KTC');
    isRefused('R123', pairwise(1, 2));
    isRefused('R123', transmit(2));
    isRefused('R123', transmit(-1));
  });

  it('R133: frames are sent with a key once it is in, and before the group keys come', () => {
    const staged = given(group(2), transmit(0), pairwise(1, 0));
    expect(staged.said).to.equal('KTGC');
    expect(staged.calls('setPairwiseTransmitKey')[0]).to.include({ peer: AP, keyId: 0 });
  });

  it('R134: a key may be in for reception while what it is transmitted with waits for message 4', () => {
    const begin: ReadonlyArray<MethodCommand> = [
      install(pairwise(1, 0)),
      { do: 'send', tag: '4', etherType: 0x888e, payload: Uint8Array.of(2, 3, 0, 1, 0x34) },
      { do: 'install', keys: [transmit(0), group(2)], after: '4' },
      SUCCEED,
    ];
    const staged = playing(begin);
    expect(staged.said).to.equal('K4');
    expect(staged.play('v').said).to.equal('K4TGC');
  });

  it('R135: a key that is in under one id does not go in under the other', () => {
    const staged = given(pairwise(1, 0), pairwise(1, 1));
    expect(staged.said).to.equal('KC');
    expect(staged.remarked).to.include('R135');
  });

  it('R135: the id in use is not set again, unless another key has taken it', () => {
    const rounds = {
      a: [install(transmit(0))],
      b: [install(pairwise(2, 0), transmit(0))],
      c: [install(pairwise(3, 1), transmit(1))],
    };
    const staged = playing([install(pairwise(1, 0), transmit(0)), SUCCEED], rounds);
    expect(staged.play('a').said).to.equal('KTC');
    expect(staged.play('b').said).to.equal('KTCKT');
    expect(staged.play('c').said).to.equal('KTCKTKT');
    expect(staged.calls('setPairwiseTransmitKey').map(({ keyId }) => keyId)).to.deep.equal([0, 0, 1]);
  });

  it('R136: a host that knows none of it refuses the round', () => {
    for (const win32 of [ERROR_NOT_SUPPORTED, ERROR_GEN_FAILURE]) {
      const staged = refusing(win32, [install(pairwise(1, 0), transmit(0), group(2)), SUCCEED], 'setPairwiseTransmitKey');
      expect(staged.said).to.equal('EKTB');
      expect(staged.completions()[0]).to.deep.include({ reason: L2Reason.codes.MSMSEC_NIC_FAILURE, win32 });
    }
  });
});

describe('contract 7: beacon keys and links', () => {
  it('R123: a beacon key has the index 6 or 7, which no other key has', () => {
    const staged = given(pairwise(1), beacon(2, 6), beacon(3, 7));
    expect(staged.said).to.equal('KGGC');
    expect(staged.calls('setDefaultKey').map(({ keyIndex, direction }) => [keyIndex, direction])).to.deep.equal([
      [6, 1],
      [7, 1],
    ]);
    for (const keyIndex of [3, 4, 5, 8]) isRefused('R123', beacon(2, keyIndex));
    isRefused('R124', beacon(2, 6, 32));
  });

  it("R128: a key of a link carries the address of that link's access point", () => {
    const staged = given(pairwise(1), group(2, 0, LINK_AP), group(3, 2, AP_2), group(4));
    expect(staged.calls('setDefaultKey').map(({ peer, link }) => [peer, link])).to.deep.equal([
      [LINK_AP, 0],
      [AP_2, 2],
      [AP, undefined],
    ]);
    expect(staged.calls('setDefaultKey')[2]).to.not.have.property('link');
  });

  it('R133: every slot in its place, in whatever order they come', () => {
    const staged = given(
      { slot: 'excludeUnencrypted', exclude: true },
      { slot: 'transmitIndex', keyIndex: 1 },
      beacon(4),
      management(3),
      group(2),
      transmit(0),
      pairwise(1, 0),
    );
    expect(staged.said).to.equal('KTGGGIXC');
    expect(staged.calls('setDefaultKey').map(({ keyIndex }) => keyIndex)).to.deep.equal([1, 4, 6]);
  });

  it('R135: one key goes in once for each link, and once for each slot', () => {
    const again = {
      a: [install(group(2, 1), group(2, 2))],
      b: [install(group(2))],
      c: [install(management(5), beacon(5), beacon(5, 7))],
    };
    const staged = playing([install(pairwise(1), group(2, 1)), SUCCEED], again);
    expect(
      staged
        .play('a')
        .calls('setDefaultKey')
        .map(({ link }) => link),
    ).to.deep.equal([1, 2]);
    expect(staged.play('b').calls('setDefaultKey')).to.have.length(3);
    expect(
      staged
        .play('c')
        .calls('setDefaultKey')
        .slice(3)
        .map(({ keyIndex }) => keyIndex),
    ).to.deep.equal([4, 6]);
    expect(staged.play('abc').calls('setDefaultKey')).to.have.length(5);
  });
});

describe('contract 7: adopted keys', () => {
  it('R135: what the hardware has already is never downloaded, not in another batch either', () => {
    const staged = playing([install(pairwise(1)), SUCCEED], {
      a: [adopt(group(2), management(3))],
      b: [install(group(2), management(3), group(4))],
    });
    expect(staged.play('a').said).to.equal('KC');
    expect(staged.play('b').said).to.equal('KCG');
    expect(staged.calls('setDefaultKey').map(({ material }) => material.key.reveal()[0])).to.deep.equal([4]);
  });

  it('R135: an adopted setting is the one in force', () => {
    const exclude: KeyDownload = { slot: 'excludeUnencrypted', exclude: true };
    expect(playing([adopt(exclude), install(pairwise(1), exclude), SUCCEED]).said).to.equal('KC');
  });

  it('R58: a success can stand on a pairwise key that was adopted', () => {
    expect(playing([adopt(pairwise(1)), SUCCEED]).said).to.equal('C');
    expect(playing([adopt(group(1)), SUCCEED]).said).to.equal('B');
  });

  it('R135: a key that waits to be downloaded is adopted before its turn comes', () => {
    const staged = new Stage({
      methods: [acting({ begin: [install(pairwise(1), group(2))], on: onPacket({ a: [adopt(group(2))] }) })],
      sink: except('setKeyMappingKey', () => undefined),
    });
    staged.begin().play('Pa');
    const [key] = staged.calls('setKeyMappingKey');
    staged.offer({ kind: 'reply', call: key?.call ?? 0, win32: 0 }).turn();
    expect(staged.said).to.equal('EK');
  });

  it('R11, R192: they are destroyed with the port, the one that was adopted twice too', () => {
    const [first, again, group2] = [pairwise(1), pairwise(1), group(2)];
    const staged = playing([adopt(first, group2), adopt(again)]);
    for (const key of [first, again]) expect(bytesOf(key)).to.deep.equal(Array(16).fill(1));
    staged.play('S');
    for (const key of [first, again, group2]) expect(bytesOf(key)).to.deep.equal(zeros);
  });
});

describe('remembered PMKs', () => {
  const pmkid = new Uint8Array(16).fill(9);
  const entry = (pmk = filled(0x42, 32)) => ({
    peer: AP,
    ssid: Uint8Array.of(0x61),
    akm: 0x000fac08,
    pmkid,
    pmk,
    lifetime: 3600,
  });
  const remembering = (pmk?: Secret): ReadonlyArray<MethodCommand> => [
    { do: 'rememberPmk', entry: entry(pmk) },
    { do: 'forgetPmk', peer: AP, pmkid },
    SUCCEED,
  ];

  it('R6: are calls of the port, each with everything there is to say', () => {
    const staged = playing([install(pairwise(1)), ...remembering()]);
    expect(staged.said).to.equal('KrlC');
    const [remembered] = staged.calls('rememberPmk');
    expect(remembered).to.deep.include({ kind: 'rememberPmk', adapter: '0xa1', session: '0x1' });
    expect(remembered?.entry).to.include({ peer: AP, akm: 0x000fac08, lifetime: 3600 });
    expect(staged.calls('forgetPmk')[0]).to.deep.include({ peer: AP, pmkid });
    expect(staged.outstanding.calls).to.equal(0);
  });

  it('cost the port nothing when the host knows no such thing, or fails', () => {
    for (const kind of ['rememberPmk', 'forgetPmk'] as const)
      for (const win32 of [ERROR_NOT_SUPPORTED, ERROR_GEN_FAILURE]) {
        const staged = refusing(win32, [install(pairwise(1)), ...remembering()], kind);
        expect(staged.said).to.equal('EKrlC');
        expect(staged.remarks).to.deep.equal([]);
      }
  });

  it('R11, R192: live until their port ends, and no longer', () => {
    const pmk = filled(0x42, 32);
    const staged = playing(remembering(pmk));
    expect(pmk.reveal()[0]).to.equal(0x42);
    staged.play('S');
    expect([...pmk.reveal()]).to.deep.equal(Array(32).fill(0));
  });

  it('R199: are not spoken of once the port has ended', () => {
    const staged = stage({ methods: [acting({ on: onPacket({ r: remembering() }) })] });
    expect(staged.play('PSr').said).to.equal('');
  });

  it('are asked for by peer, and by name', () => {
    const asked: unknown[] = [];
    const method = acting({
      begin: [
        { do: 'ask', tag: 'a', request: { want: 'pmk', peer: AP, pmkid } },
        { do: 'ask', tag: 'b', request: { want: 'pmk', peer: AP } },
      ],
    });
    stage({
      methods: [method],
      secrets: (request) => {
        asked.push(request);
        return;
      },
    }).play('P');
    expect(asked).to.deep.equal([
      { want: 'pmk', peer: AP, pmkid },
      { want: 'pmk', peer: AP },
    ]);
  });
});

describe('a key the firmware changed', () => {
  const updated = (key: Secret, peer = AP) =>
    ({ kind: 'cipherKeyUpdated', adapter: '0xa1' as never, peer, keyIndex: 1, key }) as const;

  it('reaches the method of its port, key and all', () => {
    const seen: unknown[] = [];
    const method = acting({
      on: (input) => {
        if (input.kind === 'indicated') seen.push(input.indication);
        return [];
      },
    });
    const key = filled(5);
    stage({ methods: [method] })
      .play('P')
      .offer(updated(key))
      .turn();
    expect(seen).to.deep.equal([updated(key)]);
    expect(key.reveal()[0]).to.equal(5);
  });

  it('R11: is destroyed where there is no such port, or no such adapter', () => {
    for (const line of ['', 'P', 'PS', 'D']) {
      const key = filled(5);
      stage({ methods: [acting()] })
        .play(line)
        .offer(updated(key, AP_2))
        .turn();
      expect([...key.reveal()], line).to.deep.equal(zeros);
    }
  });
});
