import { Secret } from '../../../../streams/events/index.js';
import { type ClientHello, EapMethod, type ServerHello, TlsVersion } from '../../../../streams/frames/index.js';
import type { Crypto } from '../../crypto/index.js';
import { joined } from '../../rsn/keys/joined.js';
import type { TlsSecrets } from '../Credential.js';
import { cipherSuiteHash } from './cipherSuiteHash.js';
import { tlsExporter } from './tlsExporter.js';
import { tlsPrf } from './tlsPrf.js';

/** The TLS session inside of a method, as far as its hellos tell. */
export interface TlsSession {
  readonly type: number;
  readonly client: ClientHello;
  readonly server: ServerHello;
}

const { TLS, TTLS, PEAP } = EapMethod.codes;

/** The MSK is the first half of the key material; the rest is the EMSK, which nobody needs here. */
const MSK_SIZE = 64;
const KEY_MATERIAL_SIZE = 128;
const MASTER_SECRET_SIZE = 48;
const HASH_SIZE = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;

/** RFC 5216 2.3 and RFC 5281 8: the labels differ, and PEAP has that of EAP-TLS. */
const ofMasterSecret = (crypto: Crypto, secrets: TlsSecrets, { type, client, server }: TlsSession): Secret | undefined => {
  const master = secrets.find('CLIENT_RANDOM', client.random);
  if (master?.length !== MASTER_SECRET_SIZE) return undefined;
  const label = type === TTLS ? 'ttls keying material' : 'client EAP encryption';
  const hash = server.version === TlsVersion.TLS_1_2 ? cipherSuiteHash(server.cipherSuite) : undefined;
  const seed = joined(client.random, server.random);
  const bytes = tlsPrf(crypto, hash, { secret: master.reveal(), label, seed }, MSK_SIZE);
  const msk = Secret.of(bytes);
  bytes.fill(0);
  return msk;
};

/** RFC 9190 2.3 and RFC 9427 2.1: the method's type is the context. The length is part of the derivation, so all 128 are made. */
const ofExporterSecret = (crypto: Crypto, secrets: TlsSecrets, { type, client, server }: TlsSession): Secret | undefined => {
  const hash = cipherSuiteHash(server.cipherSuite);
  const exporter = secrets.find('EXPORTER_SECRET', client.random);
  if (exporter?.length !== HASH_SIZE[hash]) return undefined;
  const label = 'EXPORTER_EAP_TLS_Key_Material';
  const use = { secret: exporter.reveal(), label, context: Uint8Array.of(type) };
  const bytes = tlsExporter(crypto, hash, use, KEY_MATERIAL_SIZE);
  const msk = Secret.of(bytes, 0, MSK_SIZE);
  bytes.fill(0);
  return msk;
};

/**
 * The master session key of EAP-TLS, TTLS and PEAP, where a key log has the secret of the TLS session.
 *
 * Of PEAP it is the key of the tunnel. Where both ends bind the inner method to it ([MS-PEAP] 3.1.5.5, the default of many), the MSK is
 * made of this one and of the inner method's key as well, and that one takes the user's password: then this is not the MSK, and the
 * MIC of the handshake says so. The MSK of FAST and TEAP always hangs on the inner methods (RFC 4851 5.2, RFC 7170 5.2), so there is
 * none.
 */
export const eapMsk = (crypto: Crypto, secrets: TlsSecrets, session: TlsSession): Secret | undefined => {
  const { type, server } = session;
  if (type !== TLS && type !== TTLS && type !== PEAP) return undefined;
  return server.version >= TlsVersion.TLS_1_3
    ? ofExporterSecret(crypto, secrets, session)
    : ofMasterSecret(crypto, secrets, session);
};
