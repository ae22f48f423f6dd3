import { expect } from 'chai';
import fc from 'fast-check';
import {
  createTlsWalker,
  readClientHello,
  readServerHello,
  TlsAlert,
  type TlsItem,
  tlsVersionName,
} from '../../../streams/frames/index.js';
import { type TlsExchange, tlsExchange } from '../../support/tlsExchange.js';
import { refusal } from './expectations.js';
import { hex } from './hex.js';

type From = 'client' | 'server';

const bytesFrom = ({ flights }: TlsExchange, from: From): Uint8Array =>
  new Uint8Array(Buffer.concat(flights.filter((flight) => flight.from === from).map(({ bytes }) => bytes)));

const walked = (bytes: Uint8Array, piece = bytes.length): ReadonlyArray<TlsItem> => {
  const items: TlsItem[] = [];
  const walker = createTlsWalker((item) => items.push(item));
  for (let at = 0; at < bytes.length; at += piece) walker.take(bytes.subarray(at, at + piece));
  return items;
};

const serverHelloOf = (exchange: TlsExchange) =>
  walked(bytesFrom(exchange, 'server')).flatMap((item) => (item.kind === 'serverHello' ? [item.hello] : []));

const kinds = (items: ReadonlyArray<TlsItem>): ReadonlyArray<string> => items.map(({ kind }) => kind);

describe('TLS records', () => {
  it('of TLS 1.2 are hellos, messages, and what is sealed after the ChangeCipherSpec', async () => {
    const exchange = await tlsExchange('TLSv1.2', { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' });
    const [client] = walked(bytesFrom(exchange, 'client'));
    if (client?.kind !== 'clientHello') throw new Error('no hello');
    expect(exchange.keyLog).to.contain(Buffer.from(client.hello.random).toString('hex'));
    expect(client.hello.versions).to.deep.equal([0x0303]);
    expect(client.hello.cipherSuites).to.include(0xc02c);
    expect(serverHelloOf(exchange)).to.have.length(1);
    expect(serverHelloOf(exchange)[0]).to.include({ version: 0x0303, cipherSuite: 0xc02c, isRetryRequest: false });
    expect(kinds(walked(bytesFrom(exchange, 'client')))).to.deep.equal([
      'clientHello',
      'handshake',
      'changeCipherSpec',
      'sealed',
      'sealed',
    ]);
  });

  it('of TLS 1.3 are sealed after the hello, whatever the ChangeCipherSpec says', async () => {
    const exchange = await tlsExchange('TLSv1.3', { ciphers: 'TLS_AES_128_GCM_SHA256' });
    expect(serverHelloOf(exchange)[0]).to.include({ version: 0x0304, cipherSuite: 0x1301, isRetryRequest: false });
    expect(new Set(kinds(walked(bytesFrom(exchange, 'server')).slice(2)))).to.deep.equal(new Set(['sealed']));
  });

  it('of TLS 1.3 may hold a request for another hello first', async () => {
    const exchange = await tlsExchange('TLSv1.3', {}, { ecdhCurve: 'P-384' });
    expect(serverHelloOf(exchange).map(({ isRetryRequest }) => isRetryRequest)).to.deep.equal([true, false]);
  });

  it('are the same in whatever pieces they come', async () => {
    const exchange = await tlsExchange('TLSv1.2');
    for (const from of ['client', 'server'] as const) {
      const bytes = bytesFrom(exchange, from);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 700 }), (piece) => {
          expect(walked(bytes, piece)).to.deep.equal(walked(bytes));
        }),
      );
    }
  });

  it('may cut a message anywhere, and hold several', () => {
    // Two records: a hello request and the first half of a server hello done, and the rest.
    const items = walked(hex('16 0303 0006 00000000 0e00  16 0303 0002 0000'));
    expect(items).to.deep.equal([
      { kind: 'handshake', type: 0, length: 0 },
      { kind: 'handshake', type: 14, length: 0 },
    ]);
  });

  it('tell an alert in the clear from one that is sealed', () => {
    expect(walked(hex('15 0301 0002 02 30'))).to.deep.equal([
      { kind: 'alert', level: 2, description: TlsAlert.codes.unknown_ca },
    ]);
    expect(walked(hex('14 0303 0001 01  15 0303 0002 02 30'))).to.deep.equal([
      { kind: 'changeCipherSpec' },
      { kind: 'sealed', type: 21, length: 2 },
    ]);
    expect(kinds(walked(hex('15 0303 001a 00')))).to.deep.equal(['sealed']);
  });

  it('are lost where no record is, until one begins again', () => {
    const items: TlsItem[] = [];
    const walker = createTlsWalker((item) => items.push(item));
    walker.take(hex('47 45 54 20 2f'));
    expect(walker.isLost).to.equal(true);
    walker.take(hex('15 0301 0002 02 30'));
    expect(items).to.deep.equal([]);
    walker.begin();
    expect(walker.isLost).to.equal(false);
    walker.take(hex('15 0301 0002 02 30'));
    expect(kinds(items)).to.deep.equal(['alert']);
  });

  it('pass over a hello that claims to be megabytes long', () => {
    const items = walked(hex('16 0301 0004 01 ffffff  16 0301 0001 00'));
    expect(items).to.deep.equal([{ kind: 'handshake', type: 1, length: 0xffffff }]);
  });

  it('of any bytes are items, and no more of them than fit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (bytes, piece) => {
        const prefix = hex('16 0301 00c0 02');
        const whole = new Uint8Array([...prefix, ...bytes]);
        expect(walked(whole, piece)).to.deep.equal(walked(whole));
        expect(walked(whole).length).to.be.at.most(whole.length);
      }),
    );
  });
});

describe('TLS hello', () => {
  it('is refused where it is cut off or contradicts itself', () => {
    expect(refusal(readClientHello(hex('0303')))).to.include({ field: 'random' });
    const start = `0303 ${'00'.repeat(32)}`;
    expect(refusal(readServerHello(hex(`${start} 21 ${'00'.repeat(33)} 1301 00`)))).to.include({
      field: 'session_id',
      code: 'LENGTH',
    });
    expect(refusal(readClientHello(hex(`${start} 00 0003 000000 0100`)))).to.include({ field: 'cipher_suites' });
    expect(refusal(readServerHello(hex(`${start} 00 1301 00 0006 002b 0003 0304`)))).to.include({ code: 'TRUNCATED' });
  });

  it('may end without extensions, and then the field is the version', () => {
    const hello = readServerHello(hex(`0301 ${'00'.repeat(32)} 00 0035 00`));
    expect(hello).to.deep.nested.include({ 'right.version': 0x0301, 'right.cipherSuite': 0x0035 });
  });

  it('names its version', () => {
    expect([0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x7f1c].map(tlsVersionName)).to.deep.equal([
      'SSL 3.0',
      'TLS 1.0',
      'TLS 1.1',
      'TLS 1.2',
      'TLS 1.3',
      '0x7f1c',
    ]);
  });
});
