import { type AssociationCompletion, Cipher, macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import { ENCAPSULATION_ENTRY_SIZE, encapsulationEntry, writeEncapsulationEntry } from './encapsulationEntry.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { flag, pack, u8, u32, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';

/** Revision 1 ends before the two members Windows 8 added, revision 2 has them (R35). */
export type AssociationRevision = 1 | 2;

export const ASSOCIATION_COMPLETION_SIZE: Readonly<Record<AssociationRevision, number>> = { 1: 88, 2: 96 };

const opaque = (reader: Reader, name: string): Uint8Array =>
  reader.block(reader.located(`${name}Offset`), reader.located(`${name}Size`)).rest(name);

const phyList = (reader: Reader): ReadonlyArray<number> =>
  reader.list(reader.located('uActivePhyListOffset'), reader.located('uActivePhyListSize'), 4, (entry) => entry.u32('uPhyId'));

const encapsulationTable = (reader: Reader): AssociationCompletion['encapsulation'] => {
  const offset = reader.located('uEncapTableOffset');
  const size = reader.located('uEncapTableSize');
  reader.check(offset.value % 4 === 0, 'OFFSET', offset, 'a multiple of 4');
  return reader.list(offset, size, ENCAPSULATION_ENTRY_SIZE, encapsulationEntry);
};

const blocks = (reader: Reader) => ({
  request: opaque(reader, 'uAssocReq'),
  response: opaque(reader, 'uAssocResp'),
  beacon: opaque(reader, 'uBeacon'),
  ihvData: opaque(reader, 'uIHVData'),
});

const algorithms = (reader: Reader) => ({
  authAlgorithm: reader.u32('AuthAlgo'),
  unicastCipher: reader.u32('UnicastCipher'),
  multicastCipher: reader.u32('MulticastCipher'),
});

const capabilities = (reader: Reader) => {
  const flags = {
    fourAddress: reader.flag('bFourAddressSupported'),
    portAuthorized: reader.flag('bPortAuthorized'),
    qosProtocol: reader.u8('ucActiveQoSProtocol'),
  };
  reader.skip(1);
  return { ...flags, dsInfo: reader.u32('DSInfo') };
};

const read = (reader: Reader): AssociationCompletion => {
  reader.need(ASSOCIATION_COMPLETION_SIZE[1]);
  const header = objectHeader(reader, ASSOCIATION_COMPLETION_SIZE[1]);
  // C26: the page says revision 1 and lists the members of revision 2, so the size decides.
  const long = header.size >= ASSOCIATION_COMPLETION_SIZE[2];
  const peer = reader.mac('MacAddr');
  reader.skip(2);
  const status = reader.u32('uStatus');
  // C27: two members decide, each for its own block.
  const reassociation = {
    reassociationRequest: reader.flag('bReAssocReq'),
    reassociationResponse: reader.flag('bReAssocResp'),
  };
  reader.skip(2);
  return {
    peer,
    status,
    ...reassociation,
    ...blocks(reader),
    ...algorithms(reader),
    activePhys: phyList(reader),
    ...capabilities(reader),
    encapsulation: encapsulationTable(reader),
    managementCipher: long ? reader.u32('MulticastMgmtCipher') : Cipher.codes.NONE,
    comebackTime: long ? reader.u32('uAssocComebackTime') : 0,
  };
};

/**
 * DOT11_ASSOCIATION_COMPLETION_PARAMETERS with all its blocks copied out (R33). Every rule of R34 about bytes is checked;
 * those about meaning (status 0, the peer of the port, unicast) are the admission's.
 *
 * @example
 * readAssociationCompletion(new Uint8Array(40));
 * // left: DOT11_ASSOCIATION_COMPLETION_PARAMETERS.length at byte 40: expected at least 88 bytes, found 40
 *
 * @since 0.1.0
 */
export const readAssociationCompletion = (bytes: Uint8Array): Decoded<AssociationCompletion> =>
  decode('DOT11_ASSOCIATION_COMPLETION_PARAMETERS', bytes, read);

/** Puts blocks behind the fixed part, each at a multiple of 4; an empty block is offset 0, size 0. */
const layOut = (fixedSize: number, contents: ReadonlyArray<Uint8Array>) => {
  const tail: Uint8Array[] = [];
  let at = fixedSize;
  const pairs = contents.map((content) => {
    if (content.length === 0) return zeros(8);
    const pair = pack(u32(at), u32(content.length));
    const padding = -content.length & 3;
    tail.push(content, zeros(padding));
    at += content.length + padding;
    return pair;
  });
  return { pairs, tail };
};

const pairAt = (pairs: ReadonlyArray<Uint8Array>, index: number): Uint8Array => pairs[index] ?? zeros(8);

/** The bytes of an association. Revision 1 has no room for the management cipher and the comeback time, and drops them. */
export const writeAssociationCompletion = (association: AssociationCompletion, revision: AssociationRevision = 2): Uint8Array => {
  const size = ASSOCIATION_COMPLETION_SIZE[revision];
  const { pairs, tail } = layOut(size, [
    association.request,
    association.response,
    association.beacon,
    association.ihvData,
    pack(...association.activePhys.map(u32)),
    pack(...association.encapsulation.map(writeEncapsulationEntry)),
  ]);
  return pack(
    ...[defaultHeader(size, revision), macToBytes(association.peer), zeros(2), u32(association.status)],
    ...[flag(association.reassociationRequest), flag(association.reassociationResponse), zeros(2)],
    ...pairs.slice(0, 4),
    ...[u32(association.authAlgorithm), u32(association.unicastCipher), u32(association.multicastCipher)],
    pairAt(pairs, 4),
    ...[flag(association.fourAddress), flag(association.portAuthorized), u8(association.qosProtocol), zeros(1)],
    u32(association.dsInfo),
    pairAt(pairs, 5),
    ...(revision === 2 ? [u32(association.managementCipher), u32(association.comebackTime)] : []),
    ...tail,
  );
};
