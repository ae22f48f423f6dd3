import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/nodeCrypto.js';
import { parametersOf } from '../../../../../operators/core/rsn/akm.js';
import { ftMic } from '../../../../../operators/core/rsn/ft/ftMic.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { akmNamed } from '../keys/suites.js';

/** The reassociation request of wpa_supplicant 2.10 between two access points of hostapd 2.10. */
const request = {
  addresses: { authenticator: hex('020000000000'), supplicant: hex('020000000200') },
  transaction: 5,
  elements: {
    rsne: hex('3026 0100 000fac04 0100 000fac04 0100 000fac04 0000 0100 8120de55f538faac71d29c4b0bf1cd54'),
    mobilityDomain: hex('3603 a1b200'),
    fastTransition: hex(`3763 0003 ffffffffffffffffffffffffffffffff
      406a79f8583498d5b3f610053cf88530635b4dc46cded61ecb00b7ff55919ba6
      2fff35eb46c5428c4b1fcc3ad0a5bfa2217f167cf668425193a5cb73c6b25426 0106 020000000000 0307 6170312e6c6162`),
    resources: hex('3904 01000000'),
    rsnxe: hex('f401 20'),
  },
};

/** 13.8.4 by hand: STA, AP, sequence number, RSNE, MDE, FTE without its MIC, RIC, RSNXE. */
const message = (micLength: number): Uint8Array => {
  const { rsne, mobilityDomain, fastTransition, resources, rsnxe } = request.elements;
  const fte = Uint8Array.of(
    ...fastTransition.subarray(0, 4),
    ...new Uint8Array(micLength),
    ...fastTransition.subarray(4 + micLength),
  );
  const elements = [rsne, mobilityDomain, fte, resources, rsnxe].flatMap((element) => [...element]);
  return Uint8Array.of(...hex('020000000200 020000000000 05'), ...elements);
};

const mic = (name: Parameters<typeof akmNamed>[0], pmkLength: number, kck: Uint8Array): string =>
  toHex(ftMic(nodeCrypto, parametersOf(akmNamed(name), pmkLength), kck, request));
const hmac = (hash: string, kck: Uint8Array): string =>
  createHmac(hash, kck)
    .update(message(kck.length))
    .digest('hex')
    .slice(0, 2 * kck.length);
const kckOf = (octets: number): Uint8Array => Uint8Array.from({ length: octets }, (_, i) => 11 * i);

describe('the MIC of a Fast BSS Transition element', () => {
  it('is AES-128-CMAC with SHA-256 (IEEE 802.11-2020 13.8.4)', () => {
    const expected = toHex(nodeCrypto.aesCmac(kckOf(16), message(16)));
    for (const name of ['FT_PSK', 'FT_802_1X', 'FT_SAE', 'FT_FILS_SHA256'] as const) {
      expect(mic(name, 32, kckOf(16)), name).to.equal(expected);
    }
  });

  it('is HMAC-SHA-384 cut to its key with SHA-384', () => {
    for (const name of ['FT_802_1X_SHA384', 'FT_802_1X_SHA384_UNRESTRICTED', 'FT_PSK_SHA384', 'FT_FILS_SHA384'] as const) {
      expect(mic(name, 48, kckOf(24)), name).to.equal(hmac('sha384', kckOf(24)));
    }
  });

  it('is an HMAC by the group with FT-SAE-EXT-KEY', () => {
    expect(mic('FT_SAE_EXT_KEY', 32, kckOf(16))).to.equal(hmac('sha256', kckOf(16)));
    expect(mic('FT_SAE_EXT_KEY', 48, kckOf(24))).to.equal(hmac('sha384', kckOf(24)));
    expect(mic('FT_SAE_EXT_KEY', 64, kckOf(32))).to.equal(hmac('sha512', kckOf(32)));
  });

  it('leaves the elements as they were', () => {
    const before = toHex(request.elements.fastTransition);
    mic('FT_PSK', 32, kckOf(16));
    expect(toHex(request.elements.fastTransition)).to.equal(before);
  });
});
