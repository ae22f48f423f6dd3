import { AuthAlgorithm } from '../../../streams/events/index.js';
import { AkmSuite, type MicLength } from '../../../streams/frames/index.js';

/**
 * A suite of authentication and key management: who makes the PMK, and how the handshake is keyed from it.
 *
 * @since 0.2.0
 */
export interface Akm {
  /** As in the RSN element; the suites of WPA1 are `0x0050f201` and `0x0050f202`. */
  readonly selector: number;
  readonly name: string;
  readonly protocol: 'wpa' | 'rsn';
  /** Where the PMK comes from. */
  readonly source: 'psk' | 'oneX' | 'sae' | 'owe' | 'fils';
  readonly fastTransition: boolean;
  /** Octets a PMK may have: one length, or one for each group SAE-EXT-KEY and OWE may agree on. */
  readonly pmkLengths: ReadonlyArray<number>;
  /** The `AuthAlgorithm` codes under which Windows reports this suite (R41). */
  readonly windows: ReadonlyArray<number>;
}

/**
 * What a suite prescribes for the keys and the integrity of EAPOL-Key frames (IEEE 802.11-2020 Table 12-11).
 *
 * @since 0.2.0
 */
export interface AkmParameters {
  /** Of the PTK's derivation: the PRF of 12.7.1.2 for `sha1`, the KDF of 12.7.1.6.2 for the others. */
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** Octets of the KCK. */
  readonly kck: number;
  /** Octets of the KEK. */
  readonly kek: number;
  readonly mic: MicLength;
  readonly micAlgorithm: 'byVersion' | 'aesCmac' | 'hmacSha256' | 'hmacSha384' | 'hmacSha512' | 'none';
  /** `byCipher` is 1 with TKIP as the pairwise cipher and 2 with any other. */
  readonly descriptorVersion: 'byCipher' | 0 | 3;
}

type ByPmk = (pmkLength: number) => AkmParameters;
interface AkmRow extends Akm {
  readonly parameters: ByPmk;
}

const fixed =
  (parameters: AkmParameters): ByPmk =>
  () =>
    parameters;

const SHA256: AkmParameters = { hash: 'sha256', kck: 16, kek: 16, mic: 16, micAlgorithm: 'hmacSha256', descriptorVersion: 0 };
const SHA384: AkmParameters = { hash: 'sha384', kck: 24, kek: 32, mic: 24, micAlgorithm: 'hmacSha384', descriptorVersion: 0 };
const SHA512: AkmParameters = { hash: 'sha512', kck: 32, kek: 32, mic: 32, micAlgorithm: 'hmacSha512', descriptorVersion: 0 };

const byVersion = fixed({ hash: 'sha1', kck: 16, kek: 16, mic: 16, micAlgorithm: 'byVersion', descriptorVersion: 'byCipher' });
const cmac = fixed({ ...SHA256, micAlgorithm: 'aesCmac', descriptorVersion: 3 });
const cmacOfSae = fixed({ ...SHA256, micAlgorithm: 'aesCmac' });
const hmacSha256 = fixed(SHA256);
const hmacSha384 = fixed(SHA384);
/** AES-SIV authenticates the whole frame, so there is no MIC and no KCK, and a KEK of two halves. */
const sivSha256 = fixed({ ...SHA256, kck: 0, kek: 32, mic: 0, micAlgorithm: 'none' });
const sivSha384 = fixed({ ...SHA384, kck: 0, kek: 64, mic: 0, micAlgorithm: 'none' });
/** The hash follows the group, and so does the PMK's length. */
const byPmk: ByPmk = (pmkLength) => {
  if (pmkLength <= 32) return SHA256;
  return pmkLength <= 48 ? SHA384 : SHA512;
};

const windows = AuthAlgorithm.codes;
const ENTERPRISE = [windows.RSNA, windows.WPA3_ENT];
const ENTERPRISE_192 = [windows.RSNA, windows.WPA3_ENT, windows.WPA3_ENT_192];
const PERSONAL = [windows.RSNA_PSK];
const WPA3_SAE = [windows.WPA3_SAE];

const row = (
  suite: keyof typeof AkmSuite.codes,
  name: string,
  source: Akm['source'],
  [parameters, ...pmkLengths]: readonly [ByPmk, ...ReadonlyArray<number>],
  reported: ReadonlyArray<number>,
): AkmRow => ({
  selector: AkmSuite.codes[suite],
  name,
  protocol: suite.startsWith('WPA_') ? 'wpa' : 'rsn',
  source,
  fastTransition: suite.startsWith('FT_'),
  pmkLengths,
  windows: reported,
  parameters,
});

const rows: ReadonlyArray<AkmRow> = [
  row('WPA_802_1X', 'WPA-802.1X', 'oneX', [byVersion, 32], [windows.WPA]),
  row('WPA_PSK', 'WPA-PSK', 'psk', [byVersion, 32], [windows.WPA_PSK]),
  row('IEEE_802_1X', '802.1X', 'oneX', [byVersion, 32], ENTERPRISE),
  row('PSK', 'PSK', 'psk', [byVersion, 32], PERSONAL),
  row('FT_802_1X', 'FT-802.1X', 'oneX', [cmac, 32], ENTERPRISE),
  row('FT_PSK', 'FT-PSK', 'psk', [cmac, 32], PERSONAL),
  row('IEEE_802_1X_SHA256', '802.1X-SHA256', 'oneX', [cmac, 32], ENTERPRISE),
  row('PSK_SHA256', 'PSK-SHA256', 'psk', [cmac, 32], PERSONAL),
  row('SAE', 'SAE', 'sae', [cmacOfSae, 32], WPA3_SAE),
  row('FT_SAE', 'FT-SAE', 'sae', [cmacOfSae, 32], WPA3_SAE),
  row('SUITE_B', 'Suite-B', 'oneX', [hmacSha256, 32], ENTERPRISE),
  row('SUITE_B_192', 'Suite-B-192', 'oneX', [hmacSha384, 48], ENTERPRISE_192),
  row('FT_802_1X_SHA384', 'FT-802.1X-SHA384', 'oneX', [hmacSha384, 48], ENTERPRISE_192),
  row('FILS_SHA256', 'FILS-SHA256', 'fils', [sivSha256, 32], ENTERPRISE),
  row('FILS_SHA384', 'FILS-SHA384', 'fils', [sivSha384, 48], ENTERPRISE),
  row('FT_FILS_SHA256', 'FT-FILS-SHA256', 'fils', [sivSha256, 32], ENTERPRISE),
  row('FT_FILS_SHA384', 'FT-FILS-SHA384', 'fils', [sivSha384, 48], ENTERPRISE),
  row('OWE', 'OWE', 'owe', [byPmk, 32, 48, 64], [windows.OWE]),
  row('FT_PSK_SHA384', 'FT-PSK-SHA384', 'psk', [hmacSha384, 32, 48], PERSONAL),
  row('PSK_SHA384', 'PSK-SHA384', 'psk', [hmacSha384, 32, 48], PERSONAL),
  row('FT_802_1X_SHA384_UNRESTRICTED', 'FT-802.1X-SHA384-unrestricted', 'oneX', [hmacSha384, 48], ENTERPRISE),
  row('IEEE_802_1X_SHA384', '802.1X-SHA384', 'oneX', [hmacSha384, 48], ENTERPRISE),
  row('SAE_EXT_KEY', 'SAE-EXT-KEY', 'sae', [byPmk, 32, 48, 64], WPA3_SAE),
  row('FT_SAE_EXT_KEY', 'FT-SAE-EXT-KEY', 'sae', [byPmk, 32, 48, 64], WPA3_SAE),
];
const bySelector = new Map(rows.map((each) => [each.selector, each]));

/** Every suite whose keys this package derives. */
export const akms: ReadonlyArray<Akm> = rows;

/** Whether 802.1X can make its PMK: with a FILS suite it does where the association was made without FILS authentication (Table 9-151). */
export const usesOneX = ({ source }: Akm): boolean => source === 'oneX' || source === 'fils';

export const akmOf = (selector: number): Akm | undefined => bySelector.get(selector);

/**
 * Hash, lengths and MIC follow from the suite, and where the group decides from the PMK's length.
 *
 * @since 0.2.0
 */
export const parametersOf = (akm: Akm, pmkLength: number): AkmParameters =>
  (bySelector.get(akm.selector)?.parameters ?? byPmk)(pmkLength);
