import { asyncScheduler, defer, type Observable, type SchedulerLike } from 'rxjs';
import type { Crypto } from '../../../operators/core/index.js';
import type { SharedSecret } from '../packet/authenticators.js';
import type { RadiusAttribute } from '../packet/RadiusPacket.js';
import type { OpenChannel } from './Channel.js';
import type { ExchangeEvent } from './ExchangeEvent.js';
import { exchange } from './exchange.js';
import { Lane } from './Lane.js';
import type { RadiusServer } from './RadiusServer.js';
import { type RetransmissionPolicy, RFC_5080 } from './retransmission.js';

/** What a client is made of. */
export interface RadiusClientOptions {
  readonly crypto: Crypto;
  /** All randomness there is. */
  readonly draw: (octets: number) => Uint8Array;
  readonly channels: Readonly<Record<RadiusServer['transport'], OpenChannel>>;
  readonly policy?: RetransmissionPolicy;
  readonly scheduler?: SchedulerLike;
}

/** Asks RADIUS servers. */
export interface RadiusClient {
  /** One Access-Request with these attributes, repeated until it is answered. Unsubscribing ends it. */
  exchange(server: RadiusServer, attributes: ReadonlyArray<RadiusAttribute>): Observable<ExchangeEvent>;
  /** Closes every socket. */
  close(): void;
}

interface ServerLanes {
  readonly shared: SharedSecret;
  lanes: ReadonlyArray<Lane>;
}

/**
 * The buffer of a UDP socket holds some dozens of answers with certificates in them, and what does not fit is lost. So requests are spread
 * over sockets, of which there may be so many, before one of them gets more.
 */
const COMFORTABLE = 32;
const SOCKETS = 32;

/**
 * A RADIUS client over as many sockets as its requests need, at most 256 to each.
 *
 * @since 0.2.0
 */
export const createRadiusClient = (options: RadiusClientOptions): RadiusClient => {
  const { crypto, draw, channels, policy = RFC_5080, scheduler = asyncScheduler } = options;
  const deps = { crypto, draw, policy, scheduler };
  const all = new Map<RadiusServer, ServerLanes>();

  const lanesOf = (server: RadiusServer): ServerLanes => {
    const known = all.get(server);
    if (known !== undefined) return known;
    const fresh = { shared: { crypto, secret: server.secret.reveal() }, lanes: [] };
    all.set(server, fresh);
    return fresh;
  };

  const laneOf = (server: RadiusServer, own: ServerLanes): Lane => {
    const isFull = own.lanes.length >= SOCKETS || server.transport === 'tls';
    const free = own.lanes.find(({ hasRoom, load }) => hasRoom && (isFull || load < COMFORTABLE));
    if (free !== undefined) return free;
    const lane = new Lane(server, channels[server.transport]);
    own.lanes = [...own.lanes.filter(({ isOpen }) => isOpen), lane];
    return lane;
  };

  return {
    exchange: (server, attributes) =>
      defer(() => {
        const own = lanesOf(server);
        return exchange(deps, { server, shared: own.shared, lane: laneOf(server, own), attributes });
      }),
    close: () => {
      for (const { lanes } of all.values()) for (const lane of lanes) lane.close();
      all.clear();
    },
  };
};
