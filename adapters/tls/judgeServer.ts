import type { X509Certificate } from 'node:crypto';
import { type EapFault, eapFault } from '../../operators/core/index.js';
import { TlsAlert } from '../../streams/frames/index.js';
import type { CertificateFields } from './certificateFields.js';
import { distinguishedName, fingerprintOf } from './certificateSummary.js';
import { fieldsOf, validityOf } from './knownCertificates.js';
import { ocspVerdict } from './ocspResponse.js';
import { authorityOf } from './secureContexts.js';
import { carriesName } from './serverNames.js';
import type { TlsSettings } from './TlsSettings.js';

/** What a server showed of itself, as far as the handshake has come. */
export interface ServerEvidence {
  /** Its certificate first, then those it comes from, as many as are known. */
  readonly chain: ReadonlyArray<X509Certificate>;
  /** What OpenSSL says of the chain, by its name; none if it has no objection. */
  readonly objection?: string;
  readonly isResumed: boolean;
  /** The response it stapled. */
  readonly staple?: Uint8Array;
  /** Trusted roots, where the chain has to end in one of them for us to see (see `authorityOf`). */
  readonly anchors?: ReadonlySet<string>;
}

interface Bench {
  readonly settings: TlsSettings;
  readonly evidence: ServerEvidence;
  readonly certificate: X509Certificate;
  readonly fields: CertificateFields;
  readonly now: number;
}

type Alert = Parameters<typeof TlsAlert.nameOf>[0];

const SERVER_USES = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];
const SUITE_B_RSA_BITS = 3072;
const {
  bad_certificate,
  bad_certificate_status_response,
  certificate_expired,
  certificate_revoked,
  certificate_unknown,
  unknown_ca,
} = TlsAlert.codes;
const { internal_error, unsupported_certificate } = TlsAlert.codes;

const objects = (name: string, description: Alert, message: string): EapFault =>
  eapFault('certificate', message, { certificateError: name, alert: { description, by: 'peer' } });

const nameOf = (certificate: X509Certificate): string => `"${distinguishedName(certificate.subject ?? '')}"`;

const day = (date: string): string => new Date(date).toISOString().slice(0, 10);

/** What OpenSSL objects to, in words, and the alert that says so. */
const OBJECTIONS: Readonly<Record<string, readonly [Alert, string]>> = {
  UNABLE_TO_GET_ISSUER_CERT: [unknown_ca, 'comes from an authority that is not among the trusted ones'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [unknown_ca, 'comes from an authority that is not among the trusted ones'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [unknown_ca, 'comes from an authority that is not among the trusted ones'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [unknown_ca, 'is signed by itself, and is not among the trusted ones'],
  SELF_SIGNED_CERT_IN_CHAIN: [unknown_ca, 'comes from a root that is not among the trusted ones'],
  CERT_UNTRUSTED: [unknown_ca, 'comes from an authority that is not trusted for this'],
  INVALID_CA: [unknown_ca, 'comes from a certificate that may not issue any'],
  PATH_LENGTH_EXCEEDED: [unknown_ca, 'comes from an authority that may not delegate that far'],
  CERT_HAS_EXPIRED: [certificate_expired, 'or one it comes from has expired'],
  CERT_NOT_YET_VALID: [bad_certificate, 'or one it comes from is not valid yet'],
  CERT_SIGNATURE_FAILURE: [bad_certificate, 'has a signature that is wrong'],
  CERT_REVOKED: [certificate_revoked, 'has been revoked'],
  INVALID_PURPOSE: [unsupported_certificate, 'is not meant for servers'],
};

const DATES = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const ADVICE: Readonly<Record<number, string>> = {
  [unknown_ca]: 'if this is the right server, give the certificate of its root authority as the one to trust',
  [certificate_expired]: 'look at the clock of this machine, and have the certificate renewed',
  [bad_certificate]: 'look at the clock of this machine, and have the certificate renewed',
  [unsupported_certificate]: 'the server needs one with the extended key usage serverAuth',
};

const datesOf = ({ evidence, now }: Bench): EapFault | undefined => {
  for (const certificate of evidence.chain) {
    const [from, to] = validityOf(certificate);
    if (now > to) {
      const what = `the certificate ${nameOf(certificate)} expired on ${day(certificate.validTo)}`;
      return objects('CERT_HAS_EXPIRED', certificate_expired, `${what}; ${ADVICE[certificate_expired]}`);
    }
    if (now < from) {
      const what = `the certificate ${nameOf(certificate)} is valid from ${day(certificate.validFrom)} only`;
      return objects('CERT_NOT_YET_VALID', bad_certificate, `${what}; ${ADVICE[bad_certificate]}`);
    }
  }
  return undefined;
};

const chainOf = (bench: Bench): EapFault | undefined => {
  const { settings, evidence, certificate } = bench;
  const { objection, anchors, chain, isResumed } = evidence;
  if (settings.trust.kind === 'pinned') return undefined;
  const isAnchored = isResumed || anchors === undefined || chain.some((one) => anchors.has(authorityOf(one)));
  const name = objection ?? (isAnchored ? undefined : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
  if (name === undefined) return undefined;
  const dated = DATES.has(name) ? datesOf(bench) : undefined;
  if (dated !== undefined) return dated;
  const [alert, why] = OBJECTIONS[name] ?? [certificate_unknown, 'is not acceptable'];
  const issuer = distinguishedName((chain.at(-1) ?? certificate).issuer ?? '');
  const from = alert === unknown_ca ? ` ("${issuer}")` : '';
  const advice = ADVICE[alert];
  const message = `the server's certificate ${nameOf(certificate)} ${why}${from}${advice === undefined ? ` (${name})` : `; ${advice}`}`;
  return objects(name, alert, message);
};

const useOf = ({ certificate, fields }: Bench): EapFault | undefined =>
  fields.uses === undefined || fields.uses.some((use) => SERVER_USES.includes(use))
    ? undefined
    : objects(
        'INVALID_PURPOSE',
        unsupported_certificate,
        `the certificate ${nameOf(certificate)} is not meant for servers; ${ADVICE[unsupported_certificate]}`,
      );

const namesOf = ({ settings, certificate, fields }: Bench): EapFault | undefined => {
  const { names = [], acceptsCommonName = false } = settings;
  if (names.length === 0 || names.some((name) => carriesName(fields, name, acceptsCommonName))) return undefined;
  const carried = fields.names.map(
    ({ kind, text, octets }) => `${kind} ${JSON.stringify(kind === 'ip' ? octets.join('.') : text)}`,
  );
  const wanted = names.map(({ kind, value }) => `${kind} ${JSON.stringify(value)}`);
  const onlyCommon =
    carried.length === 0 && fields.commonNames.length > 0 ? '; its common name does not count unless that is asked for' : '';
  return objects(
    'ERR_TLS_CERT_ALTNAME_INVALID',
    bad_certificate,
    `the certificate ${nameOf(certificate)} carries ${carried.join(', ') || 'no name'}, and none that is wanted: ${wanted.join(', ')}${onlyCommon}`,
  );
};

const plainHex = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** A session that is resumed shows the server's certificate alone, and its pins were checked when it began. */
const pinsOf = ({ settings, evidence, certificate }: Bench): EapFault | undefined => {
  const pins = new Set((settings.pins ?? []).map(plainHex));
  const isPinned = settings.trust.kind === 'pinned';
  if ((pins.size === 0 && !isPinned) || (evidence.isResumed && !isPinned)) return undefined;
  const candidates = isPinned ? [certificate] : evidence.chain;
  if (candidates.some((candidate) => pins.has(fingerprintOf(candidate)))) return undefined;
  return objects(
    'CERT_NOT_PINNED',
    bad_certificate,
    `the certificate ${nameOf(certificate)} is none of those that are pinned: its SHA-256 is ${fingerprintOf(certificate)}; pin that one only if somebody you trust confirms it`,
  );
};

const revocationOf = ({ settings, evidence, certificate, fields, now }: Bench): EapFault | undefined => {
  const { ocsp = 'try' } = settings;
  const { staple, isResumed } = evidence;
  if (ocsp === 'off' || isResumed || (staple === undefined && ocsp === 'try')) return undefined;
  const issuer = evidence.chain[1] ?? (certificate.checkIssued(certificate) ? certificate : undefined);
  const refuse = (why: string): EapFault =>
    objects('OCSP_RESPONSE_UNUSABLE', bad_certificate_status_response, `of the certificate ${nameOf(certificate)}, ${why}`);
  if (staple === undefined)
    return refuse('the server staples no OCSP response, and one is required; have the server staple one, or do not require it');
  if (issuer === undefined)
    return ocsp === 'try' ? undefined : refuse('the issuer is not known, and so its OCSP response cannot be checked');
  const verdict = ocspVerdict(staple, { certificate: fields, issuer, now });
  if (verdict.status === 'revoked') {
    const message = `the certificate ${nameOf(certificate)} has been revoked, as the response shows that its server staples; have it replaced`;
    return objects('CERT_REVOKED', certificate_revoked, message);
  }
  return verdict.status === 'good' || ocsp === 'try' ? undefined : refuse(`the OCSP response is no good: ${verdict.why}`);
};

const strengthOf = ({ settings, certificate }: Bench): EapFault | undefined => {
  if (settings.suiteB192 !== true) return undefined;
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const isStrong =
    asymmetricKeyType === 'ec'
      ? asymmetricKeyDetails?.namedCurve === 'secp384r1'
      : (asymmetricKeyDetails?.modulusLength ?? 0) >= SUITE_B_RSA_BITS;
  return isStrong
    ? undefined
    : objects(
        'EE_KEY_TOO_SMALL',
        bad_certificate,
        `the key of the certificate ${nameOf(certificate)} is too weak for 192-bit security; it takes P-384, or RSA of ${SUITE_B_RSA_BITS} bits`,
      );
};

const CHECKS = [chainOf, datesOf, useOf, namesOf, pinsOf, revocationOf, strengthOf];

/** Whether the certificate of a server is acceptable; if not, why, and the alert that tells the server of it. */
export const judgeServer = (settings: TlsSettings, evidence: ServerEvidence): EapFault | undefined => {
  if (settings.trust.kind === 'insecureNoVerify') return undefined;
  const [certificate] = evidence.chain;
  const fields = certificate && fieldsOf(certificate);
  if (certificate === undefined || fields === undefined) {
    return objects(
      'CERT_UNREADABLE',
      certificate === undefined ? internal_error : bad_certificate,
      'the server showed no certificate that can be read',
    );
  }
  const bench: Bench = { settings, evidence, certificate, fields, now: (settings.now ?? Date.now)() };
  for (const check of CHECKS) {
    const fault = check(bench);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
