import { expect } from 'chai';
import fc from 'fast-check';
import type { Curve } from '../../../operators/core/crypto/index.js';
import { eachCrypto } from './implementations.js';

const numberOf = (text: string): bigint => BigInt(`0x${text.replace(/\s/g, '')}`);

/** RFC 5903 8.1 to 8.3: i, gi, r, gr and the shared point gir, each point x first. */
const EXCHANGES = [
  {
    group: 19,
    i: 'C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433',
    gi: [
      'DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180',
      '5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3',
    ],
    r: 'C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53',
    gr: [
      'D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63',
      '56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB',
    ],
    gir: [
      'D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE',
      '522BDE0AF0D8585B8DEF9C183B5AE38F50235206A8674ECB5D98EDB20EB153A2',
    ],
  },
  {
    group: 20,
    i: '099F3C7034D4A2C699884D73A375A67F7624EF7C6B3C0F160647B67414DCE655E35B538041E649EE3FAEF896783AB194',
    gi: [
      '667842D7D180AC2CDE6F74F37551F55755C7645C20EF73E31634FE72B4C55EE6DE3AC808ACB4BDB4C88732AEE95F41AA',
      '9482ED1FC0EEB9CAFC4984625CCFC23F65032149E0E144ADA024181535A0F38EEB9FCFF3C2C947DAE69B4C634573A81C',
    ],
    r: '41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942E0308312916B8ED2960E4BD55A7448FC',
    gr: [
      'E558DBEF53EECDE3D3FCCFC1AEA08A89A987475D12FD950D83CFA41732BC509D0D1AC43A0336DEF96FDA41D0774A3571',
      'DCFBEC7AACF3196472169E838430367F66EEBE3C6E70C416DD5F0C68759DD1FFF83FA40142209DFF5EAAD96DB9E6386C',
    ],
    gir: [
      '11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4D603135569B9E9D09CF5D4A270F59746',
      'A2A9F38EF5CAFBE2347CF7EC24BDD5E624BC93BFA82771F40D1B65D06256A852C983135D4669F8792F2C1D55718AFBB4',
    ],
  },
  {
    group: 21,
    i: `0037ADE9319A89F4DABDB3EF411AACCCA5123C61ACAB57B5393DCE47608172A0
        95AA85A30FE1C2952C6771D937BA9777F5957B2639BAB072462F68C27A57382D4A52`,
    gi: [
      `0015417E84DBF28C0AD3C278713349DC7DF153C897A1891BD98BAB4357C9ECBE
       E1E3BF42E00B8E380AEAE57C2D107564941885942AF5A7F4601723C4195D176CED3E`,
      `017CAE20B6641D2EEB695786D8C946146239D099E18E1D5A514C739D7CB4A10A
       D8A788015AC405D7799DC75E7B7D5B6CF2261A6A7F1507438BF01BEB6CA3926F9582`,
    ],
    r: `0145BA99A847AF43793FDD0E872E7CDFA16BE30FDC780F97BCCC3F078380201E
        9C677D600B343757A3BDBF2A3163E4C2F869CCA7458AA4A4EFFC311F5CB151685EB9`,
    gr: [
      `00D0B3975AC4B799F5BEA16D5E13E9AF971D5E9B984C9F39728B5E5739735A21
       9B97C356436ADC6E95BB0352F6BE64A6C2912D4EF2D0433CED2B6171640012D9460F`,
      `015C68226383956E3BD066E797B623C27CE0EAC2F551A10C2C724D9852077B87
       220B6536C5C408A1D2AEBB8E86D678AE49CB57091F4732296579AB44FCD17F0FC56A`,
    ],
    gir: [
      `01144C7D79AE6956BC8EDB8E7C787C4521CB086FA64407F97894E5E6B2D79B04
       D1427E73CA4BAA240A34786859810C06B3C715A3A8CC3151F2BEE417996D19F3DDEA`,
      `01B901E6B17DB2947AC017D853EF1C1674E5CFE59CDA18D078E05D1B5242ADAA
       9FFC3C63EA05EDB1E13CE5B3A8E50C3EB622E8DA1B38E0BDD1F88569D6C99BAFFA43`,
    ],
  },
] as const;

const pointOf = ([x, y]: readonly [string, string]) => ({ x: numberOf(x), y: numberOf(y) });

const laws = (curve: Curve): void => {
  const { generator, order, prime, a, b, length } = curve;
  const times = (scalar: bigint) => curve.multiply(generator, scalar);

  it('has the generator on it, and coordinates of its length', () => {
    expect(curve.isOnCurve(generator)).to.equal(true);
    expect((generator.y ** 2n - (generator.x ** 3n + a * generator.x + b)) % prime).to.equal(0n);
    expect(Math.ceil(prime.toString(2).length / 8)).to.equal(length);
    expect(Math.ceil(order.toString(2).length / 8)).to.equal(length);
  });

  it('knows the point at infinity as none', () => {
    expect(times(0n)).to.equal(undefined);
    expect(times(order)).to.equal(undefined);
    expect(curve.add(generator, curve.negate(generator))).to.equal(undefined);
    expect(curve.add(undefined, undefined)).to.equal(undefined);
    expect(curve.add(undefined, generator)).to.deep.equal(generator);
    expect(curve.add(generator, undefined)).to.deep.equal(generator);
  });

  it('counts scalars modulo the order', () => {
    expect(times(1n)).to.deep.equal(generator);
    expect(times(order + 1n)).to.deep.equal(generator);
    expect(times(-1n)).to.deep.equal(curve.negate(generator));
    expect(times(order - 1n)).to.deep.equal(curve.negate(generator));
    expect(times(2n)).to.deep.equal(curve.add(generator, generator));
    expect(times(order - 2n)).to.deep.equal(curve.negate(curve.add(generator, generator) ?? generator));
  });

  it('agrees on the x of a product', () => {
    const scalar = fc.bigInt({ min: -order, max: 2n * order });
    fc.assert(
      fc.property(scalar, (p) => {
        expect(curve.sharedX(generator, p)).to.equal(times(p)?.x);
      }),
      { numRuns: 5 },
    );
    for (const special of [0n, 1n, order, order - 1n, order + 1n])
      expect(curve.sharedX(generator, special), `${special}`).to.equal(times(special)?.x);
  });

  it('adds scalars as it adds points', () => {
    const scalar = fc.bigInt({ min: 1n, max: order - 1n });
    fc.assert(
      fc.property(scalar, scalar, (p, q) => {
        expect(times(p + q)).to.deep.equal(curve.add(times(p), times(q)));
      }),
      { numRuns: 5 },
    );
  });

  it('refuses points that are not on it', () => {
    const { x, y } = generator;
    const strangers = [
      { x, y: y + 1n },
      { x: 0n, y: 0n },
      { x: x + prime, y },
      { x, y: y + prime },
      { x: -x, y },
      { x: x - prime, y },
    ];
    for (const point of strangers) {
      expect(curve.isOnCurve(point)).to.equal(false);
      expect(curve.multiply(point, 3n)).to.equal(undefined);
      expect(curve.sharedX(point, 3n)).to.equal(undefined);
      expect(curve.add(point, generator)).to.equal(undefined);
      expect(curve.add(generator, point)).to.equal(undefined);
    }
  });

  it('knows a square from what is none', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -prime, max: 2n * prime }), (value) => {
        expect(curve.isSquare(value * value)).to.equal(true);
        expect(curve.isSquare(value)).to.equal(curve.squareRoot(value) !== undefined);
      }),
      { numRuns: 100 },
    );
    for (const small of [0n, 1n, 2n, 3n, 4n, 2n ** 64n, 2n ** 97n, prime, prime - 1n])
      expect(curve.isSquare(small), `${small}`).to.equal(curve.squareRoot(small) !== undefined);
  });

  it('finds square roots, and none of what is no square', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: prime - 1n }), (root) => {
        const found = curve.squareRoot(root * root) ?? 0n;
        expect(found === root || found === prime - root).to.equal(true);
        // -1 is no square, because the prime is 3 modulo 4.
        expect(curve.squareRoot(-root * root)).to.equal(undefined);
      }),
      { numRuns: 10 },
    );
    expect(curve.squareRoot(0n)).to.equal(0n);
    expect(prime % 4n).to.equal(3n);
  });
};

describe('curve', () => {
  eachCrypto((crypto) => {
    for (const { group, i, gi, r, gr, gir } of EXCHANGES) {
      const curve = crypto.curve(group) as Curve;
      describe(`group ${group}`, () => {
        it('RFC 5903: the exchange of the example', () => {
          expect(curve.group).to.equal(group);
          expect(curve.multiply(curve.generator, numberOf(i))).to.deep.equal(pointOf(gi));
          expect(curve.multiply(curve.generator, numberOf(r))).to.deep.equal(pointOf(gr));
          expect(curve.multiply(pointOf(gr), numberOf(i))).to.deep.equal(pointOf(gir));
          expect(curve.multiply(pointOf(gi), numberOf(r))).to.deep.equal(pointOf(gir));
        });
        laws(curve);
      });
    }

    it('offers no other group', () => {
      for (const group of [0, 1, 14, 18, 22, 25, 27, 31, -1, Number.NaN]) expect(crypto.curve(group)).to.equal(undefined);
    });
  });
});
