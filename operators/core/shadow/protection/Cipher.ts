import type { Crypto } from '../../crypto/index.js';
import { associatedData, ccmpNonce, gcmpNonce, type Mpdu, textOf } from './Mpdu.js';
import { openTkip, peekTkip } from './tkip.js';

export type Form = 'ccmp' | 'gcmp' | 'tkip';

/** A temporal key, and what it is used with. TKIP's has its two Michael keys behind it. */
export interface DataKey {
  readonly form: Form;
  readonly key: Uint8Array;
}

/** As many octets as tell an LLC header and what is in it. */
export const PEEKED = 8;

/** The counter block of the first block of data: NIST SP 800-38C A.3, and SP 800-38D 7.1. */
const firstBlock = (form: 'ccmp' | 'gcmp', mpdu: Mpdu): Uint8Array => {
  const block = new Uint8Array(16);
  if (form === 'ccmp') {
    block[0] = 1;
    block.set(ccmpNonce(mpdu), 1);
    block[15] = 1;
  } else {
    block.set(gcmpNonce(mpdu));
    block[15] = 2;
  }
  return block;
};

/** The first octets of a frame in the clear if this is its key, and rubbish if not: its MIC is not looked at. */
export const peek = (crypto: Crypto, { form, key }: DataKey, mpdu: Mpdu): Uint8Array | undefined => {
  const text = textOf(mpdu).subarray(0, PEEKED);
  if (form === 'tkip') return peekTkip(crypto, key, mpdu, text);
  return crypto.aesCounter(key, firstBlock(form, mpdu), text);
};

/** CCMP-128 has a MIC of 8 octets, CCMP-256 one of 16 (IEEE 802.11-2020 12.5.3). */
const openWhole = (crypto: Crypto, { form, key }: DataKey, mpdu: Mpdu, text: Uint8Array): Uint8Array | undefined => {
  switch (form) {
    case 'ccmp':
      return crypto.aesCcmOpen(key, ccmpNonce(mpdu), text, associatedData(mpdu), key.length === 32 ? 16 : 8);
    case 'gcmp':
      return crypto.aesGcmOpen(key, gcmpNonce(mpdu), text, associatedData(mpdu));
    case 'tkip':
      return openTkip(crypto, key, mpdu, text);
  }
};

/** A checksum of the radio that some captures have behind the frame and do not tell of. */
const FCS = 4;

/** The body in the clear, if its MIC is made with this key. */
export const openMpdu = (crypto: Crypto, key: DataKey, mpdu: Mpdu): Uint8Array | undefined => {
  const text = textOf(mpdu);
  return (
    openWhole(crypto, key, mpdu, text) ?? (text.length > FCS ? openWhole(crypto, key, mpdu, text.subarray(0, -FCS)) : undefined)
  );
};
