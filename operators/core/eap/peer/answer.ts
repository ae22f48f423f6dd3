import { isLeft } from 'fp-ts/lib/Either.js';
import {
  EAP_VENDOR_IETF,
  EapCode,
  EapMethod,
  type EapVendorType,
  writeEap,
  writeEapNak,
} from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import type { EapPeerMethod } from '../EapPeerMethod.js';
import type { PeerOutput } from './Peer.js';
import { type Conversing, type PeerState, type PeerStep, type Request, withoutRequest } from './PeerState.js';

const { RESPONSE } = EapCode.codes;
const { EXPANDED, NAK } = EapMethod.codes;
const NO_METHOD = 0;

export const discard = (state: PeerState, why: string): PeerStep =>
  emit<PeerState, PeerOutput>(state, { do: 'report', note: { kind: 'discarded', why } });

/** A type as it is written: `data` follows. */
interface Answer {
  readonly type: number;
  readonly vendor?: EapVendorType;
  readonly data: Uint8Array;
}

const send = (state: Conversing, request: Request, answer: Answer): PeerStep => {
  const response = writeEap({ code: RESPONSE, identifier: request.identifier, ...answer });
  const answered = withoutRequest(state);
  if (isLeft(response)) return discard(answered, response.left.message);
  const packet = response.right;
  return emit<PeerState, PeerOutput>({ ...answered, last: { request, response: packet } }, { do: 'send', packet });
};

/** Answers with the type of the request, in the form it came in. */
export const answer = (state: Conversing, request: Request, data: Uint8Array): PeerStep =>
  send(
    state,
    request,
    request.expanded === undefined ? { type: request.type, data } : { type: EXPANDED, vendor: request.expanded, data },
  );

/** Names the methods that are allowed instead; an expanded request gets an expanded Nak (RFC 3748 5.3). */
export const decline = (state: Conversing, request: Request, methods: ReadonlyArray<EapPeerMethod>): PeerStep => {
  const wishes = methods.length === 0 ? [{ type: NO_METHOD }] : methods.map(({ type }) => ({ type }));
  return send(
    state,
    request,
    request.expanded === undefined
      ? { type: NAK, data: writeEapNak(wishes) }
      : { type: EXPANDED, vendor: { vendor: EAP_VENDOR_IETF, type: NAK }, data: writeEapNak(wishes, true) },
  );
};

export const answerAgain = (state: Conversing, response: Uint8Array): PeerStep =>
  emit<PeerState, PeerOutput>(state, { do: 'send', packet: response });
