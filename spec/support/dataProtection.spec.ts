import { expect } from 'chai';
import { type KeyMaterial, Secret, toHex } from '../../streams/events/index.js';
import { changed, hex } from '../streams/frames/hex.js';
import { type AirFrame, airFrameOf } from './airFrames.js';
import { openData } from './dataProtection.js';
import { michael, mixedKey } from './tkip.js';

const frameOf = (bytes: Uint8Array): AirFrame => {
  const frame = airFrameOf({ number: 1, time: 0, linkType: 105, bytes });
  if (frame === undefined) throw new Error('not a frame');
  return frame;
};

const material = (form: 'ccmp' | 'gcmp', key: string): KeyMaterial => ({
  form,
  counter: new Uint8Array(6),
  key: Secret.of(hex(key)),
});

const opened = (bytes: Uint8Array, key: KeyMaterial): string | undefined => {
  const plain = openData(frameOf(bytes), key);
  return plain && toHex(plain);
};

describe('protected data frames', () => {
  // IEEE 802.11-2012 M.6.4
  const ccmp = hex(`
    0848c32c 0fd2e128a57c 5030f1844408 abaea5b8fcba 8033 0ce7002076 9703b5
    f3d0a2fe9a3dbf2342a643e43246e80c3c04d019 7845ce0b16f97623`);
  const key = material('ccmp', 'c97c1f67ce371185514a8a19f2bdd52f');
  const plain = 'f8ba1a55d02f85ae967bb62fb6cda8eb7e78a050';

  it('CCMP', () => {
    expect(opened(ccmp, key)).to.equal(plain);
  });

  it('with an FCS that nobody announced', () => {
    expect(opened(Uint8Array.of(...ccmp, 1, 2, 3, 4), key)).to.equal(plain);
  });

  it('not with another key, another cipher, or another address', () => {
    expect(opened(ccmp, material('ccmp', 'c97c1f67ce371185514a8a19f2bdd52e'))).to.equal(undefined);
    expect(opened(ccmp, material('gcmp', 'c97c1f67ce371185514a8a19f2bdd52f'))).to.equal(undefined);
    expect(opened(changed(ccmp, 10, 0x52), key)).to.equal(undefined);
    expect(opened(ccmp.subarray(0, 30), key)).to.equal(undefined);
  });

  it('whatever a retry changes of the header', () => {
    expect(opened(changed(ccmp, 1, 0x48 | 0x38), key)).to.equal(plain);
    expect(opened(changed(ccmp, 23, 0x44), key)).to.equal(plain);
  });

  // IEEE 802.11-2012 M.1.2, test vector 1
  it('TKIP mixes a key for each frame', () => {
    const mixed = mixedKey(hex('000102030405060708090a0b0c0d0e0f'), hex('102233445566'), 0, 0);
    expect(toHex(mixed)).to.equal('00200033ea8d2f60ca6d1374234a660b');
  });

  // IEEE 802.11-2012 M.2.1: the MIC of each message is the key of the next
  it('Michael', () => {
    const chain = ['82925c1ca1d130b8', '434721ca40639b3f', 'e8f9becae97e5d29', '90038fc6cf13c1db', 'd55e100510128986'];
    const macs = ['', 'M', 'Mi', 'Mic', 'Mich'].map((text, i) =>
      toHex(michael(hex(chain[i - 1] ?? '0000000000000000'), new TextEncoder().encode(text))),
    );
    expect(macs).to.deep.equal(chain);
  });
});
