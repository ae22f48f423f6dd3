import { type Akm, akmOf } from '../../../../../operators/core/rsn/akm.js';
import { type CipherRow, cipherOf } from '../../../../../operators/core/rsn/cipherSuite.js';
import { AkmSuite, CipherSuite } from '../../../../../streams/frames/index.js';

export const akmNamed = (name: keyof typeof AkmSuite.codes): Akm => {
  const akm = akmOf(AkmSuite.codes[name]);
  if (akm === undefined) throw new Error(`no AKM ${name}`);
  return akm;
};

export const cipherNamed = (name: keyof typeof CipherSuite.codes): CipherRow => {
  const cipher = cipherOf(CipherSuite.codes[name]);
  if (cipher === undefined) throw new Error(`no cipher ${name}`);
  return cipher;
};
