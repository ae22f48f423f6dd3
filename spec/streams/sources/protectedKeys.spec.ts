import { expect } from 'chai';
import { Secret } from '../../../streams/events/index.js';
import { protectedKeys } from '../../../streams/sources/index.js';

const key = (value: number): Secret => Secret.of(new Uint8Array(32).fill(value));

describe('protectedKeys', () => {
  it('R112: opens a blob once, and never again', () => {
    const keys = protectedKeys();
    const blob = keys.protect(key(1));
    expect(keys.secrets({ want: 'unprotected', blob })?.reveal()).to.deep.equal(key(1).reveal());
    expect(keys.secrets({ want: 'unprotected', blob })).to.equal(undefined);
    expect(keys.size()).to.equal(0);
  });

  it('keeps keys apart, even equal ones', () => {
    const keys = protectedKeys();
    const [first, second] = [keys.protect(key(1)), keys.protect(key(1))];
    expect(first.equals(second)).to.equal(false);
    keys.secrets({ want: 'unprotected', blob: first })?.zeroise();
    expect(keys.secrets({ want: 'unprotected', blob: second })?.reveal()).to.deep.equal(key(1).reveal());
  });

  it('knows a blob by its octets, so that a copy of it will do', () => {
    const keys = protectedKeys();
    const blob = keys.protect(key(2));
    expect(keys.secrets({ want: 'unprotected', blob: blob.copy() })?.reveal()).to.deep.equal(key(2).reveal());
  });

  it('leaves the key to whoever gave it', () => {
    const keys = protectedKeys();
    const own = key(3);
    const blob = keys.protect(own);
    own.zeroise();
    expect(keys.secrets({ want: 'unprotected', blob })?.reveal()).to.deep.equal(key(3).reveal());
  });

  it('says nothing of the key in the blob', () => {
    const blobs = [1, 2].map((value) => protectedKeys().protect(key(value)).reveal());
    expect(blobs[0]).to.deep.equal(blobs[1]);
  });

  it('has no answer to other questions, nor to a blob of somebody else', () => {
    const keys = protectedKeys();
    keys.protect(key(4));
    expect(keys.secrets({ want: 'entropy', length: 32 })).to.equal(undefined);
    expect(keys.secrets({ want: 'unprotected', blob: Secret.of(new Uint8Array(8)) })).to.equal(undefined);
    expect(keys.secrets({ want: 'unprotected', blob: Secret.of(new Uint8Array(0)) })).to.equal(undefined);
    expect(keys.size()).to.equal(1);
  });

  it('forgets the oldest when nobody asks, and everything when it is cleared', () => {
    const keys = protectedKeys();
    const blobs = Array.from({ length: 300 }, (_, at) => keys.protect(key(at)));
    expect(keys.size()).to.equal(256);
    const opened = blobs.map((blob) => keys.secrets({ want: 'unprotected', blob }) !== undefined);
    expect(opened.lastIndexOf(false)).to.equal(43);
    const blob = keys.protect(key(5));
    keys.clear();
    expect(keys.size()).to.equal(0);
    expect(keys.secrets({ want: 'unprotected', blob })).to.equal(undefined);
  });
});
