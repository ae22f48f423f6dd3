import { expect } from 'chai';
import { assert, integer, property, uint8Array } from 'fast-check';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import { passphraseToPmk } from '../../../../../operators/core/rsn/keys/psk.js';
import { toHex } from '../../../../../streams/events/index.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const ssid = ascii('IEEE');

/** To see what is accepted needs no 4096 iterations. */
const quick: Crypto = { ...nodeCrypto, pbkdf2: (_hash, _password, _salt, _iterations, octets) => new Uint8Array(octets) };

const pmkOf = (passphrase: string, network: Uint8Array = ssid): string | undefined => {
  const pmk = passphraseToPmk(nodeCrypto, ascii(passphrase), network);
  return pmk && toHex(pmk);
};

describe('passphraseToPmk', () => {
  it('gives the three PMKs of the standard (IEEE 802.11-2020 J.4.2)', () => {
    expect(pmkOf('password')).to.equal('f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e');
    expect(pmkOf('ThisIsAPassword', ascii('ThisIsASSID'))).to.equal(
      '0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af',
    );
    expect(pmkOf('a'.repeat(32), ascii('Z'.repeat(32)))).to.equal(
      'becb93866bb8c3832cb777c2f559807c8c59afcb6eae734885001300a981cc62',
    );
  });

  it('takes 64 hex digits, of either case, for the PMK itself', () => {
    expect(pmkOf('0dC0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721AF')).to.equal(
      '0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af',
    );
  });

  it('refuses 64 octets that are not all hex digits, since a passphrase has 63 at most', () => {
    expect(pmkOf('g'.repeat(64))).to.equal(undefined);
    expect(pmkOf(`${'0'.repeat(63)} `)).to.equal(undefined);
    expect(pmkOf(`${'0'.repeat(62)}0x`)).to.equal(undefined);
    expect(passphraseToPmk(nodeCrypto, new Uint8Array(64).fill(0xb0), ssid)).to.equal(undefined);
  });

  it('takes 8 to 63 printable characters', () => {
    const length = integer({ min: 0, max: 80 });
    const lengths = property(length, (octets) => {
      const accepted = passphraseToPmk(quick, new Uint8Array(octets).fill(0x61), ssid) !== undefined;
      expect(accepted).to.equal((octets >= 8 && octets <= 63) || octets === 64);
    });
    assert(lengths);
    for (const octet of [0x00, 0x0a, 0x1f, 0x7f, 0x80, 0xc3, 0xff]) {
      expect(passphraseToPmk(quick, Uint8Array.of(...ascii('password'), octet), ssid), String(octet)).to.equal(undefined);
    }
    for (const octet of [0x20, 0x7e]) {
      expect(passphraseToPmk(quick, new Uint8Array(8).fill(octet), ssid)).to.not.equal(undefined);
    }
  });

  it('takes an SSID of 0 to 32 octets, whichever they are', () => {
    const ssids = property(uint8Array({ maxLength: 40 }), (network) => {
      expect(passphraseToPmk(quick, ascii('password'), network) !== undefined).to.equal(network.length <= 32);
    });
    assert(ssids);
    expect(pmkOf('0'.repeat(64), new Uint8Array(33))).to.equal(undefined);
  });
});
