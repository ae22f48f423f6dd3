import type { AdapterHandle } from '../../streams/events/index.js';
import { type Decoded, decode, type Reader } from '../../streams/frames/index.js';
import { associationResult } from './associationResult.js';
import { type OpenTlv, ofType, openTlvs, requiredTlv, WdiTlv } from './tlv.js';
import { WdiAssocStatus } from './WdiAssocStatus.js';
import type { WdiIndication } from './WdiIndication.js';
import { WdiIndicationId } from './WdiMessage.js';

const tlv = WdiTlv.codes;
const { codes } = WdiIndicationId;

type Read = (reader: Reader, adapter: AdapterHandle) => WdiIndication;

const only = (reader: Reader, type: number): Reader => requiredTlv(reader, openTlvs(reader), type);

/** The reason code opens the frame's body. A body too short for it came from the air, and must not cost us the indication. */
const frameReason = (tlvs: ReadonlyArray<OpenTlv>, status: number): { readonly reason?: number } => {
  const isDeauthentication = status === WdiAssocStatus.codes.PEER_DEAUTHENTICATED;
  const frames = ofType(tlvs, isDeauthentication ? tlv.DISCONNECT_DEAUTH_FRAME : tlv.DISCONNECT_DISASSOCIATION_FRAME);
  const [body] = frames.filter(({ value }) => value.remaining >= 2);
  return body === undefined ? {} : { reason: body.value.u16('Reason Code') };
};

const disassociation: Read = (reader, adapter) => {
  const tlvs = openTlvs(reader);
  const parameters = requiredTlv(reader, tlvs, tlv.DISASSOCIATION_INDICATION_PARAMETERS);
  const peer = parameters.mac('MacAddress');
  const status = parameters.u32('DisassociationStatus');
  return { kind: 'disassociation', adapter, peer, status, ...frameReason(tlvs, status) };
};

const associationResults: Read = (reader, adapter) => ({
  kind: 'associationResult',
  adapter,
  results: ofType(openTlvs(reader), tlv.ASSOCIATION_RESULT).map(associationResult),
});

const tkipMicFailure: Read = (reader, adapter) => {
  const info = only(reader, tlv.TKIP_MIC_FAILURE_INFO);
  const defaultKey = info.flag('IsDefaultKey');
  const keyIndex = info.u32('KeyIndex');
  return { kind: 'tkipMicFailure', adapter, defaultKey, keyIndex, peer: info.mac('PeerMacAddress') };
};

const linkStateChange: Read = (reader, adapter) => {
  const parameters = only(reader, tlv.LINK_STATE_CHANGE_PARAMETERS);
  const peer = parameters.mac('PeerMacAddress');
  parameters.skip(8, 'TxLinkSpeed and RxLinkSpeed');
  return { kind: 'linkStateChange', adapter, peer, quality: parameters.u8('LinkQuality') };
};

const READERS: ReadonlyMap<number, Read> = new Map([
  [codes.DISASSOCIATION, disassociation],
  [codes.ASSOCIATION_RESULT, associationResults],
  [codes.TKIP_MIC_FAILURE, tkipMicFailure],
  [codes.LINK_STATE_CHANGE, linkStateChange],
]);

/** An indication as a driver sends it: its number, and the TLVs behind its message header. */
export interface WdiMessage {
  readonly adapter: AdapterHandle;
  readonly id: number;
  readonly body: Uint8Array;
}

/**
 * The typed form of an indication, for those whose TLVs are documented in full: DISASSOCIATION, ASSOCIATION_RESULT,
 * TKIP_MIC_FAILURE and LINK_STATE_CHANGE. Of any other it is `undefined`.
 *
 * @since 0.1.0
 */
export const readWdi = ({ adapter, id, body }: WdiMessage): Decoded<WdiIndication | undefined> =>
  decode(WdiIndicationId.show(id), body, (reader) => READERS.get(id)?.(reader, adapter));
