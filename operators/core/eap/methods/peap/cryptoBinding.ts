import type { Crypto } from '../../../crypto/index.js';
import { joined } from '../../../rsn/keys/joined.js';
import { type CompoundKeys, compoundMac } from './compoundKeys.js';
import { type Extension, ExtensionType, writeExtension } from './extensions.js';

const NONCE_SIZE = 32;
const MAC_SIZE = 20;
const HEAD_SIZE = 4;
const VALUE_SIZE = HEAD_SIZE + NONCE_SIZE + MAC_SIZE;
const REQUEST = 0;
const RESPONSE = 1;
const VERSION = 0;

/** Whether the server knows the compound keys: its binding is a request of this version with the right MAC ([MS-PEAP] 3.1.5.5.3). */
export const isBindingGood = (crypto: Crypto, keys: CompoundKeys, binding: Extension): boolean => {
  const { value } = binding;
  if (value.length !== VALUE_SIZE || value[1] !== VERSION || value[3] !== REQUEST) return false;
  return crypto.equal(value.subarray(HEAD_SIZE + NONCE_SIZE), compoundMac(crypto, keys, writeExtension(binding)));
};

/** The peer's half ([MS-PEAP] 2.2.8.1.1). It repeats the server's nonce, by which Windows verifies it. */
export const bindingResponse = (crypto: Crypto, keys: CompoundKeys, request: Extension): Extension => {
  const nonce = request.value.subarray(HEAD_SIZE, HEAD_SIZE + NONCE_SIZE);
  const value = joined(Uint8Array.of(0, VERSION, VERSION, RESPONSE), nonce, new Uint8Array(MAC_SIZE));
  const binding = { type: ExtensionType.CRYPTO_BINDING, isMandatory: false, value };
  value.set(compoundMac(crypto, keys, writeExtension(binding)), HEAD_SIZE + NONCE_SIZE);
  return binding;
};
