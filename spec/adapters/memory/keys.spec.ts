import { expect } from 'chai';
import { BROADCAST, Cipher, Direction, type KeyMaterial, Secret, Win32 } from '../../../streams/events/index.js';
import { AP } from '../../support/fixtures.js';
import { alone, asking, NEXT_AP, rulesOf, STRANGER } from './hosted.js';

const { INBOUND, OUTBOUND, BOTH } = Direction.codes;
const { ERROR_SUCCESS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND } = Win32.codes;

const filled = (fill: number): KeyMaterial => ({
  form: 'ccmp',
  counter: new Uint8Array(6),
  key: Secret.of(new Uint8Array(16).fill(fill)),
});

const associated = () => {
  const { host, adapter } = alone();
  host.associate(AP);
  return { host, adapter, keys: adapter.keys, ask: asking(host, adapter) };
};

const firstByte = (key: { readonly material: KeyMaterial } | undefined): number | undefined => key?.material.key.reveal()[0];

describe('the keys of a memory host', () => {
  it('R120: a key-mapping key is named by peer and direction, both', () => {
    const { keys, ask } = associated();
    expect(ask('setKeyMappingKey', { direction: BOTH })).to.equal(ERROR_SUCCESS);
    expect(ask('setKeyMappingKey', { direction: INBOUND, delete: true })).to.equal(ERROR_SUCCESS);
    expect(keys.mapped).to.have.lengthOf(1);
    ask('setKeyMappingKey', { peer: STRANGER, direction: BOTH, delete: true });
    expect(keys.mapped).to.have.lengthOf(1);
    ask('setKeyMappingKey', { direction: BOTH, delete: true });
    expect(keys.mapped).to.deep.equal([]);
  });

  it('R120: an update replaces the entry of the same name and destroys what was in it', () => {
    const { keys, ask } = associated();
    ask('setKeyMappingKey', { material: filled(1) });
    const [old] = keys.mapped;
    ask('setKeyMappingKey', { material: filled(2) });
    expect(keys.mapped.map(firstByte)).to.deep.equal([2]);
    expect(firstByte(old)).to.equal(0);
  });

  it('R120: nobody but a station has a key of its own', () => {
    const { host, keys, ask } = associated();
    expect(ask('setKeyMappingKey', { peer: '01:00:5e:00:00:01' as typeof AP })).to.equal(ERROR_INVALID_PARAMETER);
    expect(keys.mapped).to.deep.equal([]);
    expect(rulesOf(host)).to.deep.equal(['R120']);
  });

  it('R121: a default key is for receiving, never for sending only', () => {
    const { host, keys, ask } = associated();
    expect(ask('setDefaultKey', { direction: OUTBOUND })).to.equal(ERROR_INVALID_PARAMETER);
    expect(keys.defaults).to.deep.equal([]);
    for (const direction of [INBOUND, BOTH]) expect(ask('setDefaultKey', { direction })).to.equal(ERROR_SUCCESS);
    expect(rulesOf(host)).to.deep.equal(['R121']);
  });

  it('R128: default keys are filed by index, whatever address they carry', () => {
    const { keys, ask } = associated();
    ask('setDefaultKey', { keyIndex: 1, peer: AP, material: filled(1) });
    ask('setDefaultKey', { keyIndex: 1, peer: NEXT_AP, material: filled(2) });
    ask('setDefaultKey', { keyIndex: 2, peer: AP, material: filled(3) });
    expect(keys.defaults.map((key) => [key.keyIndex, firstByte(key)])).to.deep.equal([
      [1, 2],
      [2, 3],
    ]);
    ask('setDefaultKey', { keyIndex: 1, peer: AP, delete: true });
    expect(keys.defaults.map(({ keyIndex }) => keyIndex)).to.deep.equal([2]);
  });

  it('R123: four places for data keys, two more for management keys', () => {
    const { host, ask } = associated();
    for (const keyIndex of [0, 1, 2, 3]) expect(ask('setDefaultKey', { keyIndex })).to.equal(ERROR_SUCCESS);
    for (const keyIndex of [4, 5]) {
      expect(ask('setDefaultKey', { keyIndex })).to.equal(ERROR_INVALID_PARAMETER);
      expect(ask('setDefaultKey', { keyIndex, algorithm: Cipher.codes.BIP })).to.equal(ERROR_SUCCESS);
    }
    expect(ask('setDefaultKey', { keyIndex: 3, algorithm: Cipher.codes.BIP })).to.equal(ERROR_INVALID_PARAMETER);
    expect(ask('setDefaultKey', { keyIndex: 9, algorithm: 0x80000001 })).to.equal(ERROR_SUCCESS);
    expect(rulesOf(host)).to.deep.equal(['R123', 'R123', 'R123']);
  });

  it('R123: beyond these, two places that protect beacons', () => {
    const { host, keys, ask } = associated();
    for (const keyIndex of [6, 7]) {
      expect(ask('setDefaultKey', { keyIndex, algorithm: Cipher.codes.BIP })).to.equal(ERROR_SUCCESS);
      expect(ask('setDefaultKey', { keyIndex })).to.equal(ERROR_INVALID_PARAMETER);
    }
    expect(ask('setDefaultKey', { keyIndex: 8, algorithm: Cipher.codes.BIP })).to.equal(ERROR_INVALID_PARAMETER);
    expect(keys.defaults.map(({ keyIndex }) => keyIndex)).to.deep.equal([6, 7]);
    expect(rulesOf(host)).to.deep.equal(['R123', 'R123', 'R123']);
  });

  it('R128: each link has default keys of its own', () => {
    const { keys, ask } = associated();
    ask('setDefaultKey', { keyIndex: 1, material: filled(1) });
    ask('setDefaultKey', { keyIndex: 1, link: 0, peer: NEXT_AP, material: filled(2) });
    ask('setDefaultKey', { keyIndex: 1, link: 1, peer: STRANGER, material: filled(3) });
    ask('setDefaultKey', { keyIndex: 1, link: 0, peer: NEXT_AP, material: filled(4) });
    expect(keys.defaults.map((key) => [key.link, firstByte(key)])).to.deep.equal([
      [undefined, 1],
      [0, 4],
      [1, 3],
    ]);
    ask('setDefaultKey', { keyIndex: 1, link: 1, delete: true });
    expect(keys.defaults.map(({ link }) => link)).to.deep.equal([undefined, 0]);
  });

  it('R120: with Extended Key ID a peer has two keys, and one of them is sent with', () => {
    const { keys, ask } = associated();
    ask('setKeyMappingKey', { keyId: 0, material: filled(1) });
    ask('setKeyMappingKey', { keyId: 1, material: filled(2) });
    expect(keys.mapped.map((key) => [key.keyId, firstByte(key)])).to.deep.equal([
      [0, 1],
      [1, 2],
    ]);
    expect(keys.transmitKeyIdFor(AP)).to.equal(undefined);
    for (const keyId of [0, 1]) {
      expect(ask('setPairwiseTransmitKey', { keyId })).to.equal(ERROR_SUCCESS);
      expect(keys.transmitKeyIdFor(AP)).to.equal(keyId);
    }
    ask('setKeyMappingKey', { keyId: 0, material: filled(3) });
    expect(keys.transmitKeyIdFor(AP)).to.equal(1);
    ask('setKeyMappingKey', { keyId: 1, material: filled(4) });
    expect(keys.transmitKeyIdFor(AP), 'a new key under the id is for reception first').to.equal(undefined);
    ask('setPairwiseTransmitKey', { keyId: 1 });
    ask('setKeyMappingKey', { keyId: 1, delete: true });
    expect(keys.transmitKeyIdFor(AP)).to.equal(undefined);
    expect(keys.mapped.map(({ keyId }) => keyId)).to.deep.equal([0]);
  });

  it('R133: a key that is not in cannot be sent with', () => {
    const { host, keys, ask } = associated();
    ask('setKeyMappingKey', { keyId: 0 });
    expect(ask('setPairwiseTransmitKey', { keyId: 1 })).to.equal(ERROR_NOT_FOUND);
    expect(ask('setPairwiseTransmitKey', { keyId: 0, peer: STRANGER })).to.equal(ERROR_NOT_FOUND);
    expect(keys.transmitKeyIdFor(AP)).to.equal(undefined);
    expect(rulesOf(host)).to.deep.equal(['R133', 'R133']);
  });

  it('R122: a transmit index from 0 to 3', () => {
    const { host, keys, ask } = associated();
    expect(ask('setDefaultKeyId', { keyIndex: 3 })).to.equal(ERROR_SUCCESS);
    expect(ask('setDefaultKeyId', { keyIndex: 4 })).to.equal(ERROR_INVALID_PARAMETER);
    expect(keys.defaultKeyId).to.equal(3);
    expect(rulesOf(host)).to.deep.equal(['R122']);
  });

  it('R129: deleting what is not there succeeds, twice', () => {
    const { host, keys, ask } = associated();
    for (let i = 0; i < 2; i++) {
      expect(ask('setKeyMappingKey', { delete: true })).to.equal(ERROR_SUCCESS);
      expect(ask('setDefaultKey', { delete: true })).to.equal(ERROR_SUCCESS);
    }
    expect([...keys.mapped, ...keys.defaults]).to.deep.equal([]);
    expect(host.remarks).to.deep.equal([]);
  });

  it('R129: a delete ignores the static flag it carries', () => {
    const { keys, ask } = associated();
    ask('setKeyMappingKey', { static: true });
    ask('setKeyMappingKey', { static: false, delete: true });
    expect(keys.mapped).to.deep.equal([]);
  });

  it('R130: at a disconnection the dynamic keys go and the static ones stay', () => {
    for (const leave of ['disassociate', 'roam'] as const) {
      const { host, keys, ask } = associated();
      ask('setKeyMappingKey', { direction: BOTH });
      ask('setKeyMappingKey', { direction: INBOUND, static: true });
      ask('setDefaultKey', { keyIndex: 0, static: true });
      ask('setDefaultKey', { keyIndex: 1 });
      if (leave === 'disassociate') host.disassociate();
      else host.roam(NEXT_AP, { status: 1 });
      expect(keys.mapped.map(({ direction }) => direction)).to.deep.equal([INBOUND]);
      expect(keys.defaults.map(({ keyIndex }) => keyIndex)).to.deep.equal([0]);
    }
  });

  it('R130, R213: a disassociation of all takes the dynamic keys', () => {
    const { host, keys, ask } = associated();
    ask('setKeyMappingKey', { peer: STRANGER });
    host.disassociate({ peer: BROADCAST });
    expect(keys.mapped).to.deep.equal([]);
    ask('setKeyMappingKey');
    expect(rulesOf(host)).to.deep.equal(['R6']);
  });

  it('R130: a disassociation of a stranger takes no key', () => {
    const { host, keys, ask } = associated();
    ask('setKeyMappingKey');
    host.disassociate({ peer: STRANGER });
    expect(keys.mapped).to.have.lengthOf(1);
  });

  it('R131: every successful association wipes the default keys and the keys of that access point', () => {
    const { host, adapter } = alone({ feed: 'wdi' });
    host.associate(AP);
    const ask = asking(host, adapter);
    ask('setKeyMappingKey');
    ask('setKeyMappingKey', { peer: STRANGER });
    ask('setKeyMappingKey', { direction: INBOUND, static: true });
    ask('setDefaultKey', { keyIndex: 1 });
    ask('setDefaultKey', { keyIndex: 2, static: true });
    host.associate(AP, { status: 1 });
    expect(adapter.keys.mapped).to.have.lengthOf(3);
    host.associate(AP);
    expect(adapter.keys.mapped.map(({ peer, direction }) => [peer, direction])).to.deep.equal([
      [STRANGER, BOTH],
      [AP, INBOUND],
    ]);
    expect(adapter.keys.defaults.map(({ keyIndex }) => keyIndex)).to.deep.equal([2]);
  });

  it('R155: a reset takes every key, the static ones too', () => {
    const { host, keys, ask } = associated();
    ask('setKeyMappingKey', { static: true });
    ask('setDefaultKey', { static: true });
    ask('setDefaultKeyId');
    ask('setKeyMappingKey', { keyId: 1 });
    ask('setPairwiseTransmitKey', { keyId: 1 });
    const [key] = keys.mapped;
    host.reset();
    expect(keys.transmitKeyIdFor(AP)).to.equal(undefined);
    expect([keys.mapped, keys.defaults, keys.defaultKeyId]).to.deep.equal([[], [], undefined]);
    expect(firstByte(key)).to.equal(0);
  });

  it('R11: the hardware has a copy, and shows it to nobody by accident', () => {
    const { adapter, ask } = associated();
    const mic = Secret.of(new Uint8Array(16).fill(0x77));
    const key = Secret.of(new Uint8Array(16).fill(0x66));
    const material: KeyMaterial = { form: 'tkip', counter: new Uint8Array(6), key, mic };
    ask('setKeyMappingKey', { material });
    key.zeroise();
    mic.zeroise();
    const [stored] = adapter.keys.mapped;
    expect(firstByte(stored)).to.equal(0x66);
    expect(stored?.material.form === 'tkip' && stored.material.mic.reveal()[0]).to.equal(0x77);
    expect(JSON.stringify(adapter.keys.mapped)).to.contain('[redacted 16 B]').and.not.contain('66');
  });
});
