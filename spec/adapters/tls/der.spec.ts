import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { certificateFields } from '../../../adapters/tls/certificateFields.js';
import { generalizedTime, objectIdentifier, readDer } from '../../../adapters/tls/der.js';
import { ocspVerdict } from '../../../adapters/tls/ocspResponse.js';
import { certificateFile } from '../../support/tlsServer.js';

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const only = (hex: string) => readDer(octets(hex))?.[0];

describe('DER', () => {
  it('reads values one behind the other', () => {
    expect(readDer(octets('02 01 05 04 00'))?.map(({ tag, content }) => [tag, [...content]])).to.deep.equal([
      [2, [5]],
      [4, []],
    ]);
  });

  for (const [title, hex] of [
    ['a length that goes beyond the end', '04 02 00'],
    ['no length', '04'],
    ['a length without end', '30 80 00 00'],
    ['a length that is longer than need be', '04 81 01 00'],
    ['a length with a zero in front', `04 82 00 80 ${'00 '.repeat(128)}`],
    ['a length of more octets than anything has', '04 84 00 00 00 01 00'],
    ['a tag of several octets', '1f 01 00'],
  ] as const) {
    it(`does not read ${title}`, () => {
      expect(readDer(octets(hex))).to.equal(undefined);
    });
  }

  it('reads identifiers', () => {
    expect(objectIdentifier(only('06 08 2a 86 48 ce 3d 04 03 02'))).to.equal('1.2.840.10045.4.3.2');
    expect(objectIdentifier(only('06 03 55 1d 11'))).to.equal('2.5.29.17');
    expect(objectIdentifier(only('06 02 88 37'))).to.equal('2.999');
    for (const unfinished of ['06 00', '06 01 80', '06 04 55 1d 11 80', '06 03 55 1d 91'])
      expect(objectIdentifier(only(unfinished)), unfinished).to.equal(undefined);
  });

  it('reads a time, and none that is not to the second in Greenwich', () => {
    const time = (text: string): number | undefined =>
      generalizedTime(only(`18 ${text.length.toString(16).padStart(2, '0')} ${Buffer.from(text).toString('hex')}`));
    expect(time('20261121162755Z')).to.equal(Date.UTC(2026, 10, 21, 16, 27, 55));
    for (const wrong of ['20261121162755', '202611211627Z', '20261121162755.5Z', '20261321162755Z', '20261121162755+0100']) {
      expect(time(wrong), wrong).to.equal(undefined);
    }
  });
});

describe('what strangers send in DER', () => {
  const issuer = new X509Certificate(certificateFile('ca.pem'));
  const certificate = certificateFields(new X509Certificate(certificateFile('server-ec.pem')).raw);
  const good = new Uint8Array(certificateFile('ocsp-good.der'));
  const now = Date.now();
  const verdict = (response: Uint8Array) => certificate && ocspVerdict(response, { certificate, issuer, now }).status;

  it('is good as it is', () => {
    expect(verdict(good)).to.equal('good');
  });

  it('is worth nothing with any octet changed before the certificates that come along', () => {
    const certificates = Buffer.from(good).indexOf(issuer.raw) - 8;
    expect(certificates).to.be.greaterThan(200);
    for (let at = 0; at < certificates; at += 1) {
      const changed = good.with(at, (good[at] ?? 0) ^ 0x01);
      expect(verdict(changed), `octet ${at}`).to.equal('unusable');
    }
  });

  it('throws nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(good.length), (junk, at) => {
        certificateFields(junk);
        expect(verdict(junk)).to.equal('unusable');
        expect(verdict(Uint8Array.of(...good.subarray(0, at), ...junk, ...good.subarray(at + junk.length)))).to.be.oneOf([
          'good',
          'unusable',
        ]);
      }),
    );
  });

  it('is read alike by OpenSSL', () => {
    for (const name of ['server-ec', 'server-rsa', 'server-common-name', 'server-wrong-use', 'client-rsa']) {
      const theirs = new X509Certificate(certificateFile(`${name}.pem`));
      const ours = certificateFields(theirs.raw);
      expect(BigInt(`0x${Buffer.from(ours?.serial ?? []).toString('hex')}`)).to.equal(BigInt(`0x${theirs.serialNumber}`));
      expect(ours?.uses).to.deep.equal(theirs.keyUsage);
      const listed = ours?.names.filter(({ kind }) => kind === 'dns').map(({ text }) => `DNS:${text}`) ?? [];
      expect(theirs.subjectAltName?.split(', ').filter((one) => one.startsWith('DNS:')) ?? []).to.deep.equal(listed);
    }
  });
});
