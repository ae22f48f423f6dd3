import type { X509Certificate } from 'node:crypto';
import { type ConnectionOptions, connect, type SecureContext, type TLSSocket, type TLSSocketOptions } from 'node:tls';
import type { EapFault, TlsEstablished, TlsExport, TlsExports, TlsTurn } from '../../operators/core/index.js';
import { TlsAlert } from '../../streams/frames/index.js';
import { judgeServer } from './judgeServer.js';
import { type KnownCertificates, summaryOf } from './knownCertificates.js';
import { plainAlert, sealedAlert } from './sealedAlert.js';
import type { SecureContexts } from './secureContexts.js';
import type { KeptSession, SessionStore } from './sessionStore.js';
import { leaveChainUnread, objectionOf, shownBefore, shownChain } from './shownChain.js';
import type { TlsSettings } from './TlsSettings.js';
import { tlsFault } from './tlsFault.js';
import { Wire } from './Wire.js';

/** What all sessions of one profile share. */
export interface TlsHousehold {
  readonly settings: TlsSettings;
  readonly contexts: SecureContexts;
  readonly sessions: SessionStore;
  readonly certificates: KnownCertificates;
}

export interface TlsClientOptions {
  readonly presentsCertificate: boolean;
  readonly exports: TlsExports;
  /** What a kept session has to be good for to be offered here. */
  readonly purpose: string;
}

const EMPTY = new Uint8Array(0);

const taken = (pieces: Uint8Array[]): Uint8Array =>
  pieces.length === 0 ? EMPTY : new Uint8Array(Buffer.concat(pieces.splice(0)));

/** The typings of node do not know that there may be no context, which is not an empty one. */
const materialOf = (socket: TLSSocket, { octets, label, context }: TlsExport): Uint8Array => {
  const asked = [octets, label, ...(context === undefined ? [] : [Buffer.from(context)])];
  const material: unknown = Reflect.apply(socket.exportKeyingMaterial, socket, asked);
  return material instanceof Uint8Array ? material : new Uint8Array(0);
};

const exported = (socket: TLSSocket, wanted: Readonly<Record<string, TlsExport>>): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(
    Object.entries(wanted).map(([name, wish]) => {
      const material = materialOf(socket, wish);
      const key = Uint8Array.from(material);
      material.fill(0);
      return [name, key];
    }),
  );

const connection = (
  { trust, ocsp, serverName }: TlsSettings,
  socket: Wire,
  secureContext: SecureContext,
  session: Buffer | undefined,
): ConnectionOptions & TLSSocketOptions => ({
  socket,
  secureContext,
  // What is judged here is not judged by node:tls, which would be too late.
  rejectUnauthorized: false,
  checkServerIdentity: () => undefined,
  requestOCSP: trust.kind !== 'insecureNoVerify' && ocsp !== 'off',
  ...(serverName !== undefined && { servername: serverName }),
  ...(session !== undefined && { session }),
});

/** How node:tls names the version whose alerts are sealed and whose tickets are good for once. */
const TLS_1_3 = 'TLSv1.3';
const HANDSHAKE_SECRET = /^CLIENT_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ ([0-9a-f]+)/;

/**
 * A client of node:tls without a socket.
 *
 * node:tls looks at the certificate of a server when the handshake is over, and then drops the connection without a word. By then a
 * client has shown its own certificate, in TLS 1.2 for all to read. So nothing that the client writes leaves before the server is
 * judged: what it wrote in answer to a certificate that is no good is thrown away, and an alert goes out in its place. In TLS 1.2
 * nothing is encrypted at that moment. In TLS 1.3 the alert is sealed under the handshake keys, as the first record that is.
 */
export class TlsClient {
  readonly #household: TlsHousehold;
  readonly #options: TlsClientOptions;
  readonly #wire: Wire;
  readonly #socket: TLSSocket;
  readonly #records: Uint8Array[] = [];
  readonly #plain: Uint8Array[] = [];
  readonly #offered: KeptSession | undefined;
  #shown: ReadonlyArray<X509Certificate> = [];
  #fresh: Buffer | undefined;
  #activity = 0;
  #hasReceived = false;
  #secret: Uint8Array | undefined;
  #staple: Uint8Array | undefined;
  #error: Error | undefined;
  #isSecure = false;
  #isEstablished = false;
  #isResumed = false;
  #isClosed = false;
  #isKept = false;

  /** Throws where the settings are no good. */
  constructor(household: TlsHousehold, options: TlsClientOptions) {
    const { settings, contexts, sessions } = household;
    const secureContext = contexts.of(options.presentsCertificate);
    this.#household = household;
    this.#options = options;
    this.#offered = settings.resumes === false ? undefined : sessions.take(options.purpose);
    this.#wire = new Wire((records) => this.#happen(() => this.#records.push(records)));
    this.#socket = connect(connection(settings, this.#wire, secureContext, this.#offered?.session));
    leaveChainUnread(this.#socket);
    this.#listen();
  }

  /** Rises with all that happens. */
  get activity(): number {
    return this.#activity;
  }

  receive(records: Uint8Array): void {
    this.#hasReceived = true;
    this.#wire.push(records);
  }

  write(plain: Uint8Array): void {
    this.#socket.write(plain);
  }

  /** What has come of the last command, once all is quiet. */
  turn(): TlsTurn {
    const refusal = this.#judged();
    if (refusal !== undefined) return refusal;
    const records = taken(this.#records);
    const plain = taken(this.#plain);
    if (this.#error !== undefined) return { records, plain, fault: tlsFault(this.#error, records) };
    const established = this.#newlyEstablished();
    if (this.#isKept) this.#store(this.#takeFresh());
    return { records, plain, ...(established && { established }), ...(this.#isClosed && { isClosed: true }) };
  }

  /**
   * A ticket of TLS 1.3 is good for once (RFC 8446 C.4); a session of TLS 1.2 for as long as its server resumes it. What the server
   * hands out waits until here: whoever resumes need not prove again what was to be proven inside of the tunnel.
   */
  keep(): void {
    if (this.#isKept || !this.#isEstablished) return;
    this.#isKept = true;
    const fresh = this.#takeFresh();
    const isStillGood = fresh === undefined && this.#isResumed && this.#socket.getProtocol() !== TLS_1_3;
    if (isStillGood) this.#store(this.#offered?.session);
    else this.#offered?.session.fill(0);
    this.#store(fresh);
  }

  /** What comes to nothing is not resumed, and neither is what it was resumed from. */
  close(): void {
    this.#socket.destroy();
    this.#wire.destroy();
    for (const buffer of [...this.#plain, this.#takeFresh()]) buffer?.fill(0);
    this.#forgetSecret();
    if (this.#isKept || this.#offered === undefined) return;
    this.#offered.session.fill(0);
    this.#household.sessions.forget(this.#options.purpose);
  }

  #happen(what: () => void): void {
    this.#activity += 1;
    what();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('secureConnect', () => this.#happen(() => (this.#isSecure = true)));
    socket.on('data', (plain: Buffer) => this.#happen(() => this.#plain.push(plain)));
    socket.on('end', () => this.#happen(() => (this.#isClosed = true)));
    socket.on('error', (error: Error) => this.#happen(() => (this.#error ??= error)));
    socket.on('session', (session) => this.#happen(() => this.#await(session)));
    socket.on('OCSPResponse', (staple: Buffer | null) => this.#happen(() => (this.#staple = staple ?? undefined)));
    // Only to seal an alert.
    if (this.#household.settings.trust.kind !== 'insecureNoVerify') socket.on('keylog', (line) => this.#learn(line));
  }

  /**
   * A server may hand out any number. The last is kept: one that has its sessions in a table of its own, as hostapd, writes down who it was
   * with the last of a handshake alone, and resumes from another only to refuse.
   */
  #await(session: Buffer): void {
    this.#fresh?.fill(0);
    this.#fresh = session;
  }

  #takeFresh(): Buffer | undefined {
    const fresh = this.#fresh;
    this.#fresh = undefined;
    return fresh;
  }

  #learn(line: Buffer): void {
    const secret = HANDSHAKE_SECRET.exec(line.toString('latin1'))?.[1];
    line.fill(0);
    if (secret !== undefined) this.#secret = Buffer.from(secret, 'hex');
  }

  #forgetSecret(): void {
    this.#secret?.fill(0);
    this.#secret = undefined;
  }

  /** Before anything leaves that a server should not get which is not the right one. */
  #judged(): TlsTurn | undefined {
    const isDue = this.#hasReceived && !this.#isEstablished && this.#error === undefined;
    if (!isDue || !(this.#isSecure || this.#records.length > 0)) return undefined;
    const chain = this.#chain();
    // A second hello of TLS 1.3 is written before the server has shown a certificate.
    if (!this.#isSecure && chain.length === 0) return undefined;
    const fault = this.#faultOf(chain) && this.#faultOf(this.#chainNow());
    if (fault === undefined) return undefined;
    const records = this.#alert(fault.alert?.description ?? TlsAlert.codes.bad_certificate);
    this.close();
    return { records, plain: new Uint8Array(0), fault };
  }

  #faultOf(chain: ReadonlyArray<X509Certificate>): EapFault | undefined {
    const { settings, contexts } = this.#household;
    const objection = objectionOf(this.#socket);
    return judgeServer(settings, {
      chain,
      isResumed: this.#socket.isSessionReused(),
      ...(objection !== undefined && { objection }),
      ...(this.#staple !== undefined && { staple: this.#staple }),
      ...(settings.client?.kind === 'pkcs12' && { anchors: contexts.authorities() }),
    });
  }

  #alert(description: number): Uint8Array {
    if (this.#socket.getProtocol() !== TLS_1_3) return plainAlert(description);
    const cipherSuite = this.#socket.getCipher().standardName;
    return (this.#secret && sealedAlert(description, { secret: this.#secret, cipherSuite })) ?? plainAlert(description);
  }

  #newlyEstablished(): TlsEstablished | undefined {
    if (!this.#isSecure || this.#isEstablished) return undefined;
    this.#isEstablished = true;
    this.#forgetSecret();
    const socket = this.#socket;
    const version = socket.getProtocol() ?? '';
    this.#shown = this.#chain();
    const [certificate] = this.#shown;
    this.#isResumed = socket.isSessionReused();
    const { upTo12, from13 } = this.#options.exports;
    return {
      version,
      cipher: socket.getCipher().standardName,
      isResumed: this.#isResumed,
      keys: exported(socket, version === TLS_1_3 ? from13 : upTo12),
      ...(certificate && { certificate: summaryOf(certificate) }),
    };
  }

  #chain(): ReadonlyArray<X509Certificate> {
    if (this.#socket.isSessionReused()) return this.#chainNow();
    if (this.#shown.length === 0) this.#shown = shownBefore(this.#socket, this.#household.certificates) ?? this.#chainNow();
    return this.#shown;
  }

  #chainNow(): ReadonlyArray<X509Certificate> {
    return this.#socket.isSessionReused() ? (this.#offered?.chain ?? []) : shownChain(this.#socket, this.#household.certificates);
  }

  #store(session: Buffer | undefined): void {
    if (session === undefined) return;
    const { settings, sessions } = this.#household;
    if (settings.resumes === false) session.fill(0);
    else sessions.put(this.#options.purpose, { session, chain: this.#shown });
  }
}
