import { expect } from 'chai';
import fc from 'fast-check';
import {
  EapCode,
  EapMethod,
  eapMethodName,
  eapRealm,
  fragmentEapTls,
  isEapNak,
  readEap,
  readEapIdentity,
  readEapNak,
  readEapTls,
  writeEap,
  writeEapNak,
  writeEapTls,
} from '../../../streams/frames/index.js';
import { u8 } from './arbitraries.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';

const { REQUEST, RESPONSE, SUCCESS, FAILURE } = EapCode.codes;
const { EXPANDED, IDENTITY, NAK, TEAP, TLS } = EapMethod.codes;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('EAP packet', () => {
  it('is a request or response with a type and its data', () => {
    const packet = { code: RESPONSE, identifier: 7, type: IDENTITY, data: bytesOf('bob') };
    expectSame(decoded(readEap(hex('02 07 0008 01 626f62'))), packet);
    expectBytes(written(writeEap(packet)), hex('02 07 0008 01 626f62'));
  });

  it('is a success or failure of four octets', () => {
    expectSame(decoded(readEap(hex('03 09 0004'))), { code: SUCCESS, identifier: 9, data: hex('') });
    expectSame(decoded(readEap(hex('04 09 0005 aa'))), { code: FAILURE, identifier: 9, data: hex('') });
  });

  it('has a vendor where the type is expanded', () => {
    // The start of Wi-Fi Simple Configuration: flags and a message follow.
    const start = { code: REQUEST, identifier: 1, type: EXPANDED, vendor: { vendor: 14122, type: 1 }, data: hex('0100') };
    expectSame(decoded(readEap(hex('01 01 000e fe 00372a 00000001 0100'))), start);
    expectBytes(written(writeEap(start)), hex('01 01 000e fe 00372a 00000001 0100'));
  });

  it('ends where it says, and padding follows', () => {
    expectSame(decoded(readEap(hex('01 01 0005 01 00000000'))), { code: REQUEST, identifier: 1, type: IDENTITY, data: hex('') });
  });

  it('is refused where its header makes no sense', () => {
    expect(refusal(readEap(hex('01 01 00')))).to.include({ code: 'TRUNCATED' });
    expect(refusal(readEap(hex('01 01 0003'))).message).to.equal(
      'EAP.Length at byte 2: expected from 4 to the 4 bytes there are, found 3',
    );
    expect(refusal(readEap(hex('01 01 0006 01')))).to.include({ code: 'LENGTH', offset: 2 });
    expect(refusal(readEap(hex('07 01 0004')))).to.include({ code: 'VALUE', offset: 0 });
    expect(refusal(readEap(hex('01 01 0004')))).to.include({ code: 'TRUNCATED', field: 'Type' });
    expect(refusal(readEap(hex('01 01 0008 fe 000000')))).to.include({ code: 'TRUNCATED', field: 'Vendor-Type' });
  });

  it('is not written where it could not be read', () => {
    const data = hex('');
    const fieldOf = (packet: Parameters<typeof writeEap>[0]): string => {
      const result = writeEap(packet);
      return result._tag === 'Left' ? result.left.field : 'none';
    };
    expect(fieldOf({ code: REQUEST, identifier: 1, data })).to.equal('Type');
    expect(fieldOf({ code: SUCCESS, identifier: 1, type: 1, data })).to.equal('Type');
    expect(fieldOf({ code: REQUEST, identifier: 1, type: EXPANDED, data })).to.equal('Vendor-Id');
    expect(fieldOf({ code: REQUEST, identifier: 1, type: 1, vendor: { vendor: 1, type: 1 }, data })).to.equal('Vendor-Id');
    expect(fieldOf({ code: SUCCESS, identifier: 1, data: hex('00') })).to.equal('Type-Data');
    expect(fieldOf({ code: REQUEST, identifier: 1, type: 1, data: new Uint8Array(0xffff) })).to.equal('Length');
    expect(fieldOf({ code: 9, identifier: 1, data })).to.equal('Code');
  });

  it('reads as it was written', () => {
    const vendors = fc.record({ vendor: fc.integer({ min: 0, max: 0xffffff }), type: fc.integer({ min: 0, max: 0xffffffff }) });
    const rest = { code: fc.constantFrom(1, 2, 5, 6), identifier: u8, data: fc.uint8Array({ maxLength: 60 }) };
    const plain = fc.record({ ...rest, type: fc.integer({ min: 0, max: 255 }).filter((type) => type !== EXPANDED) });
    const expanded = fc.record({ ...rest, type: fc.constant(EXPANDED), vendor: vendors });
    fc.assert(
      fc.property(fc.oneof(plain, expanded), (packet) => expectSame(decoded(readEap(written(writeEap(packet)))), packet)),
    );
  });

  it('of any bytes is a packet or an error inside them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const result = readEap(bytes);
        if (result._tag === 'Left') expect(result.left.offset).to.be.within(0, bytes.length);
      }),
    );
  });
});

describe('EAP method names', () => {
  it('are those people use', () => {
    expect([4, 13, 18, 21, 25, 26, 43, 50, 52, 55].map((type) => eapMethodName(type))).to.deep.equal([
      'MD5-Challenge',
      'TLS',
      'SIM',
      'TTLS',
      'PEAP',
      'MSCHAPv2',
      'FAST',
      "AKA'",
      'PWD',
      'TEAP',
    ]);
    expect(eapMethodName(254, { vendor: 14122, type: 1 })).to.equal('WSC');
    expect(eapMethodName(254, { vendor: 0, type: 13 })).to.equal('TLS');
    expect(eapMethodName(254, { vendor: 9, type: 2 })).to.equal('vendor 9 type 2');
    expect(eapMethodName(200)).to.equal('type 200');
  });
});

describe('EAP Nak', () => {
  it('wishes for methods, or has none to wish for', () => {
    expectSame(decoded(readEapNak(hex('19 15'))), [{ type: 25 }, { type: 21 }]);
    expectSame(decoded(readEapNak(hex('00'))), [{ type: 0 }]);
    expectBytes(writeEapNak([{ type: 25 }, { type: 21 }]), hex('19 15'));
  });

  it('has eight octets a wish in its expanded form', () => {
    const wishes = [{ type: 13 }, { type: EXPANDED, vendor: { vendor: 14122, type: 1 } }];
    const bytes = hex('fe 000000 0000000d  fe 00372a 00000001');
    expectSame(decoded(readEapNak(bytes, true)), wishes);
    expectBytes(writeEapNak(wishes, true), bytes);
    expect(refusal(readEapNak(hex('0d 000000 0000000d'), true))).to.include({ code: 'VALUE' });
    expect(refusal(readEapNak(bytes.subarray(0, 12), true))).to.include({ code: 'TRUNCATED' });
  });

  it('is known in both forms', () => {
    expect(isEapNak({ type: NAK })).to.equal(true);
    expect(isEapNak({ type: EXPANDED, vendor: { vendor: 0, type: 3 } })).to.equal(true);
    expect(isEapNak({ type: EXPANDED, vendor: { vendor: 14122, type: 3 } })).to.equal(false);
  });
});

describe('EAP identity', () => {
  // RFC 7542 2.2 and 2.4 have these examples of what is a network access identifier, and of what is none.
  it('has a realm behind its @', () => {
    const realms = [
      'bob@example.com',
      'fred@foo-9.example.com',
      '@privatecorp.example.net',
      'homerealm.example.org!user@visited.example.net',
    ];
    expect(realms.map((each) => eapRealm(bytesOf(each)))).to.deep.equal([
      'example.com',
      'foo-9.example.com',
      'privatecorp.example.net',
      'visited.example.net',
    ]);
    expect(eapRealm(bytesOf('eng@名前.example.jp'))).to.equal('名前.example.jp');
    for (const none of ['bob', 'fred@example', 'fred@example_9.com', 'user@.example.com', 'user@-a.b', 'p@ss w0rd.x', 'a@']) {
      expect(eapRealm(bytesOf(none)), none).to.equal(undefined);
    }
  });

  it('is a secret, and the realm is none', () => {
    const { identity, realm } = readEapIdentity(bytesOf('bob@example.com\0NAI=x'));
    expectBytes(identity.reveal(), bytesOf('bob@example.com'));
    expect(realm).to.equal('example.com');
    expect(JSON.stringify(readEapIdentity(bytesOf('bob')))).to.equal('{"identity":"[redacted 3 B]"}');
  });

  it('of any length takes no time', () => {
    expect(eapRealm(bytesOf(`a@${'a-'.repeat(30_000)}`))).to.equal(undefined);
    expect(eapRealm(bytesOf(`a@${'a'.repeat(125)}.${'-'.repeat(126)}`))).to.equal(undefined);
  });
});

describe('EAP-TLS type data', () => {
  it('has flags, the length of the whole on its first fragment, and a fragment', () => {
    const first = { isStart: false, hasMore: true, version: 0, messageLength: 0x1234, fragment: hex('160301') };
    expectSame(decoded(readEapTls(TLS, hex('c0 00001234 160301'))), first);
    expectBytes(writeEapTls(first), hex('c0 00001234 160301'));
    expectSame(decoded(readEapTls(TLS, hex('21'))), { isStart: true, hasMore: false, version: 1, fragment: hex('') });
  });

  it('of TEAP has outer TLVs at its end', () => {
    const packet = { isStart: true, hasMore: false, version: 1, fragment: hex('16'), outerTlvs: hex('0001 0000') };
    expectBytes(writeEapTls(packet), hex('31 00000004 16 00010000'));
    expectSame(decoded(readEapTls(TEAP, hex('31 00000004 16 00010000'))), packet);
    expectSame(decoded(readEapTls(TLS, hex('31 0000'))), { isStart: true, hasMore: false, version: 1, fragment: hex('0000') });
    expect(refusal(readEapTls(TEAP, hex('11 00000004 16 0001')))).to.include({ code: 'LENGTH', field: 'Outer TLV Length' });
  });

  it('is refused where it is cut off', () => {
    expect(refusal(readEapTls(TLS, hex('')))).to.include({ code: 'TRUNCATED', field: 'Flags' });
    expect(refusal(readEapTls(TLS, hex('80 0000')))).to.include({ code: 'TRUNCATED', field: 'TLS Message Length' });
  });

  it('is cut into fragments that fit, and put together again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 6, max: 120 }), (message, room) => {
        const packets = fragmentEapTls(message, room);
        const data = packets.map(writeEapTls);
        expect(Math.max(...data.map(({ length }) => length))).to.be.at.most(room);
        const read = data.map((bytes) => decoded(readEapTls(TLS, bytes)));
        expectBytes(new Uint8Array(Buffer.concat(read.map(({ fragment }) => fragment))), message);
        expect(read.map(({ hasMore }) => hasMore)).to.deep.equal(read.map((_, i) => i < read.length - 1));
        if (read.length > 1) expect(read[0]?.messageLength).to.equal(message.length);
      }),
    );
  });
});
