import type { Secret } from '../../../../streams/events/index.js';
import type { GrowingHandshake, ProvenKeys } from '../handshake/Growing.js';
import type { Watch } from '../handshake/Watch.js';
import type { Form } from './Cipher.js';
import { type KeyUse, newKeyUse } from './KeyUse.js';

/** A key that may open a frame, and the handshake that made it. */
export interface Opener {
  readonly use: KeyUse;
  readonly handshake: GrowingHandshake | undefined;
}

const isForm = (form: string): form is Form => form !== 'bip';

const useOf = (watch: Watch, keys: ProvenKeys): KeyUse | undefined => {
  if (keys.use !== undefined) return keys.use;
  const form = watch.terms?.network.pairwise.form;
  if (form === undefined || !isForm(form)) return undefined;
  keys.use = newKeyUse({ form, key: keys.ptk.tk.reveal() });
  return keys.use;
};

/** How far back: a frame may still be on its way when its key is replaced. */
const HANDSHAKES = 3;

/** The pairwise keys that may have protected a frame, the latest first. */
export const pairwiseOpeners = (watch: Watch): ReadonlyArray<Opener> => {
  const { handshakes, adopted } = watch;
  const openers: Opener[] = [];
  const add = (keys: ProvenKeys | undefined, handshake: GrowingHandshake): void => {
    const use = keys && useOf(watch, keys);
    if (use !== undefined) openers.push({ use, handshake });
  };
  for (let i = handshakes.length - 1; i >= 0 && i >= handshakes.length - HANDSHAKES; i--) {
    const handshake = handshakes[i];
    if (handshake === undefined) break;
    add(handshake.keys, handshake);
    for (const keys of handshake.otherKeys) add(keys, handshake);
  }
  for (const use of adopted) openers.push({ use, handshake: undefined });
  return openers;
};

/** The group keys of that index, the latest first. */
export const groupOpeners = (watch: Watch, keyId: number): ReadonlyArray<Opener> => {
  const { groupKeys, terms, adopted } = watch;
  watch.groupUses ??= new Map();
  const form = terms?.network.group?.form;
  const openers: Opener[] = [];
  for (let i = groupKeys.length - 1; i >= 0; i--) {
    const seen = groupKeys[i];
    if (seen === undefined || seen.purpose !== 'gtk' || seen.index !== keyId || form === undefined || !isForm(form)) continue;
    const use = watch.groupUses.get(seen) ?? newKeyUse({ form, key: seen.key.reveal() });
    watch.groupUses.set(seen, use);
    openers.push({ use, handshake: undefined });
  }
  for (const use of adopted) openers.push({ use, handshake: undefined });
  return openers;
};

const formsOf = (watch: Watch, { length }: Secret): ReadonlyArray<Form> => {
  const form = watch.terms?.network.pairwise.form;
  if (form !== undefined && isForm(form)) return [form];
  return length === 16 ? ['ccmp', 'gcmp'] : ['tkip', 'ccmp', 'gcmp'];
};

/** What a key of nobody's handshake may be used with. */
export const usesOf = (watch: Watch, tk: Secret): ReadonlyArray<KeyUse> =>
  formsOf(watch, tk).map((form) => newKeyUse({ form, key: tk.reveal() }));
