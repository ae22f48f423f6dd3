import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { akms, parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { filsPmkid, owePmkid, pmkid, saePmkid } from '../../../../../operators/core/rsn/keys/pmkid.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { akmNamed } from './suites.js';

const addresses = { authenticator: hex('a0a1a1a3a4a5'), supplicant: hex('b0b1b2b3b4b5') };
const shown = (bytes: Uint8Array | undefined): string | undefined => bytes && toHex(bytes);

/** Truncate-128(HMAC-Hash(key, "PMK Name" ‖ AA ‖ SPA)). */
const named = (hash: string, key: Uint8Array): string =>
  createHmac(hash, key)
    .update('PMK Name')
    .update(addresses.authenticator)
    .update(addresses.supplicant)
    .digest('hex')
    .slice(0, 32);

describe('the name of a PMK', () => {
  it('is an HMAC under the PMK with the hash of the suite (IEEE 802.11-2020 12.7.1.3)', () => {
    const hashed = akms.filter(({ protocol, source }) => protocol === 'rsn' && source !== 'sae' && source !== 'owe');
    for (const akm of hashed.filter(({ name }) => !name.startsWith('Suite-B'))) {
      const pmk = new Uint8Array(akm.pmkLengths[0] ?? 0).fill(0x5a);
      const expected = named(parametersOf(akm, pmk.length).hash, pmk);
      expect(shown(pmkid(nodeCrypto, akm, { pmk, addresses })), akm.name).to.equal(expected);
    }
  });

  it('names a PMK of WPA2 as another supplicant does', () => {
    // hashcat.net, mode 22000: the example PMKID of that mode, passphrase "hashcat!".
    const pmk = nodeCrypto.pbkdf2('sha1', new TextEncoder().encode('hashcat!'), hex('686173686361742d6573736964'), 4096, 32);
    const between = { authenticator: hex('fc690c158264'), supplicant: hex('f4747f87f9f4') };
    const name = pmkid(nodeCrypto, akmNamed('PSK'), { pmk, addresses: between });
    expect(shown(name)).to.equal('4d4fe7aac3a2cecab195321ceb99a7d0');
  });

  it('is an HMAC under the KCK with the two suites of Suite B, and unknown before there is one', () => {
    const kck = new Uint8Array(24).fill(3);
    for (const [name, hash] of [
      ['SUITE_B', 'sha256'],
      ['SUITE_B_192', 'sha384'],
    ] as const) {
      const pmk = new Uint8Array(48);
      expect(shown(pmkid(nodeCrypto, akmNamed(name), { pmk, addresses, kck }))).to.equal(named(hash, kck));
      expect(pmkid(nodeCrypto, akmNamed(name), { pmk, addresses })).to.equal(undefined);
    }
  });

  it('there is none with WPA1, and none of this kind with SAE and OWE', () => {
    for (const name of ['WPA_PSK', 'WPA_802_1X', 'SAE', 'FT_SAE', 'SAE_EXT_KEY', 'FT_SAE_EXT_KEY', 'OWE'] as const) {
      expect(pmkid(nodeCrypto, akmNamed(name), { pmk: new Uint8Array(32), addresses }), name).to.equal(undefined);
    }
  });

  it('is with SAE the beginning of the sum of the scalars: the example of IEEE 802.11-2020 J.10', () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const own = 0x2e2c0f0db52440ad146d967114ce005ce1eab0aa2c2e5c2871b774f6c2575c65n;
    const peers = 0x591b96f3397fb945100848e7b550543b6720d88337ee93fc49fd6df7e08b5223n;
    const sum = hex(((own + peers) % order).toString(16).padStart(64, '0'));
    expect(shown(saePmkid(sum))).to.equal('8747a600eea3f9f22475df58ca1e5498');
  });

  it('is with OWE a hash of both public keys, the client first (RFC 8110 4.4)', () => {
    const [client, accessPoint] = [hex('0102'), hex('0304')];
    expect(shown(owePmkid(nodeCrypto, 'sha256', client, accessPoint))).to.equal('9f64a747e1b97f131fabb6b447296c9b');
    expect(shown(owePmkid(nodeCrypto, 'sha512', client, accessPoint))).to.equal('a7c976db1723adb41274178dc82e9b77');
  });

  it('is after a FILS re-authentication a hash of the first EAP packet', () => {
    const packet = hex('01020304');
    expect(shown(filsPmkid(nodeCrypto, akmNamed('FILS_SHA256'), packet))).to.equal('9f64a747e1b97f131fabb6b447296c9b');
    expect(shown(filsPmkid(nodeCrypto, akmNamed('FT_FILS_SHA384'), packet))).to.equal('5a667d62430a8c253ebae433333904dc');
  });
});
