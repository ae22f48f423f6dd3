import { expect } from 'chai';
import type { Netns } from '../Netns.js';
import { inScene, type Scene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import { authenticateOnce } from './authenticateByRadius.js';
import { responseOfAnother } from './authority.js';
import { certificate, type ServerCertificate } from './certificates.js';
import { eapolTest } from './eapolTest.js';
import { hostapdVersion } from './hostapdFlaws.js';
import { eapTls, type Method, type MethodChoices, peapMschapv2, ttlsPap } from './methods.js';
import { startHostapd } from './startHostapd.js';

const valid: ServerCertificate = { name: 'server-ec', ca: 'ca.pem' };
const revoked: ServerCertificate = { name: 'server-revoked', ca: 'ca.pem' };

/** What a profile says of revocation, in the words of wpa_supplicant. */
const TRY = 'ocsp=1';
const REQUIRE = 'ocsp=2';

const WELL = 'authenticated';
const UNUSABLE = 'OCSP_RESPONSE_UNUSABLE';

interface Stapled {
  readonly what: string;
  readonly shown: ServerCertificate;
  readonly staple?: (scene: Scene) => string;
  /** What it comes to where a response is heeded if one comes, and where one is required. */
  readonly tries: string;
  readonly requires: string;
}

interface Meeting {
  readonly wish: Pick<MethodChoices, 'tls' | 'trusts'> & { readonly more: ReadonlyArray<string> };
  readonly expected: string;
}

const fixture = (name: string) => () => certificate(`${name}.der`);

const stapled: ReadonlyArray<Stapled> = [
  { what: 'says that it is good', shown: valid, staple: fixture('ocsp-good'), tries: WELL, requires: WELL },
  {
    what: 'comes from a responder that the authority has chosen',
    shown: valid,
    staple: fixture('ocsp-good-delegated'),
    tries: WELL,
    requires: WELL,
  },
  {
    what: 'says that it is revoked',
    shown: revoked,
    staple: fixture('ocsp-revoked'),
    tries: 'CERT_REVOKED',
    requires: 'CERT_REVOKED',
  },
  { what: 'is out of date', shown: valid, staple: fixture('ocsp-stale'), tries: WELL, requires: UNUSABLE },
  {
    what: 'is signed by somebody the authority has not chosen',
    shown: valid,
    staple: fixture('ocsp-good-usurped'),
    tries: WELL,
    requires: UNUSABLE,
  },
  {
    what: 'is of another authority',
    shown: valid,
    staple: (scene) => responseOfAnother(scene, 'rsa-ca', 'server-ec.pem'),
    tries: WELL,
    requires: UNUSABLE,
  },
  {
    what: 'is about another certificate',
    shown: valid,
    staple: fixture('ocsp-other-certificate'),
    tries: WELL,
    requires: UNUSABLE,
  },
  { what: 'is not there', shown: valid, tries: WELL, requires: UNUSABLE },
];

describe('lab: what a server staples to its certificate, by RADIUS', () => {
  const meets = async (scene: Scene, netns: Netns, method: Method, { wish, expected }: Meeting): Promise<void> => {
    const network = method.network({ ...wish, cryptobinding: 'never' });
    const answer = await authenticateOnce(scene, netns, { network });
    const what = `${method.name}, ${wish.more}: ${answer.message}`;
    expect(answer.certificateError ?? answer.kind, what).to.equal(expected);
    const isRequired = wish.more.includes(REQUIRE);
    if (isRequired) expect(await eapolTest(scene, netns, network, true), 'eapol_test').to.equal(expected === WELL);
  };

  const comesTo = (tls: '1.2' | '1.3', methods: ReadonlyArray<Method>, { shown, staple, tries, requires }: Stapled) =>
    inScene(async (scene) => {
      const netns = await scene.netns();
      const more = staple && { staple: staple(scene) };
      const server = await startHostapd({ netns, folder: scene.folder, certificate: shown, tls, ...more });
      for (const method of methods) {
        await meets(scene, netns, method, { wish: { tls, trusts: shown, more: [TRY] }, expected: tries });
        await meets(scene, netns, method, { wish: { tls, trusts: shown, more: [REQUIRE] }, expected: requires });
      }
      if (requires !== WELL) await server.says(/alert/i);
    });

  sideBySide(
    Object.fromEntries(
      stapled.flatMap((one) => [
        [`hostapd ${hostapdVersion}, TLS 1.2: a response that ${one.what}`, () => comesTo('1.2', [eapTls, peapMschapv2], one)],
        [`hostapd ${hostapdVersion}, TLS 1.3: a response that ${one.what}`, () => comesTo('1.3', [ttlsPap], one)],
      ]),
    ),
  );
});
