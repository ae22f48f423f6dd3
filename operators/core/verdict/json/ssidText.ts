const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const PRINTABLE_FIRST = 0x20;
const PRINTABLE_LAST = 0x7e;
const BACKSLASH = 0x5c;

const escaped = (octet: number): string =>
  octet >= PRINTABLE_FIRST && octet <= PRINTABLE_LAST && octet !== BACKSLASH
    ? String.fromCharCode(octet)
    : `\\x${octet.toString(16).padStart(2, '0')}`;

/** The name of a network as text; octets that are no UTF-8 are shown as `\xNN`, each one that is not plain ASCII. */
export const ssidText = (ssid: Uint8Array): string => {
  try {
    return utf8.decode(ssid);
  } catch {
    return Array.from(ssid, escaped).join('');
  }
};
