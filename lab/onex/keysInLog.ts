import type { AuthServerKind } from './AuthServer.js';

const HOSTAPD = /EAP-(?:TLS|PEAP|TTLS|MSCHAPV2): Derived key - hexdump\(len=\d+\): (?<octets>[0-9a-f ]+)/g;
const RECEIVE = /MS-MPPE-Recv-Key = 0x(?<octets>[0-9a-f]+)/g;
const SEND = /MS-MPPE-Send-Key = 0x(?<octets>[0-9a-f]+)/g;

const lastOf = (log: string, pattern: RegExp): string | undefined =>
  [...log.matchAll(pattern)].at(-1)?.groups?.['octets']?.replaceAll(' ', '');

/** The MSK by the server's own log: hostapd writes it down whole (but for PWD), FreeRADIUS the halves that it sends. */
export const mskInLog = (kind: AuthServerKind, log: string): string | undefined => {
  if (kind === 'hostapd') return lastOf(log, HOSTAPD);
  const [receive, send] = [lastOf(log, RECEIVE), lastOf(log, SEND)];
  return receive === undefined || send === undefined ? undefined : `${receive}${send}`;
};
