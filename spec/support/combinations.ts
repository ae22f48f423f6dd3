import { type Akm, akms } from '../../operators/core/rsn/akm.js';
import { type CipherRow, ciphers } from '../../operators/core/rsn/cipherSuite.js';
import { AkmSuite, CipherSuite } from '../../streams/frames/index.js';

/** Suites and ciphers of one association. */
export interface Combination {
  readonly akm: Akm;
  /** Octets of the PMK, where the suite has more than one. */
  readonly pmkLength: number;
  readonly pairwise: CipherRow;
  readonly group?: CipherRow;
  readonly groupManagement?: CipherRow;
}

/** What may not go together, with the clause that says so. */
interface Rule {
  readonly clause: string;
  readonly forbids: (combination: Combination) => boolean;
}

const OUI_OF_WPA = 0x0050f2;
const isOfWpa = (selector: number): boolean => selector >>> 8 === OUI_OF_WPA;

const { codes } = CipherSuite;
const ONLY_WITH: ReadonlyMap<number, ReadonlyArray<number>> = new Map([
  [AkmSuite.codes.SUITE_B, [codes.GCMP, codes.BIP_GMAC_128]],
  [AkmSuite.codes.SUITE_B_192, [codes.GCMP_256, codes.CCMP_256, codes.BIP_CMAC_256, codes.BIP_GMAC_256]],
  [AkmSuite.codes.FT_802_1X_SHA384, [codes.GCMP_256, codes.CCMP_256, codes.BIP_CMAC_256, codes.BIP_GMAC_256]],
]);

const ciphersOf = ({ pairwise, group, groupManagement }: Combination): ReadonlyArray<CipherRow> =>
  [pairwise, group, groupManagement].flatMap((row) => row ?? []);

const LATEST_OF_TKIP = AkmSuite.codes.PSK_SHA256;

export const rules: ReadonlyArray<Rule> = [
  {
    clause: 'WPA 3.1, 2.2: the WPA element has suites of 00-50-F2 only, and the RSNE none of them (IEEE 802.11-2020 9.4.2.24.2)',
    forbids: (combination) =>
      ciphersOf(combination).some(({ selector }) => isOfWpa(selector) !== isOfWpa(combination.akm.selector)),
  },
  {
    clause: 'WPA 3.1, 2.2: WPA1 knows neither protected management frames nor an association without group traffic',
    forbids: ({ akm, group, groupManagement }) =>
      akm.protocol === 'wpa' && (group === undefined || groupManagement !== undefined),
  },
  {
    clause: 'IEEE 802.11-2020 9.4.2.24.3: the suites 11, 12 and 13 are used with certain ciphers only',
    forbids: (combination) => {
      const allowed = ONLY_WITH.get(combination.akm.selector);
      return allowed !== undefined && ciphersOf(combination).some(({ selector }) => !allowed.includes(selector));
    },
  },
  {
    clause: 'IEEE 802.11-2012 11.4.2: TKIP is deprecated, and no suite later than 00-0F-AC:6 has it as its pairwise cipher',
    forbids: ({ akm, pairwise }) => pairwise.form === 'tkip' && akm.protocol === 'rsn' && akm.selector > LATEST_OF_TKIP,
  },
  {
    clause:
      'IEEE 802.11-2020 12.2.7, 12.5.2: management frames to one station are protected by its pairwise cipher, and TKIP cannot',
    forbids: ({ pairwise, groupManagement }) => pairwise.form === 'tkip' && groupManagement !== undefined,
  },
];

const isAllowed = (combination: Combination): boolean => rules.every(({ forbids }) => !forbids(combination));

/** A passphrase makes 32 octets, whatever the suite (IEEE 802.11-2020 J.4). */
const pmkLengthsOf = ({ source, pmkLengths }: Akm): ReadonlyArray<number> => (source === 'psk' ? [32] : pmkLengths);

const data = ciphers.filter(({ role }) => role === 'data');
const management = ciphers.filter(({ role }) => role === 'management');

/** Every suite the package serves with every set of ciphers it may be combined with. */
export const combinations: ReadonlyArray<Combination> = akms
  .flatMap((akm) => pmkLengthsOf(akm).map((pmkLength) => ({ akm, pmkLength })))
  .flatMap((chosen) => data.map((pairwise) => ({ ...chosen, pairwise })))
  .flatMap((chosen) => [...data.map((group) => ({ ...chosen, group })), chosen])
  .flatMap((chosen) => [...management.map((groupManagement) => ({ ...chosen, groupManagement })), chosen])
  .filter(isAllowed);

export const nameOf = ({ akm, pmkLength, pairwise, group, groupManagement }: Combination): string =>
  [
    akm.pmkLengths.length > 1 ? `${akm.name} (${8 * pmkLength} bits)` : akm.name,
    pairwise.name,
    `group ${group?.name ?? 'none'}`,
    ...(groupManagement === undefined ? [] : [groupManagement.name]),
  ].join(', ');
