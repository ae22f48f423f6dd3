export type { CredentialsRead } from './CredentialsRead.js';
export { readCredentials } from './readCredentials.js';
export { readSecretsBlock } from './secretsBlock.js';
export { readCredential } from './wiresharkKey.js';
