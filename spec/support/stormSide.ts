import { usesOneX } from '../../operators/core/rsn/akm.js';
import { type AdapterHandle, Effect, toHex } from '../../streams/events/index.js';
import { type NetworkSetup, networkFor, type TestNetwork } from './associationFor.js';
import { type Ap, authenticator } from './authenticator/authenticator.js';
import { drawn } from './authenticator/keys.js';
import { pmkOf } from './stages.js';

/** What a storm is made of. */
export type Action =
  | { readonly do: 'say'; readonly what: 'start' | 'retransmit' | 'group' | 'repeatGroup' | 'pairwise' }
  /** Of what is in the air, in either direction; `flip` changes a bit of it, `keep` leaves it there to come again. */
  | { readonly do: 'deliver'; readonly at: number; readonly keep: boolean; readonly flip?: number }
  | { readonly do: 'lose'; readonly at: number }
  /** Anything that was ever in the air. */
  | { readonly do: 'replay'; readonly at: number }
  | { readonly do: 'forge'; readonly number: number; readonly counter: number }
  /** Everything arrives, in order. */
  | { readonly do: 'calm' }
  | { readonly do: 'eap' }
  | { readonly do: 'sent'; readonly at: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'oneX'; readonly succeeds: boolean }
  | { readonly do: 'michael' }
  | { readonly do: 'keyUpdated' }
  | { readonly do: 'stop' | 'reset' | 'perform' };

/** A packet under way. */
export interface InAir {
  readonly to: 'station' | 'ap';
  readonly packet: Uint8Array;
}

/** One adapter with its access point, and what is between them. */
export interface Side {
  readonly adapter: AdapterHandle;
  readonly network: TestNetwork;
  readonly secret: Uint8Array;
  ap: Ap;
  session: number;
  isOpen: boolean;
  air: InAir[];
  /** Packets the hardware has not let go of. */
  inFlight: number[];
  readonly ever: Uint8Array[];
  readonly made: Set<string>;
  readonly said: string[];
  /** Of the latest port. */
  keys: string[];
  completions: string[];
}

/** EAP-Request/Identity in an EAPOL packet. */
export const EAP_REQUEST = Uint8Array.of(2, 0, 0, 5, 1, 1, 0, 5, 1);

/** As the 802.1X module protects its keys, and as it is undone. */
export const protecting = (octets: Uint8Array): Uint8Array => octets.map((octet) => octet ^ 0x5a);

/** What was done to one adapter, without what is numbered for all of them. */
export const rendered = (effect: Effect): string => {
  const { call: _, packet: _packet, generation: _generation, ...json } = Effect.encode(effect) as Record<string, unknown>;
  const material = 'material' in effect ? toHex(effect.material.key.reveal()) : '';
  return JSON.stringify({ ...json, material }, (_key, value) => (value instanceof Uint8Array ? toHex(value) : value));
};

export const sideOf = (index: number, setup: NetworkSetup): Side => {
  const network = networkFor({ ...setup, ssid: new TextEncoder().encode(`network ${index}`) });
  const secret = drawn(`master ${index}`, 0, usesOneX(setup.akm) ? 64 : (setup.pmkLength ?? setup.akm.pmkLengths[0] ?? 32));
  return {
    ...{ adapter: `0xa${index}` as AdapterHandle, network, secret },
    ap: authenticator({ network, secret: pmkOf(setup, secret), seed: `access point ${index}` }),
    ...{ session: 0, isOpen: false, air: [], inFlight: [], ever: [], made: new Set(), said: [], keys: [], completions: [] },
  };
};
