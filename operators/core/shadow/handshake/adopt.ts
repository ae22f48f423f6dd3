import { Secret } from '../../../../streams/events/index.js';
import { type Akm, type AkmParameters, parametersOf } from '../../rsn/akm.js';
import type { Ptk } from '../../rsn/keys/ptk.js';
import { usesOf } from '../protection/keysOf.js';
import type { ProvenKeys } from './Growing.js';
import type { Watch } from './Watch.js';

const MOST_ADOPTED = 8;

/** What came with a temporal key: what proves and opens the key packets under it. */
export type HandshakeKeys = Pick<Ptk, 'kck' | 'kek'>;

const NO_NONCE = new Uint8Array(0);

/** Where the group decides the length of the PMK, it shows in that of the KCK. */
const parametersFor = (akm: Akm, { length: octets }: Secret): AkmParameters =>
  akm.pmkLengths.map((length) => parametersOf(akm, length)).find(({ kck }) => kck === octets) ??
  parametersOf(akm, akm.pmkLengths[0] ?? 0);

/** Keys of a handshake that was none: its root is not known, and nothing more is derived from it. */
const asProven = (watch: Watch, tk: Secret, { kck, kek }: HandshakeKeys): ProvenKeys | undefined => {
  const akm = watch.terms?.network.akm;
  if (akm === undefined) return undefined;
  const none = { kind: 'pmk', pmk: Secret.of(NO_NONCE) } as const;
  const root = { key: none.pmk, parameters: parametersFor(akm, kck), isRemembered: false };
  const ptk = { kck: kck.copy(), kek: kek.copy(), tk: tk.copy() };
  return { ptk, candidate: { kind: 'pmk', source: none, root }, anonce: NO_NONCE, snonce: NO_NONCE, use: undefined };
};

/** Takes over a key of frames that no handshake here made; what comes with it is copied. */
export const adopt = (watch: Watch, tk: Secret, handshakeKeys?: HandshakeKeys): void => {
  if (!tk.isKnown || watch.adoptedKeys.length >= MOST_ADOPTED) {
    tk.zeroise();
    return;
  }
  watch.adoptedKeys = [...watch.adoptedKeys, tk];
  watch.adopted = [...watch.adopted, ...usesOf(watch, tk)];
  const proven = handshakeKeys && asProven(watch, tk, handshakeKeys);
  if (proven !== undefined) watch.transferred = [proven, ...watch.transferred];
};
