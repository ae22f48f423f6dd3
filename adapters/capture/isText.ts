const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const SPACE = 0x20;

const isControl = (code: number): boolean =>
  code < SPACE && code !== TAB && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== ESCAPE;

/** A text has no zeros, and hardly a control character. */
export const isText = (bytes: Uint8Array): boolean => {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return false;
    if (isControl(byte)) controls++;
  }
  return controls * 100 <= bytes.length;
};
