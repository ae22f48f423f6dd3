import { type MacAddress, macFromBytes } from '../../../streams/events/index.js';
import { type Attributes, u8In, u16In, u32In, u64In } from '../genetlink/attributes.js';
import type { GenericMessage } from '../genetlink/GenericMessage.js';
import { Attribute, Command, KeyType } from './names.js';

/** What nl80211 tells of an interface on its own. */
export type RadioEvent =
  | {
      readonly kind: 'connected';
      readonly bssid?: MacAddress;
      /** Of the access point's answer; 0 is a success. */
      readonly status: number;
      readonly timedOut: boolean;
      readonly request: Uint8Array;
      readonly response: Uint8Array;
    }
  | { readonly kind: 'roamed'; readonly bssid: MacAddress; readonly request: Uint8Array; readonly response: Uint8Array }
  /** A reason of 0 stands for none. */
  | { readonly kind: 'disconnected'; readonly reason: number; readonly byAccessPoint: boolean }
  /** A frame that ends an association, whoever sent it; `disconnected` follows. */
  | { readonly kind: 'left'; readonly frame: 'deauthentication' | 'disassociation' }
  /** A farewell in the clear, though management frames are protected: anybody may have sent it, and the kernel does not believe it. */
  | { readonly kind: 'doubted'; readonly from: MacAddress; readonly reason: number }
  /** An answer to SA Query, which came under the key. */
  | { readonly kind: 'saQueryAnswered'; readonly transaction: number }
  /** The body of an Authentication frame of this access point's, or nothing where none came. */
  | { readonly kind: 'authentication'; readonly from?: MacAddress; readonly body?: Uint8Array }
  | { readonly kind: 'michael'; readonly isGroupKey: boolean; readonly keyIndex: number; readonly peer: MacAddress }
  /** Where nothing is said of it, nobody knows whether it was encrypted. */
  | { readonly kind: 'eapol'; readonly from: MacAddress; readonly isProtected?: boolean; readonly packet: Uint8Array }
  | { readonly kind: 'sent'; readonly cookie: bigint; readonly isAcknowledged: boolean }
  | { readonly kind: 'scanned'; readonly isComplete: boolean }
  /** The access point has gone to another channel, in MHz, and the radio with it. */
  | { readonly kind: 'channel'; readonly frequency: number }
  | { readonly kind: 'removed' };

const MAC_LENGTH = 6;
const MANAGEMENT_HEADER = 24;
const SENDER_AT = 10;
const UNSPECIFIED_FAILURE = 1;
const NOTHING = new Uint8Array(0);

const macIn = (attributes: Attributes): MacAddress | undefined => {
  const value = attributes.get(Attribute.MAC);
  return value?.length === MAC_LENGTH ? macFromBytes(value) : undefined;
};

const frames = (attributes: Attributes) => ({
  request: attributes.get(Attribute.REQ_IE) ?? NOTHING,
  response: attributes.get(Attribute.RESP_IE) ?? NOTHING,
});

const connected = (attributes: Attributes): RadioEvent => {
  const bssid = macIn(attributes);
  return {
    kind: 'connected',
    ...(bssid !== undefined && { bssid }),
    status: u16In(attributes, Attribute.STATUS_CODE) ?? UNSPECIFIED_FAILURE,
    timedOut: attributes.has(Attribute.TIMED_OUT),
    ...frames(attributes),
  };
};

const eapol = (attributes: Attributes): RadioEvent | undefined => {
  const [from, packet] = [macIn(attributes), attributes.get(Attribute.FRAME)];
  if (from === undefined || packet === undefined) return undefined;
  return { kind: 'eapol', from, packet, isProtected: !attributes.has(Attribute.CONTROL_PORT_NO_ENCRYPT) };
};

const michael = (attributes: Attributes): RadioEvent | undefined => {
  const peer = macIn(attributes);
  return (
    peer && {
      kind: 'michael',
      isGroupKey: u32In(attributes, Attribute.KEY_TYPE) === KeyType.GROUP,
      keyIndex: u8In(attributes, Attribute.KEY_IDX) ?? 0,
      peer,
    }
  );
};

const sent = (attributes: Attributes): RadioEvent | undefined => {
  const cookie = u64In(attributes, Attribute.COOKIE);
  return cookie === undefined ? undefined : { kind: 'sent', cookie, isAcknowledged: attributes.has(Attribute.ACK) };
};

const authentication = (attributes: Attributes): RadioEvent => {
  const frame = attributes.get(Attribute.FRAME);
  if (frame === undefined || frame.length < MANAGEMENT_HEADER) {
    const from = macIn(attributes);
    return { kind: 'authentication', ...(from !== undefined && { from }) };
  }
  const from = macFromBytes(frame.subarray(SENDER_AT, SENDER_AT + MAC_LENGTH));
  return { kind: 'authentication', from, body: frame.subarray(MANAGEMENT_HEADER) };
};

const TRANSACTION_AT = MANAGEMENT_HEADER + 2;

const littleAt = (frame: Uint8Array, at: number): number => (frame[at] ?? 0) | ((frame[at + 1] ?? 0) << 8);

const doubted = (attributes: Attributes): RadioEvent | undefined => {
  const frame = attributes.get(Attribute.FRAME) ?? NOTHING;
  if (frame.length < MANAGEMENT_HEADER + 2) return undefined;
  return { kind: 'doubted', from: macFromBytes(frame, SENDER_AT), reason: littleAt(frame, MANAGEMENT_HEADER) };
};

/** No other frames are registered for. */
const action = (attributes: Attributes): RadioEvent | undefined => {
  const frame = attributes.get(Attribute.FRAME) ?? NOTHING;
  return frame.length < TRANSACTION_AT + 2
    ? undefined
    : { kind: 'saQueryAnswered', transaction: littleAt(frame, TRANSACTION_AT) };
};

const roamed = (attributes: Attributes): RadioEvent | undefined => {
  const bssid = macIn(attributes);
  return bssid && { kind: 'roamed', bssid, ...frames(attributes) };
};

const channel = (attributes: Attributes): RadioEvent | undefined => {
  const frequency = u32In(attributes, Attribute.WIPHY_FREQ);
  return frequency === undefined ? undefined : { kind: 'channel', frequency };
};

/** What a message says of the interface with this number; nothing if it is about another, or about nothing that matters. */
export const readRadioEvent = (index: number, { command, attributes }: GenericMessage): RadioEvent | undefined => {
  if (u32In(attributes, Attribute.IFINDEX) !== index) return undefined;
  switch (command) {
    case Command.CONNECT:
      return connected(attributes);
    case Command.AUTHENTICATE:
      return authentication(attributes);
    case Command.ASSOCIATE:
      // Where `CONNECT` was not asked for, only this tells that nobody has answered.
      return attributes.has(Attribute.TIMED_OUT) ? connected(attributes) : undefined;
    case Command.ROAM:
      return roamed(attributes);
    case Command.DISCONNECT: {
      const reason = u16In(attributes, Attribute.REASON_CODE) ?? 0;
      return { kind: 'disconnected', reason, byAccessPoint: attributes.has(Attribute.DISCONNECTED_BY_AP) };
    }
    case Command.DEAUTHENTICATE:
      return { kind: 'left', frame: 'deauthentication' };
    case Command.DISASSOCIATE:
      return { kind: 'left', frame: 'disassociation' };
    case Command.UNPROT_DEAUTHENTICATE:
    case Command.UNPROT_DISASSOCIATE:
      return doubted(attributes);
    case Command.FRAME:
      return action(attributes);
    case Command.MICHAEL_MIC_FAILURE:
      return michael(attributes);
    case Command.CONTROL_PORT_FRAME:
      return eapol(attributes);
    case Command.CONTROL_PORT_FRAME_TX_STATUS:
      return sent(attributes);
    case Command.NEW_SCAN_RESULTS:
      return { kind: 'scanned', isComplete: true };
    case Command.SCAN_ABORTED:
      return { kind: 'scanned', isComplete: false };
    case Command.CH_SWITCH_NOTIFY:
      return channel(attributes);
    case Command.DEL_INTERFACE:
      return { kind: 'removed' };
    default:
      return undefined;
  }
};
