import { expect } from 'chai';
import { Cipher, type KeyMaterial, Secret, toHex } from '../../../streams/events/index.js';
import { materialForm, readKeyMappingKey, writeKeyMappingKey } from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { changed, hex } from './hex.js';
import { CCMP_PAIRWISE, CCMP_PAIRWISE_BYTES, COUNTER, KEY_16 } from './samples.js';

const { codes } = Cipher;
const key16 = Secret.of(KEY_16);
const keyOf = (length: number): Secret => Secret.of(new Uint8Array(length).fill(0x5a));

const bytesOf = (algorithm: number, material: KeyMaterial): Uint8Array =>
  written(writeKeyMappingKey({ ...CCMP_PAIRWISE, algorithm, material }));
const usKeyLength = (bytes: Uint8Array): number => (bytes[18] ?? 0) + 256 * (bytes[19] ?? 0);
const ucKey = (bytes: Uint8Array): Uint8Array => bytes.subarray(20, 20 + usKeyLength(bytes));

describe('key material', () => {
  it('R124: usKeyLength counts the nested header: CCMP-128 is 28, TKIP 48, WEP104 13', () => {
    const mic = Secret.of(KEY_16);
    expect(usKeyLength(bytesOf(codes.CCMP, { form: 'ccmp', counter: COUNTER, key: key16 }))).to.equal(28);
    expect(usKeyLength(bytesOf(codes.TKIP, { form: 'tkip', counter: COUNTER, key: key16, mic }))).to.equal(48);
    expect(usKeyLength(bytesOf(codes.WEP104, { form: 'raw', key: keyOf(13) }))).to.equal(13);
    expect(usKeyLength(bytesOf(codes.WEP40, { form: 'raw', key: keyOf(5) }))).to.equal(5);
    expect(usKeyLength(bytesOf(codes.BIP, { form: 'bip', counter: COUNTER, key: key16 }))).to.equal(28);
    expect(usKeyLength(bytesOf(codes.GCMP, { form: 'gcmp', counter: COUNTER, key: key16 }))).to.equal(28);
    expect(usKeyLength(bytesOf(codes.GCMP_256, { form: 'gcmp', counter: COUNTER, key: keyOf(32) }))).to.equal(44);
    expect(usKeyLength(bytesOf(codes.CCMP_256, { form: 'ccmp', counter: COUNTER, key: keyOf(32) }))).to.equal(44);
  });

  it('R124: the cipher decides which form is read', () => {
    const forms = Object.entries(codes).map(([name, code]) => [name, materialForm(code)]);
    expect(Object.fromEntries(forms)).to.deep.equal({
      NONE: 'raw',
      WEP40: 'raw',
      TKIP: 'tkip',
      CCMP: 'ccmp',
      WEP104: 'raw',
      BIP: 'bip',
      GCMP: 'gcmp',
      GCMP_256: 'gcmp',
      CCMP_256: 'ccmp',
      BIP_GMAC_128: 'bip',
      BIP_GMAC_256: 'bip',
      BIP_CMAC_256: 'bip',
      USE_GROUP: 'raw',
      WEP: 'raw',
    });
    expect(materialForm(0x80000001)).to.equal('raw');
  });

  it('R124: the same bytes under another cipher are another form', () => {
    const asWep = decoded(readKeyMappingKey(changed(CCMP_PAIRWISE_BYTES, 8, 0x01, 0x01)));
    expect(asWep.material).to.include({ form: 'raw' });
    expect(asWep.material.key.length).to.equal(28);
    const asGcmp = decoded(readKeyMappingKey(changed(CCMP_PAIRWISE_BYTES, 8, codes.GCMP)));
    expect(asGcmp.material).to.include({ form: 'gcmp' });
  });

  it('R125: TKIP is 16 temporal octets, then the receive MIC key, then the transmit MIC key', () => {
    const material: KeyMaterial = {
      form: 'tkip',
      counter: COUNTER,
      key: key16,
      mic: Secret.of(hex('11 11 11 11 11 11 11 11  22 22 22 22 22 22 22 22')),
    };
    const bytes = bytesOf(codes.TKIP, material);
    expectBytes(
      ucKey(bytes),
      hex(`01 00 00 00 00 00  00 00  10 00 00 00  10 00 00 00
           00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
           11 11 11 11 11 11 11 11  22 22 22 22 22 22 22 22`),
    );
    expectSame(decoded(readKeyMappingKey(bytes)).material, material);
  });

  it('R126: the counter comes first, six octets and two of padding', () => {
    const bytes = bytesOf(codes.BIP, { form: 'bip', counter: hex('060504030201'), key: key16 });
    expect(toHex(ucKey(bytes).subarray(0, 12))).to.equal('060504030201000010000000');
  });

  it('R127: the counter keeps the byte order of the Key RSC', () => {
    const rsc = hex('2a 01 00 00 00 00');
    const bytes = bytesOf(codes.CCMP, { form: 'ccmp', counter: rsc, key: key16 });
    expectBytes(bytes.subarray(20, 26), rsc);
    const { material } = decoded(readKeyMappingKey(bytes));
    expectSame('counter' in material && material.counter, rsc);
  });

  it('R124: refuses ulCCMPKeyLength that contradicts usKeyLength', () => {
    for (const length of [0, 15, 17, 32]) {
      const error = refusal(readKeyMappingKey(changed(CCMP_PAIRWISE_BYTES, 28, length)));
      expect(error).to.include({ code: 'LENGTH', structure: 'DOT11_KEY_ALGO_CCMP', field: 'ulCCMPKeyLength', offset: 28 });
    }
  });

  it('R124: refuses ulMICKeyLength that contradicts usKeyLength', () => {
    const bytes = bytesOf(codes.TKIP, { form: 'tkip', counter: COUNTER, key: key16, mic: key16 });
    const error = refusal(readKeyMappingKey(changed(bytes, 32, 8)));
    expect(error).to.include({ code: 'LENGTH', structure: 'DOT11_KEY_ALGO_TKIP_MIC', field: 'ulMICKeyLength', offset: 32 });
  });

  it('R124: refuses usKeyLength too short for the nested header', () => {
    const error = refusal(readKeyMappingKey(changed(CCMP_PAIRWISE_BYTES, 18, 11)));
    expect(error).to.include({ code: 'TRUNCATED', structure: 'DOT11_KEY_ALGO_CCMP', field: 'ulCCMPKeyLength' });
  });

  it('R124: refuses to write the form of another cipher', () => {
    const result = writeKeyMappingKey({ ...CCMP_PAIRWISE, algorithm: codes.TKIP });
    expect(result).to.deep.include({ _tag: 'Left' });
  });

  it('R124: refuses to write a counter that is not six octets', () => {
    const material: KeyMaterial = { form: 'ccmp', counter: hex('0000000000'), key: key16 };
    expect(writeKeyMappingKey({ ...CCMP_PAIRWISE, material })._tag).to.equal('Left');
  });

  it('R124: refuses a key too long for usKeyLength', () => {
    const material: KeyMaterial = { form: 'raw', key: keyOf(0x10000) };
    expect(writeKeyMappingKey({ ...CCMP_PAIRWISE, algorithm: codes.WEP, material })._tag).to.equal('Left');
  });

  it('R11: never sends a redacted secret to a driver as an empty key', () => {
    const redacted = Secret.redacted(16, 'f00d');
    const materials: ReadonlyArray<readonly [number, KeyMaterial]> = [
      [codes.CCMP, { form: 'ccmp', counter: COUNTER, key: redacted }],
      [codes.TKIP, { form: 'tkip', counter: COUNTER, key: redacted, mic: key16 }],
      [codes.TKIP, { form: 'tkip', counter: COUNTER, key: key16, mic: redacted }],
      [codes.WEP, { form: 'raw', key: redacted }],
    ];
    for (const [algorithm, material] of materials) {
      const result = writeKeyMappingKey({ ...CCMP_PAIRWISE, algorithm, material });
      expect(result._tag).to.equal('Left');
    }
  });
});
