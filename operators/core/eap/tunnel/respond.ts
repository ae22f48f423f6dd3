import { type EapTlsPacket, fragmentEapTls, writeEapTls } from '../../../../streams/frames/index.js';
import { emit } from '../../Step.js';
import type { EapMethodCommand } from '../EapPeerMethod.js';
import { NOTHING_YET } from './reassembly.js';
import type { TunnelState, TunnelStep, Verdict } from './TunnelState.js';

const EMPTY = new Uint8Array(0);
const LENGTH_SIZE = 4;

const respondWith = (packet: EapTlsPacket): EapMethodCommand => ({ do: 'respond', data: writeEapTls(packet) });

/** Version 0 in all of them: this peer knows no other of PEAP and TTLS, and EAP-TLS has none. */
const cut = (records: Uint8Array, room: number, announcesLength: boolean): ReadonlyArray<EapTlsPacket> => {
  const packets = fragmentEapTls(records, room);
  const fits = records.length > 0 && records.length + LENGTH_SIZE < room;
  if (packets.length > 1 || !announcesLength || !fits) return packets;
  return packets.map((packet) => ({ ...packet, messageLength: records.length }));
};

const endOf = (verdicts: ReadonlyArray<Verdict>): 'over' | 'listening' =>
  verdicts.some((verdict) => verdict.do === 'refuse') ? 'over' : 'listening';

/** Sends the first of these packets; after the last, tells the verdicts. */
export const sendNext = <S>(state: TunnelState<S>, [packet, ...rest]: ReadonlyArray<EapTlsPacket>): TunnelStep<S> => {
  const now = packet === undefined ? [] : [respondWith(packet)];
  if (rest.length > 0) return emit<TunnelState<S>, EapMethodCommand>({ ...state, phase: { at: 'sending', rest } }, ...now);
  const { verdicts } = state;
  const at = endOf(verdicts);
  const next: TunnelState<S> = {
    ...state,
    phase: at === 'over' ? { at } : { at, soFar: NOTHING_YET },
    isAccepted: state.isAccepted || verdicts.some((verdict) => verdict.do === 'accept'),
    verdicts: [],
  };
  return emit<TunnelState<S>, EapMethodCommand>(next, ...now, ...verdicts);
};

/** Answers the request in hand with what TLS has to say, which may be nothing: that acknowledges. */
export const respond = <S>(state: TunnelState<S>, announcesLength: boolean): TunnelStep<S> =>
  sendNext({ ...state, records: EMPTY }, cut(state.records, state.room, announcesLength && !state.isStanding));

/** Acknowledges a fragment (RFC 5216 2.1.5). */
export const acknowledge = (): EapMethodCommand => respondWith({ isStart: false, hasMore: false, version: 0, fragment: EMPTY });
