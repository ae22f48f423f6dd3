import { createHash, randomBytes } from 'node:crypto';
import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { nodeTls, type TlsSettings } from '../../../adapters/tls/index.js';
import {
  type Avp,
  isAvp,
  MICROSOFT,
  MicrosoftAvp,
  microsoftAvp,
  readAvps,
  writeAvps,
} from '../../../operators/core/eap/methods/ttls/avp.js';
import { mschapV2Proof } from '../../../operators/core/eap/mschap/mschapV2.js';
import {
  type EapPeerMethod,
  eapTls,
  gtc,
  md5,
  mschapv2,
  type OpenTls,
  peap,
  pwd,
  type TtlsInner,
  ttls,
} from '../../../operators/core/index.js';
import type { EapPeerDeps } from '../../../operators/index.js';
import { Secret, toHex } from '../../../streams/events/index.js';
import { EapMethod } from '../../../streams/frames/index.js';
import { type EapScript, failure, request, success } from '../eapServer.js';
import { mschapv2Script } from '../mschapv2Server.js';
import { passwordless } from '../passwordless.js';
import { pwdScript } from '../pwdServer.js';
import { certificateFile, type TlsHost, tlsHost } from '../tlsServer.js';
import { extensionsRequest, resultTlv } from './compound.js';
import type { Link } from './eapLink.js';
import { peapLink, ttlsLink } from './insideLink.js';
import { serveScript } from './serveScript.js';
import { serveTunnel, type Tunnel } from './tunnelServer.js';

const { IDENTITY, MD5_CHALLENGE, GTC, TLS, PEAP, TTLS } = EapMethod.codes;
const USER = 'bob@inside.example.org';
const PASSWORD = 'hunter2hunter2';
const [SUCCESS, FAILURE] = [1, 2];
const utf8 = (words: string): Uint8Array => new TextEncoder().encode(words);
const secret = (words: string): Secret => Secret.of(utf8(words));
const ntHash = nodeCrypto.md4(new Uint8Array(Buffer.from(PASSWORD, 'utf16le')));

/** A method of ours, and a server of it in memory that lets the peer in. */
export interface MethodCase {
  readonly name: string;
  readonly method: () => EapPeerMethod;
  /** Serves the peer at the other end of the link. */
  readonly serve: (link: Link) => Promise<void>;
}

function* md5Script(): EapScript {
  yield request(IDENTITY);
  const challenge = utf8('what is it?');
  const { identifier, data } = yield request(MD5_CHALLENGE, Uint8Array.of(challenge.length, ...challenge));
  const expected = createHash('md5')
    .update(Uint8Array.of(identifier, ...utf8(PASSWORD), ...challenge))
    .digest();
  yield expected.equals(data.subarray(1, 17)) ? success : failure;
}

function* gtcScript(): EapScript {
  yield request(IDENTITY);
  const { data } = yield request(GTC, utf8('Password: '));
  yield new TextDecoder().decode(data) === PASSWORD ? success : failure;
}

const mschapv2Server = (): EapScript => mschapv2Script({ ntHash, userName: USER }, { names: [] });
const pwdServer = (): EapScript => pwdScript({ group: 19, password: utf8(PASSWORD), room: 60 }, { packets: 0 });

const plain = (name: string, method: () => EapPeerMethod, script: () => EapScript): MethodCase => ({
  ...{ name, method },
  serve: (link) => serveScript(script, link),
});

/** EAP-TLS as a whole, in or out of a tunnel. */
const serveTls = (host: TlsHost, link: Link): Promise<void> => {
  const inside = async (tunnel: Tunnel): Promise<boolean> => {
    if (tunnel.isVersion13) await tunnel.ask(Uint8Array.of(0));
    return true;
  };
  return serveTunnel({ type: TLS, host, room: 400, inside }, link);
};

type Inner = readonly [name: string, method: () => EapPeerMethod, serve: (link: Link) => Promise<void>];

const servePeap = (host: TlsHost, serve: Inner[2], link: Link): Promise<void> => {
  const inside = async (tunnel: Tunnel): Promise<boolean> => {
    const inner = peapLink(tunnel);
    if (!tunnel.isResumed) await serve(inner);
    const isIn = tunnel.isResumed || inner.isSuccess;
    await tunnel.askWith((identifier) => extensionsRequest(identifier, resultTlv(isIn ? SUCCESS : FAILURE)));
    return isIn;
  };
  return serveTunnel({ type: PEAP, host, room: 700, inside }, link);
};

const serveTtls = (host: TlsHost, link: Link, inside: (tunnel: Tunnel) => Promise<boolean>): Promise<void> =>
  serveTunnel({ type: TTLS, host, room: 700, inside: async (tunnel) => tunnel.isResumed || inside(tunnel) }, link);

const serveTtlsEap =
  (script: () => EapScript) =>
  async (tunnel: Tunnel): Promise<boolean> => {
    const inner = ttlsLink(tunnel);
    await serveScript(script, inner, 0);
    return inner.isSuccess;
  };

const dataOf = (avps: ReadonlyArray<Avp>, code: number): Uint8Array =>
  avps.find((one) => isAvp(one, code, MICROSOFT))?.data ?? new Uint8Array(0);

/** RFC 5281 11.2.4: to MSCHAPv2 the server has a proof to give. */
const proveInside = async (tunnel: Tunnel, said: ReadonlyArray<Avp>): Promise<void> => {
  const response = dataOf(said, MicrosoftAvp.CHAP2_RESPONSE);
  const exchange = {
    authenticatorChallenge: dataOf(said, MicrosoftAvp.CHAP_CHALLENGE),
    peerChallenge: response.subarray(2, 18),
    userName: utf8(USER),
    ntHash,
  };
  const proof = toHex(mschapV2Proof(nodeCrypto, exchange, response.subarray(26, 50))).toUpperCase();
  const data = Uint8Array.of(response[0] ?? 0, ...utf8(`S=${proof}`));
  await tunnel.ask(writeAvps([microsoftAvp(MicrosoftAvp.CHAP2_SUCCESS, data)]));
};

const serveTtlsPassword = async (tunnel: Tunnel): Promise<boolean> => {
  const said = readAvps(tunnel.first.length > 0 ? tunnel.first : await tunnel.ask(new Uint8Array(0)));
  if (isLeft(said)) return false;
  if (dataOf(said.right, MicrosoftAvp.CHAP2_RESPONSE).length > 0) await proveInside(tunnel, said.right);
  return true;
};

const KINDS = ['pap', 'chap', 'mschap', 'mschapv2'] as const;

const tunnelled = (version: 'TLSv1.2' | 'TLSv1.3'): ReadonlyArray<MethodCase> => {
  const host = tlsHost({ certificate: 'server-ec', asksFor: 'ca', minVersion: version, maxVersion: version });
  const anonymous = tlsHost({ certificate: 'server-ec', minVersion: version, maxVersion: version });
  const inners: ReadonlyArray<Inner> = [
    ['GTC', gtc, (link) => serveScript(gtcScript, link)],
    ['MSCHAPv2', mschapv2, (link) => serveScript(mschapv2Server, link)],
    ['TLS', eapTls, (link) => serveTls(host, link)],
  ];
  const within = (name: string, inner: TtlsInner, inside: (tunnel: Tunnel) => Promise<boolean>): MethodCase => ({
    ...{ name: `TTLS with ${name}, ${version}`, method: () => ttls({ inner }) },
    serve: (link) => serveTtls(anonymous, link, inside),
  });
  return [
    { name: `TLS, ${version}`, method: eapTls, serve: (link) => serveTls(host, link) },
    ...inners.map(([name, method, serve]) => ({
      ...{ name: `PEAP with ${name}, ${version}`, method: () => peap({ inner: [method()] }) },
      serve: (link: Link) => servePeap(anonymous, serve, link),
    })),
    ...KINDS.map((kind) => within(kind, { kind }, serveTtlsPassword)),
    within('EAP-MSCHAPv2', { kind: 'eap', methods: [mschapv2()] }, serveTtlsEap(mschapv2Server)),
  ];
};

/** Every method there is, in both versions of TLS. */
export const methodCases = (): ReadonlyArray<MethodCase> => [
  plain('MD5-Challenge', md5, md5Script),
  plain('GTC', gtc, gtcScript),
  plain('GTC with a person', () => passwordless(gtc()), gtcScript),
  plain('MSCHAPv2', mschapv2, mschapv2Server),
  plain('PWD', pwd, pwdServer),
  ...tunnelled('TLSv1.2'),
  ...tunnelled('TLSv1.3'),
];

const settings = (): TlsSettings => ({
  trust: { kind: 'authorities', pem: certificateFile('ca.pem').toString() },
  names: [{ kind: 'dns', value: 'radius.example.org' }],
  client: {
    kind: 'pem',
    certificates: certificateFile('client-ec.pem').toString(),
    key: Secret.of(certificateFile('client-ec.key')),
  },
});

/** TLS of somebody who is let in by those servers. */
export const trustingTls = (): OpenTls => nodeTls(settings());

/** A peer with this one method. */
export const peerOfCase = ({ method }: MethodCase, openTls: OpenTls): EapPeerDeps => ({
  options: {
    ...{ identity: secret(USER), shownIdentity: secret('anonymous'), methods: [method()] },
    ...{ password: { form: 'text', secret: secret(PASSWORD) }, crypto: nodeCrypto, room: 500 },
    draw: (octets) => new Uint8Array(randomBytes(octets)),
  },
  openTls,
  ask: () => Promise.resolve(secret(PASSWORD)),
});
