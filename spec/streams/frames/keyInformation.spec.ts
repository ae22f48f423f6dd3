import { expect } from 'chai';
import fc from 'fast-check';
import { readKeyInformation, writeKeyInformation } from '../../../streams/frames/index.js';
import { keyInformation } from './keyArbitraries.js';

const NOTHING = readKeyInformation(0);

describe('Key Information', () => {
  // IEEE 802.11-2020 12.7.6: the fields of the four messages, here with HMAC-SHA1 and AES.
  it('of messages 1 to 4 of the four-way handshake', () => {
    const pairwise = { ...NOTHING, descriptorVersion: 2, pairwise: true };
    expect(readKeyInformation(0x008a)).to.deep.equal({ ...pairwise, ack: true });
    expect(readKeyInformation(0x010a)).to.deep.equal({ ...pairwise, mic: true });
    const third = { ...pairwise, install: true, ack: true, mic: true, secure: true, encrypted: true };
    expect(readKeyInformation(0x13ca)).to.deep.equal(third);
    expect(readKeyInformation(0x030a)).to.deep.equal({ ...pairwise, mic: true, secure: true });
  });

  it('of a group message of WPA1, with its key index', () => {
    const group = { ...NOTHING, descriptorVersion: 1, index: 2, ack: true, mic: true, secure: true };
    expect(readKeyInformation(0x03a1)).to.deep.equal(group);
  });

  it('has each of its bits where the standard has it', () => {
    const bits = { pairwise: 3, install: 6, ack: 7, mic: 8, secure: 9, error: 10, request: 11, encrypted: 12, smk: 13 };
    for (const [field, bit] of Object.entries(bits)) {
      expect(readKeyInformation(1 << bit), field).to.deep.equal({ ...NOTHING, [field]: true });
      expect(writeKeyInformation({ ...NOTHING, [field]: true }), field).to.equal(1 << bit);
    }
  });

  it('ignores the two reserved bits, and spills nothing into its neighbours', () => {
    expect(readKeyInformation(0xc000)).to.deep.equal(NOTHING);
    expect(writeKeyInformation({ ...NOTHING, descriptorVersion: 9, index: 5 })).to.equal(0x0011);
  });

  it('reads as it was written, both ways', () => {
    fc.assert(
      fc.property(keyInformation, (value) => {
        expect(readKeyInformation(writeKeyInformation(value))).to.deep.equal(value);
      }),
    );
    for (let value = 0; value < 0x4000; value++) {
      if (writeKeyInformation(readKeyInformation(value)) !== value) expect.fail(`0x${value.toString(16)}`);
    }
  });
});
