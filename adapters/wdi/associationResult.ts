import type { EncapsulationEntry, Reader } from '../../streams/frames/index.js';
import { type OpenTlv, ofType, openTlvs, requiredTlv, WdiTlv } from './tlv.js';
import type { WdiAssociationResult } from './WdiIndication.js';

const { codes } = WdiTlv;

/**
 * WDI_TLV_ASSOCIATION_RESULT_PARAMETERS. The page gives the order of its elements and its length as the sum of theirs, hence
 * no padding; an enumerator without a stated size is taken as four bytes. That WDI numbers authentication algorithms and
 * ciphers as Native 802.11 does is not documented: they pass unchanged.
 */
const parameters = (reader: Reader) => {
  const values = {
    status: reader.u32('AssociationStatus'),
    statusCode: reader.u32('StatusCode'),
    reassociation: reader.flag('ReAssociationRequest'),
    authAlgorithm: reader.u32('AuthAlgorithm'),
    unicastCipher: reader.u32('UnicastCipherAlgorithm'),
    multicastCipher: reader.u32('MulticastDataCipherAlgorithm'),
    managementCipher: reader.u32('MulticastMgmtCipherAlgorithm'),
    fourAddress: reader.flag('FourAddressSupported'),
    portAuthorized: reader.flag('PortAuthorized'),
    qosProtocol: reader.u8('WMMQoSEnabled'),
    dsInfo: reader.u32('DSInfo'),
    comebackTime: reader.u32('AssociationComebackTime'),
  };
  reader.skip(8, 'BandID and IHVAssociationStatus');
  return values;
};

const bytesOf = (tlvs: ReadonlyArray<OpenTlv>, type: number): Uint8Array =>
  ofType(tlvs, type)[0]?.value.rest('Value') ?? new Uint8Array(0);

const listOf = <A>(tlvs: ReadonlyArray<OpenTlv>, type: number, read: (reader: Reader) => A): ReadonlyArray<A> =>
  ofType(tlvs, type).flatMap(({ value }) => value.repeat(read));

const encapsulation = (reader: Reader): EncapsulationEntry => ({
  etherType: reader.u16be('EtherType'),
  encapsulation: reader.u16('EncapsulationType'),
});

/** WDI_TLV_ASSOCIATION_RESULT: the TLVs of one attempt. */
export const associationResult = ({ value }: OpenTlv): WdiAssociationResult => {
  const tlvs = openTlvs(value);
  return {
    bssid: requiredTlv(value, tlvs, codes.BSSID).mac('BSSID'),
    ...parameters(requiredTlv(value, tlvs, codes.ASSOCIATION_RESULT_PARAMETERS)),
    request: bytesOf(tlvs, codes.ASSOCIATION_REQUEST_FRAME),
    response: bytesOf(tlvs, codes.ASSOCIATION_RESPONSE_FRAME),
    beacon: bytesOf(tlvs, codes.BEACON_PROBE_RESPONSE),
    ihvData: new Uint8Array(0),
    activePhys: listOf(tlvs, codes.PHY_TYPE_LIST, (reader) => reader.u32('PhyType')),
    encapsulation: listOf(tlvs, codes.ETHERTYPE_ENCAP_TABLE, encapsulation),
  };
};
