import fc from 'fast-check';
import type { Decoded, Encoded } from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, written } from './expectations.js';

/** Reading what was written gives the value back, and writing that gives the bytes back. */
export const roundTrips = <A>(
  values: fc.Arbitrary<A>,
  write: (value: A) => Encoded,
  read: (bytes: Uint8Array) => Decoded<A>,
): void => {
  fc.assert(
    fc.property(values, (value) => {
      const bytes = written(write(value));
      const back = decoded(read(bytes));
      expectSame(back, value);
      expectBytes(written(write(back)), bytes);
    }),
  );
};
