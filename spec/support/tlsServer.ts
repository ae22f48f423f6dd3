import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createSecureContext, createServer, type SecureContextOptions, TLSSocket, type TLSSocketOptions } from 'node:tls';

const folder = join(import.meta.dirname, '../fixtures/eap/certs');

/** A file among the committed certificates. */
export const certificateFile = (name: string): Buffer => readFileSync(join(folder, name));

export interface TlsServerOptions extends SecureContextOptions {
  /** The name of its certificate and key among the committed ones. */
  readonly certificate: string;
  /** The root of the client certificates it asks for. */
  readonly asksFor?: string;
  /** The file of the OCSP response it staples. */
  readonly staples?: string;
}

/** A server of node:tls, which holds the tickets of its sessions. */
export interface TlsHost {
  connect(): TlsPeer;
}

/** Its end of one connection. */
export interface TlsPeer {
  /** Takes records, and gives those with which it answers. */
  exchange(records: Uint8Array): Promise<Uint8Array>;
  /** What it says inside of the tunnel, as records. */
  say(plain: Uint8Array): Promise<Uint8Array>;
  end(): Promise<Uint8Array>;
  readonly socket: TLSSocket;
  readonly isSecure: boolean;
  readonly heard: Uint8Array;
  readonly error: Error | undefined;
  /** The alert it was sent, by its number: the names differ from one OpenSSL to the next. */
  readonly alert: number | undefined;
}

const QUIET_TURNS = 4;
/** Among the reasons of OpenSSL. */
const FIRST_ALERT = 1000;

class ServerWire extends Duplex {
  readonly written: Uint8Array[] = [];
  override _read(): void {}
  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.written.push(chunk);
    done();
  }
}

const connectTo = (options: TLSSocketOptions): TlsPeer => {
  const wire = new ServerWire();
  const socket = new TLSSocket(wire, options);
  const heard: Uint8Array[] = [];
  let isSecure = false;
  let error: Error | undefined;
  socket.on('secure', () => {
    isSecure = true;
  });
  socket.on('data', (plain: Buffer) => heard.push(plain));
  socket.on('error', (raised) => {
    error ??= raised;
  });
  const answer = async (): Promise<Uint8Array> => {
    for (let turn = 0; turn < QUIET_TURNS; turn += 1) await setImmediate();
    return new Uint8Array(Buffer.concat(wire.written.splice(0)));
  };
  return {
    socket,
    exchange: (records) => {
      wire.push(records);
      return answer();
    },
    say: (plain) => {
      socket.write(plain);
      return answer();
    },
    end: () => {
      socket.end();
      return answer();
    },
    get isSecure() {
      return isSecure;
    },
    get heard() {
      return Buffer.concat(heard);
    },
    get error() {
      return error;
    },
    get alert() {
      const reason = Number.parseInt(/error:([0-9A-F]{8}):/.exec(error?.message ?? '')?.[1] ?? '0', 16) & 0x7fffff;
      return reason > FIRST_ALERT ? reason - FIRST_ALERT : undefined;
    },
  };
};

export const tlsHost = ({ certificate, asksFor, staples, ...more }: TlsServerOptions): TlsHost => {
  const asks = asksFor !== undefined;
  const credentials = {
    cert: certificateFile(`${certificate}.pem`),
    key: certificateFile(`${certificate}.key`),
    ...(asksFor !== undefined && { ca: certificateFile(`${asksFor}.pem`) }),
    // Without it OpenSSL resumes no session in which it has asked for a certificate.
    sessionIdContext: 'specs',
    ...more,
  };
  const server = createServer(credentials);
  if (staples !== undefined) {
    server.on('OCSPRequest', (_certificate, _issuer, answer) => answer(null, certificateFile(`${staples}.der`)));
  }
  const secureContext = createSecureContext(credentials);
  const connect = (): TlsPeer =>
    connectTo({ isServer: true, server, secureContext, requestCert: asks, rejectUnauthorized: asks });
  return { connect };
};
