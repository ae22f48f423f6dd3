import { expect } from 'chai';
import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  joinEapMessage,
  mppeKeysOf,
  provisionOf,
  RadiusCode,
  readRadius,
  splitEapMessage,
  vendorAttributes,
  writeAccessRequest,
} from '../../../../adapters/radius/packet/index.js';
import { changed, hex } from '../../../streams/frames/hex.js';
import { rightOf } from '../../../support/radius/rightOf.js';

const shared = { crypto: nodeCrypto, secret: new TextEncoder().encode('s') };
const authenticator = new Uint8Array(16).fill(7);
const octets = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max });

/** Any attributes but the Message-Authenticator. */
const attributes = fc.array(fc.record({ type: fc.integer({ min: 1, max: 79 }), value: octets(1, 253) }), { maxLength: 12 });

const packetOf = (...attributeBytes: ReadonlyArray<number>): Uint8Array =>
  Uint8Array.of(2, 9, 0, 20 + attributeBytes.length, ...authenticator, ...attributeBytes);

const refusal = (bytes: Uint8Array) => {
  const read = readRadius(bytes);
  if (isRight(read)) throw new Error('it was read');
  const { code, field, offset } = read.left;
  return { code, field, offset };
};

describe('readRadius', () => {
  it('reads what writeAccessRequest writes, the Message-Authenticator first', () => {
    fc.assert(
      fc.property(fc.nat({ max: 255 }), octets(16, 16), attributes, (identifier, nonce, wanted) => {
        const bytes = rightOf(writeAccessRequest(shared, { identifier, authenticator: nonce, attributes: wanted }));
        const packet = rightOf(readRadius(bytes));
        expect(packet).to.deep.include({ code: RadiusCode.codes.ACCESS_REQUEST, identifier, authenticator: nonce });
        const [first, ...others] = packet.attributes;
        expect(first).to.deep.include({ type: 80, at: 20 });
        expect(others.map(({ type, value }) => ({ type, value }))).to.deep.equal(wanted);
      }),
    );
  });

  it('takes octets behind the length for padding', () => {
    const packet = rightOf(readRadius(Uint8Array.of(...packetOf(1, 3, 0x61), 0xff, 0xff)));
    expect(packet.attributes.map(({ type }) => type)).to.deep.equal([1]);
    expect(packet.bytes).to.have.length(23);
  });

  it('refuses what is shorter than a header, with where', () => {
    expect(refusal(packetOf().slice(0, 19))).to.deep.equal({ code: 'TRUNCATED', field: 'length', offset: 19 });
    expect(refusal(new Uint8Array(0)).code).to.equal('TRUNCATED');
  });

  it('refuses a length that is too small, or more than there is', () => {
    expect(refusal(changed(packetOf(), 2, 0, 19))).to.deep.equal({ code: 'LENGTH', field: 'Length', offset: 2 });
    expect(refusal(changed(packetOf(), 2, 0, 21))).to.deep.equal({ code: 'LENGTH', field: 'Length', offset: 2 });
  });

  it('refuses more than 4096 octets (RFC 2865 3)', () => {
    const filled = new Uint8Array(4097);
    filled.set([2, 9, 0x10, 0x01]);
    expect(refusal(filled)).to.deep.equal({ code: 'LENGTH', field: 'Length', offset: 2 });
  });

  it('refuses an attribute that is shorter than its header, or longer than the packet', () => {
    for (const length of [0, 1, 5, 255])
      expect(refusal(packetOf(1, 3, 0x61, 11, length, 0, 0)), `${length}`).to.deep.equal({
        code: 'LENGTH',
        field: 'Length',
        offset: 24,
      });
    expect(refusal(packetOf(1))).to.deep.equal({ code: 'TRUNCATED', field: 'Length', offset: 21 });
  });

  it('never throws, and neither does what goes on with the packet, whatever the octets are', () => {
    const header = fc.tuple(octets(0, 300), fc.boolean()).map(([body, isFitting]) => {
      const bytes = Uint8Array.of(2, 1, 0, 0, ...authenticator, ...body);
      bytes.set([bytes.length >>> 8, bytes.length], 2);
      return isFitting ? bytes : body;
    });
    fc.assert(
      fc.property(header, (bytes) => {
        const packet = readRadius(bytes);
        if (isLeft(packet)) {
          expect(packet.left.offset).to.be.at.most(bytes.length);
          return;
        }
        joinEapMessage(packet.right);
        provisionOf(packet.right);
        vendorAttributes(packet.right, 311);
        mppeKeysOf(shared, packet.right, authenticator);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an EAP-Message', () => {
  it('is cut into attributes of 253 octets, and joined again', () => {
    fc.assert(
      fc.property(octets(1, 3800), (eap) => {
        const pieces = splitEapMessage(eap);
        expect(pieces.map(({ value }) => value.length)).to.deep.equal(
          pieces.map((_, n) => (n === pieces.length - 1 ? eap.length - 253 * n : 253)),
        );
        const bytes = rightOf(writeAccessRequest(shared, { identifier: 0, authenticator, attributes: pieces }));
        expect(rightOf(joinEapMessage(rightOf(readRadius(bytes))))).to.deep.equal(eap);
      }),
    );
  });

  it('is none where there is no such attribute', () => {
    expect(rightOf(joinEapMessage(rightOf(readRadius(packetOf(1, 3, 0x61)))))).to.equal(undefined);
  });

  it('is refused where its attributes stand apart (RFC 3579 3.1)', () => {
    const joined = joinEapMessage(rightOf(readRadius(packetOf(79, 3, 1, 1, 3, 0x61, 79, 3, 2))));
    expect(isLeft(joined) && joined.left).to.deep.include({ code: 'VALUE', field: 'EAP-Message', offset: 26 });
  });
});

describe('writeAccessRequest', () => {
  it('refuses what no attribute and no packet can hold', () => {
    const write = (...sizes: ReadonlyArray<number>) =>
      writeAccessRequest(shared, {
        identifier: 0,
        authenticator,
        attributes: sizes.map((size) => ({ type: 1, value: new Uint8Array(size) })),
      });
    expect(write(254)).to.deep.equal({ _tag: 'Left', left: 'User-Name has 254 octets; an attribute holds at most 253' });
    expect(write(...new Array<number>(16).fill(253))).to.deep.equal({
      _tag: 'Left',
      left: 'the Access-Request would have 4118 octets; RADIUS allows 4096',
    });
    expect(isRight(write(...new Array<number>(15).fill(253)))).to.equal(true);
  });
});

describe('provisionOf', () => {
  it('decodes VLANs by their tags, filters, timeouts and messages', () => {
    const bytes = packetOf(
      ...hex('40 06 01 00 00 0d'), // Tunnel-Type:1 VLAN
      ...hex('41 06 01 00 00 06'), // Tunnel-Medium-Type:1 IEEE-802
      ...hex('51 06 01 31 32 30'), // Tunnel-Private-Group-ID:1 "120"
      ...hex('40 06 00 00 00 0d 41 06 00 00 00 06'),
      ...hex('51 07 67 75 65 73 74'), // no tag: "guest"
      ...hex('51 05 02 39 39'), // tag 2 belongs to no tunnel
      ...hex('0b 06 61 63 6c 31'),
      ...hex('1b 06 00 00 0e 10 1c 06 00 00 01 2c 1d 06 00 00 00 01'),
      ...hex('12 04 68 69'),
    );
    expect(provisionOf(rightOf(readRadius(bytes)))).to.deep.equal({
      vlans: ['120', 'guest'],
      filters: ['acl1'],
      messages: ['hi'],
      sessionTimeout: 3600,
      idleTimeout: 300,
      terminationAction: 'reauthenticate',
    });
  });

  it('leaves out numbers of the wrong size', () => {
    const { sessionTimeout, vlans } = provisionOf(rightOf(readRadius(packetOf(27, 5, 0, 0, 1, 64, 3, 13, 81, 3, 0x31))));
    expect({ sessionTimeout, vlans }).to.deep.equal({ sessionTimeout: undefined, vlans: [] });
  });
});
