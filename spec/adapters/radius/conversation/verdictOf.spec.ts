import { expect } from 'chai';
import { noTrail, noted, stepOf, type Trail } from '../../../../adapters/radius/conversation/Trail.js';
import { byDoubts, byFault, byPolicy } from '../../../../adapters/radius/conversation/verdictOf.js';
import { type EapNote, eapFault } from '../../../../operators/core/index.js';
import { EapMethod, TlsAlert } from '../../../../streams/frames/index.js';

const { codes } = EapMethod;

const asks = (type: number, name: string, more: Partial<{ isInner: boolean; isAllowed: boolean }> = {}): EapNote => ({
  kind: 'method',
  type,
  name,
  isInner: false,
  isAllowed: true,
  ...more,
});
const certificate = { subject: 'CN=r', issuer: 'CN=i', validFrom: '', validTo: '', fingerprint: 'ab', names: [] };
const tls: EapNote = { kind: 'tls', isInner: false, version: 'TLSv1.3', cipher: 'x', isResumed: false, certificate };
const trailOf = (...notes: ReadonlyArray<EapNote>): Trail => notes.reduce(noted, noTrail);

const peap = asks(codes.PEAP, 'PEAP');
const rejected = eapFault('rejected', 'the server sent a Failure');

describe('what a refusal without a reason means', () => {
  const refusals: ReadonlyArray<readonly [Trail, string, RegExp]> = [
    [trailOf(), 'rejectedIdentity', /at its first sight/],
    [trailOf(asks(codes.PEAP, 'PEAP', { isAllowed: false })), 'methodRefused', /asked for PEAP/],
    [trailOf(peap), 'rejected', /during the TLS handshake of PEAP/],
    [trailOf(peap, tls), 'rejectedIdentity', /inside of the tunnel/],
    [trailOf(peap, tls, asks(codes.GTC, 'GTC', { isInner: true })), 'rejectedCredentials', /in GTC inside of PEAP/],
    [trailOf(asks(codes.TTLS, 'TTLS'), tls), 'rejectedCredentials', /inside of TTLS/],
    [trailOf(asks(codes.TLS, 'TLS')), 'rejected', /during the TLS handshake/],
    [trailOf(asks(codes.TLS, 'TLS'), tls), 'rejectedCredentials', /client certificate/],
    [trailOf(asks(codes.PWD, 'PWD')), 'rejectedCredentials', /in PWD/],
  ];
  for (const [trail, kind, message] of refusals) {
    it(`${kind}: ${message.source}`, () => {
      const verdict = byFault(trail, rejected);
      expect(verdict.kind).to.equal(kind);
      expect(verdict.message).to.match(message);
    });
  }
});

describe('what to do about a client certificate that was refused', () => {
  for (const [when, trail] of [
    ['during', trailOf(asks(codes.TLS, 'TLS'))],
    ['after', trailOf(asks(codes.TLS, 'TLS'), tls)],
  ] as const) {
    it(`${when} the handshake: TLS 1.3 is through before the server has judged it`, () =>
      expect(byFault(trail, rejected).advice).to.match(/authority, dates and purpose.*log of the server/));
  }
});

describe('what a fault of the peer means', () => {
  it('names an alert, and what it means', () => {
    const alert = { description: TlsAlert.codes.unknown_ca, by: 'server' } as const;
    const verdict = byFault(trailOf(peap), eapFault('tlsAlert', 'an alert', { alert }));
    expect(verdict).to.deep.include({ kind: 'tlsAlert', alert: 'unknown_ca', method: 'PEAP' });
    expect(verdict.message).to.match(/^the server ended TLS with the alert unknown_ca: .*authority/);
  });

  it('names an alert nobody knows by its number', () => {
    const alert = { description: 250, by: 'peer' } as const;
    expect(byFault(noTrail, eapFault('tlsAlert', '', { alert })).message).to.equal('this side ended TLS with the alert 250');
  });

  it('tells a certificate, and what OpenSSL calls its fault', () => {
    const fault = eapFault('certificate', 'it has expired', { certificateError: 'CERT_HAS_EXPIRED' });
    expect(byFault(trailOf(peap, tls), fault)).to.deep.include({
      kind: 'badServerCertificate',
      message: 'it has expired',
      certificateError: 'CERT_HAS_EXPIRED',
      certificate,
    });
  });

  const kinds = {
    wrongPassword: 'wrongPassword',
    accountRestricted: 'accountRestricted',
    noCredential: 'noCredential',
    serverUnproven: 'serverUnproven',
    tls: 'tlsFailed',
    malformed: 'protocolError',
    outOfTurn: 'protocolError',
    forgedResult: 'protocolError',
    tooManyRounds: 'protocolError',
    tooLong: 'protocolError',
  } as const;
  for (const [code, kind] of Object.entries(kinds)) {
    it(`${code} is ${kind}`, () => {
      expect(byFault(noTrail, eapFault(code as keyof typeof kinds, 'so it is'))).to.deep.include({ kind, message: 'so it is' });
    });
  }

  it('a refusal after success is a policy', () => {
    expect(byPolicy(trailOf(peap, tls), 'PEAP')).to.deep.include({ kind: 'rejected', method: 'PEAP' });
  });
});

describe('what silence means', () => {
  it('is a wrong secret where answers were signed with another', () => {
    expect(byDoubts({ ...noTrail, doubts: { responseAuthenticator: 'x' } }, 'silence').kind).to.equal('wrongSecret');
    expect(byDoubts({ ...noTrail, doubts: { messageAuthenticator: 'x', malformed: 'y' } }, 'silence').kind).to.equal(
      'wrongSecret',
    );
  });

  it('is what was not believed otherwise', () => {
    expect(byDoubts({ ...noTrail, doubts: { noMessageAuthenticator: 'x' } }, 'silence').kind).to.equal('protocolError');
    expect(byDoubts({ ...noTrail, doubts: { otherAddress: 'from b' } }, 'silence')).to.deep.include({ kind: 'noAnswer' });
    expect(byDoubts(noTrail, 'silence')).to.deep.include({ kind: 'noAnswer', message: 'silence' });
  });
});

describe('the steps of an authentication', () => {
  it('are named for what is going on', () => {
    expect(stepOf(noTrail)).to.equal('identity');
    expect(stepOf(trailOf(asks(codes.PEAP, 'PEAP', { isAllowed: false })))).to.equal('negotiation');
    expect(stepOf(trailOf(peap))).to.equal('tls');
    expect(stepOf(trailOf(peap, tls))).to.equal('inner');
    expect(stepOf(trailOf(asks(codes.TLS, 'TLS'), tls))).to.equal('finish');
    expect(stepOf(trailOf(asks(codes.PWD, 'PWD')))).to.equal('pwd');
  });
});
