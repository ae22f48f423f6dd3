import type { X509Certificate } from 'node:crypto';

/** A session that may be resumed, and whom it was with: a resumption shows no certificate. */
export interface KeptSession {
  readonly session: Buffer;
  readonly chain: ReadonlyArray<X509Certificate>;
}

/** Sessions that may be resumed, by what they are good for. */
export interface SessionStore {
  /** The latest, which is then no longer kept. */
  take(purpose: string): KeptSession | undefined;
  put(purpose: string, kept: KeptSession): void;
  /** Lets go of those for one purpose, or of all. */
  forget(purpose?: string): void;
}

/** Authentications may go on side by side, and each leaves one. */
const MAX_SESSIONS = 4;

export const sessionStore = (): SessionStore => {
  const store = new Map<string, KeptSession[]>();
  return {
    take: (purpose) => store.get(purpose)?.pop(),
    put: (purpose, kept) => {
      const sessions = store.get(purpose) ?? [];
      sessions.push(kept);
      if (sessions.length > MAX_SESSIONS) sessions.shift()?.session.fill(0);
      store.set(purpose, sessions);
    },
    forget: (purpose) => {
      for (const name of purpose === undefined ? [...store.keys()] : [purpose]) {
        for (const { session } of store.get(name) ?? []) session.fill(0);
        store.delete(name);
      }
    },
  };
};
