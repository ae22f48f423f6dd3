/** IEEE 802.1X-2020 11.3: version, packet type, length of the body (big-endian), body. */
const HEADER = 4;
const KEY = 3;

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The packet type of a whole EAPOL packet, `undefined` when it is too short to have one. */
export const eapolTypeOf = (packet: Uint8Array): number | undefined => (packet.length < HEADER ? undefined : packet[1]);
/** R90: what ends before its body does is dropped, whatever its type. */
export const isWhole = (packet: Uint8Array): boolean => packet.length >= HEADER && packet.length - HEADER >= u16(packet, 2);
export const isEapolKey = (packet: Uint8Array): boolean => eapolTypeOf(packet) === KEY;

/**
 * Whether data meant to begin at the packet type (R107) begins at the version instead. Said only when the length field
 * fits exactly there and does not fit where it should be.
 */
export const startsAtVersion = (data: Uint8Array): boolean => {
  const [version = 0, type = 255] = data;
  const looksWhole = version >= 1 && version <= 3 && type <= 4 && data.length >= HEADER && u16(data, 2) === data.length - HEADER;
  return looksWhole && u16(data, 1) !== data.length - HEADER + 1;
};

/** Whether data handed to the 802.1X module is an EAPOL-Key packet, wherever it begins. */
export const forwardsKey = (data: Uint8Array): boolean => (startsAtVersion(data) ? data[1] === KEY : data[0] === KEY);

/** Whether forwarded data is this received packet without its version octet; padding after the body does not count. */
export const isForwardOf = (data: Uint8Array, packet: Uint8Array): boolean => {
  const length = Math.min(HEADER - 1 + u16(packet, 2), packet.length - 1);
  if (data.length < length) return false;
  for (let i = 0; i < length; i++) if (data[i] !== packet[i + 1]) return false;
  return true;
};

/**
 * IEEE 802.11-2020 12.7.2: descriptor type, key information, key length, replay counter, nonce, IV, RSC and a reserved field
 * come before the MIC, whose length depends on the AKM; the length of the key data follows it.
 */
const KEY_INFORMATION = HEADER + 1;
const KEY_MIC = HEADER + 77;
const PAIRWISE_BIT = 0x0008;

/** What a station's own EAPOL-Key packet is, by its shape: message 2 carries its RSN element, message 4 carries nothing. */
export const messageOf = (packet: Uint8Array, micLength: number): 2 | 4 | undefined => {
  const isWhole = packet.length >= KEY_MIC + micLength + 2;
  if (!isWhole || (u16(packet, KEY_INFORMATION) & PAIRWISE_BIT) === 0) return undefined;
  return u16(packet, KEY_MIC + micLength) === 0 ? 4 : 2;
};
