import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { nodeTls, type ServerName, type TlsSettings } from '../../../adapters/tls/index.js';
import { TlsAlert } from '../../../streams/frames/index.js';
import { converseTls } from '../../support/tlsConversation.js';
import { certificateFile, tlsHost } from '../../support/tlsServer.js';

const pem = (name: string): string => certificateFile(`${name}.pem`).toString();
const pin = (name: string): string => new X509Certificate(pem(name)).fingerprint256;
const trusting = (root: string): Pick<TlsSettings, 'trust'> => ({ trust: { kind: 'authorities', pem: pem(root) } });
const dns = (value: string): ReadonlyArray<ServerName> => [{ kind: 'dns', value }];
const suffix = (value: string): ReadonlyArray<ServerName> => [{ kind: 'suffix', value }];

interface Case {
  readonly title: string;
  readonly server: string;
  readonly settings: TlsSettings;
  readonly staples?: string;
  /** OpenSSL's name of what is wrong, the alert the server gets, and words of the sentence; none if it is accepted. */
  readonly refused?: readonly [string, number, string];
}

const onlyPinned = { trust: { kind: 'pinned' } } as const;
const ca = trusting('ca');
const rsa = trusting('rsa-ca');
const BAD = TlsAlert.codes.bad_certificate;
const NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';
const STATUS = TlsAlert.codes.bad_certificate_status_response;

const cases: ReadonlyArray<Case> = [
  { title: 'from the trusted root', server: 'server-ec', settings: ca },
  { title: 'with its intermediate', server: 'server-chain', settings: rsa },
  {
    title: 'from somebody else',
    server: 'server-untrusted',
    settings: ca,
    refused: ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', TlsAlert.codes.unknown_ca, 'Somebody Else'],
  },
  {
    title: 'that has expired',
    server: 'server-expired',
    settings: ca,
    refused: ['CERT_HAS_EXPIRED', TlsAlert.codes.certificate_expired, 'expired on 2021-01-01'],
  },
  { title: 'whose time has not come', server: 'server-early', settings: ca, refused: ['CERT_NOT_YET_VALID', BAD, '2119-01-01'] },
  { title: 'that does not say what it is for', server: 'server-any-use', settings: ca },
  {
    title: 'that is for clients',
    server: 'server-wrong-use',
    settings: ca,
    refused: ['INVALID_PURPOSE', TlsAlert.codes.unsupported_certificate, 'serverAuth'],
  },
  {
    title: 'that is for clients, pinned',
    server: 'server-wrong-use',
    settings: { ...onlyPinned, pins: [pin('server-wrong-use')] },
    refused: ['INVALID_PURPOSE', TlsAlert.codes.unsupported_certificate, 'serverAuth'],
  },

  { title: 'with the name', server: 'server-ec', settings: { ...ca, names: dns('RADIUS.example.org.') } },
  {
    title: 'with one of the names',
    server: 'server-ec',
    settings: { ...ca, names: [...dns('a.example'), ...dns('radius.example.org')] },
  },
  {
    title: 'with another name',
    server: 'server-other-name',
    settings: { ...ca, names: dns('radius.example.org') },
    refused: [NAME, BAD, 'radius.example.net'],
  },
  { title: 'with a wildcard for the name', server: 'server-ec', settings: { ...ca, names: dns('a.wild.example.org') } },
  {
    title: 'with a wildcard for one label only',
    server: 'server-ec',
    settings: { ...ca, names: dns('a.b.wild.example.org') },
    refused: [NAME, BAD, 'a.b.wild'],
  },
  { title: 'with a name below the domain', server: 'server-ec', settings: { ...ca, names: suffix('example.org') } },
  {
    title: 'whose name only ends alike',
    server: 'server-ec',
    settings: { ...ca, names: suffix('ample.org') },
    refused: [NAME, BAD, 'ample.org'],
  },
  {
    title: 'whose name is above the wanted one',
    server: 'server-ec',
    settings: { ...ca, names: suffix('a.radius.example.org') },
    refused: [NAME, BAD, 'a.radius'],
  },
  {
    title: 'with its name in the subject',
    server: 'server-common-name',
    settings: { ...ca, names: dns('radius.example.org') },
    refused: [NAME, BAD, 'common name'],
  },
  {
    title: 'with its name in the subject, where that counts',
    server: 'server-common-name',
    settings: { ...ca, names: dns('radius.example.org'), acceptsCommonName: true },
  },
  {
    title: 'with a DNS name that is another than the one in the subject',
    server: 'server-wrong-use',
    settings: { ...onlyPinned, pins: [pin('server-wrong-use')], names: dns('x.example'), acceptsCommonName: true },
    refused: ['INVALID_PURPOSE', TlsAlert.codes.unsupported_certificate, ''],
  },
  {
    title: 'with the address of mail',
    server: 'server-rsa',
    settings: { ...rsa, names: [{ kind: 'email', value: 'radius@EXAMPLE.org' }] },
  },
  {
    title: 'with another address of mail',
    server: 'server-rsa',
    settings: { ...rsa, names: [{ kind: 'email', value: 'Radius@example.org' }] },
    refused: [NAME, BAD, 'email'],
  },
  { title: 'with the URI', server: 'server-rsa', settings: { ...rsa, names: [{ kind: 'uri', value: 'radius:example.org' }] } },
  { title: 'with the IP address', server: 'server-rsa', settings: { ...rsa, names: [{ kind: 'ip', value: '192.0.2.7' }] } },
  {
    title: 'with another IP address',
    server: 'server-rsa',
    settings: { ...rsa, names: [{ kind: 'ip', value: '2001:db8::7' }] },
    refused: [NAME, BAD, 'ip'],
  },

  {
    title: 'that is pinned',
    server: 'server-untrusted',
    settings: { ...onlyPinned, pins: [pin('server-untrusted').toLowerCase().replaceAll(':', '')] },
  },
  {
    title: 'that is not the pinned one',
    server: 'server-ec',
    settings: { ...onlyPinned, pins: [pin('server-untrusted')] },
    refused: ['CERT_NOT_PINNED', BAD, pin('server-ec').toLowerCase().replaceAll(':', '')],
  },
  {
    title: 'that is pinned, and has expired',
    server: 'server-expired',
    settings: { ...onlyPinned, pins: [pin('server-expired')] },
    refused: ['CERT_HAS_EXPIRED', TlsAlert.codes.certificate_expired, '2021-01-01'],
  },
  {
    title: 'whose root alone is pinned, without being trusted',
    server: 'server-ec',
    settings: { ...onlyPinned, pins: [pin('ca')] },
    refused: ['CERT_NOT_PINNED', BAD, 'SHA-256'],
  },
  { title: 'whose root is trusted and pinned', server: 'server-ec', settings: { ...ca, pins: [pin('ca')] } },
  {
    title: 'whose root is trusted, and another pinned',
    server: 'server-ec',
    settings: { ...ca, pins: [pin('rsa-ca')] },
    refused: ['CERT_NOT_PINNED', BAD, 'pinned'],
  },
  {
    title: 'that is pinned, from somebody else than the trusted root',
    server: 'server-untrusted',
    settings: { ...ca, pins: [pin('server-untrusted')] },
    refused: ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', TlsAlert.codes.unknown_ca, ''],
  },

  { title: 'that its authority vouches for', server: 'server-ec', staples: 'ocsp-good', settings: { ...ca, ocsp: 'require' } },
  {
    title: 'that a delegate vouches for',
    server: 'server-ec',
    staples: 'ocsp-good-delegated',
    settings: { ...ca, ocsp: 'require' },
  },
  {
    title: 'that somebody vouches for who may not',
    server: 'server-ec',
    staples: 'ocsp-good-usurped',
    settings: { ...ca, ocsp: 'require' },
    refused: ['OCSP_RESPONSE_UNUSABLE', STATUS, 'signed'],
  },
  {
    title: 'with a response that is out of date',
    server: 'server-ec',
    staples: 'ocsp-stale',
    settings: { ...ca, ocsp: 'require', now: () => Date.parse('2030-01-01') },
    refused: ['OCSP_RESPONSE_UNUSABLE', STATUS, 'out of date'],
  },
  {
    title: 'with a response that is dated ahead',
    server: 'server-ec',
    staples: 'ocsp-good',
    settings: { ...ca, ocsp: 'require', now: () => Date.parse('2021-01-01') },
    refused: ['OCSP_RESPONSE_UNUSABLE', STATUS, 'future'],
  },
  {
    title: 'with a response about another',
    server: 'server-ec',
    staples: 'ocsp-other-certificate',
    settings: { ...ca, ocsp: 'require' },
    refused: ['OCSP_RESPONSE_UNUSABLE', STATUS, 'another certificate'],
  },
  {
    title: 'without a response, and one is wanted',
    server: 'server-ec',
    settings: { ...ca, ocsp: 'require' },
    refused: ['OCSP_RESPONSE_UNUSABLE', STATUS, 'staples no OCSP response'],
  },
  {
    title: 'with a response that is no good, and none is wanted',
    server: 'server-ec',
    staples: 'ocsp-other-certificate',
    settings: ca,
  },
  {
    title: 'that has been revoked',
    server: 'server-revoked',
    staples: 'ocsp-revoked',
    settings: ca,
    refused: ['CERT_REVOKED', TlsAlert.codes.certificate_revoked, 'revoked'],
  },
  {
    title: 'that has been revoked, and nobody asks',
    server: 'server-revoked',
    staples: 'ocsp-revoked',
    settings: { ...ca, ocsp: 'off' },
  },
];

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  describe(`a server's certificate with ${version}`, () => {
    for (const { title, server, settings, staples, refused } of cases) {
      it(`${refused === undefined ? 'is good' : 'is refused'} ${title}`, async () => {
        const versions = { minVersion: version, maxVersion: version };
        const host = tlsHost({ certificate: server, ...versions, ...(staples !== undefined && { staples }) });
        const { last, standing, peer } = await converseTls(host, nodeTls(settings)('tls'));
        if (refused === undefined) {
          expect(last.fault).to.equal(undefined);
          expect(standing?.established?.version).to.equal(version);
          return;
        }
        const [name, alert, words] = refused;
        expect(last.fault).to.include({ code: 'certificate', certificateError: name });
        expect(last.fault?.message).to.contain(words);
        expect(last.fault?.alert?.by).to.equal('peer');
        expect(peer.alert).to.equal(alert);
        expect(peer.isSecure).to.equal(false);
      });
    }
  });
}
