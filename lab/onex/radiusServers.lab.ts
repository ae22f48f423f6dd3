import { expect } from 'chai';
import type { Netns } from '../Netns.js';
import { inScene, type Scene } from '../Scene.js';
import { sideBySide } from '../sideBySide.js';
import type { AuthServer, AuthServerKind, AuthServerOptions } from './AuthServer.js';
import { authenticateByRadius, authenticateOnce, type RadiusWish } from './authenticateByRadius.js';
import { authServers, nameOf } from './authServers.js';
import { certificate, good, long } from './certificates.js';
import { eapTls, type Method, md5, peapMschapv2, pwd, ttlsPap } from './methods.js';
import { startRelay } from './relay/startRelay.js';
import type { Rule } from './relay/Traffic.js';

interface Stage {
  readonly scene: Scene;
  readonly netns: Netns;
  readonly server: AuthServer;
}

const BY_RELAY = ['127.0.0.1:1899'];
/** For those who wait in vain. */
const SHORTLY = ['--timeout', '3', '--retries', '1'];

const withServer = (
  kind: AuthServerKind,
  play: (stage: Stage) => Promise<void>,
  more: Partial<Omit<AuthServerOptions, 'netns' | 'folder'>> = {},
): Promise<void> =>
  inScene(async (scene) => {
    const netns = await scene.netns();
    const server = await authServers[kind]({ netns, folder: scene.folder, certificate: good, tls: '1.2', ...more });
    await play({ scene, netns, server });
  });

const expectSuccess = async (
  { scene, netns }: Stage,
  wish: RadiusWish,
): Promise<Awaited<ReturnType<typeof authenticateOnce>>> => {
  const answer = await authenticateOnce(scene, netns, wish);
  expect(answer, answer.message).to.include({ status: 0, kind: 'authenticated', keys: 'match' });
  return answer;
};

const expectFailure = async (
  { scene, netns }: Stage,
  wish: RadiusWish,
  kind: string,
): Promise<Awaited<ReturnType<typeof authenticateOnce>>> => {
  const answer = await authenticateOnce(scene, netns, wish);
  expect(answer, answer.message).to.include({ status: 1, kind });
  return answer;
};

const forBoth = (scenarios: (kind: AuthServerKind) => Readonly<Record<string, () => Promise<void>>>): void => {
  for (const kind of ['hostapd', 'freeradius'] as const) describe(nameOf[kind], () => sideBySide(scenarios(kind)));
};

describe('lab: fragments, by RADIUS', () => {
  const SMALL = 200;
  const fragmentsBothWays = (kind: AuthServerKind, method: Method, tls: '1.2' | '1.3') => () =>
    withServer(
      kind,
      async (stage) => {
        const network = method.network({ tls, trusts: long, more: [`fragment_size=${SMALL}`] });
        const { rounds } = await expectSuccess(stage, { network });
        expect(rounds, 'rounds').to.be.above(15);
      },
      { certificate: long, fragmentSize: SMALL, tls },
    );

  forBoth((kind) =>
    Object.fromEntries(
      [eapTls, ttlsPap, ...(kind === 'freeradius' ? [peapMschapv2] : [])].flatMap((method) =>
        (['1.2', '1.3'] as const).map((tls) => [
          `${method.name} with TLS ${tls} in fragments of 200 octets both ways, and a chain of certificates`,
          fragmentsBothWays(kind, method, tls),
        ]),
      ),
    ),
  );
});

describe('lab: servers that are silent, or fall silent', () => {
  const diesAt = (kind: AuthServerKind, method: Method, nth: number, signal: NodeJS.Signals) => () =>
    withServer(kind, async (stage) => {
      const relay = await startRelay(stage.netns, 'udp', [{ way: 'toServer', nth, does: 'freeze' }]);
      const outcome = expectFailure(stage, { network: method.network(), servers: BY_RELAY, more: SHORTLY }, 'noAnswer');
      await Promise.all([relay.says(/^frozen$/m).then(() => stage.server.signal(signal)), outcome]);
      expect((await outcome).message).to.match(nth === 1 ? /did not answer/ : /although it had answered before/);
    });

  forBoth((kind) => ({
    'one that is killed before the first answer': diesAt(kind, peapMschapv2, 1, 'SIGKILL'),
    'one that is killed within the TLS handshake of PEAP': diesAt(kind, peapMschapv2, 3, 'SIGKILL'),
    'one that stands still inside of PEAP': diesAt(kind, peapMschapv2, 6, 'SIGSTOP'),
    'one that is killed between commit and confirm of PWD': diesAt(kind, pwd, 3, 'SIGKILL'),
    'one that is silent from the beginning': () =>
      withServer(kind, async (stage) => {
        stage.server.signal('SIGSTOP');
        await expectFailure(stage, { network: pwd.network(), more: SHORTLY }, 'noAnswer');
      }),
    'a wrong shared secret, to which it says nothing: the verdict is silence, and the advice names the secret': () =>
      withServer(kind, async (stage) => {
        const answer = await expectFailure(stage, { network: md5.network(), secret: 'another', more: SHORTLY }, 'noAnswer');
        expect(answer.advice).to.match(/secret/);
      }),
    'a second server answers when the first is not there': () =>
      withServer(kind, async (stage) => {
        const wish = { network: peapMschapv2.network(), servers: ['127.0.0.1:9', '127.0.0.1'], more: SHORTLY };
        const { server } = await expectSuccess(stage, wish);
        expect(server).to.equal('127.0.0.1:1812');
      }),
    'a second server answers when the first is silent': () =>
      withServer(kind, async (stage) => {
        await startRelay(stage.netns, 'udp', [{ way: 'toServer', nth: 1, does: 'freeze' }]);
        const wish = { network: ttlsPap.network(), servers: [...BY_RELAY, '127.0.0.1'], more: SHORTLY };
        const { server } = await expectSuccess(stage, wish);
        expect(server).to.equal('127.0.0.1:1812');
      }),
  }));
});

describe('lab: a network that loses, repeats and reorders, by RADIUS', () => {
  const LOSSES: ReadonlyArray<Rule> = [
    { way: 'toServer', nth: 1, does: 'drop' },
    { way: 'toStation', nth: 3, does: 'drop' },
  ];
  const ODDITIES: ReadonlyArray<Rule> = [
    { way: 'toServer', nth: 2, does: 'duplicate' },
    { way: 'toStation', nth: 4, does: 'duplicate' },
    { way: 'toServer', nth: 5, does: 'delay' },
    { way: 'toStation', nth: 6, does: 'delay' },
  ];
  const through = (kind: AuthServerKind, method: Method, rules: ReadonlyArray<Rule>, repetitions: number) => () =>
    withServer(kind, async (stage) => {
      await startRelay(stage.netns, 'udp', rules);
      const answer = await expectSuccess(stage, { network: method.network(), servers: BY_RELAY, more: ['--timeout', '60'] });
      expect(answer.repetitions, 'repetitions').to.be.at.least(repetitions);
    });

  forBoth((kind) => ({
    'PEAP although a request and an answer are lost': through(kind, peapMschapv2, LOSSES, LOSSES.length),
    'TTLS although packets come twice, and late': through(kind, ttlsPap, ODDITIES, 1),
    'TLS although packets come twice, and late': through(kind, eapTls, ODDITIES, 1),
  }));
});

describe('lab: ways to a server', () => {
  const radsec = (...more: ReadonlyArray<string>): RadiusWish => ({
    network: peapMschapv2.network(),
    servers: ['127.0.0.1'],
    secret: 'radsec',
    more: ['--radsec', '--radsec-name', 'radius.example.org', ...more],
  });
  const trusting = ['--radsec-ca', certificate('rsa-ca.pem')];
  const showing = ['--radsec-cert', certificate('client-rsa.pem'), '--radsec-key', certificate('client-rsa.key')];
  const overTls = (play: (stage: Stage) => Promise<void>) => () => withServer('freeradius', play, { isRadsec: true });

  forBoth((kind) => ({
    IPv6: () =>
      withServer(
        kind,
        async (stage) => {
          const { server } = await expectSuccess(stage, { network: peapMschapv2.network(), servers: ['[::1]:1812'] });
          expect(server).to.equal('[::1]:1812');
        },
        { isIpv6: true },
      ),
    'forty authentications, ten at a time, each with the keys of the server': () =>
      withServer(kind, async ({ scene, netns }) => {
        const more = ['--repeat', '40', '--concurrency', '10', '--verbose'];
        const { status, answers } = await authenticateByRadius(scene, netns, { network: peapMschapv2.network(), more });
        expect(status).to.equal(0);
        expect(answers.map((one) => `${one.kind}, ${one.keys}`)).to.deep.equal(Array(40).fill('authenticated, match'));
        expect(new Set(answers.map(({ secrets }) => secrets?.msk)).size, 'keys of their own').to.equal(40);
      }),
  }));

  sideBySide({
    'RadSec to FreeRADIUS': overTls(async (stage) => {
      const { server } = await expectSuccess(stage, radsec(...trusting, ...showing));
      expect(server).to.match(/2083/);
    }),
    'RadSec to FreeRADIUS without a certificate, which it demands': overTls(async (stage) => {
      await expectFailure(stage, radsec(...trusting), 'noAnswer');
    }),
    'RadSec to a FreeRADIUS whose authority is another': overTls(async (stage) => {
      await expectFailure(stage, radsec('--radsec-ca', certificate('untrusted-ca.pem'), ...showing), 'badServerCertificate');
    }),
  });
});
