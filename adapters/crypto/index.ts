export { bulkCrypto } from './bulkCrypto.js';
export { busyCrypto } from './busyCrypto.js';
export { drawRandom } from './drawRandom.js';
export { nodeCrypto } from './nodeCrypto.js';
export { portableCrypto } from './portable/portableCrypto.js';
export { type RememberingCrypto, rememberingPassphrases } from './portable/rememberingPassphrases.js';
