import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { nodeTls } from '../../../adapters/tls/index.js';
import { eapTls } from '../../../operators/core/index.js';
import { Secret } from '../../../streams/events/index.js';
import { EapMethod, writeEapTls } from '../../../streams/frames/index.js';
import { type EapLink, eapLink } from '../../support/eap/eapLink.js';
import { eapRequest } from '../../support/eapServer.js';
import { text } from '../../support/eapToy.js';
import { newResources } from '../../support/newResources.js';
import { certificateFile, type TlsPeer, tlsHost } from '../../support/tlsServer.js';

const { TLS } = EapMethod.codes;
const ROUNDS = 101;
const FOREVER = 300;
const HEADER = 6;
const LARGEST = 0x4000;

const record = (type: number, content: Uint8Array, claimed = content.length): Uint8Array =>
  Uint8Array.of(type, 3, 3, claimed >>> 8, claimed & 0xff, ...content);

const repeated = (piece: Uint8Array, times: number): Uint8Array =>
  new Uint8Array(Buffer.concat(Array.from({ length: times }, () => piece)));

const serverHello = record(
  22,
  Uint8Array.of(2, 0, 0, 45, 3, 3, ...new Uint8Array(32).fill(7), 0, 0xc0, 0x2b, 0, 0, 5, 0xff, 1, 0, 1, 0),
);

const peer = (): EapLink =>
  eapLink({
    options: {
      ...{ identity: Secret.of(text('bob')), shownIdentity: Secret.of(text('bob')), methods: [eapTls()], room: 1400 },
      ...{ crypto: nodeCrypto, draw: (octets: number) => new Uint8Array(octets) },
    },
    openTls: nodeTls({
      trust: { kind: 'authorities', pem: certificateFile('ca.pem').toString() },
      client: {
        kind: 'pem',
        certificates: certificateFile('client-ec.pem').toString(),
        key: Secret.of(certificateFile('client-ec.key')),
      },
    }),
  });

const frame = (fragment: Uint8Array, isStart = false): Uint8Array =>
  writeEapTls({ isStart, hasMore: false, version: 0, fragment });

const QUIET_TURNS = 8;
const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < QUIET_TURNS; turn++) await setImmediate();
};

/** Sends a packet, and hears what is said to it, if anything is. */
const ask = async (link: EapLink, packet: Uint8Array): Promise<Uint8Array> => {
  const { length } = link.sent;
  link.tell(packet);
  await quiet();
  return link.sent[length] ?? new Uint8Array(0);
};

/** Sends one message after the other, for ever, and sees when that is over. */
const bombard = async (messageOf: (number: number) => Uint8Array): Promise<EapLink & { readonly packets: number }> => {
  const link = peer();
  let packets = 1;
  await ask(link, eapRequest(0, TLS, frame(new Uint8Array(0), true)));
  while (link.end === undefined && packets < FOREVER)
    await ask(link, eapRequest(packets & 0xff, TLS, frame(messageOf(packets++))));
  return Object.assign(link, { packets });
};

const handshakeHead = Uint8Array.of(2, 0xff, 0xff, 0xff);
const bombs: Readonly<Record<string, readonly [code: string, (number: number) => Uint8Array]>> = {
  'a record that never ends': ['tooManyRounds', (n) => (n === 1 ? Uint8Array.of(22, 3, 3, 0x40, 0, 2) : Uint8Array.of(0))],
  'a hello of 16 MB': ['tls', (n) => record(22, n === 1 ? handshakeHead : new Uint8Array(LARGEST))],
  'certificates of 16 MB': [
    'tls',
    (n) =>
      n === 1
        ? Uint8Array.of(...serverHello, ...record(22, Uint8Array.of(11, 0xff, 0xff, 0xff)))
        : record(22, new Uint8Array(LARGEST)),
  ],
  'certificates octet by octet': [
    'tooManyRounds',
    (n) => (n === 1 ? Uint8Array.of(...serverHello, ...record(22, Uint8Array.of(11, 0, 0x80, 0))) : record(22, Uint8Array.of(0))),
  ],
  'records of nothing': ['tls', () => repeated(record(22, new Uint8Array(0)), 10_000)],
  warnings: ['tls', () => repeated(record(21, Uint8Array.of(1, 90)), 5000)],
  'change of cipher': ['tls', (n) => (n === 1 ? serverHello : repeated(record(20, Uint8Array.of(1)), 5000))],
  'data before its time': ['tls', () => repeated(record(23, new Uint8Array(60)), 900)],
  noise: ['tls', () => new Uint8Array(60_000).fill(0x5a)],
};

describe('TLS that a server can go on with for ever', () => {
  for (const [name, [code, messageOf]] of Object.entries(bombs)) {
    it(`is over, and has a name: ${name}`, async () => {
      await setImmediate();
      const before = process.getActiveResourcesInfo();
      const { end, packets } = await bombard(messageOf);
      expect(end?.do === 'fail' && end.fault.code).to.equal(code);
      expect(packets).to.be.at.most(ROUNDS);
      await quiet();
      expect(newResources(before)).to.deep.equal([]);
    });
  }

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    /** Up to a handshake that is over, and then for ever what is made of the server's end. */
    const afterwards = async (say: (server: TlsPeer) => Promise<Uint8Array>) => {
      const link = peer();
      const server = tlsHost({ certificate: 'server-ec', minVersion: version, maxVersion: version }).connect();
      let packets = 0;
      let answer = await ask(link, eapRequest(packets++, TLS, frame(new Uint8Array(0), true)));
      while (link.end === undefined && packets < FOREVER) {
        const records = answer.length > HEADER ? await server.exchange(answer.slice(HEADER)) : new Uint8Array(0);
        const more = server.isSecure ? await say(server) : new Uint8Array(0);
        answer = await ask(link, eapRequest(packets++ & 0xff, TLS, frame(Uint8Array.of(...records, ...more))));
      }
      server.socket.destroy();
      return { fault: link.end?.do === 'fail' ? link.end.fault.code : link.end?.do, packets };
    };

    it(`is over, and has a name: a tunnel of ${version} full of data`, async () => {
      const { fault, packets } = await afterwards((server) => server.say(new Uint8Array(30_000)));
      expect(fault).to.equal('outOfTurn');
      expect(packets).to.be.at.most(10);
    });

    it(`is over, and has a name: a tunnel of ${version} in which nothing is said`, async () => {
      const { fault, packets } = await afterwards(() => Promise.resolve(new Uint8Array(0)));
      expect(fault).to.equal('tooManyRounds');
      expect(packets).to.be.at.most(ROUNDS);
    });
  }
});
