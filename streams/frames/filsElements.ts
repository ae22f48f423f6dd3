import { right } from 'fp-ts/lib/Either.js';
import { type Decoded, type Encoded, unwritable } from './DecodeError.js';
import { ElementExtension, writeExtensionElement } from './element.js';
import { writeLongExtension } from './longExtension.js';
import { decode } from './Reader.js';

/** Octets of a FILS Session element's only field. */
export const FILS_SESSION_SIZE = 8;
/** Octets of a FILS Nonce element's only field. */
export const FILS_NONCE_SIZE = 16;

const { FILS_SESSION, FILS_NONCE, FILS_KEY_CONFIRMATION, WRAPPED_DATA } = ElementExtension.codes;

const ofSize = (structure: string, extension: number, size: number, value: Uint8Array): Encoded =>
  value.length === size
    ? writeExtensionElement(structure, extension, value)
    : unwritable(structure, 'value', `${size} octets`, String(value.length));

/**
 * What follows the element ID extension of a FILS Session element: which authentication an association belongs to. It is the
 * last element of an association frame that is not encrypted (IEEE 802.11-2020 12.11.2.6).
 *
 * @since 0.2.0
 */
export const readFilsSession = (body: Uint8Array): Decoded<Uint8Array> =>
  decode('FILS Session element', body, (reader) => reader.bytes('FILS Session', FILS_SESSION_SIZE));

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeFilsSession = (session: Uint8Array): Encoded =>
  ofSize('FILS Session element', FILS_SESSION, FILS_SESSION_SIZE, session);

/**
 * What follows the element ID extension of a FILS Nonce element.
 *
 * @since 0.2.0
 */
export const readFilsNonce = (body: Uint8Array): Decoded<Uint8Array> =>
  decode('FILS Nonce element', body, (reader) => reader.bytes('FILS Nonce', FILS_NONCE_SIZE));

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeFilsNonce = (nonce: Uint8Array): Encoded => ofSize('FILS Nonce element', FILS_NONCE, FILS_NONCE_SIZE, nonce);

/**
 * What follows the element ID extension of a FILS Key Confirmation element: KeyAuth, as long as the hash of the AKM.
 *
 * @since 0.2.0
 */
export const readFilsKeyConfirmation = (body: Uint8Array): Decoded<Uint8Array> =>
  decode('FILS Key Confirmation element', body, (reader) => {
    reader.need(1);
    return reader.rest('KeyAuth');
  });

/**
 * The whole element.
 *
 * @since 0.2.0
 */
export const writeFilsKeyConfirmation = (keyAuth: Uint8Array): Encoded =>
  keyAuth.length === 0
    ? unwritable('FILS Key Confirmation element', 'KeyAuth', 'at least one octet', '0')
    : writeExtensionElement('FILS Key Confirmation element', FILS_KEY_CONFIRMATION, keyAuth);

/**
 * A whole FILS Wrapped Data element, in fragments when it is longer than one holds. Its body is what it wraps: of FILS shared
 * key authentication an EAP packet.
 *
 * @since 0.2.0
 */
export const writeFilsWrappedData = (data: Uint8Array): Encoded =>
  data.length === 0
    ? unwritable('FILS Wrapped Data element', 'data', 'at least one octet', '0')
    : right(writeLongExtension(WRAPPED_DATA, data));
