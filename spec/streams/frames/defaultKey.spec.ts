import { expect } from 'chai';
import { Cipher, Secret, ZERO_MAC } from '../../../streams/events/index.js';
import { readDefaultKey, writeDefaultKey } from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { changed, hex } from './hex.js';
import { CCMP_GROUP, CCMP_GROUP_BYTES } from './samples.js';

describe('default key', () => {
  it('R121: has the key at byte 22, its nested length unaligned at 30', () => {
    expectBytes(written(writeDefaultKey(CCMP_GROUP)), CCMP_GROUP_BYTES);
    expectSame(decoded(readDefaultKey(CCMP_GROUP_BYTES)), CCMP_GROUP);
    expect(CCMP_GROUP_BYTES[30]).to.equal(16);
  });

  it('R132: the header is 80 01 18 00, whatever the key adds', () => {
    const keys = [
      CCMP_GROUP,
      { ...CCMP_GROUP, algorithm: Cipher.codes.WEP104, material: raw(13) },
      { ...CCMP_GROUP, delete: true },
    ];
    for (const key of keys) expectBytes(written(writeDefaultKey(key)).subarray(0, 4), hex('80 01 18 00'));
  });

  it('R132: refuses a header size other than the structure can have', () => {
    expect(refusal(readDefaultKey(changed(CCMP_GROUP_BYTES, 2, 23)))).to.include({ code: 'HEADER', field: 'Header.Size' });
    expect(refusal(readDefaultKey(changed(CCMP_GROUP_BYTES, 2, 0xff)))).to.include({ code: 'HEADER', field: 'Header.Size' });
  });

  it('R124: WEP is raw bytes', () => {
    const key = { ...CCMP_GROUP, keyIndex: 3, algorithm: Cipher.codes.WEP40, peer: ZERO_MAC, static: true, material: raw(5) };
    const bytes = hex('80 01 18 00  03 00 00 00  01 00 00 00  00 00 00 00 00 00  00 01  05 00  5a 5a 5a 5a 5a');
    expectBytes(written(writeDefaultKey(key)), bytes);
    expectSame(decoded(readDefaultKey(bytes)), key);
  });

  it('R129: a deletion names index and algorithm and carries no key', () => {
    const bytes = hex('80 01 18 00  01 00 00 00  04 00 00 00  02 00 00 00 01 00  01 00  00 00  00 00');
    expectBytes(written(writeDefaultKey({ ...CCMP_GROUP, delete: true })), bytes);
    expectSame(decoded(readDefaultKey(bytes)), { ...CCMP_GROUP, delete: true, material: raw(0) });
  });

  it('R124: counts nested offsets from the start of the buffer', () => {
    const error = refusal(readDefaultKey(changed(CCMP_GROUP_BYTES, 30, 15)));
    expect(error).to.include({ structure: 'DOT11_KEY_ALGO_CCMP', field: 'ulCCMPKeyLength', offset: 30 });
  });
});

function raw(length: number) {
  return { form: 'raw' as const, key: Secret.of(new Uint8Array(length).fill(0x5a)) };
}
