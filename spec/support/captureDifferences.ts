/** Where this package and another analyser differ over a capture, and who is right. */
export interface ExplainedDifference {
  readonly captures: ReadonlyArray<string>;
  /** As `differencesIn` words them. */
  readonly differences: ReadonlyArray<string>;
  /** For the table of captures; the spec of the captures proves it from the bytes. */
  readonly because: string;
}

const each = (frames: ReadonlyArray<number>, said: string): ReadonlyArray<string> => frames.map((frame) => `${frame}: ${said}`);

const radius = (packets: ReadonlyArray<string>): ReadonlyArray<string> =>
  packets.map((packet, at) => `${at + 1}: EAP Access-${packet}, here none`);

/** IGTK KDE: key ID, six octets of packet number, key (IEEE 802.11-2020 Figure 12-41). */
const TWO_OCTETS_EARLY =
  'The check reads four octets of the packet number in front of the IGTK where there are six, so that its key begins two octets early.';

const longIgtk = (capture: string, igtk: string): ExplainedDifference => ({
  captures: [capture],
  differences: [`group key 0000${igtk}, here none`, `here group key ${igtk}`],
  because: TWO_OCTETS_EARLY,
});

export const EXPLAINED: ReadonlyArray<ExplainedDifference> = [
  {
    captures: ['aircrack-ng__MOM1.cap', 'pyrit__wpa2psk-MOM1.dump'],
    differences: [...each([2, 3, 7, 8], 'MIC invalid, here unchecked'), '9: MIC invalid, here unchecked'],
    because:
      'Messages 2 and 4 of four more handshakes, whose messages 1 and 3 were not captured: without their nonce no MIC can be judged. The check tried the nonce of another handshake.',
  },
  {
    captures: ['aircrack-ng__test-pmkid.pcap'],
    differences: ['2: PMKID true, here unchecked'],
    because:
      'A lone message 1: neither an association nor a message 2 says which key management and ciphers are in use, and nothing is derived for what is only offered. The PMKID is that of the passphrase.',
  },
  {
    captures: ['aircrack-ng__wpa3-psk.pcap'],
    differences: each([19, 21, 23], 'MIC invalid, here unchecked'),
    because: 'SAE: the passphrase that is known makes no PMK. The check took it for a pre-shared key.',
  },
  {
    captures: ['aircrack-ng__wpa.cap'],
    differences: ['8: msg M2, here M4'],
    because:
      'Message 4 of WPA with a nonce in it, which tshark takes for a message 2. It answers the counter of message 3, and has no key data.',
  },
  {
    captures: ['aircrack-ng__wpa.cap'],
    differences: [
      ...['10: here G1', '12: here G2'],
      'here group key 4d58ca429e6f881179526916d2b686849b004619dd0adf902c3e58e80b7bb09f',
    ],
    because: 'The group handshake of WPA, under TKIP. tshark did not open it, for it misses message 4; both MICs are right.',
  },
  {
    captures: ['krackattacks__example-tptk-attack.pcapng'],
    differences: ['here group key 8dff5f5d6a95e093ee563abaf6f5d8f15e38ad9c605ab0bbd2c9c427785a8501'],
    because:
      'A group key of an encrypted group message 1, which the other tools opened but did not unwrap. Their KEK unwraps it.',
  },
  {
    captures: ['wireshark__wpa_ptk_extended_key_id.pcap'],
    differences: each([48, 88], 'EAPOL-Key, here no message'),
    because: 'The station asks for a new key (Request bit): a request, and no message of a handshake.',
  },
  longIgtk('wireshark__owe.pcapng', 'fddbd7e58cedad8dbfc3f295a8a3dc76'),
  longIgtk('wireshark__wpa-test-decode-mgmt.pcap', 'bbf0c53c15683694f047b5f870cb3c2a'),
  longIgtk('wireshark__wpa2-psk-mfp.pcapng', '8c6c1b7eaa6644a9fcd99ff640090c37'),
  {
    captures: ['wireshark__wep.pcapng', 'aircrack-ng__wep.shared.key.authentication.cap'],
    differences: ['6: auth undefined undefined undefined, here auth 1 3 0'],
    because: 'The third frame of shared key authentication is the encrypted one, and can be nothing else.',
  },
  {
    captures: ['tcpdump__eapon1.pcap'],
    differences: each([25, 26, 38, 39, 64, 65, 113, 114], 'EAPOL-Key, here no message'),
    because: 'EAPOL-Key descriptor 1: keys for WEP as of IEEE 802.1X-2001, and no message of a handshake.',
  },
  {
    captures: ['tcpdump__RADIUS.pcap'],
    differences: radius(['Request id=5', 'Challenge id=5', 'Request id=6', 'Accept id=6']),
    because: 'RADIUS between an access point and its server. There is no station in it.',
  },
  {
    captures: ['wireshark-wiki__radius_localhost.pcapng'],
    differences: radius([
      ...['Request id=103', 'Challenge id=103', 'Request id=104', 'Reject id=104'],
      ...['Request id=113', 'Challenge id=113', 'Request id=114', 'Accept id=114'],
    ]),
    because: 'RADIUS between an access point and its server. There is no station in it.',
  },
  {
    captures: ['aircrack-ng__pmkid-not-recognized.cap'],
    differences: each([6345, 7119, 8925, 10304], 'answer 31, here none'),
    because:
      'Two answers with no request captured between them: both are of one connection here, which has the later one, and the status is the same.',
  },
  {
    captures: ['tcpdump__ieee802.11_tim_ie_oobr.pcap'],
    differences: each([1, 2], 'answer 12336, here none'),
    because: 'Made to crash a reader: three answers and no request, of which the last counts.',
  },
];

export const explainedOf = (name: string): ReadonlyArray<ExplainedDifference> =>
  EXPLAINED.filter(({ captures }) => captures.includes(name));
