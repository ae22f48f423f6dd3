import { type BufferHandle, EtherType, type Secret } from '../../../streams/events/index.js';
import type { Packet } from '../method/inputs.js';
import { emit, type Step, stay } from '../Step.js';
import { call, type OneXOutcome, type PortOutput, report } from './Port.js';

/**
 * Where the host's 802.1X module stands. `held` are packets it will want once it runs; `parked` are EAPOL-Key packets, which
 * it must never see and which the method gets after a success (R105, R106).
 */
export type OneX =
  | { readonly phase: 'unstarted'; readonly held: ReadonlyArray<Packet> }
  /** Its attributes wait for a buffer; the module has not been called yet. */
  | { readonly phase: 'allocating'; readonly held: ReadonlyArray<Packet>; readonly parked: ReadonlyArray<Packet> }
  /** A module may report from inside the call that starts it (R265): `early` waits until the call has returned. */
  | {
      readonly phase: 'starting';
      readonly held: ReadonlyArray<Packet>;
      readonly parked: ReadonlyArray<Packet>;
      readonly early?: OneXOutcome;
    }
  | { readonly phase: 'running'; readonly parked: ReadonlyArray<Packet> }
  /** The module succeeded; its protected keys are being opened. */
  | { readonly phase: 'opening'; readonly parked: ReadonlyArray<Packet>; readonly sendKey?: Secret }
  | { readonly phase: 'over' };

const EAPOL_START = 1;
const EAPOL_KEY = 3;
const AT_MOST = 8;

export const oneXUnstarted: OneX = { phase: 'unstarted', held: [] };
export const oneXOver: OneX = { phase: 'over' };

export const isUnstarted = ({ phase }: OneX): boolean => phase === 'unstarted';
export const isRunning = ({ phase }: OneX): boolean => phase === 'running' || phase === 'starting';

/** EAPOL packet type is the second octet, after the version. */
const isEapolKey = ({ payload }: Packet): boolean => payload[1] === EAPOL_KEY;

/** R102: the module begins the exchange by itself. */
export const isEapolStart = (etherType: number, payload: Uint8Array): boolean =>
  etherType === EtherType.codes.EAPOL && payload[1] === EAPOL_START;

/** From the packet-type octet on, as the module wants it (R107, C12). */
const forward = ({ payload }: Packet): PortOutput => call({ kind: 'processOneXPacket', packet: payload.subarray(1) });

/** Bounded: a flood costs the oldest packet, not memory. */
const keep = (packets: ReadonlyArray<Packet>, packet: Packet): ReadonlyArray<Packet> => [...packets, packet].slice(-AT_MOST);

/** Decides who gets a packet: the module now, one of the two shelves, or (`mine`) the method. */
export const receive = (oneX: OneX, packet: Packet, methodUsesOneX: boolean): Step<OneX, PortOutput> | 'mine' => {
  if (packet.etherType !== EtherType.codes.EAPOL) return 'mine';
  const isKey = isEapolKey(packet);
  switch (oneX.phase) {
    case 'unstarted':
      return methodUsesOneX && !isKey ? stay({ ...oneX, held: keep(oneX.held, packet) }) : 'mine';
    case 'allocating':
    case 'starting':
      return stay(isKey ? { ...oneX, parked: keep(oneX.parked, packet) } : { ...oneX, held: keep(oneX.held, packet) });
    case 'running':
      return isKey ? stay({ ...oneX, parked: keep(oneX.parked, packet) }) : emit(oneX, forward(packet));
    case 'opening':
      return isKey ? stay({ ...oneX, parked: keep(oneX.parked, packet) }) : 'mine';
    case 'over':
      return 'mine';
  }
};

/** R100, R101: only while none runs. */
export const start = (oneX: OneX, attributes: Uint8Array | undefined): Step<OneX, PortOutput> => {
  if (oneX.phase !== 'unstarted' && oneX.phase !== 'over')
    return emit(oneX, report('R101', '802.1X runs already and is not started twice'));
  const shelves = { held: oneX.phase === 'unstarted' ? oneX.held : [], parked: [] };
  if (attributes === undefined) return emit<OneX, PortOutput>({ phase: 'starting', ...shelves }, call({ kind: 'startOneX' }));
  const allocate = call({ kind: 'allocateBuffer', size: attributes.length, content: attributes });
  return emit<OneX, PortOutput>({ phase: 'allocating', ...shelves }, allocate);
};

/** R103: the attributes stand in a buffer of the host's, which becomes the host's to free with the call. */
export const startWith = (oneX: OneX, attributes: BufferHandle): Step<OneX, PortOutput> =>
  oneX.phase === 'allocating'
    ? emit<OneX, PortOutput>({ ...oneX, phase: 'starting' }, call({ kind: 'startOneX', attributes }))
    : stay(oneX);

/** The module accepted the start: what it would have wanted goes to it now, in order (R104). */
export const started = (oneX: OneX): Step<OneX, PortOutput> =>
  oneX.phase === 'starting'
    ? emit<OneX, PortOutput>({ phase: 'running', parked: oneX.parked }, ...oneX.held.map(forward))
    : stay(oneX);

/** R116: only while it runs. */
export const stop = (oneX: OneX): Step<OneX, PortOutput> => {
  if (isRunning(oneX)) return emit(oneXOver, call({ kind: 'stopOneX' }));
  return oneX.phase === 'allocating' ? stay(oneXOver) : emit(oneX, report('R116', '802.1X does not run and is not stopped'));
};

export const parkedPackets = (oneX: OneX): ReadonlyArray<Packet> => ('parked' in oneX ? oneX.parked : []);
