import { codeSpace } from '../../streams/events/index.js';
import { type Decoded, decode, type Reader } from '../../streams/frames/index.js';

/** The TLVs this adapter understands; the numbers are those of their documentation pages. */
export const WdiTlv = codeSpace(
  'WDI TLV',
  {
    BSSID: 0x02,
    PHY_TYPE_LIST: 0x19,
    ASSOCIATION_RESULT_PARAMETERS: 0x2d,
    ASSOCIATION_REQUEST_FRAME: 0x2e,
    ASSOCIATION_RESPONSE_FRAME: 0x2f,
    BEACON_PROBE_RESPONSE: 0x30,
    ETHERTYPE_ENCAP_TABLE: 0x31,
    ASSOCIATION_RESULT: 0x35,
    DISCONNECT_DEAUTH_FRAME: 0x37,
    DISCONNECT_DISASSOCIATION_FRAME: 0x38,
    LINK_STATE_CHANGE_PARAMETERS: 0x56,
    TKIP_MIC_FAILURE_INFO: 0x57,
    DISASSOCIATION_INDICATION_PARAMETERS: 0xbc,
  },
  [],
  4,
);

/** A TLV whose value is still to be read. */
export interface OpenTlv {
  readonly type: number;
  readonly value: Reader;
}

/** A TLV as it stands. */
export interface Tlv {
  readonly type: number;
  readonly value: Uint8Array;
}

const openTlv = (reader: Reader): OpenTlv => {
  const { at } = reader;
  const type = reader.u16('Type');
  const length = { field: `${WdiTlv.show(type)} Length`, at: at + 2, value: reader.u16('Length') };
  reader.check(length.value <= reader.remaining, 'LENGTH', length, `at most the ${reader.remaining} bytes left`);
  return { type, value: reader.nested(WdiTlv.show(type), 'Value', length.value, (value) => value) };
};

/** Every TLV up to the end of the window: u16 type, u16 length, value, little-endian, without padding between them. */
export const openTlvs = (reader: Reader): ReadonlyArray<OpenTlv> => reader.repeat(openTlv);

/** All of one type; those of an unknown type are passed over, as the message format demands. */
export const ofType = (tlvs: ReadonlyArray<OpenTlv>, type: number): ReadonlyArray<OpenTlv> =>
  tlvs.filter((tlv) => tlv.type === type);

/** The value of a TLV that has to be there. */
export const requiredTlv = (reader: Reader, tlvs: ReadonlyArray<OpenTlv>, type: number): Reader => {
  const [first] = ofType(tlvs, type);
  if (first !== undefined) return first.value;
  reader.fail('VALUE', { field: WdiTlv.show(type), at: reader.at, value: 'none' }, 'one such TLV');
  return reader;
};

/**
 * The TLVs of a message body, uninterpreted.
 *
 * @example
 * readTlvs(Uint8Array.of(0x02, 0, 0xff, 0));
 * // left: WDI message.BSSID (0x0002) Length at byte 2: expected at most the 0 bytes left, found 255
 */
export const readTlvs = (bytes: Uint8Array): Decoded<ReadonlyArray<Tlv>> =>
  decode('WDI message', bytes, (reader) => openTlvs(reader).map(({ type, value }) => ({ type, value: value.rest('Value') })));
