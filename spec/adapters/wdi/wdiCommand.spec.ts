import { expect } from 'chai';
import { WdiOid, wdiCommand } from '../../../adapters/wdi/index.js';
import { Cipher, type Effect, Secret, type ServiceHandle, type SessionHandle } from '../../../streams/events/index.js';
import { ADAPTER, AP } from './samples.js';

const port = {
  call: 1,
  adapter: ADAPTER,
  service: '0x2' as ServiceHandle,
  session: '0x3' as SessionHandle,
  generation: 1,
};
const key = {
  ...port,
  peer: AP,
  algorithm: Cipher.codes.CCMP,
  direction: 3,
  delete: false,
  static: false,
  material: { form: 'raw' as const, key: Secret.of(new Uint8Array(16)) },
};
const pairwise: Effect = { kind: 'setKeyMappingKey', ...key };
const group = (keyIndex: number): Effect => ({ kind: 'setDefaultKey', ...key, keyIndex });

describe('wdiCommand', () => {
  it('R120: a pairwise key is type 1', () => {
    expect(wdiCommand(pairwise)).to.deep.equal({ oid: WdiOid.codes.SET_ADD_CIPHER_KEYS, keyType: 1 });
  });

  it('R123: the index tells group key, IGTK and BIGTK apart', () => {
    const types = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => wdiCommand(group(index))?.keyType);
    expect(types).to.deep.equal([2, 2, 2, 2, 3, 3, 4, 4]);
  });

  it('R129: a deletion has an OID of its own', () => {
    expect(wdiCommand({ ...pairwise, delete: true })).to.deep.equal({ oid: WdiOid.codes.SET_DELETE_CIPHER_KEYS, keyType: 1 });
  });

  it('R122: the transmit index is set', () => {
    expect(wdiCommand({ kind: 'setDefaultKeyId', ...port, keyIndex: 1 })).to.deep.equal({ oid: WdiOid.codes.SET_DEFAULT_KEY_ID });
  });

  it('R145: exclusion of unencrypted frames has no command after association', () => {
    expect(wdiCommand({ kind: 'setExcludeUnencrypted', ...port, exclude: true })).to.equal(undefined);
  });
});
