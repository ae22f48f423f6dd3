import type { OpenTls } from '../../../operators/core/index.js';

/** What became of the TLS sessions of a peer. */
export interface WatchedTls {
  readonly open: OpenTls;
  readonly opened: number;
  readonly closed: number;
  /** The keys that sessions gave away; those of TLS 1.3 that name the session are no secret. */
  readonly keys: ReadonlyArray<Uint8Array>;
}

export const watchedTls = (openTls: OpenTls): WatchedTls => {
  const keys: Uint8Array[] = [];
  let [opened, closed] = [0, 0];
  const open: OpenTls = (name) => {
    const session = openTls(name);
    opened++;
    let isClosed = false;
    return {
      turn: async (command) => {
        const turn = await session.turn(command);
        for (const [key, octets] of Object.entries(turn.established?.keys ?? {})) if (key !== 'methodId') keys.push(octets);
        return turn;
      },
      keep: () => session.keep(),
      close: () => {
        if (!isClosed) closed++;
        isClosed = true;
        session.close();
      },
    };
  };
  return {
    open,
    get opened() {
      return opened;
    },
    get closed() {
      return closed;
    },
    keys,
  };
};
