import type { Bss } from '../../../../adapters/linux/nl80211/Bss.js';
import { fromHex, type MacAddress } from '../../../../streams/events/index.js';

export const octets = (hex: string): Uint8Array => fromHex(hex.replace(/\s/g, '')) ?? new Uint8Array(0);

/** The RSN element of a WPA2 network with a passphrase. */
export const PSK_RSNE = octets('3014 0100 000fac04 0100 000fac04 0100 000fac02 0000');

const SSID = '0003 6c6162';

/** An access point of hostapd's, but for the RSN element. */
export const accessPoint = (rsne: Uint8Array | undefined, changes: Partial<Bss> = {}): Bss => ({
  bssid: '02:00:00:00:00:00' as MacAddress,
  frequency: 2412,
  signal: -3000,
  seenMsAgo: 10,
  ssid: octets('6c6162'),
  capabilities: rsne === undefined ? 0x0401 : 0x0411,
  beaconInterval: 100,
  timestamp: octets('6b94851acd600600'),
  elements: Uint8Array.of(...octets(`${SSID} 0108 82848b960c121824 0301 01`), ...(rsne ?? [])),
  isOurs: false,
  ...changes,
});

export const PSK_BEACON = accessPoint(PSK_RSNE);
