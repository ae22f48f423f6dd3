import { expect } from 'chai';
import { eachCrypto, eachKeyWrap, hex, hexOf } from './implementations.js';
import { vectorFile } from './vectorFile.js';

/** Values of the tests of Project Wycheproof; each file says which one they were taken from. */
const testsOf = <Row>(name: string): ReadonlyArray<Row> => vectorFile<unknown, Row>(`./wycheproof/${name}.ndjson`).tests;

const numberOf = (text: string): bigint => BigInt(`0x${text}`);

describe('Wycheproof', () => {
  eachKeyWrap((crypto) => {
    it('AES key wrap', () => {
      for (const [id, kek, plain, wrapped, valid] of testsOf<[number, string, string, string, boolean]>('keyWrap')) {
        expect(hexOf(crypto.aesUnwrap(hex(kek), hex(wrapped))), `test ${id}`).to.equal(valid ? plain : undefined);
        if (valid) expect(hexOf(crypto.aesWrap(hex(kek), hex(plain))), `test ${id}`).to.equal(wrapped);
      }
    });
  });

  eachCrypto((crypto) => {
    it('AES-CMAC', () => {
      for (const [id, key, message, tag, valid] of testsOf<[number, string, string, string, boolean]>('cmac')) {
        const isRight = tag !== '' && crypto.equal(crypto.aesCmac(hex(key), hex(message)), hex(tag));
        expect(isRight, `test ${id}`).to.equal(valid);
      }
    });

    it('AES-SIV', () => {
      for (const [id, key, associated, plain, sealed, valid] of testsOf<[number, string, string, string, string, boolean]>(
        'siv',
      )) {
        const strings = [hex(associated)];
        expect(hexOf(crypto.aesSivOpen(hex(key), hex(sealed), strings)), `test ${id}`).to.equal(valid ? plain : undefined);
        if (valid) expect(hexOf(crypto.aesSivSeal(hex(key), hex(plain), strings)), `test ${id}`).to.equal(sealed);
      }
    });

    it('ECDH, with points that are on no curve or on another', () => {
      for (const [id, group, point, scalar, x, valid] of testsOf<[number, number, string, string, string, boolean]>('ecdh')) {
        const half = point.length / 2;
        const peer = { x: numberOf(point.slice(0, half)), y: numberOf(point.slice(half)) };
        const shared = crypto.curve(group)?.multiply(peer, numberOf(scalar));
        expect(shared?.x, `group ${group}, test ${id}`).to.equal(valid ? numberOf(x) : undefined);
      }
    });
  });
});
