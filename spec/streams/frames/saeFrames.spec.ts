import { expect } from 'chai';
import fc from 'fast-check';
import {
  readAuthenticationFrame,
  readSaeCommit,
  readSaeConfirm,
  readSaeGroup,
  readSaeTokenRequest,
  type SaeCommit,
  StatusCode,
  saeGroupSizes,
  writeAuthenticationFrame,
  writeSaeCommit,
  writeSaeConfirm,
  writeSaeTokenRequest,
} from '../../../streams/frames/index.js';
import { octets, u16 } from './arbitraries.js';
import * as arbitrary from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { roundTrips } from './roundTrips.js';

const { SUCCESS, SAE_HASH_TO_ELEMENT } = StatusCode.codes;

/** The local commit of IEEE 802.11-2020 Annex J.10, as hostap's src/common/common_module_tests.c has it. */
const ANNEX_J10 = hex(`
  1300
  2e2c0f0db52440ad146d967114ce005ce1eab0aa2c2e5c2871b774f6c2575c65
  d5ad9e00829707aa36ba8b859738fc961d08243505f47c035376d7ac4bc8d7b9
  5083bf43827d0fc31ed778dd3671fd21a46d1091d64b6f9a1e1272621325dbe1
`);
const SCALAR = ANNEX_J10.subarray(2, 34);
const ELEMENT = ANNEX_J10.subarray(34);
const PLAIN: SaeCommit = { status: SUCCESS, group: 19, scalar: SCALAR, element: ELEMENT };
const HASHED: SaeCommit = { ...PLAIN, status: SAE_HASH_TO_ELEMENT };
const TOKEN = new Uint8Array(32).fill(0xc3);
const IDENTIFIER = new TextEncoder().encode('psk4internet');

const join = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array => Uint8Array.from(pieces.flatMap((piece) => [...piece]));

describe('Authentication frame', () => {
  it('is cut where the fields of its algorithm begin', () => {
    const value = { algorithm: 3, transaction: 1, status: 126, rest: ANNEX_J10 };
    const body = join(hex('0300 0100 7e00'), ANNEX_J10);
    expectSame(decoded(readAuthenticationFrame(body)), value);
    expectBytes(writeAuthenticationFrame(value), body);
  });

  it('is refused when it is cut before', () => {
    expect(refusal(readAuthenticationFrame(hex('0300 0100 7e')))).to.include({ field: 'Status Code', offset: 4 });
  });
});

describe('SAE commit', () => {
  it('reads and writes the vector of Annex J.10', () => {
    expectSame(decoded(readSaeCommit(ANNEX_J10, SUCCESS)), PLAIN);
    expectBytes(written(writeSaeCommit(PLAIN)), ANNEX_J10);
  });

  // RFC 2409, 3526 and 5114 for the fields, RFC 5903, 5114 and 6932 for the curves.
  it('is as long as the prime of its group', () => {
    const bits = { 1: 768, 2: 1024, 5: 1536, 14: 2048, 15: 3072, 16: 4096, 17: 6144, 18: 8192, 22: 1024, 23: 2048, 24: 2048 };
    const curves = { 19: 256, 20: 384, 21: 521, 25: 192, 26: 224, 27: 224, 28: 256, 29: 384, 30: 512 };
    const octetsOf = (prime: number) => Math.ceil(prime / 8);
    for (const [group, prime] of Object.entries(bits))
      expect(saeGroupSizes(Number(group)), group).to.deep.equal({ scalar: octetsOf(prime), element: octetsOf(prime) });
    for (const [group, prime] of Object.entries(curves))
      expect(saeGroupSizes(Number(group)), group).to.deep.equal({ scalar: octetsOf(prime), element: 2 * octetsOf(prime) });
    expect([0, 3, 4, 6, 13, 31, 32].map(saeGroupSizes).every((sizes) => sizes === undefined)).to.equal(true);
  });

  it('divides by its group', () => {
    for (const [group, scalar, element] of [
      [19, 32, 64],
      [20, 48, 96],
      [21, 66, 132],
      [15, 384, 384],
      [30, 64, 128],
    ] as const) {
      expect(saeGroupSizes(group)).to.deep.equal({ scalar, element });
      const bytes = join(Uint8Array.of(group, 0), new Uint8Array(scalar).fill(1), new Uint8Array(element).fill(2));
      const commit = decoded(readSaeCommit(bytes, SUCCESS));
      expectSame(commit, {
        status: SUCCESS,
        group,
        scalar: new Uint8Array(scalar).fill(1),
        element: new Uint8Array(element).fill(2),
      });
    }
  });

  it('has a token before the scalar, as long as the other parts leave', () => {
    for (const length of [1, 32, 80]) {
      const token = new Uint8Array(length).fill(0xc3);
      const bytes = join(hex('1300'), token, SCALAR, ELEMENT);
      expectSame(decoded(readSaeCommit(bytes, SUCCESS)), { ...PLAIN, token });
      expectBytes(written(writeSaeCommit({ ...PLAIN, token })), bytes);
    }
  });

  it('has a password identifier behind, with a token before the scalar or without', () => {
    const identifier = join(hex('ff0d21'), IDENTIFIER);
    const bare = join(ANNEX_J10, identifier);
    expectSame(decoded(readSaeCommit(bare, SUCCESS)), { ...PLAIN, passwordIdentifier: IDENTIFIER });
    const longest = new Uint8Array(254).fill(0x61);
    const long = decoded(readSaeCommit(join(ANNEX_J10, hex('ffff21'), longest), SUCCESS));
    expectSame(long, { ...PLAIN, passwordIdentifier: longest });
    const both = join(hex('1300'), TOKEN, SCALAR, ELEMENT, identifier);
    expectSame(decoded(readSaeCommit(both, SUCCESS)), { ...PLAIN, token: TOKEN, passwordIdentifier: IDENTIFIER });
  });

  it('has a token even if its last octets look a little like an identifier', () => {
    for (const end of ['00 03 21 aa bb', 'ff 04 21 aa bb', 'ff 03 5d aa bb', 'ff 01 21']) {
      const tail = hex(end);
      const element = join(ELEMENT.subarray(0, ELEMENT.length - tail.length), tail);
      const value = { ...PLAIN, element, token: TOKEN };
      expectSame(decoded(readSaeCommit(written(writeSaeCommit(value)), SUCCESS)), value);
    }
  });

  it('with hash-to-element has all that is more behind: identifier, rejected groups, token, AKM', () => {
    const bytes = join(
      ...[ANNEX_J10, hex('ff0d21'), IDENTIFIER, hex('ff055c 1500 1400')],
      ...[hex('ff215d'), TOKEN, hex('ff0572 000fac18')],
    );
    const value = {
      ...HASHED,
      passwordIdentifier: IDENTIFIER,
      rejectedGroups: [21, 20],
      antiCloggingToken: TOKEN,
      akmSelector: 0x000fac18,
    };
    expectSame(decoded(readSaeCommit(bytes, SAE_HASH_TO_ELEMENT)), value);
    expectBytes(written(writeSaeCommit(value)), bytes);
  });

  it('passes over elements it does not know', () => {
    const more = join(ANNEX_J10, hex('dd04 00904c33 ff01 ee ff00 3000'));
    expectSame(decoded(readSaeCommit(more, SAE_HASH_TO_ELEMENT)), HASHED);
  });

  it('of two elements alike believes the first', () => {
    const two = join(ANNEX_J10, hex('ff0221aa ff0221bb'));
    expectSame(decoded(readSaeCommit(two, SAE_HASH_TO_ELEMENT)).passwordIdentifier, hex('aa'));
  });

  it('is refused when it is cut', () => {
    expect(refusal(readSaeCommit(hex('13'), SUCCESS))).to.include({ field: 'Finite Cyclic Group', offset: 0 });
    expect(refusal(readSaeCommit(ANNEX_J10.subarray(0, 33), SUCCESS))).to.include({ field: 'Scalar', offset: 2 });
    expect(refusal(readSaeCommit(ANNEX_J10.subarray(0, 97), SUCCESS))).to.include({ field: 'FFE', offset: 34 });
    const element = refusal(readSaeCommit(join(ANNEX_J10, hex('ff0d21aa')), SAE_HASH_TO_ELEMENT));
    expect(element).to.include({ code: 'TRUNCATED', field: 'Information', offset: 100 });
    const odd = refusal(readSaeCommit(join(ANNEX_J10, hex('ff045c 1500 14')), SAE_HASH_TO_ELEMENT));
    expect(odd).to.include({ code: 'TRUNCATED', field: 'Rejected Groups', offset: 103 });
    const akm = refusal(readSaeCommit(join(ANNEX_J10, hex('ff0472 000fac')), SAE_HASH_TO_ELEMENT));
    expect(akm).to.include({ code: 'TRUNCATED', field: 'AKM Suite Selector', offset: 101 });
  });

  it('of a group nobody told the sizes of is refused, but its group can be had', () => {
    const bytes = hex('0400 0102');
    expect(refusal(readSaeCommit(bytes, SUCCESS))).to.include({ code: 'VALUE', field: 'Finite Cyclic Group', offset: 0 });
    expect(decoded(readSaeGroup(bytes))).to.equal(4);
    expect(refusal(readSaeGroup(hex('04')))).to.include({ field: 'Finite Cyclic Group', offset: 0 });
  });

  it('there and back', () => {
    roundTrips(arbitrary.saeCommit, writeSaeCommit, (bytes) => readSaeCommit(bytes, SAE_HASH_TO_ELEMENT));
  });

  it('there and back, without hash-to-element', () => {
    roundTrips(arbitrary.loopedSaeCommit, writeSaeCommit, (bytes) => readSaeCommit(bytes, SUCCESS));
  });

  it('is not written with parts of another length, or a token where none can be', () => {
    const wrong: ReadonlyArray<readonly [string, SaeCommit]> = [
      ['Finite Cyclic Group', { ...PLAIN, group: 4 }],
      ['Scalar', { ...PLAIN, scalar: SCALAR.subarray(1) }],
      ['FFE', { ...PLAIN, element: ELEMENT.subarray(1) }],
      ['Anti-Clogging Token', { ...HASHED, token: TOKEN }],
      ['Length', { ...HASHED, passwordIdentifier: new Uint8Array(255) }],
    ];
    for (const [field, commit] of wrong)
      expect(writeSaeCommit(commit), field).to.have.nested.include({ _tag: 'Left', 'left.field': field });
  });
});

describe('SAE confirm', () => {
  // Frame 14 of an SAE association of wpa_supplicant 2.10.
  it('reads and writes what wpa_supplicant sends', () => {
    const bytes = hex('0100 129bdc117bd6526899691ec6337383b277985fe5f6971525484f2ec4ef81ce46');
    const value = { sendConfirm: 1, confirm: bytes.subarray(2) };
    expectSame(decoded(readSaeConfirm(bytes)), value);
    expectBytes(writeSaeConfirm(value), bytes);
  });

  it('may be longer, and have elements behind', () => {
    const confirm = new Uint8Array(48).fill(7);
    const bytes = join(hex('ffff'), confirm, hex('ff01 03'));
    expectSame(decoded(readSaeConfirm(bytes, 48)), { sendConfirm: 0xffff, confirm, rest: hex('ff01 03') });
    expectSame(decoded(readSaeConfirm(bytes.subarray(0, 51), 48)).rest, hex('ff'));
    expectBytes(writeSaeConfirm(decoded(readSaeConfirm(bytes, 48))), bytes);
  });

  it('is refused when it is cut', () => {
    expect(refusal(readSaeConfirm(new Uint8Array(33)))).to.include({ code: 'TRUNCATED', field: 'Confirm', offset: 2 });
    expect(refusal(readSaeConfirm(new Uint8Array(34), 48))).to.include({ field: 'Confirm', offset: 2 });
  });

  it('there and back', () => {
    fc.assert(
      fc.property(u16, fc.constantFrom(32, 48, 64), octets(64), (sendConfirm, size, most) => {
        const value = { sendConfirm, confirm: most.subarray(0, size) };
        expectSame(decoded(readSaeConfirm(writeSaeConfirm(value), size)), value);
      }),
    );
  });
});

describe('SAE token request', () => {
  it('has the token bare, or in a container where the commit was hashed to the element', () => {
    const value = { group: 19, token: TOKEN };
    const [bare, contained] = [join(hex('1300'), TOKEN), join(hex('1300 ff21 5d'), TOKEN)];
    expectSame(decoded(readSaeTokenRequest(bare, false)), value);
    expectSame(decoded(readSaeTokenRequest(contained, true)), value);
    expectBytes(written(writeSaeTokenRequest(value, false)), bare);
    expectBytes(written(writeSaeTokenRequest(value, true)), contained);
    expectSame(decoded(readSaeTokenRequest(hex('1300 ff025d aa'), true)).token, hex('aa'));
  });

  it('is refused without its container, or without its group', () => {
    expect(refusal(readSaeTokenRequest(hex('1300'), true))).to.include({ code: 'VALUE', offset: 2 });
    expect(refusal(readSaeTokenRequest(hex('13'), false))).to.include({ field: 'Finite Cyclic Group', offset: 0 });
    expect(writeSaeTokenRequest({ group: 19, token: new Uint8Array(255) }, true)._tag).to.equal('Left');
  });
});
