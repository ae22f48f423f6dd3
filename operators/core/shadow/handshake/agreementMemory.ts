import type { Mac48 } from '../../../../streams/air/index.js';
import { copyBytes, equalBytes } from '../../../../streams/events/index.js';
import type { Network } from '../../rsn/network.js';
import type { Candidate } from './Candidate.js';

/** What an association agreed on, and the keys its handshakes may be made with. */
export interface Agreement {
  readonly network: Network;
  readonly candidates: ReadonlyArray<Candidate>;
}

/** The octets an agreement is read from. */
export interface Said {
  readonly ap: Mac48;
  readonly request: Uint8Array;
  readonly announcement: Uint8Array | undefined;
}

/**
 * Stations of one make say the same to one access point, so what came of it is kept for the next of them.
 */
export interface AgreementMemory {
  find(said: Said): Agreement | undefined;
  keep(said: Said, agreement: Agreement): void;
}

const MOST_APS = 256;
const MOST_OF_AN_AP = 4;

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && equalBytes(a, b));

interface Entry {
  readonly said: Said;
  readonly agreement: Agreement;
}

export const agreementMemory = (): AgreementMemory => {
  const known = new Map<Mac48, ReadonlyArray<Entry>>();
  return {
    find: ({ ap, request, announcement }) => {
      const entries = known.get(ap);
      if (entries === undefined) return;
      for (const { said, agreement } of entries)
        if (same(said.request, request) && same(said.announcement, announcement)) return agreement;
      return;
    },
    keep: ({ ap, request, announcement }, agreement) => {
      const said = { ap, request: copyBytes(request), announcement: announcement && copyBytes(announcement) };
      known.set(ap, [{ said, agreement }, ...(known.get(ap) ?? [])].slice(0, MOST_OF_AN_AP));
      const [oldest] = known.keys();
      if (known.size > MOST_APS && oldest !== undefined) known.delete(oldest);
    },
  };
};
