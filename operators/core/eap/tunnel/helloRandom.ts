import { createTlsWalker } from '../../../../streams/frames/index.js';

/** The random of the first hello among these records; both together name a session up to TLS 1.2 (RFC 5216 2.3). */
export const helloRandom = (records: Uint8Array, kind: 'clientHello' | 'serverHello'): Uint8Array | undefined => {
  let random: Uint8Array | undefined;
  const walker = createTlsWalker((item) => {
    if ((item.kind === 'clientHello' || item.kind === 'serverHello') && item.kind === kind) random ??= item.hello.random;
  });
  walker.take(records);
  return random;
};
