import { EapolType, writeEapol } from '../../../../streams/frames/index.js';
import { emit, type Step } from '../../Step.js';
import { type EapFault, spendsPassword } from '../EapFault.js';
import { failureOf, nobodyThere } from './failureOf.js';
import type { PaeNote, PaeOutput, PaePhase, PeerWord } from './Pae.js';
import { type Authenticating, type Connecting, idle, type PaeSettings, type PaeState, type PaeStep } from './PaeState.js';

const { EAP_PACKET, START, LOGOFF } = EapolType.codes;
const EMPTY = new Uint8Array(0);

export const report = (note: PaeNote): PaeOutput => ({ do: 'report', note });
const enters = (phase: PaePhase): PaeOutput => report({ kind: 'phase', phase });

export const go = (state: PaeState, ...effects: ReadonlyArray<PaeOutput>): PaeStep =>
  emit<PaeState, PaeOutput>(state, ...effects);
export const ignore = (state: PaeState, why: string): PaeStep => go(state, report({ kind: 'ignored', why }));

const eapol = ({ eapolVersion }: PaeSettings, type: number, body: Uint8Array): PaeOutput => ({
  do: 'transmit',
  packet: writeEapol({ version: eapolVersion, type, body }),
});

export const transmitEap = (settings: PaeSettings, packet: Uint8Array): PaeOutput => eapol(settings, EAP_PACKET, packet);

/** What has to go before another phase begins. */
export const leaving = ({ phase }: PaeState): ReadonlyArray<PaeOutput> => {
  switch (phase) {
    case 'connecting':
      return [{ do: 'clearTimer', name: 'startWhen' }];
    case 'authenticating':
      return [{ do: 'clearTimer', name: 'authWhile' }, { do: 'endEap' }];
    case 'held':
      return [{ do: 'clearTimer', name: 'heldWhile' }];
    default:
      return [];
  }
};

const sendStart = (settings: PaeSettings, state: Connecting): ReadonlyArray<PaeOutput> => [
  report({ kind: 'start', attempt: state.starts, of: settings.maxStart }),
  { do: 'setTimer', name: 'startWhen', ms: settings.startPeriod },
  eapol(settings, START, EMPTY),
];

/** Asks whether anybody is there (IEEE 802.1X-2004 8.2.11: CONNECTING). */
export const connect = (settings: PaeSettings, from: PaeState, silences = 0): PaeStep => {
  const state: Connecting = { phase: 'connecting', silences, starts: 1 };
  return go(state, ...leaving(from), enters('connecting'), ...sendStart(settings, state));
};

/** No answer to an EAPOL-Start: once more, or nobody is there (R102). */
export const connectAgain = (settings: PaeSettings, state: Connecting): PaeStep => {
  if (state.starts < settings.maxStart) {
    const next = { ...state, starts: state.starts + 1 };
    return go(next, ...sendStart(settings, next));
  }
  const failure = nobodyThere(state.starts);
  return go(idle, enters('idle'), report({ kind: 'failed', fault: failure.fault }), { do: 'result', ...failure });
};

/**
 * How long the server may be silent from now on, or say what is no use: only an answer of ours begins the time anew. A peer that hears of
 * a silence and does not end is at work itself.
 */
export const waiting = ({ authPeriod }: PaeSettings): PaeOutput => ({ do: 'setTimer', name: 'authWhile', ms: authPeriod });

export const feed = (packet: Uint8Array): PaeOutput => ({ do: 'feedEap', input: { kind: 'packet', packet } });

/** The server has begun: a new peer is to answer it (RESTART, AUTHENTICATING). */
export const begin = (settings: PaeSettings, from: PaeState): Step<Authenticating, PaeOutput> => {
  const silences = from.phase === 'connecting' ? from.silences : 0;
  const progress: ReadonlyArray<PaeOutput> = silences > 0 ? [] : [{ do: 'result', result: 'inProgress' }];
  const state: Authenticating = { phase: 'authenticating', silences, hasMethod: false, restarts: 0 };
  const beginning: ReadonlyArray<PaeOutput> = [{ do: 'beginEap' }, waiting(settings)];
  return emit<Authenticating, PaeOutput>(state, ...leaving(from), enters('authenticating'), ...progress, ...beginning);
};

/**
 * Rests after a failure (HELD). Whoever asks ends the rest, but not where the same password would be shown again: the EAP layer is not
 * ready before then (IEEE 802.1X-2004 8.2.11.1.1: eapRestart).
 */
const hold = (settings: PaeSettings, from: Authenticating, fault: EapFault): PaeStep =>
  go(
    { phase: 'held', isAwaited: false, isFirm: spendsPassword(fault) },
    ...leaving(from),
    enters('held'),
    { do: 'setTimer', name: 'heldWhile', ms: settings.heldPeriod },
    report({ kind: 'failed', fault }),
    { do: 'result', ...failureOf(fault, from.hasMethod) },
  );

/** A silence is a reason to begin again; what the peer found wrong is not. */
export const fail = (settings: PaeSettings, from: Authenticating, fault: EapFault): PaeStep =>
  fault.code === 'noAnswer' && from.silences < settings.maxRetries
    ? connect(settings, from, from.silences + 1)
    : hold(settings, from, fault);

export const succeed = (from: Authenticating, { method, keys }: Extract<PeerWord, { do: 'succeed' }>): PaeStep =>
  go(
    { phase: 'authenticated' },
    ...leaving(from),
    enters('authenticated'),
    report({ kind: 'authenticated', method, hasKeys: keys !== undefined }),
    { do: 'result', result: 'success', method, ...(keys && { keys }) },
  );

/** Tells the authenticator, and whoever waits for a result (IEEE 802.1X-2004 8.2.11: LOGOFF). */
export const logOff = (settings: PaeSettings, from: PaeState, fault: EapFault): PaeStep => {
  const isAwaited = from.phase === 'connecting' || from.phase === 'authenticating' || (from.phase === 'held' && from.isAwaited);
  const hasMethod = from.phase === 'authenticating' && from.hasMethod;
  const result: ReadonlyArray<PaeOutput> = isAwaited ? [{ do: 'result', ...failureOf(fault, hasMethod) }] : [];
  return go({ phase: 'loggedOff' }, ...leaving(from), enters('loggedOff'), eapol(settings, LOGOFF, EMPTY), ...result);
};
