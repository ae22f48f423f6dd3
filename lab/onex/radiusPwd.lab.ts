import { expect } from 'chai';
import { inScene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import type { AuthServerKind, AuthServerOptions } from './AuthServer.js';
import { authenticateOnce } from './authenticateByRadius.js';
import { authServers, nameOf } from './authServers.js';
import { good } from './certificates.js';
import { eapolTest } from './eapolTest.js';
import type { KeptPassword } from './keptPassword.js';
import { mskInLog } from './keysInLog.js';
import { pwd } from './methods.js';

const kinds: ReadonlyArray<AuthServerKind> = ['hostapd', 'freeradius'];
const groups = { 19: 'P-256', 20: 'P-384', 21: 'P-521' } as const;
/** With P-521 FreeRADIUS 3.2.1 refuses about half of those who have the right password, whoever asks. */
const groupsOf = { hostapd: [19, 20, 21], freeradius: [19, 20] } as const;
const kept: Readonly<Record<KeptPassword, string>> = {
  plain: 'as it is',
  ntHash: 'as Windows keeps them',
  sha1: 'with salt and SHA-1',
  sha256: 'with salt and SHA-256',
  sha512: 'with salt and SHA-512',
};

describe('lab: PWD, by RADIUS', () => {
  /** The right password, and a wrong one; eapol_test with the right one. */
  const tries = (kind: AuthServerKind, options: Pick<AuthServerOptions, 'group' | 'pwdPassword'>) =>
    inScene(async (scene) => {
      const netns = await scene.netns();
      const server = await authServers[kind]({ netns, folder: scene.folder, certificate: good, tls: '1.2', ...options });
      const right = await authenticateOnce(scene, netns, { network: pwd.network() });
      expect(right, right.message).to.include({ status: 0, kind: 'authenticated', keys: 'match' });
      if (kind === 'freeradius') expect(right.secrets?.msk).to.equal(mskInLog(kind, server.text()));
      const wrong = await authenticateOnce(scene, netns, { network: pwd.network({ password: 'wrong' }) });
      expect(wrong, wrong.message).to.include({ status: 1, kind: 'wrongPassword' });
      expect(await eapolTest(scene, netns, pwd.network(), true), 'eapol_test').to.equal(true);
    });

  sideBySide(
    Object.fromEntries(
      kinds.flatMap((kind) => [
        ...groupsOf[kind].map((group) => [
          `${nameOf[kind]}: group ${group}, which is ${groups[group]}`,
          () => tries(kind, { group }),
        ]),
        ...(['ntHash', 'sha1', 'sha256', 'sha512'] as const).map((pwdPassword) => [
          `${nameOf[kind]} keeps its passwords ${kept[pwdPassword]}`,
          () => tries(kind, { pwdPassword }),
        ]),
      ]),
    ),
  );
});
