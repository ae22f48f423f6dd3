import { expect } from 'chai';
import * as fc from 'fast-check';
import { bitFlipped } from '../../../../lab/wifi/air/bitFlipped.js';

/** The checksum of IEEE 802.11-2020 9.2.4.8, bit by bit. */
const crc32 = (octets: Uint8Array): number => {
  let value = 0xffffffff;
  for (const octet of octets) {
    value ^= octet;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ ((value & 1) === 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
};

const ICV = 4;

const sealed = (control: number, text: Uint8Array, stream: Uint8Array): { frame: Uint8Array; begin: number } => {
  const begin = (control & 0x80) === 0 ? 32 : 34;
  const plain = new Uint8Array(text.length + ICV);
  plain.set(text);
  new DataView(plain.buffer).setUint32(text.length, crc32(text), true);
  const frame = new Uint8Array(begin + plain.length);
  frame[0] = control;
  frame.set(
    plain.map((octet, i) => octet ^ (stream[i] ?? 0)),
    begin,
  );
  return { frame, begin };
};

describe('a frame with a bit turned over', () => {
  it('has another text, and the checksum of that', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0x08, 0x88),
        fc.uint8Array({ minLength: 20, maxLength: 200 }),
        fc.uint8Array({ minLength: 204, maxLength: 204 }),
        (control, text, stream) => {
          const { frame, begin } = sealed(control, text, stream);
          const plain = bitFlipped(frame)
            .subarray(begin)
            .map((octet, i) => octet ^ (stream[i] ?? 0));
          const heard = plain.subarray(0, text.length);
          const icv = new DataView(plain.buffer, plain.byteOffset).getUint32(text.length, true);
          expect(icv).to.equal(crc32(heard));
          expect([...heard].filter((octet, i) => octet !== text[i])).to.have.length(1);
        },
      ),
    );
  });

  it('is left as it is where there is nothing to turn over', () => {
    expect(bitFlipped(new Uint8Array(40))).to.deep.equal(new Uint8Array(40));
  });
});
