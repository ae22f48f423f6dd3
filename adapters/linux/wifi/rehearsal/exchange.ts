import { type Akm, akmOf } from '../../../../operators/core/index.js';
import { fromHex, type MacAddress } from '../../../../streams/events/index.js';
import { AkmSuite, CipherSuite } from '../../../../streams/frames/index.js';
import type { Wiphy } from '../../nl80211/Wiphy.js';
import type { RadioStation } from '../stepRadio.js';

const { CCMP, BIP_CMAC_128 } = CipherSuite.codes;

const octets = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

const PMK = 'e5c8f6241e50d5891ff7e8bf7ffc4b072072e343085fb00cb8aa997e7c888029';

/** A network that is none, and whoever meets there: all of it is made up, and its keys open nothing. */
export const STAGE = {
  station: { index: 1, name: 'rehearsal', address: '02:00:00:00:00:02' as MacAddress } satisfies RadioStation,
  accessPoint: '02:00:00:00:00:01' as MacAddress,
  ssid: text('rehearsal'),
  pmk: octets(PMK),
  /** A PMK in hexadecimal digits: nothing is stretched. */
  passphrase: text(PMK),
  /** What the station draws. */
  stationNonce: octets('fe56cbb4af788f4786483f44c70b4f6907366da4bb13b3610db799e00594f683'),
} as const;

/** A kind of network. */
export interface Exchange {
  /** The elements of its beacon: its name, and its RSN element. */
  readonly beacon: Uint8Array;
  readonly akm: Akm | undefined;
  /** How its messages are protected (IEEE 802.11-2020 12.7.2). */
  readonly descriptorVersion: number;
  /** What message 3 brings, as it is before it is wrapped: the RSN element and the keys of the group, and what fills it up. */
  readonly keyData: Uint8Array;
  /** Message 1 overtakes the news of the association. */
  readonly isEarly: boolean;
}

const NAME = '000972656865617273616c';
const WITH_SHA1 = '30140100000fac040100000fac040100000fac020000';
const WITH_SHA256 = '30140100000fac040100000fac040100000fac06c000';
const GROUP_KEY = `dd16000fac010100${'5a'.repeat(16)}`;
/** For management frames: number 4, and a counter of zero. */
const MANAGEMENT_KEY = `dd1c000fac090400${'00'.repeat(6)}${'a5'.repeat(16)}`;
const { PSK, PSK_SHA256 } = AkmSuite.codes;

/** A passphrase with SHA-1, as most networks have it. */
const sha1: Exchange = {
  ...{ beacon: octets(`${NAME}${WITH_SHA1}`), akm: akmOf(PSK), descriptorVersion: 2, isEarly: true },
  keyData: octets(`${WITH_SHA1}${GROUP_KEY}dd00`),
};

/** With SHA-256, AES-CMAC and protected management frames. */
const sha256: Exchange = {
  ...{ beacon: octets(`${NAME}${WITH_SHA256}`), akm: akmOf(PSK_SHA256), descriptorVersion: 3, isEarly: false },
  keyData: octets(`${WITH_SHA256}${GROUP_KEY}${MANAGEMENT_KEY}dd000000`),
};

export const EXCHANGES: readonly [Exchange, Exchange] = [sha1, sha256];

/** A radio that can do what the rehearsal takes. */
export const REHEARSAL_WIPHY: Wiphy = {
  ...{ index: 0, name: 'rehearsal', ciphers: [CCMP, BIP_CMAC_128], connects: true, protectsManagement: true },
  ...{ sae: { byFrames: false, byRequest: false, inFirmware: false }, handshakeInFirmware: { psk: false, oneX: false } },
  ...{ fastTransition: false, fils: false, multiLink: false, controlPort: true, controlPortStatus: true, extendedKeyId: false },
  ...{ replacesPairwiseKeys: true, beaconProtection: false, channelValidation: false, rekeyOffload: false, channels: [] },
};
