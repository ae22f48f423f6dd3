import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { nodeTls } from '../../../adapters/tls/index.js';
import { converseTls } from '../../support/tlsConversation.js';
import { certificateFile, tlsHost } from '../../support/tlsServer.js';

const pem = (name: string): string => certificateFile(`${name}.pem`).toString();
const pin = (name: string): string => new X509Certificate(pem(name)).fingerprint256;
const trust = { kind: 'authorities', pem: pem('rsa-ca') } as const;

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  const versions = { minVersion: version, maxVersion: version };
  const chain = tlsHost({ certificate: 'server-chain', ...versions });

  describe(`a server whose certificate has been read before, with ${version}`, () => {
    it('is accepted again, and shown as before', async () => {
      const open = nodeTls({ trust, resumes: false, pins: [pin('intermediate')] });
      const first = await converseTls(chain, open('tls'));
      const second = await converseTls(chain, open('tls'));
      expect(second.last.fault).to.equal(undefined);
      expect(second.standing?.established?.isResumed).to.equal(false);
      expect(second.standing?.established?.certificate).to.deep.equal(first.standing?.established?.certificate);
    });

    it('does not vouch for another', async () => {
      const open = nodeTls({ trust, resumes: false });
      expect((await converseTls(chain, open('tls'))).last.fault).to.equal(undefined);
      const stranger = tlsHost({ certificate: 'server-untrusted', ...versions });
      const { last, peer } = await converseTls(stranger, open('tls'));
      expect(last.fault?.code).to.equal('certificate');
      expect(peer.isSecure).to.equal(false);
    });

    it('is refused once its time is over', async () => {
      let now = Date.now();
      const open = nodeTls({ trust, resumes: false, now: () => now });
      expect((await converseTls(chain, open('tls'))).last.fault).to.equal(undefined);
      now = Date.parse('2130-01-01');
      const { last, peer } = await converseTls(chain, open('tls'));
      expect(last.fault).to.include({ code: 'certificate', certificateError: 'CERT_HAS_EXPIRED' });
      expect(peer.isSecure).to.equal(false);
    });

    it('that shows less than before is judged by what it shows now, where that is to be refused', async () => {
      const open = nodeTls({ trust, resumes: false });
      expect((await converseTls(chain, open('tls'))).last.fault).to.equal(undefined);
      const [leaf = ''] = /-----BEGIN[\s\S]*?-----END CERTIFICATE-----/.exec(pem('server-chain')) ?? [];
      const alone = tlsHost({ certificate: 'server-chain', ...versions, cert: leaf });
      const { last } = await converseTls(alone, open('tls'));
      expect(last.fault).to.include({ code: 'certificate', certificateError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    });
  });
}
