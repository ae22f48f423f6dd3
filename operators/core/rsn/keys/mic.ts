import { copyBytes } from '../../../../streams/events/index.js';
import type { Crypto } from '../../crypto/index.js';
import type { AkmParameters } from '../akm.js';

type MicFunction = (crypto: Crypto, kck: Uint8Array, packet: Uint8Array) => Uint8Array;

const hmacMd5: MicFunction = (crypto, kck, packet) => crypto.hmac('md5', kck, packet);
const hmacSha1: MicFunction = (crypto, kck, packet) => crypto.hmac('sha1', kck, packet);
const aesCmac: MicFunction = (crypto, kck, packet) => crypto.aesCmac(kck, packet);

/** IEEE 802.11-2020 12.7.2, Key Descriptor Version. Version 3 where 2 is due is what some access points send. */
const byVersion: ReadonlyArray<MicFunction | undefined> = [undefined, hmacMd5, hmacSha1, aesCmac];

const byAlgorithm: Readonly<Record<Exclude<AkmParameters['micAlgorithm'], 'byVersion'>, MicFunction | undefined>> = {
  aesCmac,
  hmacSha256: (crypto, kck, packet) => crypto.hmac('sha256', kck, packet),
  hmacSha384: (crypto, kck, packet) => crypto.hmac('sha384', kck, packet),
  hmacSha512: (crypto, kck, packet) => crypto.hmac('sha512', kck, packet),
  none: undefined,
};

const micFunction = ({ micAlgorithm, descriptorVersion }: AkmParameters, version: number): MicFunction | undefined => {
  if (micAlgorithm === 'byVersion') return byVersion[version];
  return version === descriptorVersion ? byAlgorithm[micAlgorithm] : undefined;
};

/** The code whose first octets are the MIC: whoever puts them elsewhere has no use for a copy of their own. */
export const keyCode = (
  crypto: Crypto,
  parameters: AkmParameters,
  descriptorVersion: number,
  kck: Uint8Array,
  zeroedPacket: Uint8Array,
): Uint8Array | undefined => {
  const mic = micFunction(parameters, descriptorVersion);
  return kck.length === parameters.kck ? mic?.(crypto, kck, zeroedPacket) : undefined;
};

/** Puts the MIC where it belongs. */
export const putMic = (code: Uint8Array, into: Uint8Array, at: number, octets: number): void => {
  for (let i = 0; i < octets; i++) into[at + i] = code[i] ?? 0;
};

/**
 * The MIC of an EAPOL-Key packet whose MIC field is zero. `undefined` where there is none: a suite that authenticates by other
 * means, a KCK of the wrong length, or a version the suite does not know, since a frame does not choose its own protection.
 *
 * @since 0.2.0
 */
export const keyMic = (
  crypto: Crypto,
  parameters: AkmParameters,
  descriptorVersion: number,
  kck: Uint8Array,
  zeroedPacket: Uint8Array,
): Uint8Array | undefined => {
  const code = keyCode(crypto, parameters, descriptorVersion, kck, zeroedPacket);
  return code && copyBytes(code, 0, parameters.mic);
};
