import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { Secret } from '../../../../streams/events/index.js';
import { joined } from '../../rsn/keys/joined.js';
import { type EapFault, eapFault } from '../EapFault.js';
import type { EapKeys } from '../EapPeerMethod.js';
import type { TlsEstablished } from '../tls/Tls.js';
import { KEY_MATERIAL_SIZE, type TunnelKeys } from './tunnelExports.js';

/** A TLS session that stands: the server is who it should be, and these are its secrets. They belong to whoever got the session. */
export interface TunnelSession {
  readonly isVersion13: boolean;
  readonly isResumed: boolean;
  /** 128 octets: the MSK and the EMSK, where nothing inside of the tunnel adds to them. */
  readonly keyMaterial: Secret;
  readonly sessionId?: Uint8Array;
  readonly challenge?: Secret;
}

/** What both sides' hellos held. */
export interface HelloRandoms {
  readonly client?: Uint8Array;
  readonly server?: Uint8Array;
}

const VERSION_13 = 'TLSv1.3';
const MSK_SIZE = 64;

/** RFC 5216 2.3; of TLS 1.3 the name is exported (RFC 9190 2.3). */
const nameFrom = (type: number, parts: ReadonlyArray<Uint8Array | undefined>): Uint8Array | undefined => {
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : joined(Uint8Array.of(type), ...known);
};

/** Reads what TLS says of a session it has established, and destroys the keys there: from here on they are those of the result. */
export const tunnelSession = (
  { type, challenge: wanted }: TunnelKeys,
  established: TlsEstablished,
  { client, server }: HelloRandoms,
): Either<EapFault, TunnelSession> => {
  const { keys, version, isResumed } = established;
  const { keyMaterial, methodId, challenge } = keys;
  const isComplete = keyMaterial?.length === KEY_MATERIAL_SIZE && challenge?.length === wanted?.octets;
  const isVersion13 = version === VERSION_13;
  const sessionId = nameFrom(type, isVersion13 ? [methodId] : [client, server]);
  const session = keyMaterial &&
    isComplete && {
      isVersion13,
      isResumed,
      keyMaterial: Secret.of(keyMaterial),
      ...(sessionId && { sessionId }),
      ...(challenge && { challenge: Secret.of(challenge) }),
    };
  keyMaterial?.fill(0);
  challenge?.fill(0);
  return session ? right(session) : left(eapFault('tls', 'the TLS session did not export the keys that were asked for'));
};

/** The keys of a method that adds nothing to those of its session (RFC 5216 2.3, RFC 5281 8, RFC 9427 2.1). */
export const keysOfSession = ({ keyMaterial, sessionId }: TunnelSession): EapKeys => ({
  msk: Secret.of(keyMaterial.reveal(), 0, MSK_SIZE),
  emsk: Secret.of(keyMaterial.reveal(), MSK_SIZE),
  ...(sessionId && { sessionId }),
});

export const releaseSession = (session: TunnelSession | undefined): void => {
  session?.keyMaterial.zeroise();
  session?.challenge?.zeroise();
};
