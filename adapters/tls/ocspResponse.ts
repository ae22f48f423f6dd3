import { createHash, verify, X509Certificate } from 'node:crypto';
import { type CertificateFields, certificateFields } from './certificateFields.js';
import {
  bitString,
  contentOf,
  DerTag,
  type DerValue,
  generalizedTime,
  heldTag,
  objectIdentifier,
  plainTag,
  whole,
  within,
} from './der.js';

/** What a stapled response says of a certificate, and if it says nothing that counts, why. */
export type OcspVerdict =
  | { readonly status: 'good' }
  | { readonly status: 'revoked' }
  | { readonly status: 'unusable'; readonly why: string };

/** The certificate that is asked about, and the one it comes from. */
export interface OcspQuestion {
  readonly certificate: CertificateFields;
  readonly issuer: X509Certificate;
  readonly now: number;
}

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const GOOD = plainTag(0);
const REVOKED = heldTag(1);
/** Clocks differ: how far ahead a response may be dated. */
const LEEWAY = 300_000;

/** SHA-1 here names an issuer and protects nothing (RFC 6960 4.3). */
const ISSUER_HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Those that still count as signatures; Ed25519 has no hash of its own to name. */
const SIGNATURES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
};

const unusable = (why: string): OcspVerdict => ({ status: 'unusable', why });

const equal = (one: Uint8Array | undefined, other: Uint8Array): boolean => one !== undefined && Buffer.from(one).equals(other);

interface BasicResponse {
  readonly data: DerValue;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly certificates: ReadonlyArray<Uint8Array>;
}

const basicResponse = (response: Uint8Array): BasicResponse | undefined => {
  const [status, held] = whole(response, DerTag.SEQUENCE) ?? [];
  if (contentOf(status, DerTag.ENUMERATED)?.[0] !== 0) return undefined;
  const [type, octets] = within(within(held, heldTag(0))?.[0], DerTag.SEQUENCE) ?? [];
  const body = objectIdentifier(type) === BASIC_RESPONSE ? contentOf(octets, DerTag.OCTET_STRING) : undefined;
  const [data, algorithm, bits, certificates] = (body && whole(body, DerTag.SEQUENCE)) ?? [];
  const signature = bitString(bits);
  const name = objectIdentifier(within(algorithm, DerTag.SEQUENCE)?.[0]);
  if (data === undefined || signature === undefined || name === undefined) return undefined;
  const sent = within(within(certificates, heldTag(0))?.[0], DerTag.SEQUENCE) ?? [];
  return { data, algorithm: name, signature, certificates: sent.map(({ raw }) => raw) };
};

const certificateOf = (der: Uint8Array): X509Certificate | undefined => {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
};

/** RFC 6960 4.2.2.2: the issuer itself, or whom it has given this very use. */
const signers = ({ certificates }: BasicResponse, { issuer, now }: OcspQuestion): ReadonlyArray<X509Certificate> => [
  issuer,
  ...certificates.flatMap((der) => {
    const certificate = certificateOf(der);
    const isDelegate =
      certificate?.checkIssued(issuer) === true &&
      certificate.verify(issuer.publicKey) &&
      certificateFields(der)?.uses?.includes(OCSP_SIGNING) === true &&
      Date.parse(certificate.validFrom) <= now &&
      now <= Date.parse(certificate.validTo);
    return isDelegate ? [certificate] : [];
  }),
];

const isSignedBy = ({ data, algorithm, signature }: BasicResponse, { publicKey }: X509Certificate): boolean => {
  const hash = SIGNATURES[algorithm];
  if (hash === undefined) return false;
  try {
    return verify(hash, data.raw, publicKey, signature);
  } catch {
    return false;
  }
};

const isAbout = (id: DerValue | undefined, { certificate, issuer }: OcspQuestion): boolean => {
  const [algorithm, name, key, serial] = within(id, DerTag.SEQUENCE) ?? [];
  const hash = ISSUER_HASHES[objectIdentifier(within(algorithm, DerTag.SEQUENCE)?.[0]) ?? ''];
  const issuerKey = certificateFields(issuer.raw)?.publicKey;
  if (hash === undefined || issuerKey === undefined) return false;
  const digest = (octets: Uint8Array): Uint8Array => createHash(hash).update(octets).digest();
  return (
    equal(contentOf(name, DerTag.OCTET_STRING), digest(certificate.issuer)) &&
    equal(contentOf(key, DerTag.OCTET_STRING), digest(issuerKey)) &&
    equal(contentOf(serial, DerTag.INTEGER), certificate.serial)
  );
};

const statusOf = (single: ReadonlyArray<DerValue>, now: number): OcspVerdict => {
  const [, status, from, ...more] = single;
  const thisUpdate = generalizedTime(from);
  const until = more.find(({ tag }) => tag === heldTag(0));
  const nextUpdate = until && generalizedTime(within(until, heldTag(0))?.[0]);
  if (thisUpdate === undefined || thisUpdate > now + LEEWAY) return unusable('it is dated in the future');
  if (until !== undefined && (nextUpdate === undefined || nextUpdate < now)) return unusable('it is out of date');
  if (status?.tag === REVOKED) return { status: 'revoked' };
  return status?.tag === GOOD && status.content.length === 0
    ? { status: 'good' }
    : unusable('the responder does not know the certificate');
};

/** Reads a stapled response (RFC 6960 4.2.1) and weighs it. */
export const ocspVerdict = (response: Uint8Array, question: OcspQuestion): OcspVerdict => {
  const basic = basicResponse(response);
  if (basic === undefined) return unusable('it is not a successful OCSP response');
  if (!signers(basic, question).some((signer) => isSignedBy(basic, signer))) {
    return unusable('neither the issuer of the certificate nor a responder of its choice has signed it');
  }
  const values = within(basic.data, DerTag.SEQUENCE) ?? [];
  const responses = values.find(({ tag }) => tag === DerTag.SEQUENCE);
  const singles = (within(responses, DerTag.SEQUENCE) ?? []).map((single) => within(single, DerTag.SEQUENCE) ?? []);
  const ours = singles.find(([id]) => isAbout(id, question));
  return ours === undefined ? unusable('it is about another certificate') : statusOf(ours, question.now);
};
