// AES-CCM (NIST SP 800-38C) and AES-GCM (NIST SP 800-38D) by OpenSSL.

import { createDecipheriv, type DecipherCCM, type DecipherGCM } from 'node:crypto';
import { aesCcmOpen as portableCcmOpen } from '../portable/aes/ccm.js';
import { isDataKey } from '../portable/aes/dataKey.js';

const CCM_NONCE = 13;
const LONGEST_CCM = 0xffff;
const LONGEST_ASSOCIATED = 0xfeff;
const GCM_NONCE = 12;
const GCM_TAG = 16;

const opened = (decipher: DecipherCCM | DecipherGCM, sealed: Uint8Array, associated: Uint8Array, tag: number) => {
  const end = sealed.length - tag;
  try {
    decipher.setAuthTag(sealed.subarray(end));
    decipher.setAAD(associated, { plaintextLength: end });
    const part = decipher.update(sealed.subarray(0, end));
    decipher.final();
    const plain = new Uint8Array(part);
    part.fill(0);
    return plain;
  } catch {
    return;
  }
};

export const aesCcmOpen = (
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
  tagLength: 8 | 16,
): Uint8Array | undefined => {
  if (!isDataKey(key) || nonce.length !== CCM_NONCE) return undefined;
  if (sealed.length < tagLength || sealed.length - tagLength > LONGEST_CCM || associated.length > LONGEST_ASSOCIATED)
    return undefined;
  // OpenSSL never gets to look at the tag of a message that has no octets.
  if (sealed.length === tagLength) return portableCcmOpen(key, nonce, sealed, associated, tagLength);
  const cipher = key.length === 16 ? 'aes-128-ccm' : 'aes-256-ccm';
  return opened(createDecipheriv(cipher, key, nonce, { authTagLength: tagLength }), sealed, associated, tagLength);
};

export const aesGcmOpen = (
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
): Uint8Array | undefined => {
  if (!isDataKey(key) || nonce.length !== GCM_NONCE || sealed.length < GCM_TAG) return undefined;
  const cipher = key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  return opened(createDecipheriv(cipher, key, nonce), sealed, associated, GCM_TAG);
};
