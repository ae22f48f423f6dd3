import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { bulkCrypto, nodeCrypto } from '../../../../../adapters/crypto/index.js';
import type { Crypto } from '../../../../../operators/core/crypto/index.js';
import {
  filsKeyAuth,
  filsKeys,
  filsPmk,
  openFilsResponse,
  sealFilsRequest,
  zeroiseFilsKeys,
} from '../../../../../operators/core/rsn/keys/fils.js';
import { filsPmkid } from '../../../../../operators/core/rsn/keys/pmkid.js';
import { type Secret, toHex } from '../../../../../streams/events/index.js';
import type { AkmSuite, CipherSuite } from '../../../../../streams/frames/index.js';
import { akmNamed, cipherNamed } from './suites.js';

interface Vector {
  readonly akm: keyof typeof AkmSuite.codes;
  readonly cipher: keyof typeof CipherSuite.codes;
  readonly way: 'plain' | 'reauthentication, Diffie-Hellman' | 'cached, Diffie-Hellman';
  readonly pmk: string;
  readonly pmkid: string;
  readonly ick: string;
  readonly kek: string;
  readonly tk: string;
  readonly filsFt?: string;
  /** KeyAuth. */
  readonly request: string;
  readonly response: string;
  readonly sealedRequest: string;
  readonly sealedResponse: string;
}

/**
 * What the code of hostap (of October 2025: `fils_rmsk_to_pmk`, `fils_pmkid_erp`, `fils_pmk_to_ptk`, `fils_key_auth_sk`,
 * `aes_siv_encrypt` with its own SHA-2 and AES) makes of the octets below. No other vectors of these derivations were found.
 */
const vectors: ReadonlyArray<Vector> = JSON.parse(readFileSync(new URL('filsVectors.json', import.meta.url), 'utf8'));

/** Octets that count up by 7. */
const counting = (octets: number, first: number): Uint8Array => Uint8Array.from({ length: octets }, (_, at) => first + 7 * at);

const rMsk = counting(64, 1);
const nonces = { supplicant: counting(16, 0x11), authenticator: counting(16, 0x22) };
const addresses = { supplicant: counting(6, 2), authenticator: counting(6, 0x42) };
const shares = { supplicant: counting(64, 0x55), authenticator: counting(64, 0x66) };
const sharedSecret = counting(32, 0x33);
const reauthentication = counting(40, 0x77);
const [plain, clear] = [counting(50, 0x88), counting(30, 0x99)];

const shown = (secret: Secret | undefined): string | undefined => secret && toHex(secret.reveal());

const derived = (crypto: Crypto, { akm: name, cipher, way }: Vector) => {
  const akm = akmNamed(name);
  const pmk = filsPmk(crypto, akm, rMsk, { nonces, ...(way.startsWith('reauth') && { sharedSecret }) });
  const handshake = { addresses, nonces };
  const row = cipherNamed(cipher);
  const keys = filsKeys(crypto, akm, row, pmk.reveal(), { ...handshake, ...(way.startsWith('cached') && { sharedSecret }) });
  const proofs = filsKeyAuth(crypto, akm, keys.ick, handshake, ...(way === 'plain' ? [] : [shares]));
  return { akm, pmk, keys, proofs, sealing: { ...handshake, kek: keys.ptk.kek } };
};

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));

for (const [name, crypto] of Object.entries({ nodeCrypto, bulkCrypto })) {
  describe(`FILS keys, with ${name}`, () => {
    for (const vector of vectors) {
      it(`${vector.akm}, ${vector.cipher}, ${vector.way}: those of hostap`, () => {
        const { akm, pmk, keys, proofs, sealing } = derived(crypto, vector);
        const { ick, ptk, filsFt } = keys;
        const found = {
          ...{ akm: vector.akm, cipher: vector.cipher, way: vector.way },
          ...{ pmk: shown(pmk), pmkid: toHex(filsPmkid(crypto, akm, reauthentication)) },
          ...{ ick: shown(ick), kek: shown(ptk.kek), tk: shown(ptk.tk), ...(filsFt && { filsFt: shown(filsFt) }) },
          ...{ request: shown(proofs.request), response: shown(proofs.response) },
          sealedRequest: toHex(sealFilsRequest(crypto, sealing, clear, plain) ?? clear),
          sealedResponse: vector.sealedResponse,
        };
        expect(found).to.deep.equal(vector);
        expect(toHex(openFilsResponse(crypto, sealing, clear, hex(vector.sealedResponse)) ?? clear)).to.equal(toHex(plain));
        expect(ptk.kck).to.have.length(0);
      });
    }
  });
}

describe('FILS keys', () => {
  const [vector] = vectors;

  it('an octet of a response, of what is not encrypted or of who sent it is another: it does not open', () => {
    if (vector === undefined) throw new Error('there are vectors');
    const { sealing } = derived(nodeCrypto, vector);
    const sealed = hex(vector.sealedResponse);
    const flipped = (octets: Uint8Array, at: number) => octets.with(at, (octets[at] ?? 0) ^ 1);
    for (let at = 0; at < sealed.length; at++)
      expect(openFilsResponse(nodeCrypto, sealing, clear, flipped(sealed, at))).to.equal(undefined);
    for (let at = 0; at < clear.length; at++)
      expect(openFilsResponse(nodeCrypto, sealing, flipped(clear, at), sealed)).to.equal(undefined);
    const turned = { ...sealing, addresses: { supplicant: addresses.authenticator, authenticator: addresses.supplicant } };
    const swapped = { ...sealing, nonces: { supplicant: nonces.authenticator, authenticator: nonces.supplicant } };
    for (const other of [turned, swapped]) expect(openFilsResponse(nodeCrypto, other, clear, sealed)).to.equal(undefined);
    expect(openFilsResponse(nodeCrypto, sealing, clear, new Uint8Array(15))).to.equal(undefined);
  });

  it('a PMK of before gives other keys with every shared secret', () => {
    const akm = akmNamed('FILS_SHA256');
    const keysOf = (octets: number) =>
      filsKeys(nodeCrypto, akm, cipherNamed('CCMP'), rMsk.subarray(0, 32), {
        addresses,
        nonces,
        sharedSecret: counting(octets, 9),
      });
    const tks = [0, 32, 48, 66].map((octets) => shown(keysOf(octets).ptk.tk));
    expect(new Set(tks).size).to.equal(4);
  });

  it('all of them are destroyed together', () => {
    if (vector === undefined) throw new Error('there are vectors');
    const { keys } = derived(nodeCrypto, { ...vector, akm: 'FT_FILS_SHA384' });
    zeroiseFilsKeys(keys);
    for (const secret of [keys.ick, keys.ptk.kek, keys.ptk.tk, keys.filsFt]) expect(shown(secret)).to.match(/^(?:00)+$/);
  });
});
