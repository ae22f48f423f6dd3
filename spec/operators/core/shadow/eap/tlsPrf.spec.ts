import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { cipherSuiteHash } from '../../../../../operators/core/shadow/eap/cipherSuiteHash.js';
import { tlsPrf } from '../../../../../operators/core/shadow/eap/tlsPrf.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';

describe('the PRF of TLS', () => {
  // https://mailarchive.ietf.org/arch/msg/tls/fzVCzk-z3FShgGJ6DOXqM1ydxms
  it('of 1.2 with SHA-256 gives what was published', () => {
    const use = {
      secret: hex('9bbe436ba940f017b17652849a71db35'),
      label: 'test label',
      seed: hex('a0ba9f936cda311827a6f796ffd5198c'),
    };
    expect(toHex(tlsPrf(nodeCrypto, 'sha256', use, 100))).to.equal(
      'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af' +
        '0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66',
    );
  });

  it('of 1.0 gives both halves an octet in the middle of an odd secret', () => {
    const [odd, even] = [hex('010203'), hex('01020203')].map((secret) =>
      toHex(tlsPrf(nodeCrypto, undefined, { secret, label: 'x', seed: hex('00') }, 40)),
    );
    expect(odd).to.equal(even);
  });
});

describe('the hash of a cipher suite', () => {
  // IANA, TLS Cipher Suites.
  it('is SHA-384 where its name says so, and else SHA-256', () => {
    const long = [
      0x009d, 0x009f, 0x00a9, 0x00af, 0x00b9, 0x1302, 0xc024, 0xc02c, 0xc030, 0xc032, 0xc038, 0xc03b, 0xc05d, 0xc087, 0xc09b,
      0xd002,
    ];
    const short = [
      0x002f, 0x0035, 0x009c, 0x009e, 0x00ba, 0x1301, 0x1303, 0xc009, 0xc014, 0xc022, 0xc023, 0xc02f, 0xc034, 0xc037, 0xc03a,
      0xc0ad, 0xcca9, 0xd001,
    ];
    for (const suite of long) expect(cipherSuiteHash(suite), suite.toString(16)).to.equal('sha384');
    for (const suite of short) expect(cipherSuiteHash(suite), suite.toString(16)).to.equal('sha256');
  });
});
