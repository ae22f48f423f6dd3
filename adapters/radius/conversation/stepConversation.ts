import { isLeft } from 'fp-ts/lib/Either.js';
import { andThen, type Crypto, emit, type Step, stay } from '../../../operators/core/index.js';
import type { EapPeerEvent } from '../../../operators/index.js';
import { EapCode } from '../../../streams/frames/index.js';
import type { ExchangeEvent } from '../client/ExchangeEvent.js';
import type { RadiusServer } from '../client/RadiusServer.js';
import { joinEapMessage } from '../packet/eapMessage.js';
import { mppeKeysOf } from '../packet/mppeKeys.js';
import { provisionOf } from '../packet/Provision.js';
import { RadiusAttributeType } from '../packet/RadiusAttributeType.js';
import { RadiusCode } from '../packet/RadiusCode.js';
import { attributesOf, type RadiusAttribute } from '../packet/RadiusPacket.js';
import type { Conversation, ConversationInput, ConversationOutput, ConversationResult } from './Conversation.js';
import { eapWords } from './eapWords.js';
import { compareKeys } from './keyComparison.js';
import { identityIn, requestAttributes } from './requestAttributes.js';
import { doubted, noTrail, noted, stepOf } from './Trail.js';
import type { Verdict } from './Verdict.js';
import { accepted, byChannel, byDoubts, byFault, byPolicy, byProtocol, byReject } from './verdictOf.js';

type Turn = Step<Conversation, ConversationOutput>;
/** What an answer carries of EAP. */
type JoinedEap = ReturnType<typeof joinEapMessage>;
type Of<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;

const STATE = RadiusAttributeType.codes.State;
const { ACCESS_ACCEPT, ACCESS_CHALLENGE } = RadiusCode.codes;
/** RFC 3579 2.1: the NAS asks for the identity itself, so that the server need not. */
const IDENTITY_REQUEST = Uint8Array.of(EapCode.codes.REQUEST, 0, 0, 5, 1);
const EMPTY = new Uint8Array(0);

/** Begins a conversation with the first of some servers. */
export const beginConversation = (
  crypto: Crypto,
  [server, ...others]: readonly [RadiusServer, ...ReadonlyArray<RadiusServer>],
  nas: ReadonlyArray<RadiusAttribute>,
): Turn =>
  emit<Conversation, ConversationOutput>(
    {
      crypto,
      server,
      others,
      nas,
      trail: noTrail,
      identity: EMPTY,
      sent: EMPTY,
      stateValue: undefined,
      step: 'identity',
      turn: 'peer',
      final: undefined,
      fault: undefined,
      silence: undefined,
    },
    { do: 'signal', signal: { kind: 'packet', packet: IDENTITY_REQUEST } },
  );

const end = (state: Conversation, verdict: Verdict, more: Pick<ConversationResult, 'msk'> = {}): Turn => {
  const { server, trail, final } = state;
  const given = final && { provision: final.provision, mppe: final.mppe };
  return emit<Conversation, ConversationOutput>(state, { do: 'end', result: { verdict, server, trail, ...given, ...more } });
};

const ask = (state: Conversation): Turn => {
  const { identity, nas, sent, stateValue, server, trail } = state;
  const attributes = requestAttributes(identity, nas, sent, stateValue);
  const next: Conversation = { ...state, turn: 'server', step: stepOf(trail) };
  return emit<Conversation, ConversationOutput>(next, { do: 'ask', server, attributes });
};

const signal = (state: Conversation, packet: Uint8Array): Turn =>
  emit<Conversation, ConversationOutput>({ ...state, turn: 'peer' }, { do: 'signal', signal: { kind: 'packet', packet } });

/** Nothing more comes: the peer is asked what it makes of that. */
const silence = (state: Conversation): Turn =>
  emit<Conversation, ConversationOutput>({ ...state, turn: 'peer' }, { do: 'signal', signal: { kind: 'timeout' } });

const onSend = (state: Conversation, packet: Uint8Array): Turn => {
  if (state.final !== undefined) return stay(state);
  return ask({ ...state, sent: packet, identity: identityIn(packet) ?? state.identity });
};

/** What the peer had no use for is the end of a conversation in which nobody else speaks. */
const onNote = (state: Conversation, event: Extract<EapPeerEvent, { do: 'report' }>): Turn => {
  const { note } = event;
  const next = { ...state, trail: noted(state.trail, note) };
  const remarked = emit<Conversation, ConversationOutput>(next, { do: 'remark', remark: { kind: 'note', note } });
  return note.kind === 'discarded' && state.turn === 'peer' ? andThen(remarked, silence) : remarked;
};

const onFail = (state: Conversation, event: Extract<EapPeerEvent, { do: 'fail' }>): Turn => {
  const { fault } = event;
  // What went out may still be answered, and the answer is worth knowing.
  if (state.turn === 'server' && state.final === undefined) return stay({ ...state, fault });
  const { discarded } = state.trail;
  if (fault.code !== 'noAnswer') return end(state, byFault(state.trail, fault));
  if (state.silence !== undefined) return end(state, state.silence);
  if (state.final !== undefined && !state.final.isAccept) return end(state, byReject(state.trail));
  return end(
    state,
    discarded === undefined ? byFault(state.trail, fault) : byProtocol(`the server sent what has no place: ${discarded}`),
  );
};

const onSucceed = (state: Conversation, { method, keys }: Extract<EapPeerEvent, { do: 'succeed' }>): Turn => {
  const { final, trail } = state;
  keys?.emsk?.zeroise();
  const msk = keys && { msk: keys.msk };
  if (final?.isAccept) return end(state, accepted(method, compareKeys(keys?.msk, final.mppe)), msk);
  const verdict =
    final === undefined ? (state.silence ?? byDoubts(trail, 'the server said nothing more')) : byPolicy(trail, method);
  return end(state, verdict, msk);
};

const onPeer = (state: Conversation, event: EapPeerEvent): Turn => {
  switch (event.do) {
    case 'send':
      return onSend(state, event.packet);
    case 'report':
      return onNote(state, event);
    case 'fail':
      return onFail(state, event);
    default:
      return onSucceed(state, event);
  }
};

const received = (state: Conversation, { packet }: Of<'answered'>, eap: JoinedEap): Turn => {
  const { code, bytes } = packet;
  const words = isLeft(eap) || eap.right === undefined ? {} : { eap: eapWords(eap.right) };
  const remark = { kind: 'received' as const, code, octets: bytes.length, step: state.step, ...words };
  return emit<Conversation, ConversationOutput>(state, { do: 'remark', remark });
};

const onChallenge = (state: Conversation, eap: Uint8Array | undefined): Turn => {
  if (state.fault !== undefined) return end(state, byFault(state.trail, state.fault));
  if (eap === undefined) return end(state, byProtocol('the Access-Challenge has no EAP-Message'));
  return signal(state, eap);
};

const onAccept = (state: Conversation, eap: Uint8Array | undefined): Turn => {
  if (state.fault !== undefined) return end(state, byFault(state.trail, state.fault));
  if (eap === undefined)
    return end(state, byProtocol('the Access-Accept has no EAP-Message, so no access point would pass it on'));
  if (eap[0] !== EapCode.codes.SUCCESS)
    return end(state, byProtocol(`the Access-Accept carries ${eapWords(eap)}, not an EAP-Success`));
  return signal(state, eap);
};

const isResult = ([code]: Uint8Array): boolean => code === EapCode.codes.SUCCESS || code === EapCode.codes.FAILURE;

/** A refusal with an EAP-Success comes from a policy that was asked after the method: the peer knows whether it had succeeded. */
const onReject = (state: Conversation, eap: Uint8Array | undefined): Turn => {
  if (state.fault !== undefined) return end(state, byFault(state.trail, state.fault));
  return eap === undefined || !isResult(eap) ? silence(state) : signal(state, eap);
};

const onAnswer = (before: Conversation, { packet, authenticator }: Of<'answered'>, eap: JoinedEap): Turn => {
  const [stateValue] = attributesOf(packet, STATE);
  const trail = { ...before.trail, answers: before.trail.answers + 1 };
  const state: Conversation = { ...before, trail, stateValue: stateValue?.value };
  if (isLeft(eap)) return end(state, byProtocol(eap.left.message));
  if (packet.code === ACCESS_CHALLENGE) return onChallenge(state, eap.right);
  const mppe = mppeKeysOf({ crypto: state.crypto, secret: state.server.secret.reveal() }, packet, authenticator);
  if (isLeft(mppe)) return end(state, byProtocol(mppe.left));
  const isAccept = packet.code === ACCESS_ACCEPT;
  const final = { isAccept, provision: provisionOf(packet), mppe: mppe.right };
  return isAccept ? onAccept({ ...state, final }, eap.right) : onReject({ ...state, final }, eap.right);
};

const silenceVerdict = ({ trail }: Conversation, event: Of<'unanswered'>): Verdict => {
  if (event.for === 'silence') return byDoubts(trail, event.message);
  if (event.for === 'unwritable' || event.for === 'malformed') return byProtocol(event.message);
  return byChannel(event.message, event.for === 'certificate');
};

const onUnanswered = (state: Conversation, event: Of<'unanswered'>): Turn => {
  const { message } = event;
  const remarked = emit<Conversation, ConversationOutput>(state, {
    do: 'remark',
    remark: { kind: 'unanswered', message, step: state.step },
  });
  const [next, ...others] = state.others;
  if (next !== undefined && state.trail.answers === 0) return andThen(remarked, () => ask({ ...state, server: next, others }));
  const { fault } = state;
  if (fault !== undefined) return andThen(remarked, () => end(state, byFault(state.trail, fault)));
  return andThen(remarked, () => silence({ ...state, silence: silenceVerdict(state, event) }));
};

const onExchange = (state: Conversation, event: ExchangeEvent): Turn => {
  switch (event.kind) {
    case 'sent': {
      const { identifier, attempt, octets } = event;
      const remark = { kind: 'sent' as const, server: state.server, identifier, attempt, octets, eap: eapWords(state.sent) };
      return emit<Conversation, ConversationOutput>(state, { do: 'remark', remark });
    }
    case 'ignored': {
      const trail = doubted(state.trail, event.for, event.message);
      return emit<Conversation, ConversationOutput>({ ...state, trail }, { do: 'remark', remark: event });
    }
    case 'answered': {
      const eap = joinEapMessage(event.packet);
      return andThen(received(state, event, eap), (next) => onAnswer(next, event, eap));
    }
    default:
      return onUnanswered(state, event);
  }
};

/**
 * A conversation between an EAP peer and a RADIUS server, seen by the NAS between them (RFC 3579 2): what the peer sends goes out in an
 * Access-Request, what an Access-Challenge carries goes to the peer, and an Access-Accept or -Reject ends it.
 *
 * @since 0.2.0
 */
export const stepConversation = (state: Conversation, input: ConversationInput): Turn => {
  switch (input.kind) {
    case 'peer':
      return onPeer(state, input.event);
    case 'exchange':
      return onExchange(state, input.event);
    default:
      return silence({ ...state, silence: byProtocol('nothing was made of the last packet of the server') });
  }
};

/** Destroys the keys of a conversation that did not come to its end, and those that were still to come. */
export const releaseConversation = ({ final }: Conversation, coming: ReadonlyArray<ConversationInput>): void => {
  final?.mppe.send?.zeroise();
  final?.mppe.receive?.zeroise();
  for (const input of coming) {
    if (input.kind !== 'peer' || input.event.do !== 'succeed') continue;
    input.event.keys?.msk.zeroise();
    input.event.keys?.emsk?.zeroise();
  }
};
