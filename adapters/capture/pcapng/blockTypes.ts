/** draft-ietf-opsawg-pcapng 11.1, and what Wireshark knows beyond it. */
export const BlockType = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  packet: 2,
  simplePacket: 3,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
  systemdJournal: 9,
  decryptionSecrets: 10,
  custom: 0xbad,
  customNotCopied: 0x40000bad,
} as const;

/** Whether this is the type of a block that anyone writes; asked for every octet where a capture is damaged. */
export const isKnownBlock = (type: number): boolean =>
  (type > 0 && type <= BlockType.decryptionSecrets) ||
  type === BlockType.sectionHeader ||
  type === BlockType.custom ||
  type === BlockType.customNotCopied;

/** Blocks that are no frames and yet have a frame number in Wireshark: custom blocks, journal entries, and the events of sysdig. */
const numbered: ReadonlySet<number> = new Set([
  BlockType.systemdJournal,
  BlockType.custom,
  BlockType.customNotCopied,
  0x204,
  0x208,
  0x216,
  0x217,
  0x221,
]);

export const isNumberedOnly = (type: number): boolean => numbered.has(type);

/** Padded to 32 bits, as everything in a block is. */
export const padded = (size: number): number => Math.ceil(size / 4) * 4;
