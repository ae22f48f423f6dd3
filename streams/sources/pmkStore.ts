import { type EffectOf, type MacAddress, type PmkEntry, Win32 } from '../events/index.js';
import { expirePmks, findPmk, forgetPmk, markUsed, noPmks, type PmkTable, rememberPmk } from './PmkTable.js';
import type { SecretSource } from './SecretSource.js';

/** A cache of PMKs beside a host's own sink and secrets. */
export interface PmkStore {
  /** Answers `want: 'pmk'` with a copy, and nothing else. */
  readonly secrets: SecretSource;
  /** Keeps or destroys, and answers with a Win32 code. */
  readonly carryOut: (effect: EffectOf<'rememberPmk' | 'forgetPmk'>) => number;
  /** Keeps a copy of a PMK that no port has made, as SAE and OWE do before the association. */
  readonly remember: (entry: PmkEntry) => void;
  readonly forget: (peer: MacAddress, pmkid: Uint8Array) => void;
  /** What is kept at the moment, the least recently used first, with what is left of its lifetime. The secrets in it are the store's. */
  readonly entries: () => ReadonlyArray<PmkEntry>;
  /** Destroys everything. */
  readonly clear: () => void;
}

/**
 * Keeps the PMKs that ports want remembered, 64 at most, each for its lifetime by the clock that is passed in (milliseconds).
 * What leaves the store is zeroised.
 *
 * @example
 * const pmks = pmkStore(() => clock.now());
 * const secrets: SecretSource = (request) => pmks.secrets(request) ?? source(request);
 * const hardware = apiTable({ rememberPmk: pmks.carryOut, forgetPmk: pmks.carryOut });
 *
 * @since 0.2.0
 */
export const pmkStore = (now: () => number): PmkStore => {
  let table: PmkTable = noPmks;
  const remember = (entry: PmkEntry): void => {
    table = rememberPmk(table, entry, now());
  };
  const forget = (peer: MacAddress, pmkid: Uint8Array): void => {
    table = forgetPmk(table, peer, pmkid);
  };
  return {
    ...{ remember, forget },
    secrets: (request) => {
      if (request.want !== 'pmk') return;
      const found = findPmk(table, request, now());
      if (found === undefined) return;
      table = markUsed(table, found);
      return found.entry.pmk.copy();
    },
    carryOut: (effect) => {
      if (effect.kind === 'rememberPmk') remember(effect.entry);
      else forget(effect.peer, effect.pmkid);
      return Win32.codes.ERROR_SUCCESS;
    },
    entries: () => {
      table = expirePmks(table, now());
      return table.map(({ entry, until }) => ({ ...entry, lifetime: (until - now()) / 1000 }));
    },
    clear: () => {
      table = expirePmks(table, Number.POSITIVE_INFINITY);
    },
  };
};
