import { RadiusAttributeType } from './RadiusAttributeType.js';
import { attributesOf, type RadiusPacket } from './RadiusPacket.js';

/** What a server tells the NAS to do with a station. */
export interface Provision {
  /** RFC 3580 3.31: a number, or a name. */
  readonly vlans: ReadonlyArray<string>;
  readonly filters: ReadonlyArray<string>;
  /** Seconds. */
  readonly sessionTimeout?: number;
  readonly idleTimeout?: number;
  /** Whether the station authenticates again at the end of its session, or has to go (RFC 2865 5.29). */
  readonly terminationAction?: 'default' | 'reauthenticate' | number;
  readonly messages: ReadonlyArray<string>;
  /** RFC 5176 3.6. */
  readonly errorCause?: number;
}

const { codes } = RadiusAttributeType;
const VLAN = 13;
const IEEE_802 = 6;
/** RFC 2868 3.6: a first octet above this is no tag but the first letter of a string. */
const LAST_TAG = 0x1f;

const text = (value: Uint8Array): string => new TextDecoder().decode(value);
const textsOf = (packet: RadiusPacket, type: number): ReadonlyArray<string> =>
  attributesOf(packet, type).map(({ value }) => text(value));

const u32 = (value: Uint8Array): number | undefined =>
  value.length === 4 ? new DataView(value.buffer, value.byteOffset).getUint32(0) : undefined;
const numberOf = (packet: RadiusPacket, type: number): number | undefined => {
  const [found] = attributesOf(packet, type);
  return found && u32(found.value);
};

/** RFC 2868 3.1, 3.2: a tag, and a number of three octets. */
const taggedNumbers = (packet: RadiusPacket, type: number): ReadonlyMap<number, number> =>
  new Map(
    attributesOf(packet, type).flatMap(({ value }) => {
      const word = u32(value);
      return word === undefined ? [] : [[word >>> 24, word & 0xffffff] as const];
    }),
  );

const taggedText = (value: Uint8Array): { readonly tag: number; readonly text: string } => {
  const [first = LAST_TAG + 1] = value;
  return first <= LAST_TAG ? { tag: first, text: text(value.subarray(1)) } : { tag: 0, text: text(value) };
};

/** A group is a VLAN where the tunnel of its tag is one over IEEE 802 (RFC 3580 3.31). */
const vlansOf = (packet: RadiusPacket): ReadonlyArray<string> => {
  const [types, media] = [taggedNumbers(packet, codes['Tunnel-Type']), taggedNumbers(packet, codes['Tunnel-Medium-Type'])];
  return attributesOf(packet, codes['Tunnel-Private-Group-ID'])
    .map(({ value }) => taggedText(value))
    .filter(({ tag }) => types.get(tag) === VLAN && media.get(tag) === IEEE_802)
    .map((group) => group.text);
};

const terminationOf = (packet: RadiusPacket): Provision['terminationAction'] => {
  const action = numberOf(packet, codes['Termination-Action']);
  if (action === 0) return 'default';
  return action === 1 ? 'reauthenticate' : action;
};

/**
 * What an answer provides, decoded for a report.
 *
 * @since 0.2.0
 */
export const provisionOf = (packet: RadiusPacket): Provision => {
  const sessionTimeout = numberOf(packet, codes['Session-Timeout']);
  const idleTimeout = numberOf(packet, codes['Idle-Timeout']);
  const terminationAction = terminationOf(packet);
  const errorCause = numberOf(packet, codes['Error-Cause']);
  return {
    vlans: vlansOf(packet),
    filters: textsOf(packet, codes['Filter-Id']),
    messages: textsOf(packet, codes['Reply-Message']),
    ...(sessionTimeout !== undefined && { sessionTimeout }),
    ...(idleTimeout !== undefined && { idleTimeout }),
    ...(terminationAction !== undefined && { terminationAction }),
    ...(errorCause !== undefined && { errorCause }),
  };
};
