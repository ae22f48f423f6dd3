import type { DecryptionSecrets } from '../Capture.js';
import { SecretsType } from '../SecretsType.js';
import type { CredentialsRead } from './CredentialsRead.js';
import { readCredentials } from './readCredentials.js';

/**
 * Reads a decryption secrets block of pcapng. A key log of TLS is of use; the other kinds are for protocols above the link.
 *
 * @since 0.2.0
 */
export const readSecretsBlock = ({ type, data }: DecryptionSecrets, name: string): CredentialsRead =>
  type === SecretsType.tlsKeyLog
    ? readCredentials(new TextDecoder().decode(data.reveal()), name)
    : { credentials: [], faults: [] };
