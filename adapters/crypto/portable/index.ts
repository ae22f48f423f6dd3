export { portableCrypto } from './portableCrypto.js';
export { type RememberingCrypto, rememberingPassphrases } from './rememberingPassphrases.js';
