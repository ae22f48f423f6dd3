import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { expect } from 'chai';
import { lastValueFrom, toArray } from 'rxjs';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { PacketSplitter } from '../../../../adapters/radius/client/PacketSplitter.js';
import {
  createRadiusClient,
  type ExchangeEvent,
  RadiusCode,
  type RadiusServer,
  RFC_5080,
  radsecChannel,
  readRadius,
  udpChannel,
} from '../../../../adapters/radius/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { answerTo } from '../../../support/radius/answers.js';
import { rightOf } from '../../../support/radius/rightOf.js';

const folder = join(import.meta.dirname, '../../../fixtures/eap/certs');
const pem = (name: string): Buffer => readFileSync(join(folder, name));
const NAME = 'radius.example.org';
const SECRET = new TextEncoder().encode('radsec');
const shared = { crypto: nodeCrypto, secret: SECRET };
const user = [{ type: 1, value: new TextEncoder().encode('u') }];

type Answering = (bytes: Uint8Array, socket: TLSSocket) => void;

const accept: Answering = (bytes, socket) =>
  void socket.write(answerTo(shared, rightOf(readRadius(bytes)), { code: RadiusCode.codes.ACCESS_ACCEPT }));

describe('RADIUS over TLS (RFC 6614)', () => {
  const open: (() => void)[] = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  /** A server, and what it heard. */
  const serverOf = async (answer: Answering, options: TlsOptions = {}) => {
    const heard: Uint8Array[] = [];
    const server = createServer({ cert: pem('server-ec.pem'), key: pem('server-ec.key'), ...options }, (socket) => {
      const splitter = new PacketSplitter();
      socket.on('error', () => undefined);
      socket.on('data', (octets) => {
        for (const packet of splitter.push(octets) ?? []) {
          heard.push(packet);
          answer(packet, socket);
        }
      });
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const place: RadiusServer = {
      name: NAME,
      address: '127.0.0.1',
      family: 4,
      port,
      transport: 'tls',
      secret: Secret.of(SECRET),
    };
    return { place, heard };
  };

  const ask = async (
    server: RadiusServer,
    more: { readonly ca?: string; readonly client?: string; readonly serverName?: string; readonly times?: number } = {},
  ): Promise<ReadonlyArray<ExchangeEvent>> => {
    const { ca = 'ca.pem', client, serverName, times = 1 } = more;
    const own = client === undefined ? {} : { cert: pem(`${client}.pem`), key: pem(`${client}.key`) };
    const context = createSecureContext({ ca: pem(ca), ...own });
    const channel = radsecChannel({ context, ...(serverName !== undefined && { serverName }) });
    const radius = createRadiusClient({
      crypto: nodeCrypto,
      draw: (octets) => new Uint8Array(randomBytes(octets)),
      channels: { udp: udpChannel, tls: channel },
      policy: { ...RFC_5080, durationMs: 10_000 },
    });
    open.push(() => radius.close());
    const all = await Promise.all(
      Array.from({ length: times }, () => lastValueFrom(radius.exchange(server, user).pipe(toArray()))),
    );
    return all.flat();
  };

  it('asks and is answered, many at once over one connection', async () => {
    const { place, heard } = await serverOf(accept);
    const events = await ask(place, { times: 20 });
    expect(events.filter(({ kind }) => kind === 'answered')).to.have.length(20);
    expect(heard).to.have.length(20);
  });

  it('shows its certificate to a server that wants one', async () => {
    const { place } = await serverOf(accept, { requestCert: true, rejectUnauthorized: true, ca: pem('ca.pem') });
    const events = await ask(place, { client: 'client-ec' });
    expect(events.at(-1)?.kind).to.equal('answered');
  });

  const refusals = {
    'an authority it does not know': { ca: 'p384-ca.pem' },
    'a name it did not ask for': { serverName: 'other.example.org' },
  };
  for (const [name, more] of Object.entries(refusals)) {
    it(`tells a server with a certificate from ${name} nothing`, async () => {
      const { place, heard } = await serverOf(accept);
      const last = (await ask(place, more)).at(-1);
      expect(last).to.deep.include({ kind: 'unanswered', for: 'certificate' });
      expect(heard).to.deep.equal([]);
    });
  }

  it('says that nobody listens', async () => {
    const { place } = await serverOf(accept);
    for (const close of open.splice(0)) close();
    const last = (await ask(place)).at(-1);
    expect(last).to.deep.include({ kind: 'unanswered', for: 'refused' });
  });

  it('says that the connection was closed', async () => {
    const { place } = await serverOf((_, socket) => socket.end());
    expect((await ask(place)).at(-1)).to.deep.include({ kind: 'unanswered', for: 'lost' });
  });

  it('ends a connection on which no RADIUS comes', async () => {
    const { place } = await serverOf((_, socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await ask(place)).at(-1)).to.deep.include({ kind: 'unanswered', for: 'malformed' });
  });

  it('sends a request once: what TCP carries arrives', async () => {
    const { place, heard } = await serverOf((bytes, socket) => void setTimeout(() => accept(bytes, socket), 100));
    const context = createSecureContext({ ca: pem('ca.pem') });
    const radius = createRadiusClient({
      crypto: nodeCrypto,
      draw: (octets) => new Uint8Array(randomBytes(octets)),
      channels: { udp: udpChannel, tls: radsecChannel({ context }) },
      policy: { initialMs: 10, longestMs: 10, repetitions: 5, durationMs: 10_000 },
    });
    open.push(() => radius.close());
    const events = await lastValueFrom(radius.exchange(place, user).pipe(toArray()));
    expect(events.map(({ kind }) => kind)).to.deep.equal(['sent', 'answered']);
    expect(heard).to.have.length(1);
  });
});
