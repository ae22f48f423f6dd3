import { type Step, stay, WIRED_ALGORITHM } from '../../../operators/core/index.js';
import {
  type AdapterHandle,
  AssocStatus,
  Cipher,
  EtherType,
  type Handler,
  type Indication,
  type MacAddress,
  type ServiceHandle,
} from '../../../streams/events/index.js';
import { associationWith } from '../../memory/associationWith.js';
import type { WireEvent, WireLink } from './Wire.js';

/** What a wire means to an engine: calls of its host, and indications. What opens and ends ports follows from these. */
export type WireCall =
  | Handler<'initAdapter' | 'deinitAdapter' | 'receivePacket'>
  | Extract<Indication, { kind: 'associationStart' | 'associationCompletion' | 'disassociation' }>;

/** The interface, as long as there is one. */
export interface WireState {
  readonly link?: WireLink;
}

export type WireInput =
  | Exclude<WireEvent, { kind: 'trouble' }>
  /** Nobody wants it any more. */
  | { readonly kind: 'ended' };

type WireStep = Step<WireState, WireCall>;

export const noWire: WireState = {};

/**
 * The other end of the wire. Whoever it is, packets go to the PAE group address (IEEE 802.1X-2020 11.1.1); a port is for one station
 * (R44), so here that address stands with its group bit off and its local bit on.
 */
export const WIRE_PEER = '02:80:c2:00:00:03' as MacAddress;

const SERVICE = '0x1' as ServiceHandle;
const NO_NAME = new Uint8Array(0);
const { UNREACHABLE, DISASSOCIATED_BY_OS } = AssocStatus.codes;

/** An adapter is known by the number of its interface, which no later interface has. */
export const handleOf = ({ index }: WireLink): AdapterHandle => `0x${index.toString(16)}` as AdapterHandle;

const association = associationWith(WIRE_PEER, {
  authAlgorithm: WIRED_ALGORITHM,
  unicastCipher: Cipher.codes.NONE,
  multicastCipher: Cipher.codes.NONE,
});

const arrive = (link: WireLink): WireCall => ({
  kind: 'initAdapter',
  adapter: handleOf(link),
  service: SERVICE,
  address: link.address,
  description: link.name,
});

const associate = (link: WireLink): ReadonlyArray<WireCall> =>
  link.isUp
    ? [
        { kind: 'associationStart', adapter: handleOf(link), peer: WIRE_PEER, ssid: NO_NAME },
        { kind: 'associationCompletion', adapter: handleOf(link), association },
      ]
    : [];

const disassociate = (link: WireLink, reason: number): ReadonlyArray<WireCall> =>
  link.isUp ? [{ kind: 'disassociation', adapter: handleOf(link), peer: WIRE_PEER, reason }] : [];

const leave = (link: WireLink | undefined, reason: number): ReadonlyArray<WireCall> =>
  link === undefined ? [] : [...disassociate(link, reason), { kind: 'deinitAdapter', adapter: handleOf(link) }];

/** To an authenticator another address is another station, so it is another adapter here. */
const isSameStation = (link: WireLink, before: WireLink | undefined): before is WireLink =>
  before !== undefined && link.index === before.index && link.address === before.address;

const onLink = (before: WireLink | undefined, link: WireLink): WireStep => {
  if (!isSameStation(link, before))
    return { state: { link }, effects: [...leave(before, UNREACHABLE), arrive(link), ...associate(link)] };
  if (link.isUp === before.isUp) return stay({ link });
  return { state: { link }, effects: link.isUp ? associate(link) : disassociate(before, UNREACHABLE) };
};

/**
 * What happens to a wire, as a miniport and its host would tell an engine: an interface is an adapter, a link that comes up an
 * association, one that goes down a disassociation, an interface that goes away its removal.
 */
export const stepWire = ({ link }: WireState, input: WireInput): WireStep => {
  switch (input.kind) {
    case 'link':
      return onLink(link, input.link);
    case 'removed':
      return { state: noWire, effects: leave(link, UNREACHABLE) };
    case 'ended':
      return { state: noWire, effects: leave(link, DISASSOCIATED_BY_OS) };
    case 'packet': {
      if (link?.isUp !== true) return stay({ ...(link && { link }) });
      const packet = { peer: WIRE_PEER, etherType: EtherType.codes.EAPOL, payload: input.payload };
      return { state: { link }, effects: [{ kind: 'receivePacket', adapter: handleOf(link), ...packet }] };
    }
  }
};
