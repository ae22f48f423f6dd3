import { expect } from 'chai';
import fc from 'fast-check';
import {
  copyExtensionBody,
  ElementExtension,
  endOfExtension,
  type FilsAuthentication,
  type FilsHlpContainer,
  leadingElements,
  readFilsAuthentication,
  readFilsHlpContainer,
  readFilsKeyConfirmation,
  readFilsNonce,
  readFilsPublicKey,
  readFilsSession,
  readKeyDelivery,
  writeFilsAuthentication,
  writeFilsHlpContainer,
  writeFilsKeyConfirmation,
  writeFilsNonce,
  writeFilsPublicKey,
  writeFilsSession,
  writeFilsWrappedData,
  writeKeyDelivery,
} from '../../../streams/frames/index.js';
import { mac, octets, u8 } from './arbitraries.js';
import { withoutAbsent } from './elementArbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { keyDataItem } from './keyArbitraries.js';
import { roundTrips } from './roundTrips.js';

const { FILS_SESSION, KEY_DELIVERY, WRAPPED_DATA } = ElementExtension.codes;

const SESSION = '0011223344556677';
const NONCE = '00112233445566778899aabbccddeeff';
const RSNE = '3014 0100 000fac04 0100 000fac04 0100 000fac0e 0000';

/** What follows the extension of an element, its fragments joined. */
const bodyOf = (element: Uint8Array): Uint8Array => leadingElements(element)[0]?.body ?? hex('');

const element = (id: number, most: number) =>
  fc.uint8Array({ minLength: 1, maxLength: most }).map((body) => Uint8Array.of(id, body.length, ...body));

const share = fc
  .constantFrom(19, 20, 21)
  .chain((group) => fc.record({ group: fc.constant(group), element: octets({ 19: 64, 20: 96, 21: 132 }[group] ?? 0) }));

const authentication = (keyShare: fc.Arbitrary<FilsAuthentication['keyShare']>) =>
  fc
    .record({
      keyShare,
      rsne: element(48, 60),
      mobilityDomain: fc.option(element(54, 3), { nil: undefined }),
      fastTransition: fc.option(element(55, 120), { nil: undefined }),
      ...{ nonce: octets(16), session: octets(8) },
      wrappedData: fc.option(fc.uint8Array({ minLength: 1, maxLength: 600 }), { nil: undefined }),
    })
    .map((value) => withoutAbsent(value) as FilsAuthentication);

describe('elements of FILS', () => {
  it('have the extensions of Table 9-92', () => {
    const extensions = [
      written(writeFilsKeyConfirmation(hex('aa'))),
      written(writeFilsSession(hex(SESSION))),
      writeFilsHlpContainer({ destination: mac0, source: mac0, packet: hex('') }),
      written(writeKeyDelivery({ receiveCounter: hex(SESSION), items: [] })),
      written(writeFilsWrappedData(hex('aa'))),
      written(writeFilsPublicKey({ keyType: 1, publicKey: hex('') })),
      written(writeFilsNonce(hex(NONCE))),
    ].map((bytes) => [bytes[0], bytes[2]]);
    expect(extensions).to.deep.equal([3, 4, 5, 7, 8, 12, 13].map((extension) => [255, extension]));
  });

  it('session, nonce and confirmation there and back', () => {
    roundTrips(octets(8), writeFilsSession, (bytes) => readFilsSession(bodyOf(bytes)));
    roundTrips(octets(16), writeFilsNonce, (bytes) => readFilsNonce(bodyOf(bytes)));
    roundTrips(fc.uint8Array({ minLength: 1, maxLength: 254 }), writeFilsKeyConfirmation, (bytes) =>
      readFilsKeyConfirmation(bodyOf(bytes)),
    );
  });

  it('a public key and a packet of a higher layer there and back, in fragments if they are long', () => {
    const long = fc.uint8Array({ maxLength: 700 });
    roundTrips(fc.record({ keyType: u8, publicKey: long }), writeFilsPublicKey, (bytes) => readFilsPublicKey(bodyOf(bytes)));
    roundTrips<FilsHlpContainer>(
      fc.record({ destination: mac, source: mac, packet: long }),
      (value) => ({ _tag: 'Right', right: writeFilsHlpContainer(value) }),
      (bytes) => readFilsHlpContainer(bodyOf(bytes)),
    );
  });

  it('a delivery of keys there and back', () => {
    const delivery = fc.record({ receiveCounter: octets(8), items: fc.array(keyDataItem, { maxLength: 6 }) });
    roundTrips(delivery, writeKeyDelivery, (bytes) => readKeyDelivery(bodyOf(bytes)));
  });

  it('of another length are refused, and not written', () => {
    for (const length of [0, 7]) expect(refusal(readFilsSession(new Uint8Array(length)))).to.include({ code: 'TRUNCATED' });
    for (const length of [0, 15]) expect(refusal(readFilsNonce(new Uint8Array(length)))).to.include({ code: 'TRUNCATED' });
    expect(refusal(readFilsKeyConfirmation(hex('')))).to.include({ code: 'TRUNCATED' });
    expect(refusal(readFilsHlpContainer(new Uint8Array(11)))).to.include({ code: 'TRUNCATED' });
    expect(refusal(readFilsPublicKey(hex('')))).to.include({ code: 'TRUNCATED' });
    expect(refusal(readKeyDelivery(new Uint8Array(7)))).to.include({ code: 'TRUNCATED', offset: 0 });
    const refused = [
      ...[7, 9].map((length) => writeFilsSession(new Uint8Array(length))),
      ...[15, 17].map((length) => writeFilsNonce(new Uint8Array(length))),
      ...[0, 255].map((length) => writeFilsKeyConfirmation(new Uint8Array(length))),
      ...[7, 9].map((length) => writeKeyDelivery({ receiveCounter: new Uint8Array(length), items: [] })),
      writeFilsPublicKey({ keyType: 256, publicKey: hex('') }),
      writeFilsWrappedData(hex('')),
    ];
    expect(refused.map(({ _tag }) => _tag)).to.deep.equal(refused.map(() => 'Left'));
  });

  it('a delivery says where in it an item is damaged', () => {
    const damaged = hex('0000000000000000 dd 16 000fac01 0100 0102');
    expect(refusal(readKeyDelivery(damaged)).offset).to.be.within(10, damaged.length);
  });
});

const mac0 = '00:00:00:00:00:00' as Parameters<typeof writeFilsHlpContainer>[0]['source'];

describe('elements with ID 255 in place', () => {
  const range = (frame: Uint8Array) => ({ frame, from: 0 });

  it('fragments are joined, and nothing behind them', () => {
    for (const length of [254, 255, 509, 510, 700]) {
      const data = new Uint8Array(length).map((_, at) => at);
      const frame = Uint8Array.of(1, 1, 9, ...written(writeFilsWrappedData(data)), 242, 2, 7, 7, 48, 0);
      const expected = length % 255 === 254 ? [...data, 7, 7] : [...data];
      expectBytes(copyExtensionBody(range(frame), WRAPPED_DATA) ?? hex(''), Uint8Array.from(expected));
    }
  });

  it('the first of an extension is found, and its end', () => {
    const frame = hex(`0000 ff01 04 ff 09 04 ${SESSION} ff 09 04 ffffffffffffffff`);
    expect(copyExtensionBody(range(frame), FILS_SESSION)).to.deep.equal(hex(''));
    expect(endOfExtension(range(frame), FILS_SESSION)).to.equal(5);
    expect(endOfExtension({ frame, from: 5 }, FILS_SESSION)).to.equal(16);
    expect(copyExtensionBody(range(frame), KEY_DELIVERY)).to.equal(undefined);
  });

  it('one that is cut short is none, nor is what is behind it', () => {
    for (const frame of [hex('ff'), hex('ff0904'), hex('ff 09 04 00112233445566')])
      expect(endOfExtension(range(frame), FILS_SESSION)).to.equal(undefined);
    expect(endOfExtension(range(hex(`05ff ff 09 04 ${SESSION}`)), FILS_SESSION)).to.equal(undefined);
  });

  it('a fragment that is cut short is left out', () => {
    const frame = Uint8Array.of(...written(writeFilsWrappedData(new Uint8Array(300))).subarray(0, 290));
    expect(copyExtensionBody(range(frame), WRAPPED_DATA)).to.have.length(254);
  });
});

describe('Authentication frames of FILS', () => {
  it('elements in the order of Table 9-36', () => {
    const value = { rsne: hex(RSNE), mobilityDomain: hex('3603a1b200'), nonce: hex(NONCE), session: hex(SESSION) };
    const bytes = written(writeFilsAuthentication({ ...value, wrappedData: hex('0500') }));
    expectBytes(bytes, hex(`${RSNE} 3603a1b200 ff110d ${NONCE} ff0904 ${SESSION} ff0308 0500`));
    expectSame(decoded(readFilsAuthentication(bytes, false)), { ...value, wrappedData: hex('0500') });
  });

  it('there and back, without and with a key share', () => {
    roundTrips(authentication(fc.constant(undefined)), writeFilsAuthentication, (bytes) => readFilsAuthentication(bytes, false));
    roundTrips(authentication(share), writeFilsAuthentication, (bytes) => readFilsAuthentication(bytes, true));
  });

  it('elements that nobody needs, in any order, are passed over', () => {
    const bytes = hex(`f00400000000 ff0904 ${SESSION} dd050050f20101 ff110d ${NONCE} ${RSNE}`);
    expectSame(decoded(readFilsAuthentication(bytes, false)), { rsne: hex(RSNE), nonce: hex(NONCE), session: hex(SESSION) });
  });

  it('without RSNE, nonce or session, or with one cut short, they are refused', () => {
    const refused: Readonly<Record<string, string>> = {
      RSNE: `ff110d ${NONCE} ff0904 ${SESSION}`,
      'FILS Nonce': `${RSNE} ff0904 ${SESSION}`,
      'FILS Session': `${RSNE} ff110d ${NONCE}`,
    };
    for (const [field, text] of Object.entries(refused))
      expect(refusal(readFilsAuthentication(hex(text), false))).to.include({ code: 'VALUE', field });
    expect(refusal(readFilsAuthentication(hex(`${RSNE} ff100d ${NONCE.slice(2)} ff0904 ${SESSION}`), false))).to.include({
      field: 'FILS Nonce',
    });
    expect(refusal(readFilsAuthentication(hex(`${RSNE} ff110d ${NONCE} ff0904 00`), false)).code).to.equal('TRUNCATED');
  });

  it('a key share of an unknown group, or cut short, is refused, and where the damage is counts from the beginning', () => {
    expect(refusal(readFilsAuthentication(hex('ff7f'), true))).to.include({ code: 'VALUE', field: 'Finite Cyclic Group' });
    expect(refusal(readFilsAuthentication(hex('1300 01'), true))).to.include({ code: 'TRUNCATED', field: 'FFE' });
    const bytes = Uint8Array.of(19, 0, ...new Uint8Array(64), 48, 20);
    expect(refusal(readFilsAuthentication(bytes, true)).offset).to.equal(68);
    expect(writeFilsAuthentication({ ...sample, keyShare: { group: 9999, element: hex('') } })._tag).to.equal('Left');
    expect(writeFilsAuthentication({ ...sample, keyShare: { group: 19, element: new Uint8Array(63) } })._tag).to.equal('Left');
    expect(writeFilsAuthentication({ ...sample, nonce: hex('00') })._tag).to.equal('Left');
  });

  it('whatever bytes come: a value, or an error inside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, hasKeyShare) => {
        const read = readFilsAuthentication(bytes, hasKeyShare);
        if (read._tag === 'Left') expect(read.left.offset).to.be.within(0, bytes.length);
      }),
    );
  });
});

const sample = { rsne: hex(RSNE), nonce: hex(NONCE), session: hex(SESSION) };
