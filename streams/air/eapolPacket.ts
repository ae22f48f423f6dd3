import type { Speaker } from './AirEvent.js';
import { u16be } from './octets.js';

/** LLC and SNAP in front of a payload: DSAP, SSAP, control, organisation, EtherType. */
export const LLC_SIZE = 8;
const EAPOL_HEADER = 4;

/** Packet types (IEEE 802.1X-2020 Table 11-3) and codes of EAP (RFC 3748 4, RFC 6696 5.3). */
const Type = { EAP: 0, START: 1, LOGOFF: 2, KEY: 3 } as const;
const EapCode = { RESPONSE: 2, INITIATE: 5 } as const;
const REAUTH_START = 1;

const DESCRIPTOR_RC4 = 1;
const KEY_ACK = 0x0080;

/**
 * Whether an EAPOL packet follows: under RFC 1042's organisation, or that of IEEE 802.1H bridge tunnels. Pre-authentication has an
 * EtherType of its own, 0x88C7, and is no matter of this access point.
 */
export const holdsEapol = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= LLC_SIZE + EAPOL_HEADER &&
  u16be(bytes, at + 6) === 0x888e &&
  u16be(bytes, at) === 0xaaaa &&
  bytes[at + 2] === 3 &&
  u16be(bytes, at + 3) === 0 &&
  (bytes[at + 5] === 0 || bytes[at + 5] === 0xf8);

/** MKA, announcements and what else 802.1X has are between bridges. */
export const isPortAccess = (bytes: Uint8Array, at: number): boolean => (bytes[at + 1] ?? 0xff) <= Type.KEY;

/** Whether the packet ends before it says it does: the capture has a snap length, and cut it. */
export const isCut = (bytes: Uint8Array, at: number, end: number): boolean => at + EAPOL_HEADER + u16be(bytes, at + 2) > end;

/** The packet as long as it says it is, or as much of it as was captured; behind it may be padding, or an FCS. */
export const packetAt = (bytes: Uint8Array, at: number, end: number): Uint8Array =>
  bytes.subarray(at, Math.min(end, at + EAPOL_HEADER + u16be(bytes, at + 2)));

/** An authenticator asks and says how it ended; only Re-auth-Start is its own among the initiations of ERP. */
const eapSpeaker = (code: number, type: number): Speaker => {
  if (code === EapCode.RESPONSE) return 'station';
  return code === EapCode.INITIATE && type !== REAUTH_START ? 'station' : 'ap';
};

/**
 * Who sends such a packet, where no header tells: EAP has requests and responses, only stations start and log off, and an authenticator
 * wants each of its EAPOL-Key packets acknowledged (the RC4 descriptor of dynamic WEP has no such bit, and comes from nobody else).
 */
export const speakerOf = (bytes: Uint8Array, at: number, end: number): Speaker => {
  const type = bytes[at + 1];
  const body = at + EAPOL_HEADER;
  if (type === Type.EAP)
    return body < end ? eapSpeaker(bytes[body] ?? 0, body + 4 < end ? (bytes[body + 4] ?? 0) : 0) : 'station';
  if (type !== Type.KEY || body + 3 > end) return 'station';
  return bytes[body] === DESCRIPTOR_RC4 || (u16be(bytes, body + 1) & KEY_ACK) !== 0 ? 'ap' : 'station';
};
