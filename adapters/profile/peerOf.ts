import { eapFault, type OpenTls, type PeerOptions, type TlsSession } from '../../operators/core/index.js';
import type { EapPeerDeps } from '../../operators/index.js';
import { drawRandom, nodeCrypto } from '../crypto/index.js';
import { methodOf } from './methodOf.js';
import type { ResolvedEap, ResolvedProfile } from './resolveProfile.js';

/** What is not in a profile: whom to ask, what the link takes, how many rounds are enough. */
export interface PeerMore extends Partial<Pick<PeerOptions, 'crypto' | 'draw' | 'maxRounds' | 'room'>> {
  readonly ask?: EapPeerDeps['ask'];
}

/** Of a profile that names no server; no method of TLS is among its methods. */
const noTls: TlsSession = {
  turn: () =>
    Promise.resolve({
      records: new Uint8Array(0),
      plain: new Uint8Array(0),
      fault: eapFault('tls', 'the profile says no server to trust'),
    }),
  keep: () => undefined,
  close: () => undefined,
};

const openTlsOf =
  ({ tls, innerTls }: ResolvedEap): OpenTls =>
  (name) =>
    (name.startsWith('inner.') ? (innerTls ?? tls) : tls)?.(name) ?? noTls;

/**
 * What an EAP peer needs, of a profile. Each call gives one authentication secrets of its own; TLS sessions are shared, so the second may
 * resume the first.
 *
 * @since 0.2.0
 */
export const peerOf = ({ name, eap }: ResolvedProfile, more: PeerMore = {}): EapPeerDeps => {
  if (eap === undefined) throw new Error(`the profile ${JSON.stringify(name)} says nothing of EAP; give it a field eap`);
  const { ask, ...options } = more;
  const { password } = eap;
  return {
    options: {
      identity: eap.identity.copy(),
      shownIdentity: eap.shownIdentity.copy(),
      methods: eap.methods.map(methodOf),
      crypto: nodeCrypto,
      draw: drawRandom,
      room: eap.room,
      ...(password && { password: { ...password, secret: password.secret.copy() } }),
      ...options,
    },
    openTls: openTlsOf(eap),
    ...(ask && { ask }),
  };
};
