import { X509Certificate } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { nodeTls, type TlsSettings } from '../../../adapters/tls/index.js';
import type { TlsSession } from '../../../operators/core/index.js';
import { Secret } from '../../../streams/events/index.js';
import { TlsAlert } from '../../../streams/frames/index.js';
import { newResources } from '../../support/newResources.js';
import { converseTls, eapTlsExports, exportedBy, openCommand } from '../../support/tlsConversation.js';
import { certificateFile, type TlsServerOptions, tlsHost } from '../../support/tlsServer.js';

const pem = (name: string): string => certificateFile(`${name}.pem`).toString();
const trusting = (root: string, more: Partial<TlsSettings> = {}): TlsSettings => ({
  trust: { kind: 'authorities', pem: pem(root) },
  ...more,
});
const client = { kind: 'pem', certificates: pem('client-rsa'), key: Secret.of(certificateFile('client-rsa.key')) } as const;
const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
const only = (version: (typeof VERSIONS)[number]): Pick<TlsServerOptions, 'minVersion' | 'maxVersion'> => ({
  minVersion: version,
  maxVersion: version,
});

/** Records without the version in their headers, which nothing protects (RFC 8446 5.1: it is to be ignored). */
const withoutVersions = (records: Uint8Array): Uint8Array => {
  const plain = Uint8Array.from(records);
  for (let at = 0; at + 5 <= plain.length; at += 5 + (((plain[at + 3] ?? 0) << 8) | (plain[at + 4] ?? 0)))
    plain.fill(0, at + 1, at + 3);
  return plain;
};

for (const version of VERSIONS) {
  describe(`nodeTls with ${version}`, () => {
    const host = (certificate: string, more: Partial<TlsServerOptions> = {}) =>
      tlsHost({ certificate, ...only(version), ...more });

    it('comes to the keys the server has', async () => {
      const { standing, peer } = await converseTls(host('server-ec'), nodeTls(trusting('ca'))('tls'));
      expect(standing?.established).to.include({ version, isResumed: false });
      expect(standing?.established?.keys['msk']).to.deep.equal(exportedBy(peer));
      expect(standing?.established?.certificate).to.include({ subject: 'CN=radius.example.org, O=Postassoc tests' });
      expect(standing?.established?.certificate?.names).to.deep.equal(['radius.example.org', '*.wild.example.org']);
    });

    it('tells an empty context from none', async () => {
      const exports = {
        upTo12: { msk: { label: 'EXPERIMENTAL', context: new Uint8Array(0), octets: 40 } },
        from13: { msk: { label: 'EXPERIMENTAL', octets: 40 } },
      };
      const { standing, peer } = await converseTls(
        host('server-ec'),
        nodeTls(trusting('ca'))('tls'),
        openCommand(false, exports),
      );
      expect(standing?.established?.keys['msk']).to.have.length(40);
      expect(standing?.established?.keys['msk']).to.deep.equal(exportedBy(peer, exports));
    });

    it('shows its certificate to a server that asks, with a chain of several records', async () => {
      const server = host('server-chain', { asksFor: 'rsa-ca' });
      const session = nodeTls(trusting('rsa-ca', { client }))('tls');
      const { standing, peer } = await converseTls(server, session, openCommand(true));
      expect(standing?.established).to.not.equal(undefined);
      expect(peer.socket.getPeerCertificate().subject.CN).to.equal('user@example.org');
    });

    it('shows none where the method shows none', async () => {
      const { last } = await converseTls(host('server-ec', { asksFor: 'rsa-ca' }), nodeTls(trusting('ca', { client }))('tls'));
      expect(last.fault).to.deep.include({ code: 'tlsAlert' });
      expect(last.fault?.alert).to.deep.equal({ description: version === 'TLSv1.3' ? 116 : 40, by: 'server' });
    });

    it('carries what is said both ways, of any size, and the end', async () => {
      const session = nodeTls(trusting('ca'))('tls');
      const { peer } = await converseTls(host('server-ec'), session);
      const question = new Uint8Array(100_000).fill(7);
      const written = await session.turn({ do: 'write', plain: question });
      const silence = await peer.exchange(written.records);
      expect(Buffer.from(peer.heard).equals(question)).to.equal(true);
      const answered = await session.turn({ do: 'receive', records: await peer.say(new Uint8Array(90_000).fill(9)) });
      expect(silence).to.have.length(0);
      expect(answered.plain).to.have.length(90_000);
      expect(answered.isClosed).to.equal(undefined);
      const ended = await session.turn({ do: 'receive', records: await peer.end() });
      expect(ended.isClosed).to.equal(true);
      expect(ended.fault).to.equal(undefined);
    });

    it('resumes, with keys of its own, and knows whom it resumed with', async () => {
      const server = host('server-ec', { asksFor: 'rsa-ca' });
      const openTls = nodeTls(trusting('ca', { client }));
      const first = await converseTls(server, openTls('tls'), openCommand(true));
      const second = await converseTls(server, openTls('tls'), openCommand(true));
      expect(second.standing?.established).to.include({ isResumed: true });
      expect(second.standing?.established?.certificate).to.deep.equal(first.standing?.established?.certificate);
      expect(second.standing?.established?.keys['msk']).to.deep.equal(exportedBy(second.peer));
      expect(second.standing?.established?.keys['msk']).to.not.deep.equal(first.standing?.established?.keys['msk']);
    });

    it('makes a whole handshake where a server has forgotten the session', async () => {
      const openTls = nodeTls(trusting('ca'));
      await converseTls(host('server-ec'), openTls('tls'));
      const { standing } = await converseTls(host('server-ec'), openTls('tls'));
      expect(standing?.established).to.include({ isResumed: false });
    });

    for (const [why, more, name, exports] of [
      ['once it was told to forget', {}, 'tls', eapTlsExports],
      ['where that is not wanted', { resumes: false }, 'tls', eapTlsExports],
      ['of another method', {}, 'tls', { ...eapTlsExports, upTo12: { msk: { label: 'ttls keying material', octets: 64 } } }],
      ['of another session', {}, 'inner.tls', eapTlsExports],
    ] as const) {
      it(`does not resume ${why}`, async () => {
        const server = host('server-ec');
        const openTls = nodeTls(trusting('ca', more));
        await converseTls(server, openTls('tls'));
        if (why.includes('forget')) openTls.forget();
        const { standing } = await converseTls(server, openTls(name), openCommand(false, exports));
        expect(standing?.established).to.include({ isResumed: false });
      });
    }

    it('does not resume with a server whose certificate has expired meanwhile', async () => {
      let now = Date.parse('2026-01-01');
      const server = host('server-ec');
      const openTls = nodeTls(trusting('ca', { now: () => now }));
      await converseTls(server, openTls('tls'));
      now = Date.parse('2121-01-01');
      const { last, peer } = await converseTls(server, openTls('tls'));
      expect(last.fault).to.include({ code: 'certificate', certificateError: 'CERT_HAS_EXPIRED' });
      expect(peer.alert).to.equal(TlsAlert.codes.certificate_expired);
    });

    it('shows nothing of itself to a server that it does not trust, and says why', async () => {
      const server = host('server-untrusted', { asksFor: 'rsa-ca' });
      const session = nodeTls(trusting('ca', { client }))('tls');
      const { turns, last, peer } = await converseTls(server, session, openCommand(true));
      expect(last.fault).to.include({ code: 'certificate', certificateError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
      expect(peer.alert).to.equal(TlsAlert.codes.unknown_ca);
      expect(peer.isSecure).to.equal(false);
      // One record of two octets, sealed or not: no certificate, no Finished.
      expect(turns.at(-1)?.records).to.have.length(version === 'TLSv1.3' ? 24 : 7);
      expect(last.plain).to.have.length(0);
    });

    it('does not trust what a bundle of PKCS#12 brings along', async () => {
      const bundle = { kind: 'pkcs12', bundle: Secret.of(certificateFile('client.p12')) } as const;
      const session = nodeTls(trusting('ca', { client: { ...bundle, passphrase: Secret.of(Buffer.from('correct horse')) } }))(
        'tls',
      );
      const { last } = await converseTls(host('server-rsa', { asksFor: 'rsa-ca' }), session, openCommand(true));
      expect(last.fault).to.include({ code: 'certificate', certificateError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' });
    });

    for (const [form, credential] of [
      ['PKCS#12', { kind: 'pkcs12', bundle: Secret.of(certificateFile('client.p12')) }],
      ['an encrypted key', { ...client, key: Secret.of(certificateFile('client-rsa-encrypted.key')) }],
    ] as const) {
      it(`takes ${form} with its passphrase`, async () => {
        const passphrase = Secret.of(Buffer.from('correct horse'));
        const session = nodeTls(trusting('ca', { client: { ...credential, passphrase } }))('tls');
        const { standing } = await converseTls(host('server-ec', { asksFor: 'rsa-ca' }), session, openCommand(true));
        expect(standing?.established).to.not.equal(undefined);
      });
    }

    it('ends in a fault where records are damaged, and tells the server', async () => {
      const peer = host('server-ec').connect();
      const session = nodeTls(trusting('ca'))('tls');
      const records = await peer.exchange((await session.turn(openCommand())).records);
      const damaged = records.with(-20, (records.at(-20) ?? 0) ^ 1);
      const { fault, records: alert } = await session.turn({ do: 'receive', records: damaged });
      expect(fault?.code).to.equal('tls');
      await peer.exchange(alert);
      expect(peer.error).to.not.equal(undefined);
      expect((await session.turn({ do: 'write', plain: Uint8Array.of(1) })).fault?.code).to.equal('tls');
    });

    for (const [moment, rounds] of [
      ['before the hello is there', 0],
      ['while the flight of the server is taken in', 1],
      ['while the tunnel is written to', 2],
    ] as const) {
      it(`falls silent when it is closed ${moment}`, async () => {
        await setImmediate();
        const before = process.getActiveResourcesInfo();
        const peer = host('server-ec').connect();
        const session = nodeTls(trusting('ca'))('tls');
        let hasSettled = false;
        const settled = (): void => {
          hasSettled = true;
        };
        let underWay = session.turn(openCommand());
        for (let round = 0; round < rounds; round += 1) {
          const records = await peer.exchange((await underWay).records);
          underWay = session.turn(round === 1 ? { do: 'write', plain: Uint8Array.of(1) } : { do: 'receive', records });
        }
        underWay.then(settled, settled);
        session.close();
        for (let turn = 0; turn < 20; turn += 1) await setImmediate();
        expect(hasSettled).to.equal(false);
        peer.socket.destroy();
        for (let turn = 0; turn < 5; turn += 1) await setImmediate();
        expect(newResources(before)).to.deep.equal([]);
      });
    }
  });
}

const turnOf = (session: TlsSession, presentsCertificate = false) => session.turn(openCommand(presentsCertificate));

describe('nodeTls', () => {
  it('says no name of a server, no protocol above it, and nothing older than TLS 1.2', async () => {
    const { records } = await turnOf(nodeTls(trusting('ca'))('tls'));
    const hello = Buffer.from(records).toString('latin1');
    expect(hello).to.not.contain('radius.example.org');
    const host = tlsHost({ certificate: 'server-ec', minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    const { last } = await converseTls(host, nodeTls(trusting('ca'))('tls'));
    expect(last.fault).to.deep.include({ code: 'tlsAlert', alert: { description: 70, by: 'server' } });
  });

  it('speaks TLS 1.1 only where that is said twice', async () => {
    const host = () =>
      tlsHost({ certificate: 'server-ec', minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    const once = await converseTls(host(), nodeTls(trusting('ca', { minVersion: 'TLSv1.1' }))('tls'));
    expect(once.last.fault?.message).to.contain('RFC 8996');
    const twice = await converseTls(host(), nodeTls(trusting('ca', { minVersion: 'TLSv1.1', insecureObsoleteTls: true }))('tls'));
    expect(twice.standing?.established).to.include({ version: 'TLSv1.1' });
    expect(twice.standing?.established?.keys['msk']).to.deep.equal(exportedBy(twice.peer));
  });

  it('says the name of a server where one is given', async () => {
    const { records } = await turnOf(nodeTls(trusting('ca', { serverName: 'radius.example.org' }))('tls'));
    expect(Buffer.from(records).toString('latin1')).to.contain('radius.example.org');
  });

  for (const version of VERSIONS) {
    it(`holds 192-bit security to its suites and curve with ${version}`, async () => {
      const settings = trusting('p384-ca', { suiteB192: true });
      const strong = await converseTls(tlsHost({ certificate: 'server-p384', ...only(version) }), nodeTls(settings)('tls'));
      expect(strong.standing?.established?.cipher).to.contain('AES_256_GCM_SHA384');
      const weak = await converseTls(tlsHost({ certificate: 'server-ec', ...only(version) }), nodeTls(settings)('tls'));
      expect(weak.standing).to.equal(undefined);
      expect(weak.last.fault).to.not.equal(undefined);
    });
  }

  it('has no certificate to show where none is given', async () => {
    const { fault, records } = await turnOf(nodeTls(trusting('ca'))('tls'), true);
    expect(fault?.code).to.equal('noCredential');
    expect(records).to.have.length(0);
  });

  it('does not begin with a passphrase that is wrong, and does not repeat it', async () => {
    const key = Secret.of(certificateFile('client-rsa-encrypted.key'));
    const passphrase = Secret.of(Buffer.from('hunter2'));
    const { fault } = await turnOf(nodeTls(trusting('ca', { client: { ...client, key, passphrase } }))('tls'), true);
    expect(fault?.message).to.contain('passphrase').and.not.contain('hunter2');
  });

  it('wants to be opened first', async () => {
    expect((await nodeTls(trusting('ca'))('tls').turn({ do: 'write', plain: Uint8Array.of(1) })).fault?.code).to.equal('tls');
  });

  it('believes anybody where it is told to, and says so in no other way than by that flag', async () => {
    const open = nodeTls({ trust: { kind: 'insecureNoVerify' }, names: [{ kind: 'dns', value: 'elsewhere.example' }] });
    const { standing } = await converseTls(tlsHost({ certificate: 'server-expired' }), open('tls'));
    expect(standing?.established?.certificate?.fingerprint).to.equal(
      new X509Certificate(pem('server-expired')).fingerprint256.replaceAll(':', '').toLowerCase(),
    );
  });

  it('settles whatever a server sends, and says so where that is no TLS', async () => {
    const host = tlsHost({ certificate: 'server-ec' });
    const openTls = nodeTls(trusting('ca'));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.nat(2000), fc.boolean(), async (junk, at, isAlone) => {
        const session = openTls('tls');
        const flight = await host.connect().exchange((await session.turn(openCommand())).records);
        const records = isAlone ? junk : Uint8Array.of(...flight.subarray(0, at), ...junk, ...flight.subarray(at + junk.length));
        const turn = await session.turn({ do: 'receive', records });
        if (turn.established !== undefined)
          expect(withoutVersions(records).slice(0, flight.length)).to.deep.equal(withoutVersions(flight));
        if (turn.fault !== undefined) expect(turn.plain).to.have.length(0);
        session.close();
      }),
      { numRuns: 150 },
    );
  });

  it('lets no session disturb another', async () => {
    const openTls = nodeTls(trusting('ca'));
    const host = tlsHost({ certificate: 'server-ec' });
    const all = await Promise.all(Array.from({ length: 20 }, () => converseTls(host, openTls('tls'))));
    for (const { standing, peer } of all) expect(standing?.established?.keys['msk']).to.deep.equal(exportedBy(peer));
  });
});
