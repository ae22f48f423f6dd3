import type { Crypto } from '../../crypto/index.js';
import { counted } from './counted.js';

const count = (message: Uint8Array, index: number): void => {
  message[message.length - 1] = index;
};

/**
 * PRF (IEEE 802.11-2020 12.7.1.2): HMAC-SHA1 of label ‖ 0 ‖ data ‖ counter, the counter from 0. The data may come in parts.
 *
 * @since 0.2.0
 */
export const prf = (
  crypto: Crypto,
  key: Uint8Array,
  label: string,
  data: Uint8Array | ReadonlyArray<Uint8Array>,
  octets: number,
): Uint8Array => {
  const parts = data instanceof Uint8Array ? [data] : data;
  return counted(crypto, key, { hash: 'sha1', message: [label, '\0', ...parts, '\0'], octets, count });
};
