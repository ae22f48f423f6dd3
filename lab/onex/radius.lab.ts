import { expect } from 'chai';
import type { Netns } from '../Netns.js';
import { openScene, type Scene } from '../Scene.js';
import type { AuthServer, AuthServerKind } from './AuthServer.js';
import { authenticateOnce, type RadiusAnswer } from './authenticateByRadius.js';
import { authServers, nameOf } from './authServers.js';
import { good } from './certificates.js';
import { eapolTest } from './eapolTest.js';
import { bindsWrongly } from './hostapdFlaws.js';
import { mskInLog } from './keysInLog.js';
import { type Method, methods } from './methods.js';
import { SummaryTable } from './SummaryTable.js';

type Answer = RadiusAnswer & { readonly status: number };

const servers = [
  ['hostapd', '1.2'],
  ['hostapd', '1.3'],
  ['freeradius', '1.2'],
  ['freeradius', '1.3'],
] as const;
const summary = new SummaryTable(['method', 'server', 'TLS', 'postassoc', 'eapol_test']);
const yesOr = (isWell: boolean, otherwise: string): string => (isWell ? 'yes' : otherwise);

const expectSuccess = (answer: Answer, method: Method, tls: string): void => {
  expect(answer, answer.message).to.include({ status: 0, kind: 'authenticated', keys: method.yieldsKeys ? 'match' : 'none' });
  expect(answer.tls?.version).to.equal(method.usesTls ? `TLSv${tls}` : undefined);
};

const expectSameKeys = ({ secrets }: Answer, { name, yieldsKeys }: Method, kind: AuthServerKind, log: string): void => {
  const written = mskInLog(kind, log);
  if (!yieldsKeys || (kind === 'hostapd' && name === 'PWD')) expect(written).to.equal(undefined);
  else expect(secrets?.msk?.slice(0, written?.length), 'the MSK, by the log of the server').to.equal(written);
};

describe('lab: every method by RADIUS, and eapol_test with the same credentials', () => {
  after(() => summary.print());

  for (const [kind, tls] of servers)
    describe(`${nameOf[kind]}, TLS ${tls}`, () => {
      let scene: Scene;
      let netns: Netns;
      let server: AuthServer;

      before(async () => {
        scene = openScene();
        netns = await scene.netns();
        server = await authServers[kind]({ netns, folder: scene.folder, certificate: good, tls });
      });

      after(() => scene.close());

      const bothTry = async (method: Method, choices: Parameters<Method['network']>[0]) => {
        const network = method.network({ tls, ...choices });
        const mark = server.text().length;
        const ours = await authenticateOnce(scene, netns, { network });
        const log = server.text().slice(mark);
        return { ours, log, theirs: await eapolTest(scene, netns, network, method.yieldsKeys) };
      };

      const note = (method: Method, ours: Answer, theirs: boolean): void =>
        summary.add([
          method.name,
          kind,
          method.usesTls ? tls : '-',
          yesOr(ours.kind === 'authenticated', ours.kind),
          yesOr(theirs, 'no'),
        ]);

      const authenticates = async (method: Method, choices: Parameters<Method['network']>[0] = {}): Promise<void> => {
        const { ours, log, theirs } = await bothTry(method, choices);
        note(method, ours, theirs);
        expectSuccess(ours, method, tls);
        expectSameKeys(ours, method, kind, log);
        expect(theirs, 'eapol_test').to.equal(true);
      };

      for (const method of methods.filter(({ usesTls }) => usesTls || tls === '1.2')) {
        const { name, yieldsKeys } = method;
        if (bindsWrongly(kind, tls, name)) {
          it(`${name}: refused by both peers, as the cryptobinding of hostapd 2.10 is wrong with TLS 1.3`, async () => {
            const { ours, theirs } = await bothTry(method, {});
            note(method, ours, theirs);
            expect(ours).to.include({ status: 1, kind: 'serverUnproven' });
            expect(theirs, 'eapol_test').to.equal(false);
          });

          it(`${name} authenticates without cryptobinding, and the keys of the server are ours`, () =>
            authenticates({ ...method, name: `${name}, unbound` }, { cryptobinding: 'never' }));
        } else {
          it(`${name} authenticates, and ${yieldsKeys ? 'the keys of the server are ours' : 'there are no keys'}`, () =>
            authenticates(method));
        }
      }
    });
});
