/**
 * How the data of a decryption secrets block are to be read (draft-ietf-opsawg-pcapng 4.7, and Wireshark for the last). None of
 * them is for keys of 802.11: there is no such type.
 *
 * @since 0.2.0
 */
export const SecretsType = {
  tlsKeyLog: 0x544c534b,
  sshKeyLog: 0x5353484b,
  wireGuardKeyLog: 0x57474b4c,
  zigBeeNetworkKey: 0x5a4e574b,
  zigBeeApsKey: 0x5a415053,
  opcUaKeyLog: 0x55414b4c,
  espKey: 0x45535053,
} as const;
