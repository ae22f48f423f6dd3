import { expect } from 'chai';
import { inScene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import type { AuthServerKind } from './AuthServer.js';
import { authenticateByRadius } from './authenticateByRadius.js';
import { authServers, nameOf } from './authServers.js';
import { good } from './certificates.js';
import { hostapdVersion } from './hostapdFlaws.js';
import { eapTls, type Method, peapMschapv2, ttlsPap } from './methods.js';

interface Tried {
  readonly kind: AuthServerKind;
  readonly tls: '1.2' | '1.3';
  readonly method: Method;
  readonly cryptobinding?: 'never';
}

const FULL = 'authenticated';
const RESUMED = 'authenticated, resumed';

/** Three authentications, one after the other, by one process. */
const expectThree = ({ kind, tls, method, cryptobinding }: Tried, expected: ReadonlyArray<string>): Promise<void> =>
  inScene(async (scene) => {
    const netns = await scene.netns();
    await authServers[kind]({ netns, folder: scene.folder, certificate: good, tls, resumes: true });
    const network = method.network({ tls, ...(cryptobinding && { cryptobinding }) });
    const more = ['--repeat', '3', '--verbose', '--timeout', '6', '--retries', '1'];
    const { answers } = await authenticateByRadius(scene, netns, { network, more });
    expect(answers.map((one) => `${one.kind}${one.tls?.isResumed ? ', resumed' : ''}`)).to.deep.equal(expected);
    for (const one of answers) if (one.kind === 'authenticated') expect(one.keys).to.equal('match');
  });

describe('lab: sessions that are taken up again, by RADIUS', () => {
  const all = [eapTls, peapMschapv2, ttlsPap];
  const both = ['hostapd', 'freeradius'] as const;

  sideBySide(
    Object.fromEntries([
      ...both.flatMap((kind) =>
        all.map((method) => [
          `${nameOf[kind]}, TLS 1.2: ${method.name} resumes, again and again`,
          () => expectThree({ kind, tls: '1.2', method }, [FULL, RESUMED, RESUMED]),
        ]),
      ),
      ...all.map((method) => [
        `FreeRADIUS, TLS 1.3: ${method.name} resumes; a resumed session brings no ticket, so the third is full`,
        () => expectThree({ kind: 'freeradius', tls: '1.3', method }, [FULL, RESUMED, FULL]),
      ]),
    ]),
  );

  if (hostapdVersion === '2.10')
    sideBySide({
      'hostapd 2.10, TLS 1.3: TLS resumes without its commitment message, so its success is not believed, and the next is full':
        () => expectThree({ kind: 'hostapd', tls: '1.3', method: eapTls }, [FULL, 'protocolError, resumed', FULL]),
      'hostapd 2.10, TLS 1.3: TTLS resumes; a resumed session brings no ticket, so the third is full': () =>
        expectThree({ kind: 'hostapd', tls: '1.3', method: ttlsPap }, [FULL, RESUMED, FULL]),
      'hostapd 2.10, TLS 1.3: PEAP, unbound, resumes with a record that cannot be decrypted, and the next is full': () =>
        expectThree({ kind: 'hostapd', tls: '1.3', method: peapMschapv2, cryptobinding: 'never' }, [
          FULL,
          'tlsFailed, resumed',
          FULL,
        ]),
    });
});
