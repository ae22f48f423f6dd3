import type { Mark, Speaker } from '../../../../streams/air/index.js';
import {
  type ClientHello,
  createTlsWalker,
  type EapTlsPacket,
  type ServerHello,
  TlsAlertLevel,
  type TlsItem,
} from '../../../../streams/frames/index.js';
import type { EapSeen } from '../Connection.js';

type TlsAlertSeen = NonNullable<EapSeen['tlsAlert']>;

/** The TLS conversation inside of a method, as far as it is in the clear. */
export interface Tunnel {
  take(from: Speaker, packet: EapTlsPacket, mark: Mark): void;
  readonly client: ClientHello | undefined;
  readonly server: ServerHello | undefined;
  /** The first fatal alert that could be read, or else the first warning. */
  readonly alert: TlsAlertSeen | undefined;
  /** Both sides have sent something under the keys. */
  readonly isEstablished: boolean;
}

/** One direction: its records, and whether a message of it is under way. */
interface Side {
  readonly walker: ReturnType<typeof createTlsWalker>;
  hasMore: boolean;
  hasSealed: boolean;
}

const isWorse = (found: number, known: TlsAlertSeen | undefined): boolean =>
  known === undefined || (found === TlsAlertLevel.codes.FATAL && known.level !== TlsAlertLevel.codes.FATAL);

export const createTunnel = (): Tunnel => {
  let client: ClientHello | undefined;
  let server: ServerHello | undefined;
  let alert: TlsAlertSeen | undefined;
  let here: Mark = { frame: 0, time: 0 };

  const sideOf = (from: Speaker): Side => {
    const hear = (item: TlsItem): void => {
      if (item.kind === 'clientHello' && from === 'station') client ??= item.hello;
      // The one that asks for another hello gives way to the real one.
      if (item.kind === 'serverHello' && from === 'ap' && server?.isRetryRequest !== false) server = item.hello;
      if (item.kind === 'sealed') side.hasSealed = true;
      if (item.kind !== 'alert' || !isWorse(item.level, alert)) return;
      alert = { ...here, from, level: item.level, description: item.description };
    };
    const side: Side = { walker: createTlsWalker(hear), hasMore: false, hasSealed: false };
    return side;
  };
  const sides: Readonly<Record<Speaker, Side>> = { station: sideOf('station'), ap: sideOf('ap') };

  return {
    take: (from, { isStart, hasMore, fragment }, { frame, time }) => {
      // What a start carries is the method's own, and an acknowledgement carries nothing.
      if (isStart || fragment.length === 0) return;
      const side = sides[from];
      here = { frame, time };
      // A message begins with a record (RFC 5216 2.1.5), so that a fragment the capture lost spoils no more than its own message.
      if (!side.hasMore) side.walker.begin();
      side.hasMore = hasMore;
      side.walker.take(fragment);
    },
    get client() {
      return client;
    },
    get server() {
      return server;
    },
    get alert() {
      return alert;
    },
    get isEstablished() {
      return sides.station.hasSealed && sides.ap.hasSealed;
    },
  };
};
