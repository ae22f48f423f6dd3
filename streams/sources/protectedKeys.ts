import { Secret } from '../events/index.js';
import type { SecretSource } from './SecretSource.js';

/** A keeper of keys that cross the engine's door as protected blobs. */
export interface ProtectedKeys {
  /** Takes a copy of the key, and gives the blob that stands for it. */
  readonly protect: (key: Secret) => Secret;
  /** Answers `want: 'unprotected'` with the key of a blob: once, and then the key is the asker's alone (R112). */
  readonly secrets: SecretSource;
  /** How many keys are still waiting for somebody to ask for them. */
  readonly size: () => number;
  /** Destroys the keys nobody asked for. */
  readonly clear: () => void;
}

const TOKEN_SIZE = 8;
/** A run that is stopped between its result and the question leaves two keys behind: the oldest of too many go. */
const AT_MOST = 256;

/**
 * What the operating system's data protection is on a host: the 802.1X module hands over blobs, and the engine has them opened.
 * A blob says nothing of its key; it is a number.
 *
 * @example
 * const keys = protectedKeys();
 * const blob = keys.protect(key);
 * keys.secrets({ want: 'unprotected', blob }); // the key; asked once more, nothing
 *
 * @since 0.2.0
 */
export const protectedKeys = (): ProtectedKeys => {
  const keys = new Map<string, Secret>();
  let count = 0n;
  const nameOf = (blob: Secret): string => blob.reveal().join('.');
  const forgetOldest = (): void => {
    const [oldest] = keys;
    if (oldest === undefined) return;
    oldest[1].zeroise();
    keys.delete(oldest[0]);
  };
  return {
    protect: (key) => {
      const token = new Uint8Array(TOKEN_SIZE);
      new DataView(token.buffer).setBigUint64(0, ++count);
      const blob = Secret.of(token);
      keys.set(nameOf(blob), key.copy());
      if (keys.size > AT_MOST) forgetOldest();
      return blob;
    },
    secrets: (request) => {
      if (request.want !== 'unprotected') return;
      const name = nameOf(request.blob);
      const key = keys.get(name);
      keys.delete(name);
      return key;
    },
    size: () => keys.size,
    clear: () => {
      for (const key of keys.values()) key.zeroise();
      keys.clear();
    },
  };
};
