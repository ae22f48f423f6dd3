import * as t from 'io-ts';
import { flag, listOf, oneOf, sealedRecord, text, whole } from './sealedRecord.js';
import { secretReference } from './secretReference.js';

/** What may be said at the top of a profile, and how. */
export const SECURITIES = [
  'wired',
  'open',
  'owe',
  'wpa2-personal',
  'wpa3-personal',
  'wpa2-enterprise',
  'wpa3-enterprise',
  'wpa3-enterprise-192',
] as const;
export const METHODS = ['TLS', 'PEAP', 'TTLS', 'PWD', 'MSCHAPv2', 'GTC', 'MD5'] as const;
export const INNER_METHODS = ['MSCHAPv2', 'GTC', 'MD5', 'TLS'] as const;
export const PASSWORD_FORMS = ['PAP', 'CHAP', 'MSCHAP', 'MSCHAPv2'] as const;
const TLS_VERSIONS = ['1.0', '1.1', '1.2', '1.3'] as const;

const innerMethods = listOf(oneOf(...INNER_METHODS));

/** What goes on inside of TTLS: a way to show a password, or an EAP of its own. */
const ttlsInner = new t.Type<TtlsInnerProfile, TtlsInnerProfile, unknown>(
  'inner of TTLS',
  (u): u is TtlsInnerProfile => typeof u === 'object' && u !== null && ('password' in u || 'eap' in u),
  (u, c) => {
    if (typeof u === 'object' && u !== null && !Array.isArray(u)) return sealedRecord({ eap: innerMethods }, {}).validate(u, c);
    const form = oneOf(...PASSWORD_FORMS).validate(u, c);
    return form._tag === 'Left' ? form : t.success({ password: form.right });
  },
  t.identity,
);

type TtlsInnerProfile =
  | { readonly password: (typeof PASSWORD_FORMS)[number] }
  | { readonly eap: ReadonlyArray<(typeof INNER_METHODS)[number]> };

/** A method, and how it is done. */
export type MethodProfile =
  | {
      readonly method: 'PEAP';
      readonly inner?: ReadonlyArray<(typeof INNER_METHODS)[number]>;
      readonly cryptobinding?: 'never' | 'offer' | 'require';
    }
  | { readonly method: 'TTLS'; readonly inner?: TtlsInnerProfile }
  | { readonly method: Exclude<(typeof METHODS)[number], 'PEAP' | 'TTLS'> };

const peapProfile = sealedRecord(
  { method: oneOf('PEAP') },
  { inner: innerMethods, cryptobinding: oneOf('never', 'offer', 'require') },
);
const ttlsProfile = sealedRecord({ method: oneOf('TTLS') }, { inner: ttlsInner });
const plainProfile = sealedRecord({ method: oneOf(...METHODS) }, {});

const nameOfMethod = (u: unknown): unknown => (typeof u === 'object' && u !== null ? Reflect.get(u, 'method') : u);

interface FieldsReader {
  is(u: unknown): boolean;
  validate(u: unknown, c: t.Context): t.Validation<unknown>;
}

const codecOf = (name: unknown): FieldsReader => {
  const word = typeof name === 'string' ? name.toUpperCase() : '';
  if (word === 'PEAP') return peapProfile;
  return word === 'TTLS' ? ttlsProfile : plainProfile;
};

const isMethodProfile = (u: unknown): u is MethodProfile => codecOf(nameOfMethod(u)).is(u);

/** `PEAP`, or `{ method: PEAP, inner: … }`. */
const methodProfile = new t.Type<MethodProfile, MethodProfile, unknown>(
  'method',
  isMethodProfile,
  (u, c) => {
    const isWord = typeof u === 'string';
    const read = isWord ? oneOf(...METHODS).validate(u, c) : codecOf(nameOfMethod(u)).validate(u, c);
    if (read._tag === 'Left') return read;
    const found: unknown = isWord ? { method: read.right } : read.right;
    return isMethodProfile(found) ? t.success(found) : t.failure(u, c, 'expected a method');
  },
  t.identity,
);

const NAME_KINDS = { suffix: text, email: text, uri: text, ip: text };

const serverName = new t.Type<ServerNameProfile, ServerNameProfile, unknown>(
  'name',
  (u): u is ServerNameProfile => typeof u === 'object' && u !== null && 'kind' in u,
  (u, c) => {
    if (typeof u === 'string' && u !== '') return t.success({ kind: 'dns', value: u });
    const read = sealedRecord({}, { dns: text, ...NAME_KINDS }).validate(u, c);
    if (read._tag === 'Left') return read;
    const { dns, suffix, email, uri, ip } = read.right;
    const said = Object.entries({ dns, suffix, email, uri, ip }).filter(([, value]) => value !== undefined);
    if (said.length !== 1) return t.failure(u, c, 'expected a DNS name, or one of { suffix }, { email }, { uri }, { ip }');
    if (dns !== undefined) return t.success({ kind: 'dns', value: dns });
    if (suffix !== undefined) return t.success({ kind: 'suffix', value: suffix });
    if (email !== undefined) return t.success({ kind: 'email', value: email });
    return uri === undefined ? t.success({ kind: 'ip', value: ip ?? '' }) : t.success({ kind: 'uri', value: uri });
  },
  t.identity,
);

export interface ServerNameProfile {
  readonly kind: 'dns' | 'suffix' | 'email' | 'uri' | 'ip';
  readonly value: string;
}

const certificate = sealedRecord({}, { certFile: text, keyFile: text, pkcs12File: text, keyPassphrase: secretReference });

const server = sealedRecord(
  {},
  {
    caFile: text,
    system: flag,
    names: listOf(serverName),
    acceptsCommonName: flag,
    pinSha256: listOf(text),
    ocsp: oneOf('off', 'try', 'require'),
    insecureNoVerify: flag,
  },
);

const eap = sealedRecord(
  { methods: listOf(methodProfile) },
  {
    identity: secretReference,
    anonymousIdentity: text,
    password: secretReference,
    ntHash: secretReference,
    certificate,
    server,
    innerCertificate: certificate,
    innerServer: server,
    tlsMin: oneOf(...TLS_VERSIONS),
    tlsMax: oneOf(...TLS_VERSIONS),
    insecureObsoleteTls: flag,
    suiteB192: flag,
    fragmentSize: whole(100, 4000),
    resumption: flag,
  },
);

/** The schema of a network profile. */
export const networkSchema = sealedRecord(
  { name: text },
  {
    ssid: listOf(text),
    security: oneOf(...SECURITIES),
    passphrase: secretReference,
    passwordIdentifier: text,
    pmf: oneOf('optional', 'required'),
    insecureWpa1: flag,
    opportunisticKeyCaching: flag,
    eap,
  },
);

export type CertificateProfile = t.TypeOf<typeof certificate>;
export type ServerProfile = t.TypeOf<typeof server>;
export type EapProfile = t.TypeOf<typeof eap>;
export type NetworkProfile = t.TypeOf<typeof networkSchema>;

/**
 * A network, whom to trust there, and where the secrets are that it wants.
 *
 * @since 0.2.0
 */
export interface Profile extends NetworkProfile {
  /** The file it stands in; paths in it start from there. */
  readonly source: string;
  /** What is not wrong, and should still be known. */
  readonly remarks: ReadonlyArray<string>;
}
