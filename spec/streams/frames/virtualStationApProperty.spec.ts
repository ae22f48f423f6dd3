import { expect } from 'chai';
import { Secret } from '../../../streams/events/index.js';
import {
  readVirtualStationApProperty,
  type VirtualStationApProperty,
  writeVirtualStationApProperty,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { changed, hex } from './hex.js';

const text = (value: string): Secret => Secret.of(new TextEncoder().encode(value));

const property = (isPassphrase: boolean, key: Secret): VirtualStationApProperty => ({
  ssid: hex('74657374'),
  authAlgorithm: 7,
  cipher: 4,
  isPassphrase,
  key,
});

/** The structure with a key of `length` octets given as hex. */
const bytes = (isPassphrase: boolean, length: number, key: string): Uint8Array =>
  hex(`04 00 00 00  74 65 73 74 ${'00'.repeat(28)}  07 00 00 00  04 00 00 00  0${isPassphrase ? 1 : 0} 00 00 00
       ${length.toString(16).padStart(2, '0')} 00 00 00  ${key.padEnd(128, '0')}`);

describe('virtual station AP property', () => {
  it('R244: a passphrase counts its terminating NUL', () => {
    const value = property(true, text('password'));
    const encoded = bytes(true, 9, '70617373776f7264');
    expect(encoded).to.have.lengthOf(116);
    expectBytes(written(writeVirtualStationApProperty(value)), encoded);
    expectSame(decoded(readVirtualStationApProperty(encoded)), value);
  });

  it('R244: 32 octets are the key itself', () => {
    const value = property(false, Secret.of(new Uint8Array(32).fill(0xa5)));
    const encoded = bytes(false, 32, 'a5'.repeat(32));
    expectBytes(written(writeVirtualStationApProperty(value)), encoded);
    expectSame(decoded(readVirtualStationApProperty(encoded)), value);
  });

  it('R244: 64 octets are hex digits', () => {
    const value = property(false, text('0123456789abcdefABCDEF'.padEnd(64, '0')));
    expectSame(decoded(readVirtualStationApProperty(written(writeVirtualStationApProperty(value)))), value);
    const error = refusal(readVirtualStationApProperty(bytes(false, 64, '67'.repeat(64))));
    expect(error).to.include({ code: 'LENGTH', field: 'dwKeyLength', offset: 48 });
  });

  it('R244: any other length is an error', () => {
    for (const length of [0, 1, 31, 33, 63]) {
      expect(refusal(readVirtualStationApProperty(bytes(false, length, '')))).to.include({ field: 'dwKeyLength', offset: 48 });
      expect(writeVirtualStationApProperty(property(false, Secret.of(new Uint8Array(length))))._tag).to.equal('Left');
    }
    expect(refusal(readVirtualStationApProperty(bytes(false, 65, '')))).to.include({ code: 'LENGTH', field: 'dwKeyLength' });
  });

  it('R244: refuses a passphrase without its NUL, and one of fewer than 8 or more than 63 characters', () => {
    const unended = changed(bytes(true, 9, '70617373776f7264'), 60, 0x64);
    expect(refusal(readVirtualStationApProperty(unended))).to.include({ code: 'VALUE', field: 'ucKeyData', offset: 52 });
    expect(refusal(readVirtualStationApProperty(bytes(true, 8, '7061737377 6f72'.replace(' ', ''))))).to.include({
      code: 'LENGTH',
      field: 'dwKeyLength',
    });
    for (const length of [7, 64]) {
      expect(writeVirtualStationApProperty(property(true, text('p'.repeat(length))))._tag).to.equal('Left');
    }
  });

  it('R244: takes a passphrase of 63 characters, which fills the room', () => {
    const value = property(true, text('p'.repeat(63)));
    expectSame(decoded(readVirtualStationApProperty(written(writeVirtualStationApProperty(value)))), value);
  });

  it('R11: an error never shows the key', () => {
    const error = refusal(readVirtualStationApProperty(bytes(false, 9, '70617373776f726421')));
    expect(JSON.stringify(error)).to.not.match(/password|70617373/);
    const redacted = writeVirtualStationApProperty(property(true, Secret.redacted(8, 'f00d')));
    expect(redacted._tag).to.equal('Left');
  });
});
