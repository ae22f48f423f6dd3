import { Cipher } from '../../../streams/events/index.js';
import { CipherSuite } from '../../../streams/frames/index.js';

/**
 * A cipher keys are made for.
 *
 * @since 0.2.0
 */
export interface CipherRow {
  readonly selector: number;
  /** The `Cipher` code Windows has for it. */
  readonly windows: number;
  readonly name: string;
  /** Octets of a TK, or of a group key. TKIP has 32: the temporal key and two Michael keys (R125). */
  readonly keyLength: number;
  readonly form: 'ccmp' | 'gcmp' | 'bip' | 'tkip';
  /** Whether it protects data frames, or group addressed management frames. */
  readonly role: 'data' | 'management';
}

const row = (
  suite: keyof typeof CipherSuite.codes,
  windows: keyof typeof Cipher.codes,
  name: string,
  keyLength: number,
  form: CipherRow['form'],
): CipherRow => ({
  selector: CipherSuite.codes[suite],
  windows: Cipher.codes[windows],
  name,
  keyLength,
  form,
  role: form === 'bip' ? 'management' : 'data',
});

/** IEEE 802.11-2020 Table 9-149 and 12.7.2 Table 12-7. The two of WPA1 come last: a code of Windows names the RSN one. */
export const ciphers: ReadonlyArray<CipherRow> = [
  row('TKIP', 'TKIP', 'TKIP', 32, 'tkip'),
  row('CCMP', 'CCMP', 'CCMP-128', 16, 'ccmp'),
  row('CCMP_256', 'CCMP_256', 'CCMP-256', 32, 'ccmp'),
  row('GCMP', 'GCMP', 'GCMP-128', 16, 'gcmp'),
  row('GCMP_256', 'GCMP_256', 'GCMP-256', 32, 'gcmp'),
  row('BIP_CMAC_128', 'BIP', 'BIP-CMAC-128', 16, 'bip'),
  row('BIP_CMAC_256', 'BIP_CMAC_256', 'BIP-CMAC-256', 32, 'bip'),
  row('BIP_GMAC_128', 'BIP_GMAC_128', 'BIP-GMAC-128', 16, 'bip'),
  row('BIP_GMAC_256', 'BIP_GMAC_256', 'BIP-GMAC-256', 32, 'bip'),
  row('WPA_TKIP', 'TKIP', 'TKIP', 32, 'tkip'),
  row('WPA_CCMP', 'CCMP', 'CCMP-128', 16, 'ccmp'),
];
const bySelector = new Map(ciphers.map((each) => [each.selector, each]));

export const cipherOf = (selector: number): CipherRow | undefined => bySelector.get(selector);

/** The RSN suite a cipher code of Windows stands for. */
export const cipherByWindows = (code: number): CipherRow | undefined => ciphers.find(({ windows }) => windows === code);
