import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { nodeTls, type TlsSettings } from '../../../adapters/tls/index.js';
import { type EapPeerMethod, mschapv2, type OpenTls, peap, type TlsSession } from '../../../operators/core/index.js';
import { Secret } from '../../../streams/events/index.js';
import { EapMethod } from '../../../streams/frames/index.js';
import { bindingTlv, extensionsRequest, resultTlv, serverCompound } from '../../support/eap/compound.js';
import { type EapLink, eapLink } from '../../support/eap/eapLink.js';
import { peapLink } from '../../support/eap/insideLink.js';
import { serveScript } from '../../support/eap/serveScript.js';
import { materialOf, serveTunnel, type Tunnel } from '../../support/eap/tunnelServer.js';
import { TOY, text, toyMethod, toyMsk } from '../../support/eapToy.js';
import { mschapv2Script } from '../../support/mschapv2Server.js';
import { exportedBy, openCommand } from '../../support/tlsConversation.js';
import { certificateFile, type TlsHost, tlsHost } from '../../support/tlsServer.js';

const { PEAP } = EapMethod.codes;
const USER = 'bob@inside.example.org';
const PASSWORD = 'hunter2hunter2';
const CHALLENGE = Uint8Array.of(9, 8, 7);
const [SUCCESS, FAILURE] = [1, 2];
const ntHash = nodeCrypto.md4(new Uint8Array(Buffer.from(PASSWORD, 'utf16le')));

const settings: TlsSettings = { trust: { kind: 'authorities', pem: certificateFile('ca.pem').toString() } };

type Inside = (tunnel: Tunnel) => Promise<boolean>;

interface Meeting {
  readonly host: TlsHost;
  readonly openTls: OpenTls;
  readonly method: EapPeerMethod;
  readonly inside: Inside;
  readonly password?: string;
}

const linkOf = ({ openTls, method, password = PASSWORD }: Meeting): EapLink =>
  eapLink({
    options: {
      ...{ identity: Secret.of(text(USER)), shownIdentity: Secret.of(text('anonymous')), methods: [method], room: 1000 },
      ...{ password: { form: 'text', secret: Secret.of(text(password)) }, crypto: nodeCrypto },
      draw: (octets) => new Uint8Array(randomBytes(octets)),
    },
    openTls,
  });

const meet = async (meeting: Meeting): Promise<EapLink> => {
  const link = linkOf(meeting);
  await serveTunnel({ type: PEAP, host: meeting.host, inside: meeting.inside }, link);
  link.unplug();
  return link;
};

const outcome = ({ end, events }: EapLink): string => {
  const isResumed = events.some((event) => event.do === 'report' && event.note.kind === 'tls' && event.note.isResumed);
  return `${end?.do === 'fail' ? end.fault.code : end?.do}${isResumed ? ', resumed' : ''}`;
};

/** A server that binds with these inner keys; in a session taken up again there are none. */
const binding =
  (isk: Uint8Array): Inside =>
  async (tunnel) => {
    const tunnelKey = materialOf(tunnel, PEAP, 'client EAP encryption').slice(0, 60);
    if (!tunnel.isResumed) await tunnel.ask(Uint8Array.of(TOY, ...CHALLENGE));
    const compound = serverCompound(tunnelKey, tunnel.isResumed ? undefined : isk);
    await tunnel.askWith((identifier) =>
      extensionsRequest(identifier, resultTlv(SUCCESS), bindingTlv(compound, new Uint8Array(randomBytes(32)), 0)),
    );
    return true;
  };

const knowing = binding(toyMsk(text(PASSWORD), CHALLENGE).slice(0, 32));
const usurping = binding(new Uint8Array(32).fill(0x55));

/** A server that lets in whoever resumes, as those in use do. */
const asking: Inside = async (tunnel) => {
  const inner = peapLink(tunnel);
  if (!tunnel.isResumed) await serveScript(() => mschapv2Script({ ntHash, userName: USER }, { names: [] }), inner);
  const isIn = tunnel.isResumed || inner.isSuccess;
  await tunnel.askWith((identifier) => extensionsRequest(identifier, resultTlv(isIn ? SUCCESS : FAILURE)));
  return isIn;
};

/** A handshake, to where this side is through. */
const through = async (host: TlsHost, session: TlsSession) => {
  const server = host.connect();
  let turn = await session.turn(openCommand());
  while (turn.established === undefined)
    turn = await session.turn({ do: 'receive', records: await server.exchange(turn.records) });
  return { session, server, turn };
};

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  describe(`resumption, ${version}`, () => {
    const hostOf = (): TlsHost => tlsHost({ certificate: 'server-ec', minVersion: version, maxVersion: version });
    const bound = (): Omit<Meeting, 'inside'> => ({
      ...{ host: hostOf(), openTls: nodeTls(settings) },
      method: peap({ inner: [toyMethod()], cryptobinding: 'require' }),
    });
    const outcomesOf = async (meetings: ReadonlyArray<Meeting>): Promise<ReadonlyArray<string>> => {
      const outcomes: string[] = [];
      for (const meeting of meetings) outcomes.push(outcome(await meet(meeting)));
      return outcomes;
    };

    it('a server that did not know the inner keys does not get in by resuming', async () => {
      const given = bound();
      expect(await outcomesOf([usurping, usurping, usurping].map((inside) => ({ ...given, inside })))).to.deep.equal([
        'serverUnproven',
        'serverUnproven',
        'serverUnproven',
      ]);
    });

    const isAgain = version === 'TLSv1.2';
    it(`a session that was proven is resumed, ${isAgain ? 'again and again' : 'once for each ticket'}`, async () => {
      const given = bound();
      expect(await outcomesOf([knowing, knowing, knowing].map((inside) => ({ ...given, inside })))).to.deep.equal([
        'succeed',
        'succeed, resumed',
        isAgain ? 'succeed, resumed' : 'succeed',
      ]);
    });

    it('a wrong password is asked for again, and not taken for right because TLS had been', async () => {
      const given = { host: hostOf(), openTls: nodeTls(settings), method: peap({ inner: [mschapv2()] }), inside: asking };
      const wrong = { ...given, password: 'wrong' };
      expect(await outcomesOf([wrong, wrong, given, wrong])).to.deep.equal([
        'wrongPassword',
        'wrongPassword',
        'succeed',
        'succeed, resumed',
      ]);
    });

    it('a failure in a session that was resumed is the end of all that was kept', async () => {
      const given = bound();
      const refusing: Inside = () => Promise.resolve(false);
      expect(await outcomesOf([knowing, refusing, knowing, knowing].map((inside) => ({ ...given, inside })))).to.deep.equal([
        'succeed',
        'rejected, resumed',
        'succeed',
        'succeed, resumed',
      ]);
    });

    it('a session that was broken off is not resumed', async () => {
      const given = bound();
      for (const last of ['before anything was said', 'after the inner answer']) {
        const link = linkOf({ ...given, inside: knowing });
        const breaking: Inside = async (tunnel) => {
          if (last === 'after the inner answer') await tunnel.ask(Uint8Array.of(TOY, ...CHALLENGE));
          link.unplug();
          return true;
        };
        await serveTunnel({ type: PEAP, host: given.host, inside: breaking }, link);
        expect(link.end, last).to.equal(undefined);
      }
      expect(await outcomesOf([{ ...given, inside: knowing }])).to.deep.equal(['succeed']);
    });

    it('tickets that come late are kept as soon as they come', async () => {
      const [host, openTls] = [hostOf(), nodeTls(settings)];
      const { session, server, turn } = await through(host, openTls('tls'));
      session.keep();
      const last = await server.exchange(turn.records);
      if (last.length > 0) await session.turn({ do: 'receive', records: last });
      session.close();
      const again = await through(host, openTls('tls'));
      expect(again.turn.established?.isResumed).to.equal(true);
      await again.server.exchange(again.turn.records);
      expect(again.turn.established?.keys['msk']).to.deep.equal(exportedBy(again.server));
    });

    it('of the tickets of one handshake the last alone is kept', async () => {
      const [host, openTls] = [hostOf(), nodeTls(settings)];
      const first = await through(host, openTls('tls'));
      const last = await first.server.exchange(first.turn.records);
      if (last.length > 0) await first.session.turn({ do: 'receive', records: last });
      first.session.keep();
      first.session.close();
      const others = [await through(host, openTls('tls')), await through(host, openTls('tls'))];
      expect(others.map(({ turn }) => turn.established?.isResumed)).to.deep.equal([true, false]);
      for (const { session } of others) session.close();
    });

    it('a session that was closed without being kept is not resumed, and it is too late to keep it', async () => {
      const [host, openTls] = [hostOf(), nodeTls(settings)];
      for (const isKept of [false, true]) {
        const [session, server] = [openTls('tls'), host.connect()];
        let turn = await session.turn(openCommand());
        while (turn.records.length > 0) {
          const records = await server.exchange(turn.records);
          if (records.length === 0) break;
          turn = await session.turn({ do: 'receive', records });
          expect(turn.established?.isResumed ?? false, String(isKept)).to.equal(false);
        }
        if (isKept) session.keep();
        session.close();
        // Too late.
        session.keep();
      }
    });
  });
}
