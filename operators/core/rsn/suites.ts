import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { copyBytes, L2Reason } from '../../../streams/events/index.js';
import {
  AkmSuite,
  CipherSuite,
  copyElement,
  copyWpaElement,
  ElementId,
  type ElementRange,
  effectiveRsn,
  RsnCapability,
  readRsnElement,
  readWpaElement,
} from '../../../streams/frames/index.js';
import { type Akm, akmOf } from './akm.js';
import { type CipherRow, cipherOf } from './cipherSuite.js';
import { type Fault, fatal } from './fault.js';

/** What one side's RSNE says about itself. */
interface Announcement {
  readonly protectsManagement: boolean;
  readonly validatesChannel: boolean;
  readonly extendedKeyId: boolean;
}

interface Own extends Announcement {
  readonly element: Uint8Array;
  readonly pmkids: ReadonlyArray<Uint8Array>;
  readonly groupManagement: CipherRow;
}

/** What our request chose: it names one AKM and one cipher of each kind. */
export interface Agreed {
  readonly akm: Akm;
  readonly pairwise: CipherRow;
  readonly group?: CipherRow;
  readonly own: Own;
}

const { MSMSEC_SEC_IE_MATCHING } = L2Reason.codes;

const refuse = (detail: string): Either<Fault, never> => left(fatal('RSNE', 'association', MSMSEC_SEC_IE_MATCHING, detail));

interface Chosen {
  readonly akms: ReadonlyArray<number>;
  readonly pairwise: ReadonlyArray<number>;
  readonly group: number;
}

const chosenSuites = ({ akms, pairwise, group }: Chosen, own: Own): Either<Fault, Agreed> => {
  const [akmSelector = 0] = akms;
  const [cipherSelector = 0] = pairwise;
  if (akms.length > 1 || pairwise.length > 1) return refuse('our request names more than one AKM or pairwise cipher');
  const akm = akmOf(akmSelector);
  if (akm === undefined) return refuse(`the AKM ${AkmSuite.show(akmSelector)} is not known`);
  const cipher = cipherOf(cipherSelector);
  if (cipher?.role !== 'data') return refuse(`the pairwise cipher ${CipherSuite.show(cipherSelector)} is not known`);
  if (group === CipherSuite.codes.NO_GROUP_TRAFFIC) return right({ akm, pairwise: cipher, own });
  const groupCipher = cipherOf(group);
  if (groupCipher?.role !== 'data') return refuse(`the group cipher ${CipherSuite.show(group)} is not known`);
  return right({ akm, pairwise: cipher, group: groupCipher, own });
};

const has = (capabilities: number, bit: number): boolean => (capabilities & bit) !== 0;

/** What an RSNE says by its capabilities. */
const announcement = (capabilities: number): Announcement => ({
  protectsManagement: has(capabilities, RsnCapability.MFPC),
  validatesChannel: has(capabilities, RsnCapability.OCVC),
  extendedKeyId: has(capabilities, RsnCapability.EXTENDED_KEY_ID),
});

const BIP_CMAC_128 = cipherOf(CipherSuite.codes.BIP_CMAC_128);

const ELEMENT_HEADER = 2;
const bodyOf = (element: Uint8Array): Uint8Array => copyBytes(element, ELEMENT_HEADER);

const byRsne = (element: Uint8Array): Either<Fault, Agreed> => {
  const read = readRsnElement(bodyOf(element));
  if (isLeft(read)) return refuse(read.left.message);
  const rsn = effectiveRsn(read.right);
  const groupManagement = cipherOf(rsn.groupManagement) ?? BIP_CMAC_128;
  if (groupManagement?.role !== 'management') return refuse('the group management cipher is not known');
  const { protectsManagement, validatesChannel, extendedKeyId } = announcement(rsn.capabilities);
  const { pmkids } = rsn;
  return chosenSuites(rsn, { protectsManagement, validatesChannel, extendedKeyId, element, pmkids, groupManagement });
};

const PLAIN: Announcement = { protectsManagement: false, validatesChannel: false, extendedKeyId: false };

const byWpaElement = (element: Uint8Array): Either<Fault, Agreed> => {
  const read = readWpaElement(bodyOf(element));
  if (isLeft(read)) return refuse(read.left.message);
  const { akms = [], pairwise = [], group = CipherSuite.codes.WPA_TKIP } = read.right;
  if (BIP_CMAC_128 === undefined) return refuse('management frames cannot be protected');
  return chosenSuites({ akms, pairwise, group }, { ...PLAIN, element, pmkids: [], groupManagement: BIP_CMAC_128 });
};

/** What the elements of an association request choose; an RSNE goes before a WPA element. */
export const agreedBy = (request: ElementRange): Either<Fault, Agreed> => {
  const rsne = copyElement(request, ElementId.codes.RSN);
  if (rsne !== undefined) return byRsne(rsne);
  const wpa = copyWpaElement(request);
  return wpa === undefined ? refuse('our association request has neither an RSNE nor a WPA element') : byWpaElement(wpa);
};

/** What an access point's RSNE says about itself; nothing where there is none to read. */
export const announcedBy = (rsne: Uint8Array | undefined): Announcement | undefined => {
  if (rsne === undefined) return undefined;
  const read = readRsnElement(bodyOf(rsne));
  return isLeft(read) ? undefined : announcement(effectiveRsn(read.right).capabilities);
};
