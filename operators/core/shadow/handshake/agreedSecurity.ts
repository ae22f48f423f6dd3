import { isLeft } from 'fp-ts/lib/Either.js';
import { effectiveRsn, RsnCapability, readRsnElement } from '../../../../streams/frames/index.js';
import type { Network } from '../../rsn/network.js';
import type { Security } from '../Connection.js';

const capabilitiesIn = (rsne: Uint8Array | undefined): number => {
  const read = rsne && readRsnElement(rsne.subarray(2));
  return read === undefined || isLeft(read) ? 0 : effectiveRsn(read.right).capabilities;
};

const isRequired = ({ ownElement, announced }: Network): boolean =>
  ((capabilitiesIn(ownElement) | capabilitiesIn(announced.rsne)) & RsnCapability.MFPR) !== 0;

/** What the handshakes go by, in the selectors of the elements. */
export const agreedSecurity = (network: Network): Security => {
  const { akm, pairwise, group, groupManagement } = network;
  const security: { -readonly [K in keyof Security]: Security[K] } = {
    proto: akm.protocol === 'wpa' ? 'WPA' : 'RSN',
    akm: akm.selector,
    pairwise: pairwise.selector,
    pmf: 'none',
  };
  if (group !== undefined) security.group = group.selector;
  if (groupManagement === undefined) return security;
  security.groupManagement = groupManagement.selector;
  security.pmf = isRequired(network) ? 'required' : 'capable';
  return security;
};
