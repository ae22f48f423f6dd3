import { expect } from 'chai';
import { blocksIn, faultIn, frameBytes, joined, readAll } from '../../../support/captureBytes.js';

const b = blocksIn(true);
const head = joined(b.section(), b.interface());
const packets = Array.from({ length: 10 }, (_, i) => b.packet(i, frameBytes(40 + i, i)));
const whole = joined(head, ...packets);
const offsetOf = (n: number): number => joined(head, ...packets.slice(0, n)).length;
const times = (file: Uint8Array): ReadonlyArray<number> => readAll(file).frames.map(({ time }) => time);

const changed = (file: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = file.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
};

describe('a damaged pcapng', () => {
  it('that is cut in its last block has all the others', () => {
    const { frames, damages } = readAll(whole.subarray(0, -7));
    expect(frames.length).to.equal(9);
    expect(damages).to.deep.equal([{ offset: offsetOf(9), message: 'the capture ends in a block: 77 of 84 octets are there' }]);
  });

  for (const [what, length] of [
    ['zero', 0],
    ['too short', 8],
    ['4 GiB', 0xfffffffc],
    ['the rest of the file', 300],
  ] as const) {
    it(`with a block length of ${what} goes on at the next block`, () => {
      const file = changed(whole, offsetOf(4) + 4, length);
      expect(times(file)).to.deep.equal([0, 1, 2, 3, 5, 6, 7, 8, 9]);
      expect(readAll(file).damages.map(({ offset }) => offset)).to.deep.equal([offsetOf(4)]);
    });
  }

  it('with a length that swallows the rest goes on at the next block', () => {
    const file = changed(whole, offsetOf(4) + 4, 2 ** 20);
    expect(times(file)).to.deep.equal([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect(readAll(file).damages.map(({ offset }) => offset)).to.deep.equal([offsetOf(4)]);
  });

  it('with a trailing length that differs says both', () => {
    const file = changed(whole, offsetOf(5) - 4, 1000);
    expect(times(file)).to.deep.equal([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect(readAll(file).damages).to.deep.equal([{ offset: offsetOf(4), message: 'a block of 76 octets ends as one of 1000' }]);
  });

  it('of which octets are missing goes on behind them', () => {
    const file = joined(whole.subarray(0, offsetOf(4) + 21), whole.subarray(offsetOf(5) + 3));
    expect(times(file)).to.deep.equal([0, 1, 2, 3, 6, 7, 8, 9]);
  });

  it('goes on at a section of the other byte order', () => {
    const other = blocksIn(false);
    const file = joined(whole.subarray(0, -9), other.section(), other.interface(), other.packet(77, frameBytes(3)));
    expect(times(file).slice(-2)).to.deep.equal([8, 77]);
  });

  it('with octets after its last block has all frames', () => {
    const { frames, damages } = readAll(joined(whole, new Uint8Array(50).fill(0xee)));
    expect(frames.length).to.equal(10);
    expect(damages.map(({ offset }) => offset)).to.deep.equal([whole.length]);
  });

  it('with a frame longer than its block leaves that out, and counts it', () => {
    const { frames, damages } = readAll(changed(whole, offsetOf(4) + 20, 4000));
    expect(frames.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4, 6, 7, 8, 9, 10]);
    expect(damages).to.deep.equal([{ offset: offsetOf(4), message: 'a frame of 4000 octets in a block of 76' }]);
  });

  it('with a frame of no interface leaves that out, and counts it', () => {
    const { frames, damages } = readAll(changed(whole, offsetOf(4) + 8, 7));
    expect(frames.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4, 6, 7, 8, 9, 10]);
    expect(damages).to.deep.equal([{ offset: offsetOf(4), message: 'a frame of interface 7, which no block describes' }]);
  });

  it('with a section header that has no byte order goes on behind it', () => {
    const bad = changed(b.section(), 8, 0x11111111);
    const { frames, damages } = readAll(joined(whole, bad, packets[3] ?? head));
    expect(frames.length).to.equal(11);
    expect(damages).to.deep.equal([{ offset: whole.length, message: 'a section header without its byte order' }]);
  });

  it('with blocks shorter than what they must hold says so of each', () => {
    const short = [1, 2, 3, 6, 10].map((type) => b.block(type, new Uint8Array(0)));
    const { frames, damages } = readAll(joined(head, ...short, b.block(5, new Uint8Array(0)), packets[0] ?? head));
    expect(frames.map(({ number }) => number)).to.deep.equal([4]);
    expect(damages.map(({ message }) => message)).to.deep.equal([
      'an interface description of 12 octets; it has at least 20',
      'a packet block of 12 octets; it has at least 32',
      'a simple packet block without an interface, or cut short',
      'a packet block of 12 octets; it has at least 32',
      'a decryption secrets block of 12 octets with 0 octets of secrets',
    ]);
  });

  it('with options that go beyond their block is read without them', () => {
    const options = joined(b.n([2, 9], [2, 60000]), new Uint8Array(4));
    const file = joined(b.section(), b.block(1, joined(b.n([2, 105], [2, 0], [4, 0]), options)), packets[3] ?? head);
    expect(times(file)).to.deep.equal([3]);
  });

  it('whose header is damaged is none', () => {
    expect(faultIn(changed(whole, 4, 0xfffffff0))).to.equal(
      'unsupported: it begins like pcapng, but a block cannot have 4294967280 octets',
    );
    expect(faultIn(whole.subarray(0, 20))).to.equal(
      'unsupported: it begins like pcapng, but the capture ends in a block: 20 of 28 octets are there',
    );
  });

  it('is read the same however it is cut into chunks', () => {
    const file = changed(whole, offsetOf(4) + 4, 0).subarray(0, -3);
    const all = readAll(file);
    for (const size of [1, 2, 3, 7, 16, 57, 64, 300]) expect(readAll(file, size), `chunks of ${size}`).to.deep.equal(all);
  });

  it('with a million interfaces keeps as many as there are numbers for', () => {
    const one = b.interface(127);
    const many = new Uint8Array(one.length * 70_000);
    for (let at = 0; at < many.length; at += one.length) many.set(one, at);
    const file = joined(
      b.section(),
      many,
      b.packet(1, frameBytes(1), { id: 65_535 }),
      b.packet(2, frameBytes(1), { id: 65_536 }),
    );
    const { frames, damages, damageCount } = readAll(file);
    expect(frames.map(({ number }) => number)).to.deep.equal([1]);
    expect(damageCount).to.be.at.most(70_000);
    expect(damages[0]?.message).to.equal('more than 65536 interfaces; frames of the others are not read');
  });

  it('with more secrets than are kept says so', () => {
    const one = b.secrets(0x544c534b, frameBytes(4));
    const { secrets, damageCount } = readAll(joined(head, ...Array.from({ length: 4100 }, () => one)));
    expect([secrets.length, damageCount]).to.deep.equal([4096, 4]);
  });
});
