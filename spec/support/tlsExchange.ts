import { Duplex } from 'node:stream';
import { connect, type SecureContextOptions, type SecureVersion, TLSSocket } from 'node:tls';

/** What one side put on the wire in one go. */
export interface Flight {
  readonly from: 'client' | 'server';
  readonly bytes: Uint8Array;
}

/** A TLS connection between two ends of OpenSSL, and what they say of its keys. */
export interface TlsExchange {
  readonly flights: ReadonlyArray<Flight>;
  /** As SSLKEYLOGFILE has it. */
  readonly keyLog: string;
  readonly exported: (octets: number, label: string, context?: Uint8Array) => Uint8Array;
}

/** Of nobody: an elliptic curve key and a certificate for `radius.example`, made for these tests. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzExVd/TjVclE3cTi
jEW93V5QME3Tir8TlVp5jIMwJ9mhRANCAAQL76wWJpLKbHD+viPDwsiSjwjDKHYO
zQwad6CSz850A2j5NGyGvuz4f2GOXodGqC9FXhXRDQykVE/9Uy7sSSfk
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBijCCAS+gAwIBAgIUIOQZoq80aJ3Gx1tcK8PRdiZbK9gwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOcmFkaXVzLmV4YW1wbGUwIBcNMjYxMTIxMTM1MDE4WhgPMjEy
NjEwMjgxMzUwMThaMBkxFzAVBgNVBAMMDnJhZGl1cy5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEC++sFiaSymxw/r4jw8LIko8Iwyh2Ds0MGnegks/O
dANo+TRshr7s+H9hjl6HRqgvRV4V0Q0MpFRP/VMu7Ekn5KNTMFEwHQYDVR0OBBYE
FF2i6aKwVi7CzNSS8Wcw0GIpm14UMB8GA1UdIwQYMBaAFF2i6aKwVi7CzNSS8Wcw
0GIpm14UMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAOQ8Q+Uv
rA2ZkjEBdfifT1BqWkgPsZw/ud93mInmVBKjAiEAq16kVXQu6oIZoVYAGqWM/x3j
G2vZc1D5nrHOwDejld0=
-----END CERTIFICATE-----`;

type Wire = (bytes: Uint8Array) => void;

/** Two ends of a pipe, of which each tells what is written into it. */
const pipe = (tell: (flight: Flight) => void): readonly [Duplex, Duplex] => {
  const end = (from: Flight['from'], wire: Wire): Duplex =>
    new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        tell({ from, bytes: new Uint8Array(chunk) });
        wire(chunk);
        done();
      },
    });
  const client: Duplex = end('client', (bytes) => server.push(bytes));
  const server: Duplex = end('server', (bytes) => client.push(bytes));
  return [client, server];
};

/** Joins what one side wrote without waiting for the other. */
const merged = (flights: ReadonlyArray<Flight>): ReadonlyArray<Flight> => {
  const whole: Flight[] = [];
  for (const { from, bytes } of flights) {
    const last = whole.at(-1);
    if (last?.from === from) whole[whole.length - 1] = { from, bytes: Buffer.concat([last.bytes, bytes]) };
    else whole.push({ from, bytes });
  }
  return whole.map(({ from, bytes }) => ({ from, bytes: new Uint8Array(bytes) }));
};

/** A handshake of a version, and an octet each way under its keys. */
export const tlsExchange = (
  version: SecureVersion,
  options: SecureContextOptions = {},
  ofServer: SecureContextOptions = {},
): Promise<TlsExchange> =>
  new Promise((resolve, reject) => {
    const flights: Flight[] = [];
    let keyLog = '';
    const [near, far] = pipe((flight) => flights.push(flight));
    const both = { minVersion: version, maxVersion: version, ...options };
    const server = new TLSSocket(far, { isServer: true, key, cert, ...both, ...ofServer });
    const client = connect({ socket: near, rejectUnauthorized: false, ...both });
    client.on('keylog', (line: Buffer) => {
      keyLog += line.toString('latin1');
    });
    client.on('error', reject);
    server.on('error', reject);
    server.on('data', () => server.write('.'));
    client.on('secureConnect', () => client.write('.'));
    client.on('data', () =>
      resolve({
        flights: merged(flights),
        keyLog,
        // No context is not the same as an empty one (RFC 5705 4), and the types of Node know only the latter.
        exported: (octets, label, context) =>
          client.exportKeyingMaterial(octets, label, (context && Buffer.from(context)) as Buffer),
      }),
    );
  });
