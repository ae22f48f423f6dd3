import { right } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementExtension } from './element.js';
import { writeLongExtension } from './longExtension.js';
import { u8 } from './pack.js';
import { decode } from './Reader.js';

/**
 * The FILS Public Key element (IEEE 802.11-2020 12.11.2.6). Authentication with a shared key has none.
 *
 * @since 0.2.0
 */
export interface FilsPublicKey {
  /** 1 for a certificate of X.509, others for a key without one. */
  readonly keyType: number;
  readonly publicKey: Uint8Array;
}

const STRUCTURE = 'FILS Public Key element';

/**
 * Reads what follows the element ID extension.
 *
 * @since 0.2.0
 */
export const readFilsPublicKey = (body: Uint8Array): Decoded<FilsPublicKey> =>
  decode(STRUCTURE, body, (reader) => ({ keyType: reader.u8('Key Type'), publicKey: reader.rest('FILS Public Key') }));

/**
 * The whole element, in fragments when it is longer than one holds.
 *
 * @since 0.2.0
 */
export const writeFilsPublicKey = ({ keyType, publicKey }: FilsPublicKey): Encoded =>
  keyType === (keyType & 0xff)
    ? right(writeLongExtension(ElementExtension.codes.FILS_PUBLIC_KEY, u8(keyType), publicKey))
    : unwritable(STRUCTURE, 'Key Type', 'one octet', String(keyType));
