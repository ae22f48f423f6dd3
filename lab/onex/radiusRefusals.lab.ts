import { expect } from 'chai';
import type { Netns } from '../Netns.js';
import { inScene, openScene, type Scene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import type { AuthServerKind } from './AuthServer.js';
import { authenticateOnce } from './authenticateByRadius.js';
import { authServers, nameOf } from './authServers.js';
import { bad, good } from './certificates.js';
import { eapolTest } from './eapolTest.js';
import { users } from './identities.js';
import { eapTls, md5, methods, peapMschapv2, pwd, ttlsPap } from './methods.js';

const kinds: ReadonlyArray<AuthServerKind> = ['hostapd', 'freeradius'];
const EXPECTED_NAME = 'domain_match="radius.example.org"';
const WRONG_PIN = `ca_cert="hash://server/sha256/${'5a'.repeat(32)}"`;

const usesPassword = (name: string): boolean => !name.endsWith('TLS');

/** In MSCHAPv2 the server says what is wrong, and in PWD each side sees for itself. */
const ofWrongPassword = (name: string): string => {
  const isTold = name === 'PWD' || (name.includes('MSCHAPv2') && name !== 'TTLS-MSCHAPv2');
  return isTold ? 'wrongPassword' : 'rejectedCredentials';
};

/** hostapd looks for the user before it begins a method, FreeRADIUS at its end. */
const ofNobody: Readonly<Record<AuthServerKind, Readonly<Record<'peap' | 'pwd', string>>>> = {
  hostapd: { peap: 'rejectedIdentity', pwd: 'rejectedIdentity' },
  freeradius: { peap: 'wrongPassword', pwd: 'rejectedCredentials' },
};

interface Stage {
  readonly scene: Scene;
  readonly netns: Netns;
}

for (const kind of kinds)
  describe(`lab: ${nameOf[kind]} refuses, by RADIUS`, () => {
    let opened: Promise<Stage> | undefined;

    const open = async (): Promise<Stage> => {
      const scene = openScene();
      const netns = await scene.netns();
      await authServers[kind]({ netns, folder: scene.folder, certificate: good, tls: '1.2' });
      return { scene, netns };
    };

    const stage = (): Promise<Stage> => {
      opened ??= open();
      return opened;
    };

    after(async () => (await opened)?.scene.close());

    const refuses = async (network: string, expected: string): Promise<void> => {
      const { scene, netns } = await stage();
      const answer = await authenticateOnce(scene, netns, { network });
      expect(answer, answer.message).to.include({ status: 1, kind: expected });
      expect(answer.secrets).to.not.have.property('receiveKey');
    };

    sideBySide(
      Object.fromEntries(
        methods
          .filter(({ name }) => usesPassword(name))
          .map(({ name, network }) => [
            `a wrong password in ${name}`,
            () => refuses(network({ password: 'wrong' }), ofWrongPassword(name)),
          ]),
      ),
    );

    sideBySide({
      'somebody unknown inside of PEAP': () => refuses(peapMschapv2.network({ identity: 'nobody' }), ofNobody[kind].peap),
      'somebody unknown inside of TTLS': () => refuses(ttlsPap.network({ identity: 'nobody' }), 'rejectedCredentials'),
      'somebody unknown, by PWD': () => refuses(pwd.network({ identity: 'nobody' }), ofNobody[kind].pwd),
      'a profile with another pinned certificate': () =>
        refuses(ttlsPap.network().replace(/ca_cert=.*/, WRONG_PIN), 'badServerCertificate'),
      'a user for whom it has a method that the profile does not allow': () =>
        refuses(md5.network({ identity: users.GTC }), 'methodRefused'),
    });
  });

describe('lab: certificates of servers that no station may accept, by RADIUS', () => {
  const refuses = (kind: AuthServerKind, { shown, error }: (typeof bad)[number]) =>
    inScene(async (scene) => {
      const netns = await scene.netns();
      const server = await authServers[kind]({ netns, folder: scene.folder, certificate: shown, tls: '1.2' });
      for (const method of [eapTls, peapMschapv2]) {
        const network = method.network({ trusts: shown, more: [EXPECTED_NAME] });
        const answer = await authenticateOnce(scene, netns, { network });
        expect(answer, answer.message).to.include({ status: 1, kind: 'badServerCertificate', certificateError: error });
        expect(await eapolTest(scene, netns, network, true), 'eapol_test').to.equal(false);
      }
      await server.says(/alert/i);
    });

  sideBySide(
    Object.fromEntries(
      kinds.flatMap((kind) => bad.map((one) => [`${nameOf[kind]}: one that ${one.what}`, () => refuses(kind, one)])),
    ),
  );
});
