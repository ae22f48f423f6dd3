import { akmOf, cipherOf } from '../../../../operators/core/index.js';
import { L2Reason, type LogEntry } from '../../../../streams/events/index.js';
import type { Candidate, WifiEvent } from '../../../linux/index.js';
import type { Verdict } from '../../../radius/index.js';
import { coloursOf } from '../../colours.js';
import type { Io } from '../../Io.js';
import { noteWords } from '../../text/noteWords.js';
import { visible } from '../../text/visible.js';
import { timeline } from '../../timeline.js';
import { eapolWords } from './eapolWords.js';
import { oneXVerdicts } from './oneXVerdicts.js';

/** Takes what there is to see, `at` in microseconds; `false` once nobody reads it any more. */
export type WifiReport = (at: number, event: WifiEvent) => boolean;

const WIDTH = 9;
const DIGITS = 3;

const nameOf = ({ bss }: Candidate): string => visible(new TextDecoder().decode(bss.ssid));

const securityWords = ({ security }: Candidate): string => {
  if (security === undefined) return 'open';
  const management = security.groupManagement === undefined ? '' : ', protected management frames';
  return `${akmOf(security.akm)?.name ?? ''}, ${cipherOf(security.pairwise)?.name ?? ''}${management}`;
};

const candidateWords = (candidate: Candidate): string => {
  const { bssid, frequency, signal } = candidate.bss;
  const loudness = signal === undefined ? '' : `, ${(signal / 100).toFixed(0)} dBm`;
  return `${nameOf(candidate)} (${bssid}, ${frequency} MHz${loudness}): ${securityWords(candidate)}`;
};

type Chosen = Extract<WifiEvent, { kind: 'chosen' }>;

const WAYS: Readonly<Record<Chosen['way'], string>> = {
  full: '',
  cached: ', with a key of before',
  fastTransition: ', by fast transition',
  driver: ', as its driver has chosen by itself',
};

const chosenWords = ({ candidate, way }: Chosen): string => {
  const from = candidate.from === undefined ? '' : `, from ${candidate.from}`;
  return `goes to ${candidateWords(candidate)}${from}${WAYS[way]}`;
};

const reasonWords = (reason: number | undefined): string => (reason === undefined ? '' : `, ${L2Reason.show(reason)}`);

const raisedWords = ({ security, requiresPmf }: Extract<WifiEvent, { kind: 'raised' }>): string => {
  const kind = security === undefined ? '' : `nothing less than ${security}`;
  const pmf = requiresPmf === true ? 'protected management frames' : '';
  return `the network has nothing older left, and says so: from now on ${kind}${pmf} will do`;
};

const failedWords = ({ why, reason }: Extract<WifiEvent, { kind: 'failed' }>, verdict: Verdict | undefined): string => {
  const because = verdict === undefined ? '' : `; ${visible(verdict.message)}`;
  return `NOT CONNECTED: ${visible(why)}${reasonWords(reason)}${because}`;
};

const entryOf = (at: number, event: WifiEvent): LogEntry | undefined => {
  if (event.kind === 'told') return { at, dir: 'in', event: event.event };
  return event.kind === 'done' ? { at, dir: 'out', event: event.effect } : undefined;
};

const switchWords = ({ isOn, isBlocked }: Extract<WifiEvent, { kind: 'switched' }>): string => {
  if (isOn) return 'the interface is switched on';
  return `the interface is switched off${isBlocked ? ' with its radio: rfkill unblock wifi, or the switch of the machine' : ''}; waits until it is on`;
};

const MOST_CHANNELS = 3;

const scanWords = ({ frequencies = [] }: Extract<WifiEvent, { kind: 'scanning' }>): string => {
  const isShort = frequencies.length > 0 && frequencies.length <= MOST_CHANNELS;
  return isShort ? `scans ${frequencies.join(', ')} MHz` : 'scans';
};

/** What an event says behind its time; nothing where it is said elsewhere. */
const wordsOf = (event: WifiEvent, verdict: Verdict | undefined): string | undefined => {
  switch (event.kind) {
    case 'scanning':
      return scanWords(event);
    case 'chosen':
      return chosenWords(event);
    case 'fellBack':
      return `the short way did not lead there, and the long one is taken: ${visible(event.why)}`;
    case 'channel':
      return `the access point has gone to ${event.frequency} MHz, and we with it`;
    case 'stayed':
      return `stays: ${visible(event.why)}`;
    case 'packet':
      return `${event.dir === 'out' ? '──▶' : '◀──'} ${eapolWords(event.packet)}${event.isProtected === true ? ', encrypted' : ''}`;
    case 'note':
      return noteWords(event.note);
    case 'port':
      return event.port.state === 'authorised' ? 'the port is open' : undefined;
    case 'switched':
      return switchWords(event);
    case 'waiting':
      return `tries again in ${event.ms / 1000} s`;
    case 'trouble':
      return visible(event.fault.message);
    case 'connected':
      return `CONNECTED to ${nameOf(event.candidate)}, ${event.candidate.bss.bssid}`;
    case 'failed':
      return failedWords(event, verdict);
    case 'raised':
      return raisedWords(event);
    case 'gaveUp':
      return `gives up: ${event.why}`;
    default:
      return undefined;
  }
};

const GOOD: ReadonlySet<WifiEvent['kind']> = new Set(['connected']);
const BAD: ReadonlySet<WifiEvent['kind']> = new Set(['failed', 'fellBack', 'gaveUp', 'trouble']);

/** For people: a line for whatever happens, its time in seconds from the beginning. */
export const textWifiReport = (
  io: Io,
  { showsCalls, columns }: { readonly showsCalls: boolean; readonly columns: number },
): WifiReport => {
  const { good, bad, faint } = coloursOf(io);
  const calls = timeline({ colour: faint('') !== '', columns });
  const verdictOf = oneXVerdicts();
  let began: number | undefined;
  return (at, event) => {
    began ??= at;
    const verdict = verdictOf(event);
    const entry = entryOf(at - began, event);
    if (entry !== undefined) {
      const text = showsCalls ? calls(entry) : undefined;
      return text === undefined || io.out(`${text}\n`);
    }
    const words = wordsOf(event, verdict);
    if (words === undefined) return true;
    const coloured = GOOD.has(event.kind) ? good(words) : BAD.has(event.kind) ? bad(words) : words;
    const advice = verdict?.advice === undefined ? '' : `${' '.repeat(WIDTH + 4)}what to do: ${verdict.advice}\n`;
    return io.out(`${faint(((at - began) / 1e6).toFixed(DIGITS).padStart(WIDTH))} s  ${coloured}\n${advice}`);
  };
};

const candidateJson = (candidate: Candidate): object => {
  const { bssid, frequency, signal } = candidate.bss;
  const { security } = candidate;
  return {
    ...{ ssid: new TextDecoder().decode(candidate.bss.ssid), bssid, frequency },
    ...(signal !== undefined && { signal: signal / 100 }),
    akm: security === undefined ? 'open' : akmOf(security.akm)?.name,
    ...(security && { pairwise: cipherOf(security.pairwise)?.name, group: cipherOf(security.group)?.name }),
    protectsManagement: security?.groupManagement !== undefined,
    ...(candidate.from !== undefined && { from: candidate.from }),
  };
};

const jsonOf = (event: WifiEvent, verdict: Verdict | undefined): object | undefined => {
  switch (event.kind) {
    case 'chosen':
      return { kind: event.kind, ...candidateJson(event.candidate), way: event.way };
    case 'connected':
      return { kind: event.kind, ...candidateJson(event.candidate) };
    case 'packet': {
      const { kind, dir, packet, isProtected } = event;
      return { kind, dir, words: eapolWords(packet), octets: packet.length, ...(isProtected === true && { isProtected }) };
    }
    case 'port':
      return { kind: 'port', state: event.port.state };
    case 'failed': {
      const { kind, why, reason } = event;
      return { kind, why, ...(reason !== undefined && { reason: L2Reason.show(reason) }), ...(verdict && { verdict }) };
    }
    case 'trouble':
      return { kind: 'trouble', ...event.fault };
    case 'told':
    case 'done':
      return undefined;
    default:
      return event;
  }
};

/** For programs: an object a line, its time in microseconds. */
export const jsonWifiReport = (io: Io): WifiReport => {
  const verdictOf = oneXVerdicts();
  return (t, event) => {
    const object = jsonOf(event, verdictOf(event));
    return object === undefined || io.out(`${JSON.stringify({ t, ...object })}\n`);
  };
};
