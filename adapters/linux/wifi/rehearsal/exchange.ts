import { fromHex, type MacAddress } from '../../../../streams/events/index.js';
import { CipherSuite } from '../../../../streams/frames/index.js';
import type { Wiphy } from '../../nl80211/Wiphy.js';
import type { RadioStation } from '../stepRadio.js';

const octets = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** A handshake of WPA2 that never was on the air: all of it is made up, and its keys open nothing. */
export const EXCHANGE = {
  station: { index: 1, name: 'rehearsal', address: '02:00:00:00:00:02' as MacAddress } satisfies RadioStation,
  accessPoint: '02:00:00:00:00:01' as MacAddress,
  ssid: text('rehearsal'),
  /** A PMK in hexadecimal digits: nothing is stretched. */
  passphrase: text('e5c8f6241e50d5891ff7e8bf7ffc4b072072e343085fb00cb8aa997e7c888029'),
  /** What the station draws: message 3 is made for this nonce. */
  stationNonce: octets('fe56cbb4af788f4786483f44c70b4f6907366da4bb13b3610db799e00594f683'),
  /** The name, and an RSN element for PSK with CCMP. */
  beacon: octets('000972656865617273616c30140100000fac040100000fac040100000fac020000'),
  message1: octets(
    `0203005f02008a00100000000000000001ed4b3e9554cd3a72e8c101988043dd10f967dbf252f0dee6cb580651b194580e${'00'.repeat(50)}`,
  ),
  message3: octets(
    `020300970213ca00100000000000000002ed4b3e9554cd3a72e8c101988043dd10f967dbf252f0dee6cb580651b194580e${'00'.repeat(32)}5c66fdc90849d1269296d506340a21d30038605414ccee48784bcf03b0518e23c280e3d6fcda070140eee9f551abc3338519ae5ffb94fe4da77ea59f2fcd17390ceaa712611ddeab411d`,
  ),
} as const;

/** A radio that can do what the rehearsal takes. */
export const REHEARSAL_WIPHY: Wiphy = {
  ...{ index: 0, name: 'rehearsal', ciphers: [CipherSuite.codes.CCMP], connects: true, protectsManagement: false },
  ...{ sae: { byFrames: false, byRequest: false, inFirmware: false }, handshakeInFirmware: { psk: false, oneX: false } },
  ...{ fastTransition: false, fils: false, multiLink: false, controlPort: true, controlPortStatus: true, extendedKeyId: false },
  ...{ replacesPairwiseKeys: true, beaconProtection: false, channelValidation: false, rekeyOffload: false },
};
