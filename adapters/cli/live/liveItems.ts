import { type EapFault, type EapNote, emit, type PaeNote, type Step, stay } from '../../../operators/core/index.js';
import { EapolType, readEapol } from '../../../streams/frames/index.js';
import type { WiredEvent } from '../../linux/index.js';
import { eapWords } from '../../radius/conversation/eapWords.js';
import { noTrail, noted, type Trail } from '../../radius/conversation/Trail.js';
import { byFault } from '../../radius/conversation/verdictOf.js';
import type { Verdict } from '../../radius/index.js';
import type { LiveItem } from './LiveItem.js';

/** What has been learned of the authentication under way. */
export interface LiveState {
  readonly trail: Trail;
  /** Microseconds; nothing while none is under way. */
  readonly began?: number;
}

export const idleLive: LiveState = { trail: noTrail };

type Note = EapNote | PaeNote;
type LiveStep = Step<LiveState, LiveItem>;

const packetOf = (packet: Uint8Array): { readonly type: string; readonly words: string } => {
  const eapol = readEapol(packet);
  if (eapol._tag === 'Left') return { type: 'malformed', words: 'malformed EAPOL' };
  const { type, body } = eapol.right;
  const name = EapolType.nameOf(type) ?? String(type);
  if (type === EapolType.codes.EAP_PACKET) return { type: name, words: eapWords(body) };
  const title = `${name[0]}${name.slice(1).toLowerCase().replaceAll('_', ' ')}`;
  return { type: name, words: `EAPOL-${title}` };
};

const NOBODY =
  'check that 802.1X is switched on at this port of the switch, and that no other bridge lies between: they do not pass it on';
const SILENT = 'the switch answers, and its server does not: see its log, and whether it reaches the RADIUS server';

const verdictOf = (trail: Trail, fault: EapFault, hadAnswer: boolean): Verdict => {
  const verdict = byFault(trail, fault);
  return fault.code === 'noAnswer' && verdict.advice === undefined
    ? { ...verdict, advice: hadAnswer ? SILENT : NOBODY }
    : verdict;
};

const succeeded = ({ inner }: Trail, method: string): Verdict => ({
  kind: 'authenticated',
  message: `${method}${inner === undefined ? '' : ` with ${inner} inside`} succeeded`,
  method,
});

const conclude = ({ began }: LiveState, at: number, verdict: Verdict): LiveStep =>
  emit<LiveState, LiveItem>(idleLive, { at, kind: 'verdict', verdict, ms: (at - (began ?? at)) / 1000 });

const onNote = (state: LiveState, at: number, note: Note): LiveStep => {
  switch (note.kind) {
    case 'authenticated':
      return conclude(state, at, succeeded(state.trail, note.method));
    case 'failed':
      // It was our own wish.
      if (note.fault.code === 'cancelled') return stay(idleLive);
      return conclude(state, at, verdictOf(state.trail, note.fault, state.trail.answers > 0));
    case 'phase': {
      const isBeginning = note.phase === 'connecting' || note.phase === 'authenticating';
      const began = state.began ?? at;
      const answers = note.phase === 'authenticating' ? 1 : state.trail.answers;
      const next = isBeginning ? { trail: { ...state.trail, answers }, began } : state;
      return emit<LiveState, LiveItem>(next, { at, kind: 'note', note });
    }
    case 'start':
    case 'rest':
    case 'ignored':
      return emit<LiveState, LiveItem>(state, { at, kind: 'note', note });
    default:
      return emit<LiveState, LiveItem>({ ...state, trail: noted(state.trail, note) }, { at, kind: 'note', note });
  }
};

/** What one event of a supplicant means to whoever watches it; `at` is in microseconds. */
export const liveItems = (state: LiveState, at: number, event: WiredEvent): LiveStep => {
  switch (event.kind) {
    case 'link':
      return emit<LiveState, LiveItem>(state, { at, kind: 'link', link: event.link });
    case 'removed':
      return emit<LiveState, LiveItem>(state, { at, kind: 'removed' });
    case 'trouble':
      return emit<LiveState, LiveItem>(state, { at, kind: 'trouble', ...event.fault });
    case 'packet': {
      const { dir, packet, from } = event;
      const item = { at, kind: 'packet' as const, dir, octets: packet.length, ...(from && { from }), ...packetOf(packet) };
      return emit<LiveState, LiveItem>(state, item);
    }
    case 'note':
      return onNote(state, at, event.note);
    case 'port':
      // What was under way ends with its port.
      return emit<LiveState, LiveItem>(event.port.state === 'deleted' ? idleLive : state, {
        at,
        kind: 'port',
        state: event.port.state,
      });
    case 'told':
      return emit<LiveState, LiveItem>(state, { at, kind: 'call', entry: { at, dir: 'in', event: event.event } });
    case 'done':
      return emit<LiveState, LiveItem>(state, { at, kind: 'call', entry: { at, dir: 'out', event: event.effect } });
  }
};
