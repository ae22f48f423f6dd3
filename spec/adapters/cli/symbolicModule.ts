import { symbolic } from '../../support/symbolicMethod.js';

/** What `--method` is given in the specs. */
export const method = symbolic();
