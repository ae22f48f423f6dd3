import { randomFillSync } from 'node:crypto';

const POOL_OCTETS = 4096;

const pool = new Uint8Array(POOL_OCTETS);
let drawn = POOL_OCTETS;

/**
 * Random octets of OpenSSL's, of one's own: drawn many at a time, since each call takes longer than the octets. Those given away are
 * kept nowhere else.
 *
 * @since 0.2.0
 */
export const drawRandom = (octets: number): Uint8Array => {
  if (octets > POOL_OCTETS / 4) return randomFillSync(new Uint8Array(octets));
  if (drawn + octets > POOL_OCTETS) {
    randomFillSync(pool);
    drawn = 0;
  }
  const taken = pool.slice(drawn, drawn + octets);
  pool.fill(0, drawn, drawn + octets);
  drawn += octets;
  return taken;
};
