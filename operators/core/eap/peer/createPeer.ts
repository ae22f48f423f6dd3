import { andThen, stay } from '../../Step.js';
import type { EapMethodReturn } from '../EapPeerMethod.js';
import { releasePeer, silence, told } from './conclude.js';
import { converse } from './converse.js';
import type { PeerInput, PeerOptions } from './Peer.js';
import { type Conversing, conversing, type PeerState, type PeerStep } from './PeerState.js';
import { goOn, receive } from './receive.js';

/** An EAP peer: a pure machine. */
export interface EapPeer {
  readonly initial: PeerState;
  step(state: PeerState, input: PeerInput): PeerStep;
  /** Destroys what secrets the state holds. */
  release(state: PeerState): void;
}

/** What came for a peer that has no use for it must not lie about. */
const destroy = (input: PeerInput): void => {
  if (input.kind === 'supplied') input.secret?.zeroise();
  if (input.kind === 'tls') for (const key of Object.values(input.turn.established?.keys ?? {})) key.fill(0);
};

const comeBack = (options: PeerOptions, state: Conversing, input: EapMethodReturn): PeerStep => {
  const { chosen } = state;
  if (chosen === undefined || chosen.outstanding === 0) {
    destroy(input);
    return stay(state);
  }
  const waitsLess = { ...chosen, outstanding: chosen.outstanding - 1 };
  return andThen(converse({ ...state, chosen: waitsLess }, waitsLess, input), (next) => goOn(options, next));
};

/** Time that comes while the method is at work again is of no use to it. */
const meanwhile = (state: Conversing): PeerStep => {
  const { chosen, inHand } = state;
  return chosen === undefined || inHand !== undefined ? stay(state) : converse(state, chosen, { kind: 'meanwhile' });
};

/**
 * The EAP peer of RFC 4137: it answers the server's requests, chooses among the methods that are allowed, leaves the rest to the
 * chosen one, and believes a Success only after that one has accepted the server.
 *
 * A request that is repeated gets the same answer again. What has no place is dropped with a note that says why. After 100
 * requests (`maxRounds`), or ten times as many packets, it gives up. Of `succeed` and `fail` there is exactly one, and nothing after it.
 *
 * @example
 * const peer = createPeer(options);
 * const { state, effects } = peer.step(peer.initial, { kind: 'packet', packet });
 *
 * @since 0.2.0
 */
export const createPeer = (options: PeerOptions): EapPeer => ({
  initial: conversing,
  step: (state, input) => {
    if (state.phase === 'over') {
      destroy(input);
      return stay(state);
    }
    switch (input.kind) {
      case 'packet':
        return andThen(receive(options, state, input.packet), (next) => goOn(options, next));
      case 'timeout':
        return silence(state);
      case 'meanwhile':
        return meanwhile(state);
      case 'told':
        return told(state, input.isSuccess);
      default:
        return comeBack(options, state, input);
    }
  },
  release: releasePeer,
});
