import { expect } from 'chai';
import { type Unpacker, unpacking } from '../../../../../adapters/capture/compression/unpacking.js';
import { unzstdTo } from '../../../../../adapters/capture/compression/zstd/unzstd.js';
import { bytesOf } from '../../../../../adapters/event-log/index.js';

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

const unpacked = (packed: Uint8Array, piece = packed.length): Uint8Array => {
  const pieces: Uint8Array[] = [];
  const unpacker: Unpacker = unzstdTo((bytes) => pieces.push(bytes));
  for (let at = 0; at < packed.length; at += piece) unpacker.feed(packed.slice(at, at + piece));
  unpacker.finish();
  return new Uint8Array(Buffer.concat(pieces));
};

/** A frame of a window of 128 KiB and these blocks, none of them packed further. */
const frameOf = (...blocks: ReadonlyArray<readonly [type: number, size: number, body: string]>): Uint8Array => {
  const heads = blocks.map(([type, size, body], i) => {
    const word = (size << 3) | (type << 1) | Number(i === blocks.length - 1);
    return [word, word >> 8, word >> 16].map((octet) => (octet & 0xff).toString(16).padStart(2, '0')).join('') + body;
  });
  return fromHex(`28b52ffd0038${heads.join('')}`);
};

const failureOf = (packed: Uint8Array): string => {
  try {
    unpacked(packed);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Octets that are not equally likely, so that their code is long. */
const skewed = (): Uint8Array => {
  let state = 1;
  return Uint8Array.from({ length: 1500 }, () => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) ** 4 * 200);
  });
};

/** `skewed` by zstd 1.5.4 -19: literals in four Huffman streams whose weights are compressed. */
const packedSkewed = fromHex(
  '28b52ffd64dc04bd24003a5d28123220a2526b87fe0e0052131080aa2a5755aed4afffff580d7931a1f42bbcd72ac0fc3aae8a8bd202b461246d37d97bef2d650a120114011401a61111d5cdf19e72d3268d6b15db676889659af968d757076f46fec8c3ae802834173fae8b6e4e680a91d81e7a9522f3056c3ccf1feea2d596771a3d72d03424d0799016b685a594f5a7afa74c2abf12a50bea71fb662e7da67f2dbba164cfbc55df2ab041744f0f236aeddb543787ee38f72a1a4832de433abe7a337e38c1b65d76f05f80671fa544cea5e9a67702ef9edabf2d5c04932af81db688bbedb70416870ec38d8ec5da3d3001170e285ec293bd0837e90a078239a0fca195d619f8ab39e46f9fdadff3b369b730865f2f2c1219455c86ca9b12be28a8ea4e7fdc553a68c6c6995aaa60f193bf81dc851c94f8d087d465f2ec79c4a275d8ca0ca018a8758b426362376c10bc59c027ef2b2d743e3d22e4422c6d330fb14892b528fa3d6b043e5c09c8d8f3f786f271bcb94fcfe067c0ffddd852c7743312f60df7e2a47d3d2322397d6e27aa2d6a9c467e94ea972c2132b47f73306f8b4b75577180b93b24418f13e8155ffe5db4ec93dd36e16087602e605a835b19057cf7a23ddb10ef346382128bcd3c3587bef6c250bd7f298c416dd954df2c5a6b9ed22cf25c508cf6b454c8fe7ba2b3a8f4506e97aacca76d50d44432638515088031d6e2465a678820863dc619b690ac39d015040706a3088276a506b08e009570aac1381e1f4132f9676b379cf969229e33fdd5288015d723e2b71a167a5e7961c72223947f9e6ae6bda402028cf0e4e83dbb2f8a839a87d9f96fbceac5ddda8676a7dcd9a734fb973a03db1f9a6936afbd9c24cfe94424ecc3c5a7be466faf4b946a778dc515b2f6353d8c13050707f30fd0249f747b85ffdfbf6eb1772ed3b01539521b3d1662fd576a9a014af52f69dd0e167baf7c04465f4d591d060f3872fbac9f7e3da2a05234a3fec4482f979cc456cc81df8ebd5c6a00225f0f97037cd327e5f5d7476bb76577206eab6bfa72318bd45a33034b11d885eacf56feab9f37db6999375481acff5a9d4949c63d7d22c7f21991c963737ac2aedd44ac95e1df82b36aaad56c7995a520d023e31a0e69eac7cc47f6579ee3a7763732cb8ed7074c727b3c7c7fbd4e77eb8f62c13696a50cbefb596d191475260f6ade9a4d8e14647dbacb6ed4d79d4c80a5ebbabc0cb3a6c11304fc359805d96c2bd5016f3b07bb14424e945b45ab53c2dd95498e11d8788d094390f100e0b9a6db1e9410aa1773162d606df10d1b1dff7b8663ad92c4acdf5ba538b0b3ed1dd8b608bdfc19dd9816aaec05395efe25b3db5d685bf6b3f7868538dd7df0e83bfb64a7f58ab3876549a34dabd8123370ef4dbe39dc8f02ce59ea9e787e5c1302e7b39466155fffe88bbdfa9cd7100b12a6e8bd6a6bd7e2a3302e57c5817276232e8f3bf1634db665fa4dc9ad454ba2942818bece377ead096fa7da59183867ab1bdeb6dd890700b1d9f43a793d3aacb471fbb5c006888dd107019df0a4265d3b625b647533a77707515fb79b7742c73e7aaae5edd7e07c0f1d11c1841a1f8fc55ac22aaf9a8d1ee89a55f7e8c34cb6398ae36fe47b1630c2ee8004020019bb0269f500a67c0ff679',
);

const MATCHES = frameOf([2, 9, '106162015402020204']);

describe('unzstd', () => {
  it('decodes Huffman streams with compressed weights', () => {
    expect(unpacked(packedSkewed)).to.deep.equal(skewed());
    expect(unpacked(packedSkewed, 1)).to.deep.equal(skewed());
  });

  it('unpacks blocks that are stored, repeat one octet, or are empty', () => {
    expect(Buffer.from(unpacked(frameOf([0, 3, '010203'], [1, 4, 'ff'], [0, 0, ''], [0, 1, '09']))).toString('hex')).to.equal(
      '010203ffffffff09',
    );
  });

  it('gives no more than some blocks at a time, however many it is fed', () => {
    const block = [1, 2 ** 17, '41'] as const;
    const packed = frameOf(...Array.from({ length: 500 }, () => block));
    let given = 0;
    const unpacker: Unpacker = unzstdTo((piece) => {
      given += piece.length;
    });
    const rounds: number[] = [];
    for (let fed: Uint8Array = packed; rounds.length === 0 || unpacker.hasMore(); fed = new Uint8Array(0)) {
      const before = given;
      unpacker.feed(fed);
      rounds.push(given - before);
    }
    unpacker.finish();
    expect(given).to.equal(500 * 2 ** 17);
    expect(Math.max(...rounds)).to.be.at.most(3 * 2 ** 17);
    expect(Math.min(...rounds)).to.be.greaterThan(0);
  });

  it('unpacks thousands of frames, each of them by itself', () => {
    const frames = Array.from(
      { length: 3000 },
      (_, i) => [MATCHES, frameOf([0, 1, '63']), frameOf([0, 0, ''])][i % 3] ?? MATCHES,
    );
    expect(Buffer.from(unpacked(Buffer.concat(frames))).toString()).to.equal('abbbbbbc'.repeat(1000));
  });

  it('repeats what is before a match, the match itself among it', () => {
    // Literals 'ab'; one sequence of two literals, offset 1 (the value 4), and a match of five; each table of one symbol.
    const block = [2, 10, '10616201540202020400'] as const;
    expect(failureOf(frameOf(block))).to.equal('the zstd data are damaged: a bit stream without its mark');
    expect(Buffer.from(unpacked(MATCHES)).toString()).to.equal('abbbbbb');
  });

  describe('refuses', () => {
    const hostile: ReadonlyArray<readonly [what: string, packed: Uint8Array, why: string]> = [
      // 98,302 matches of 65,539 octets each, in fifteen octets.
      ['a block that would unpack to gigabytes', frameOf([2, 9, '00ffffff5400003401']), 'a bit stream that is too short'],
      ['a match before the beginning', frameOf([2, 9, '106162015402040210']), 'a match before the beginning'],
      ['a block of more than 128 KiB', frameOf([1, 2 ** 17 + 1, 'ff']), 'a block that cannot be'],
      ['a block of a reserved type', frameOf([3, 1, 'ff']), 'a block that cannot be'],
      ['literals longer than their block', frameOf([2, 3, 'f86162']), 'literals that are longer than their block'],
      ['a code that no block has brought', frameOf([2, 6, '130800010000']), 'literals without their code'],
      ['tables that no block has brought', frameOf([2, 6, '10616201fc01']), 'sequences without a table'],
    ];
    for (const [what, packed, why] of hostile) {
      it(what, () => expect(failureOf(packed)).to.equal(`the zstd data are damaged: ${why}`));
      it(`${what}, whatever the frame before it has brought`, () =>
        expect(failureOf(Buffer.concat([packedSkewed, MATCHES, packed]))).to.equal(`the zstd data are damaged: ${why}`));
    }
  });

  it('says what is wrong only after it gave what is right', () => {
    const source = unpacking(bytesOf(Buffer.concat([frameOf([0, 3, '010203']), Buffer.from('nothing')])), unzstdTo);
    const into = new Uint8Array(10);
    expect(source.read(into)).to.equal(3);
    expect(() => source.read(into)).to.throw('what follows a frame is none');
  });
});
