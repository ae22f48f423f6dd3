import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type ByteSource, bytesOf } from '../../../../adapters/event-log/index.js';
import { faultIn, frameBytes, joined, pcapFile, pcapHeader, readAll } from '../../../support/captureBytes.js';

const small = pcapFile([0, 1, 2].map((i) => ({ seconds: 1_700_000_000 + i, bytes: frameBytes(20, i) })));
const large = pcapFile(
  Array.from({ length: 3000 }, (_, i) => ({ seconds: 1_700_000_000, fraction: i % 10, bytes: frameBytes(100, i % 3) })),
);

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

/** Written by zstd 1.5.4: `small` as a whole, without a checksum, and as a frame for its header and one for the rest; and `large`. */
const zstd = {
  small: fromHex(
    '28b52ffd24840d0300f404d4c3b2a102000400ffff000069f153651401080f161d242b323940474e555c636a71787f860120272e353c434a51585f666d747b828990979ea5023f464d545b626970777e858c939aa1a8afb6bdc4060041c71ed5799757c5c68bd504e00287c5b2bd',
  ),
  unchecked: fromHex(
    '28b52ffd20840d0300f404d4c3b2a102000400ffff000069f153651401080f161d242b323940474e555c636a71787f860120272e353c434a51585f666d747b828990979ea5023f464d545b626970777e858c939aa1a8afb6bdc4060041c71ed5799757c5c68bd504e002',
  ),
  header: fromHex('28b52ffd2418c10000d4c3b2a1020004000000000000000000ffff00006900000010ee3265'),
  rest: fromHex(
    '28b52ffd246c9d0200740400f15365000000001401080f161d242b323940474e555c636a71787f860120272e353c434a51585f666d747b828990979ea5023f464d545b626970777e858c939aa1a8afb6bdc4030041c71ed5d9993b02677bb447',
  ),
  large: fromHex(
    '28b52ffd04583c33004a54700d2f90b6c270b65f6614130eedccb53fa704830a385a57fad944031501a1308ad7fd7e3f9b68e0c826fe6c29a59452ca141f01ad00ad00cdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4db4aad2faa84f9a2a41525408d01e3b72daa421f3454b15284b8c08e981a3ea858a1220365888c0e08080dd32a5d509d3a4b3aad2ba234483fce4c982b3e68c982e58a6384942c46a870d192d508cf09081c203050500202a52a036598ab4c850203e6655a5f53b73dc609501b3c54a142647ae7ce4a001638589101c2e4868806000ff94284f99283d4a44e88f9e3a71d8a019e3250b95274a8a04e17163868b14243e68a8006181810099aa54284e9724313a24a80f1e3a6fd49809c3e58a94264886fcd05123068b13223a6098e02001813620ff6f55a5f5ff57ffd6d6f3879505a8519a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec5767bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e356f57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4b35fcdab8967bf9a5713cf7e35af269efd6a5e4d3cfbd5bc9a78f6ab7935f1ec57f36ae2d9afe6d5c4846ea823c0dfaac7d618e32f4c6313300202010904fcffaf8040807f0c2184104208218420841042082184104208218421841042082184104208430821841084104208610821841042082184104208610821841042082104218410420821841042084208210c218410420841082184104208218410420821841042084208610821841042084208218410420821841042084308430821841042082184104208218410420821847008420821841042082184104208218410420821042184208410420821841042082184108210420841082184308410420821841042082184104208610821841042084308218410821042082184104208430821841042082104218410420821841042086108218410420841082184218410420821841042084208218410420821841042184208218410420841084108218410420821841042082108218410c210420821841042082184104208218410862084108610420821841042082184104208218410c210c210420821841042082184104210420821841042088210420821841042082184104208218410420841086108218410421042082184104208218410c2104208210c21841042082184104208218410420843082108218410841042082184104208218410c21042082184104208430821841042082184108410841042082184104208610821841042082184108210420821841042082184104210841042082184218410420821841042082184104218420821841086104208218410420842082184104208430821842184104208218410420821841042082184108210841042084208218410420821841042082184108221841042082184104208218410420821841082218430841042082184104208218410420821841086104208210821841042082184108210420821842184104208210c2184104208218410420821841084104208218410c21082104208218410420821042184104208218410420841082184104208218421841042084108218410420861082184104208210ca1d742f9ead202f06da40be07400dfba46ba7074d301d25bd7a8eb0017a31b7401042700ba4614080df039ffffdfbb9452ca94524a017c007c007d001c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cb5577391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127037127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e4723010134127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e4713846b58010013f0ffff09043c0201fc030421841042082184104208218410c2104208218410420821841042082184104208218410420821841042082184104208218410420821841042082184104208430821841042082184104208218410420821841042082184104208218410420821841042082184104208218410420821042184104208218410420821841042082184104208218410420821841042082184104208218410420821841042082184108410420821841042082184104208218410420821841042082184104208218410420821841042082184104208218410421042082184104208218410420821841042082184104208218410420821841042082184104208218410420821841042084108218410420821841042082184104208218410420821841042082184104208218410420821841042082184104208210421841042082184104208218410420821841042082184104208218410420821841042082184104208218410420821841084104208218410420821841042082184104208218410420821841042082184104208218410420821841042082184104210420821841042082184104208218410420821841042082184104208218410420821841042082184104208218410420841082184104208218410420821841042082184104208218410420821841042082184104208218410420821841042082104218410420821841042082184104208218410420821841042082184104208218410420821841042082184104208218410841042082184104208218410420821841042082184104208218410420821841042082184104208218410420821841042104208218410420821841042082184104208218410420821841042082184104208218410420821841042082184104208410821841042082184104208218410420821841042082184104208218410420821841042082184104208218410420821042184104208218410420821841042082184520002e5190056ae560cf039ffbf0329a59429a5940252005200520077391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05dae02a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824200177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d0634127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d04dce56824e02e47230177391a09b8cbd148c05d8e4602ee7234127097a39180bb1c8d0482e558010012f8ffff1504ee1f0c4208218410420821841042082184104208218410420821841042082184104208218410420821842184104208218410420821841042082184104208218410420821841042082184104208218410420843082184104208218410420821841042082184104208218410420821841042082184104208218410861042082184104208218410420821841042082184104208218410420821841042082184104208210c218410420821841042082184104208218410420821841042082184104208218410420821841042184208218410420821841042082184104208218410420821841042082184104208218410420821843084104208218410420821841042082184104208218410420821841042082184104208218410420861082184104208218410420821841042082184104208218410420821841042082184104208218410c210420821841042082184104208218410420821841042082184104208218410420821841042082184218410420821841042082184104208218410420821841042082184104208218410420821841042084308218410420821841042082184104208218410420821841042082184104208218410420821841086104208218410420821841042082184104208218410c2238030236608',
  ),
};
const skippable = fromHex('502a4d1803000000aabbcc');

const framesOf = (packed: Uint8Array, chunkSize?: number) => readAll(packed, chunkSize).frames;
const plain = { small: readAll(small).frames, large: readAll(large).frames };

/** A source that gives the same octets again and again, and counts how often. */
const endless = (head: Uint8Array, again: Uint8Array, times: number) => {
  let [reads, left] = [0, times];
  const first = bytesOf(head);
  const source: ByteSource = {
    read: (into) => {
      reads++;
      const size = first.read(into);
      if (size > 0 || left === 0) return size;
      left--;
      into.set(again);
      return again.length;
    },
    close: () => {},
  };
  return { source, reads: () => reads };
};

describe('a capture compressed by gzip', () => {
  it('is read as if it were not', () => {
    expect(readAll(gzipSync(small))).to.deep.equal({ ...readAll(small), compression: 'gzip' });
    expect(framesOf(gzipSync(large, { level: 9 }))).to.deep.equal(plain.large);
    expect(framesOf(gzipSync(large, { level: 0 }))).to.deep.equal(plain.large);
  });

  it('may have several members, cut anywhere', () => {
    for (const at of [3, 24, 60]) {
      expect(framesOf(joined(gzipSync(small.subarray(0, at)), gzipSync(small.subarray(at)))), `cut at ${at}`).to.deep.equal(
        plain.small,
      );
    }
  });

  it('is read the same however it is cut into chunks', () => {
    for (const size of [1, 5, 30, 1000]) expect(framesOf(gzipSync(small), size), `chunks of ${size}`).to.deep.equal(plain.small);
  });

  it('that is cut off has the frames before the cut, and where that is in what was compressed', () => {
    const packed = gzipSync(large);
    const { frames, damages } = readAll(packed.subarray(0, packed.length / 2));
    expect(frames).to.deep.equal(plain.large.slice(0, frames.length));
    expect(frames.length).to.be.within(500, 2500);
    expect(damages.map(({ message }) => message)).to.deep.equal(['the gzip data are damaged: unexpected EOF']);
    expect(damages[0]?.offset).to.equal(24 + frames.length * 116);
  });

  it('that is damaged in its middle has frames before it, be it small', () => {
    const noise = Array.from({ length: 40 }, (_, i) =>
      Uint8Array.from({ length: 60 }, (_, at) => (at * i * 167 + i * 31 + at) & 0xff),
    );
    const file = pcapFile(noise.map((bytes, i) => ({ seconds: i, bytes })));
    const packed = Uint8Array.from(gzipSync(file));
    expect(packed.length).to.be.below(4096);
    packed.fill(0xff, packed.length / 2);
    const { frames, damages } = readAll(packed);
    expect(frames.length).to.be.within(5, 25);
    // The last one may be made of damaged octets already.
    const whole = frames.length - 1;
    expect(frames.slice(0, whole)).to.deep.equal(readAll(file).frames.slice(0, whole));
    expect(damages).to.have.length.at.least(1);
  });

  it('with octets after its end has all frames, and says so', () => {
    const { frames, damages } = readAll(joined(gzipSync(small), new Uint8Array(20).fill(7)));
    expect(frames).to.deep.equal(plain.small);
    expect(damages).to.deep.equal([{ offset: small.length, message: 'the gzip data are damaged: invalid gzip data' }]);
  });

  it('that is damaged from its beginning is none', () => {
    expect(faultIn(gzipSync(small).subarray(0, 6))).to.equal('unreadable: the gzip data are damaged: unexpected EOF');
  });

  it('that is no capture inside is none', () => {
    expect(faultIn(gzipSync('{"v":1}'))).to.equal(
      'unknown: it is no capture: it begins with 7b 22 76 22 3a 31 7d: a JSON log? Try postassoc check',
    );
  });

  it('of little that unpacks to much is read piece by piece', () => {
    const zeros = gzipSync(new Uint8Array(2 ** 20));
    const { source } = endless(gzipSync(pcapHeader()), zeros, 64);
    let largest = 0;
    const watched: ByteSource = {
      ...source,
      read: (into) => {
        largest = Math.max(largest, into.length);
        return source.read(into);
      },
    };
    expect(readAll(watched).damages.map(({ message }) => message)).to.deep.equal([
      'where frame 1 should be there is nothing but zeros',
    ]);
    expect(largest).to.be.at.most(2 ** 20);
  });
});

describe('a capture compressed by zstd', () => {
  it('is read as if it were not', () => {
    expect(readAll(zstd.small)).to.deep.equal({ ...readAll(small), compression: 'zstd' });
    expect(framesOf(zstd.unchecked)).to.deep.equal(plain.small);
    expect(framesOf(zstd.large)).to.deep.equal(plain.large);
  });

  it('may have several frames, and some to be skipped', () => {
    expect(framesOf(joined(zstd.header, zstd.rest))).to.deep.equal(plain.small);
    expect(framesOf(joined(skippable, zstd.header, skippable, zstd.rest, skippable))).to.deep.equal(plain.small);
  });

  it('is read the same however it is cut into chunks', () => {
    for (const size of [1, 5, 30, 1000]) expect(framesOf(zstd.small, size), `chunks of ${size}`).to.deep.equal(plain.small);
  });

  it('that is cut off has the frames of the blocks before the cut', () => {
    const { frames, damages } = readAll(zstd.large.subarray(0, -20));
    expect(frames.length).to.be.greaterThan(1000);
    expect(frames).to.deep.equal(plain.large.slice(0, frames.length));
    expect(damages.map(({ message }) => message)).to.deep.equal(['the zstd data are damaged: unexpected EOF']);
  });

  it('that wants more memory than is given is refused', () => {
    // The descriptor of a window of 2 GiB, as `zstd --long=31` writes it.
    expect(faultIn(fromHex('28b52ffd04a8743f009431d4c3b2a102'))).to.equal(
      'unreadable: the zstd data are damaged: a window of 2147483648 octets, of at most 134217728',
    );
  });

  it('that needs a dictionary is refused', () => {
    expect(faultIn(fromHex('28b52ffd2107180000000000000000'))).to.equal(
      'unreadable: the zstd data are damaged: they need the dictionary 7',
    );
  });

  it('with a block that cannot be is damaged there', () => {
    expect(faultIn(fromHex('28b52ffd2084ffffff000000000000000000'))).to.equal(
      'unreadable: the zstd data are damaged: a block that cannot be',
    );
  });

  it('with octets after its end has all frames, and says so', () => {
    const { frames, damages } = readAll(joined(zstd.small, new Uint8Array(20).fill(7)));
    expect(frames).to.deep.equal(plain.small);
    expect(damages).to.deep.equal([{ offset: small.length, message: 'the zstd data are damaged: what follows a frame is none' }]);
  });
});
