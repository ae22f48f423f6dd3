import { isSupplicantConfig } from '../../configuration/supplicantBlocks.js';
import type { CredentialsRead } from './CredentialsRead.js';
import { isHostapdConfig, readHostapdConfig } from './hostapdConfig.js';
import { readKeyLines } from './keyLines.js';
import { isTableRow } from './keyTable.js';
import { readSupplicantConfig } from './supplicantConfig.js';
import { isKeyLogLine } from './TlsKeyLog.js';
import { isKeyText } from './wiresharkKey.js';

const BYTE_ORDER_MARK = '\ufeff';

const linesOf = (text: string): ReadonlyArray<string> => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).split(/\r?\n/);

const standsAlone = (line: string): boolean => isKeyText(line) || isTableRow(line) || isKeyLogLine(line);

/**
 * Reads a file of keys, whichever it is: keys in Wireshark's syntax one a line, its table `80211_keys`, a key log of TLS
 * (SSLKEYLOGFILE), or a configuration of wpa_supplicant or hostapd. The content tells. `name` is what the faults call it.
 *
 * @since 0.2.0
 */
export const readCredentials = (text: string, name: string): CredentialsRead => {
  const lines = linesOf(text);
  const first = lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#')) ?? '';
  if (standsAlone(first)) return readKeyLines(lines, name);
  if (isSupplicantConfig(lines)) return readSupplicantConfig(lines, name);
  return isHostapdConfig(lines) ? readHostapdConfig(lines, name) : readKeyLines(lines, name);
};
