import fc from 'fast-check';

/** A build must not fail by chance, so it draws the same cases each time. `POSTASSOC_SEED=random` goes looking for others. */
const FIXED = 20261121;

const wanted = process.env['POSTASSOC_SEED'] ?? String(FIXED);

export const seed = wanted === 'random' ? Date.now() & 0x7fffffff : Number(wanted);

/** For every property of the suite; mocha loads this file before the specs. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
