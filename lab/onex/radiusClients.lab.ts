import { expect } from 'chai';
import { inScene, type Scene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import type { AuthServerKind, ClientAuthority } from './AuthServer.js';
import { authenticateOnce } from './authenticateByRadius.js';
import { withRevocation } from './authority.js';
import { authServers, nameOf } from './authServers.js';
import { certificate, good } from './certificates.js';
import { eapolTest } from './eapolTest.js';
import { eapTls } from './methods.js';

const kinds: ReadonlyArray<AuthServerKind> = ['hostapd', 'freeradius'];

interface Shown {
  readonly what: string;
  readonly client: string;
  readonly authority: (scene: Scene) => ClientAuthority;
  /** The alert of the server's TLS, by its own log. */
  readonly alert?: string;
}

const byCa = (): ClientAuthority => ({ file: certificate('ca.pem') });
const lookingUp = (revoked: string) => (scene: Scene) => ({
  file: withRevocation(scene, 'ca', `${revoked}.pem`),
  hasRevocations: true,
});

const shown: ReadonlyArray<Shown> = [
  { what: 'is good', client: 'client-ec', authority: byCa },
  { what: 'is not among those revoked', client: 'client-ec', authority: lookingUp('client-expired') },
  { what: 'has expired', client: 'client-expired', authority: byCa, alert: 'certificate expired' },
  { what: 'is of an authority the server does not trust', client: 'client-untrusted', authority: byCa, alert: 'unknown CA' },
  { what: 'has been revoked', client: 'client-ec', authority: lookingUp('client-ec'), alert: 'certificate revoked' },
];

/** Neither server lets the alert out that its TLS has written: an EAP-Failure takes its place. */
const UNTOLD = { '1.2': 'rejected', '1.3': 'rejectedCredentials' } as const;

describe('lab: certificates of clients, by RADIUS', () => {
  const meets = (kind: AuthServerKind, tls: '1.2' | '1.3', { client, authority, alert }: Shown) =>
    inScene(async (scene) => {
      const netns = await scene.netns();
      const clients = authority(scene);
      const server = await authServers[kind]({ netns, folder: scene.folder, certificate: good, tls, clients });
      const network = eapTls.network({ tls, client });
      const answer = await authenticateOnce(scene, netns, { network });
      if (alert === undefined) expect(answer, answer.message).to.include({ status: 0, kind: 'authenticated', keys: 'match' });
      else {
        expect(answer, answer.message).to.include({ status: 1, kind: UNTOLD[tls] });
        await server.says(new RegExp(`(?:local TLS alert|Alert write:fatal):.?${alert}`));
      }
      expect(await eapolTest(scene, netns, network, true), 'eapol_test').to.equal(alert === undefined);
    });

  sideBySide(
    Object.fromEntries(
      kinds.flatMap((kind) =>
        (['1.2', '1.3'] as const).flatMap((tls) =>
          shown.map((one) => [`${nameOf[kind]}, TLS ${tls}: one that ${one.what}`, () => meets(kind, tls, one)]),
        ),
      ),
    ),
  );
});
