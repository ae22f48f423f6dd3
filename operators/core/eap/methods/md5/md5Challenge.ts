import { type Decoded, decode } from '../../../../../streams/frames/index.js';

/** The challenge of RFC 1994 4.1; the name of whoever sends it follows, and does not matter. */
export const readMd5Challenge = (data: Uint8Array): Decoded<Uint8Array> =>
  decode('EAP MD5-Challenge', data, (reader) => {
    const size = { field: 'Value-Size', at: reader.at, value: reader.u8('Value-Size') };
    reader.check(size.value > 0, 'VALUE', size, 'at least 1');
    return reader.bytes('Value', size.value);
  });
