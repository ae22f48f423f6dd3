import { fromHex, type MacAddress } from '../../../../streams/events/index.js';
import { CipherSuite } from '../../../../streams/frames/index.js';
import type { Wiphy } from '../../nl80211/Wiphy.js';
import type { RadioStation } from '../stepRadio.js';

const { CCMP, BIP_CMAC_128 } = CipherSuite.codes;

const octets = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** A network that is none, and whoever meets there: all of it is made up, and its keys open nothing. */
export const STAGE = {
  station: { index: 1, name: 'rehearsal', address: '02:00:00:00:00:02' as MacAddress } satisfies RadioStation,
  accessPoint: '02:00:00:00:00:01' as MacAddress,
  ssid: text('rehearsal'),
  /** A PMK in hexadecimal digits: nothing is stretched. */
  passphrase: text('e5c8f6241e50d5891ff7e8bf7ffc4b072072e343085fb00cb8aa997e7c888029'),
  /** What the station draws: messages 3 are made for this nonce. */
  stationNonce: octets('fe56cbb4af788f4786483f44c70b4f6907366da4bb13b3610db799e00594f683'),
} as const;

/** The access point's half of a handshake. */
export interface Exchange {
  /** The elements of its beacon: its name, and its RSN element. */
  readonly beacon: Uint8Array;
  readonly message1: Uint8Array;
  readonly message3: Uint8Array;
}

const NAME = '000972656865617273616c';
const NONCE = 'ed4b3e9554cd3a72e8c101988043dd10f967dbf252f0dee6cb580651b194580e';
/** IV, receive counter and a reserved field. */
const ZEROS = '00'.repeat(32);

/** A passphrase with SHA-1, as most networks have it. */
const sha1: Exchange = {
  beacon: octets(`${NAME}30140100000fac040100000fac040100000fac020000`),
  message1: octets(`0203005f02008a00100000000000000001${NONCE}${ZEROS}${'00'.repeat(18)}`),
  message3: octets(
    `020300970213ca00100000000000000002${NONCE}${ZEROS}5c66fdc90849d1269296d506340a21d30038605414ccee48784bcf03b0518e23c280e3d6fcda070140eee9f551abc3338519ae5ffb94fe4da77ea59f2fcd17390ceaa712611ddeab411d`,
  ),
};

/** With SHA-256, AES-CMAC and protected management frames. */
const sha256: Exchange = {
  beacon: octets(`${NAME}30140100000fac040100000fac040100000fac06c000`),
  message1: octets(`0203005f02008b00100000000000000001${NONCE}${ZEROS}${'00'.repeat(18)}`),
  message3: octets(
    `020300b70213cb00100000000000000002${NONCE}${ZEROS}15a57735d671acd79460a16692961c0b005819a00db8de4d9f8062108fc5191b5a935cd979b6d5d9478a938128cc0e965116871ccfc2eb0317b53fe0c880b8c9e67dd13485937f241715e2ca15f9a5f9183376ffce8b449a52d1e8e27473352a4d05cd51386b2bb33424`,
  ),
};

export const EXCHANGES: readonly [Exchange, Exchange] = [sha1, sha256];

/** A radio that can do what the rehearsal takes. */
export const REHEARSAL_WIPHY: Wiphy = {
  ...{ index: 0, name: 'rehearsal', ciphers: [CCMP, BIP_CMAC_128], connects: true, protectsManagement: true },
  ...{ sae: { byFrames: false, byRequest: false, inFirmware: false }, handshakeInFirmware: { psk: false, oneX: false } },
  ...{ fastTransition: false, fils: false, multiLink: false, controlPort: true, controlPortStatus: true, extendedKeyId: false },
  ...{ replacesPairwiseKeys: true, beaconProtection: false, channelValidation: false, rekeyOffload: false, channels: [] },
};
