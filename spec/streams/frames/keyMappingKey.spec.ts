import { expect } from 'chai';
import { Cipher, Secret } from '../../../streams/events/index.js';
import {
  type KeyMappingKey,
  readKeyMappingKey,
  readKeyMappingKeys,
  writeKeyMappingKey,
  writeKeyMappingKeys,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { changed, hex } from './hex.js';
import { AP, CCMP_PAIRWISE, CCMP_PAIRWISE_BYTES } from './samples.js';

const WEP40_PAIRWISE: KeyMappingKey = {
  peer: AP,
  algorithm: Cipher.codes.WEP40,
  direction: 1,
  delete: false,
  static: true,
  material: { form: 'raw', key: Secret.of(hex('a1 a2 a3 a4 a5')) },
};
const DELETION: KeyMappingKey = {
  ...CCMP_PAIRWISE,
  delete: true,
  material: { form: 'raw', key: Secret.of(new Uint8Array(0)) },
};

describe('key mapping key', () => {
  it('R120: has the key at byte 20', () => {
    expectBytes(written(writeKeyMappingKey(CCMP_PAIRWISE)), CCMP_PAIRWISE_BYTES);
    expectSame(decoded(readKeyMappingKey(CCMP_PAIRWISE_BYTES)), CCMP_PAIRWISE);
  });

  it('R120: identifies the entry by peer and direction', () => {
    const key = decoded(readKeyMappingKey(changed(CCMP_PAIRWISE_BYTES, 12, 1)));
    expect(key).to.include({ peer: AP, direction: 1 });
  });

  it('R129: a deletion carries no key and is still as long as the structure', () => {
    const bytes = written(writeKeyMappingKey({ ...CCMP_PAIRWISE, delete: true }));
    expectBytes(bytes, hex('02 00 00 00 01 00 00 00  04 00 00 00  03 00 00 00  01 00 00 00  00 00 00 00'));
    expectSame(decoded(readKeyMappingKey(bytes)), DELETION);
  });

  it('R129: the length and material of a deletion are not looked at', () => {
    const bytes = changed(CCMP_PAIRWISE_BYTES, 16, 1, 0, 0xff, 0xff);
    expectSame(decoded(readKeyMappingKey(bytes)), DELETION);
  });

  it('R124: refuses usKeyLength beyond the bytes given', () => {
    const error = refusal(readKeyMappingKey(changed(CCMP_PAIRWISE_BYTES, 18, 29)));
    expect(error).to.include({ code: 'TRUNCATED', structure: 'DOT11_CIPHER_KEY_MAPPING_KEY_VALUE', field: 'ucKey', offset: 20 });
  });
});

describe('key mapping keys in a byte array', () => {
  const KEYS = [WEP40_PAIRWISE, CCMP_PAIRWISE, DELETION];
  const BYTES = hex(`
    80 01 10 00  5d 00 00 00  5d 00 00 00
    02 00 00 00 01 00  00 00  01 00 00 00  01 00 00 00  00 01  05 00  a1 a2 a3 a4 a5
    02 00 00 00 01 00  00 00  04 00 00 00  03 00 00 00  00 00  1c 00
      00 00 00 00 00 00  00 00  10 00 00 00  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
    02 00 00 00 01 00  00 00  04 00 00 00  03 00 00 00  01 00  00 00
  `);

  it('R120: lie back to back, 20 + usKeyLength bytes each, aligned or not', () => {
    expectBytes(written(writeKeyMappingKeys(KEYS)), BYTES);
    expectSame(decoded(readKeyMappingKeys(BYTES)), KEYS);
  });

  it('R129: passes over the material a deletion may still carry', () => {
    const deletionWithKey = '02 00 00 00 01 00  00 00  04 00 00 00  03 00 00 00  01 00  02 00  ee ee';
    const next = '02 00 00 00 01 00  00 00  01 00 00 00  01 00 00 00  00 01  05 00  a1 a2 a3 a4 a5';
    const bytes = hex(`80 01 10 00  2f 00 00 00  2f 00 00 00  ${deletionWithKey}  ${next}`);
    expectSame(decoded(readKeyMappingKeys(bytes)), [DELETION, WEP40_PAIRWISE]);
  });

  it('R120: an empty list is still as long as the structure', () => {
    const bytes = written(writeKeyMappingKeys([]));
    expectBytes(bytes, hex('80 01 10 00  00 00 00 00  00 00 00 00  00 00 00 00'));
    expectSame(decoded(readKeyMappingKeys(bytes)), []);
  });

  it('R120: refuses uNumOfBytes beyond the bytes given', () => {
    const error = refusal(readKeyMappingKeys(changed(BYTES, 4, 0x5e, 0, 0, 0, 0x5e)));
    expect(error).to.include({ code: 'LENGTH', field: 'uNumOfBytes', offset: 4 });
  });

  it('R120: refuses uTotalNumOfBytes below uNumOfBytes', () => {
    expect(refusal(readKeyMappingKeys(changed(BYTES, 8, 0x5c)))).to.include({ field: 'uTotalNumOfBytes', offset: 8 });
  });

  it('R120: refuses uNumOfBytes that ends inside an entry', () => {
    const error = refusal(readKeyMappingKeys(changed(BYTES, 4, 0x5c)));
    expect(error).to.include({ code: 'TRUNCATED', structure: 'DOT11_CIPHER_KEY_MAPPING_KEY_VALUE', field: 'usKeyLength' });
  });

  it('R120: refuses to write a list with one unwritable key', () => {
    const bad = { ...CCMP_PAIRWISE, algorithm: Cipher.codes.TKIP };
    expect(writeKeyMappingKeys([CCMP_PAIRWISE, bad, CCMP_PAIRWISE])._tag).to.equal('Left');
  });
});
