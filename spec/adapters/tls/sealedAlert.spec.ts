import { createDecipheriv } from 'node:crypto';
import { expect } from 'chai';
import { plainAlert, sealedAlert } from '../../../adapters/tls/sealedAlert.js';

const octets = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** RFC 8448 3: the client's handshake traffic secret, and the key and vector made of it. */
const secret = octets('b3 ed db 12 6e 06 7f 35 a7 80 b3 ab f4 5e 2d 8f 3b 1a 95 07 38 f5 2e 96 00 74 6a 0e 27 a5 5a 21');
const key = octets('db fa a6 93 d1 76 2c 5b 66 6a f5 d9 50 25 8d 01');
const vector = octets('5b d3 c7 1b 83 6e 0b 76 bb 73 26 5f');

describe('an alert a client sends before it would', () => {
  it('is two octets in a record of its own', () => {
    expect(plainAlert(48)).to.deep.equal(Uint8Array.of(21, 3, 3, 0, 2, 2, 48));
  });

  it('is sealed by the key and the vector of RFC 8448', () => {
    const record = sealedAlert(48, { secret, cipherSuite: 'TLS_AES_128_GCM_SHA256' }) ?? new Uint8Array(0);
    expect(Buffer.from(record.subarray(0, 5))).to.deep.equal(octets('17 03 03 00 13'));
    const opening = createDecipheriv('aes-128-gcm', key, vector).setAAD(record.subarray(0, 5)).setAuthTag(record.subarray(8));
    expect(Buffer.concat([opening.update(record.subarray(5, 8)), opening.final()])).to.deep.equal(octets('02 30 15'));
  });

  it('cannot be sealed by a suite nobody negotiates', () => {
    expect(sealedAlert(48, { secret, cipherSuite: 'TLS_AES_128_CCM_8_SHA256' })).to.equal(undefined);
  });
});
