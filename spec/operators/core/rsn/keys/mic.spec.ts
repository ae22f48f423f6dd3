import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { keyMic } from '../../../../../operators/core/rsn/keys/mic.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { akmNamed } from './suites.js';

const packet = hex('0203005f02 030a0010');
const kckOf = (octets: number): Uint8Array => Uint8Array.from({ length: octets }, (_, i) => i + 1);

const mic = (name: Parameters<typeof akmNamed>[0], version: number, pmkLength = 32): string | undefined => {
  const parameters = parametersOf(akmNamed(name), pmkLength);
  const octets = keyMic(nodeCrypto, parameters, version, kckOf(parameters.kck), packet);
  return octets && toHex(octets);
};
const hmac = (hash: string, kck: number, octets: number): string =>
  createHmac(hash, kckOf(kck))
    .update(packet)
    .digest('hex')
    .slice(0, 2 * octets);

describe('keyMic', () => {
  it('follows the key descriptor version where the suite leaves it open (IEEE 802.11-2020 12.7.2)', () => {
    for (const name of ['PSK', 'IEEE_802_1X', 'WPA_PSK', 'WPA_802_1X'] as const) {
      expect(mic(name, 1)).to.equal(hmac('md5', 16, 16));
      expect(mic(name, 2)).to.equal(hmac('sha1', 16, 16));
      expect(mic(name, 3)).to.equal(toHex(nodeCrypto.aesCmac(kckOf(16), packet)));
    }
  });

  it('is AES-128-CMAC with version 3 and with SAE', () => {
    const expected = toHex(nodeCrypto.aesCmac(kckOf(16), packet));
    for (const name of ['FT_PSK', 'FT_802_1X', 'PSK_SHA256', 'IEEE_802_1X_SHA256'] as const) {
      expect(mic(name, 3)).to.equal(expected);
    }
    for (const name of ['SAE', 'FT_SAE'] as const) expect(mic(name, 0)).to.equal(expected);
  });

  it('is a truncated HMAC with the suites that define their own', () => {
    expect(mic('SUITE_B', 0)).to.equal(hmac('sha256', 16, 16));
    for (const name of ['SUITE_B_192', 'FT_802_1X_SHA384', 'IEEE_802_1X_SHA384', 'PSK_SHA384', 'FT_PSK_SHA384'] as const) {
      expect(mic(name, 0, 48)).to.equal(hmac('sha384', 24, 24));
    }
    for (const name of ['OWE', 'SAE_EXT_KEY', 'FT_SAE_EXT_KEY'] as const) {
      expect(mic(name, 0, 32)).to.equal(hmac('sha256', 16, 16));
      expect(mic(name, 0, 48)).to.equal(hmac('sha384', 24, 24));
      expect(mic(name, 0, 64)).to.equal(hmac('sha512', 32, 32));
    }
  });

  it('there is none with FILS', () => {
    expect(mic('FILS_SHA256', 0)).to.equal(undefined);
    expect(mic('FT_FILS_SHA384', 0, 48)).to.equal(undefined);
  });

  it('no frame talks a suite into another algorithm than its own', () => {
    for (const akm of akms) {
      const parameters = parametersOf(akm, akm.pmkLengths[0] ?? 0);
      const due = parameters.descriptorVersion === 'byCipher' ? [1, 2, 3] : [parameters.descriptorVersion];
      for (const version of [0, 1, 2, 3, 4, 7].filter((other) => !due.includes(other))) {
        expect(keyMic(nodeCrypto, parameters, version, kckOf(parameters.kck), packet), `${akm.name} ${version}`).to.equal(
          undefined,
        );
      }
    }
  });

  it('refuses a KCK of another length', () => {
    const parameters = parametersOf(akmNamed('PSK'), 32);
    for (const octets of [0, 15, 17, 24]) {
      expect(keyMic(nodeCrypto, parameters, 2, kckOf(octets), packet)).to.equal(undefined);
    }
  });
});
