import { expect } from 'chai';
import fc from 'fast-check';
import { readCredential } from '../../../../adapters/capture/credentials/index.js';
import { shown } from './credentials.js';

const read = (argument: string): string => {
  const result = readCredential(argument);
  return result._tag === 'Left' ? result.left : shown(result.right);
};

const PSK = '0123456789abcdef'.repeat(4);

describe('a key in the syntax of Wireshark', () => {
  // tshark 4.0.17 takes each of these for the passphrase 12345678 of the network Harkonen, or of any.
  it('is a passphrase, with an SSID or without', () => {
    expect(read('wpa-pwd:12345678:Harkonen')).to.equal('passphrase 12345678 for Harkonen');
    expect(read('wpa-pwd:%31%32345678:Hark%6fnen')).to.equal('passphrase 12345678 for Harkonen');
    expect(read('wpa-pwd:12345678')).to.equal('passphrase 12345678');
    expect(read('wpa-pwd:12345678:')).to.equal('passphrase 12345678');
    expect(read('WPA-PWD:12345678')).to.equal('passphrase 12345678');
  });

  it('writes colons, percent signs and any octet of an SSID as escapes', () => {
    expect(read('wpa-pwd:a%3ab%25c%20d%3Ae:a%3Ab')).to.equal('passphrase a:b%c d:e for a:b');
    const result = readCredential('wpa-pwd:12345678:%00%ff');
    expect(result).to.deep.nested.include({ 'right.ssid': Uint8Array.of(0, 255) });
    expect(read('wpa-pwd:12345678:Café')).to.equal('passphrase 12345678 for Café');
  });

  it('is a key in hex', () => {
    expect(read(`wpa-psk:${PSK}`)).to.equal(`pmk ${PSK}`);
    expect(read(`wpa-psk:${PSK.toUpperCase()}:net`)).to.equal(`pmk ${PSK} for net`);
    expect(read(`pmk:${PSK}${PSK.slice(0, 32)}`)).to.equal(`pmk ${PSK}${PSK.slice(0, 32)}`);
    expect(read(`tk:${PSK.slice(0, 32)}`)).to.equal(`tk ${PSK.slice(0, 32)}`);
    expect(read(`msk:${PSK}${PSK}`)).to.equal(`msk ${PSK}${PSK}`);
  });

  it('is refused with a reason', () => {
    expect(read('wpa-pwd:1234567:net')).to.equal('passphrase: expected 8 to 63 characters, found 7');
    expect(read(`wpa-pwd:${'x'.repeat(64)}`)).to.equal('passphrase: expected 8 to 63 characters, found 64');
    expect(read('wpa-pwd:123%004567')).to.equal(
      'passphrase: expected printable ASCII characters, found something else as character 4',
    );
    expect(read(`wpa-pwd:12345678:${'s'.repeat(33)}`)).to.equal('SSID: expected at most 32 octets, found 33');
    expect(read('wpa-pwd:1234567%3:net')).to.equal(
      'passphrase: expected two hex digits after the % at character 8; a % itself is %25',
    );
    expect(read('wpa-pwd:12345678:a:b')).to.equal(
      'expected a passphrase and at most an SSID behind it, found more colons; a colon inside of either is %3a',
    );
    expect(read('wpa-psk:00')).to.equal('wpa-psk: expected 64 hex digits, found 2 characters');
    expect(read(`wpa-psk:${'g'.repeat(64)}`)).to.equal('wpa-psk: expected 64 hex digits, found other characters among them');
    expect(read('tk:0011')).to.equal('tk: expected 32 or 64 hex digits, found 4 characters');
    expect(read('wep:0102030405')).to.contain('it is not used');
    for (const other of ['hunter22', 'hunter:22', ':x', '', 'constructor:x', '__proto__:x']) {
      expect(read(other)).to.equal('expected wpa-pwd:, wpa-psk:, pmk:, msk: or tk: and a key, found no such beginning');
    }
  });

  it('is never quoted in what is said about it', () => {
    const kinds = fc.constantFrom('wpa-pwd', 'wpa-psk', 'pmk', 'tk', 'msk', 'wep', 'other');
    const keys = fc.string({ unit: fc.constantFrom('Q', 'Z', 'Ω', '%', ':', '!'), minLength: 4, maxLength: 80 });
    fc.assert(
      fc.property(kinds, keys, (kind, key) => {
        const result = readCredential(`${kind}:${key}`);
        if (result._tag === 'Left') expect(result.left).to.not.match(/[QZΩ!]/);
        else expect(JSON.stringify(result.right)).to.not.match(/[QZΩ!]/);
      }),
    );
  });
});
