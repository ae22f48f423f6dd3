import { expect } from 'chai';
import { type ClientCredential, clientRemarks, type TlsSettings } from '../../../adapters/tls/index.js';
import { Secret } from '../../../streams/events/index.js';
import { certificateFile } from '../../support/tlsServer.js';

const pem = (name: string): ClientCredential => ({
  kind: 'pem',
  certificates: certificateFile(`${name}.pem`).toString(),
  key: Secret.of(certificateFile(`${name}.key`)),
});
const bundle: ClientCredential = {
  kind: 'pkcs12',
  bundle: Secret.of(certificateFile('client.p12')),
  passphrase: Secret.of(new TextEncoder().encode('correct horse')),
};
const settings = (client?: ClientCredential, year?: number): TlsSettings => ({
  trust: { kind: 'insecureNoVerify' },
  ...(client && { client }),
  ...(year !== undefined && { now: () => Date.UTC(year, 0) }),
});

describe('clientRemarks', () => {
  it('says nothing of a certificate in its time, nor where there is none', () => {
    for (const client of [undefined, pem('client-rsa'), bundle]) expect(clientRemarks(settings(client))).to.deep.equal([]);
  });

  it('tells that a certificate has expired', () => {
    const [remark, ...others] = clientRemarks(settings(pem('client-expired')));
    expect(others).to.deep.equal([]);
    expect(remark).to.match(
      /^the client certificate "CN=user@example\.org, .*" expired on 2021-01-01, and a server will refuse it$/,
    );
  });

  it('tells that its time has not come', () => {
    expect(clientRemarks(settings(pem('client-rsa'), 2019))[0]).to.match(/is valid from 2020-01-01 only/);
  });

  it('sees into a bundle', () => {
    expect(clientRemarks(settings(bundle, 2121))[0]).to.match(/expired on 2120-01-01/);
  });
});
