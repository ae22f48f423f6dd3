// RC4, with which WPA's key frames of descriptor version 1 protect their key data (IEEE 802.11-2020 12.7.2). Vectors: RFC 6229.
//
// The places of the state it reads and swaps depend on the key, as in every RC4: it can be timed.

const state = new Uint8Array(256);

const at = (place: number): number => state[place] as number;

const swap = (i: number, j: number): void => {
  const kept = at(i);
  state[i] = at(j);
  state[j] = kept;
};

const schedule = (key: Uint8Array): void => {
  for (let i = 0; i < 256; i++) state[i] = i;
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] as number)) & 0xff;
    swap(i, j);
  }
};

/** An empty key schedules nothing: the result is empty too, so that no plain text passes for an encrypted one. */
export const rc4 = (key: Uint8Array, skip: number, data: Uint8Array): Uint8Array => {
  if (key.length === 0) return new Uint8Array(0);
  const result = new Uint8Array(data.length);
  schedule(key);
  let i = 0;
  let j = 0;
  const next = (): number => {
    i = (i + 1) & 0xff;
    j = (j + at(i)) & 0xff;
    swap(i, j);
    return at((at(i) + at(j)) & 0xff);
  };
  for (let skipped = 0; skipped < skip; skipped++) next();
  for (let place = 0; place < data.length; place++) result[place] = (data[place] as number) ^ next();
  state.fill(0);
  return result;
};
