import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** What nobody holds any more is gone afterwards, buffers included. */
export const collectGarbage = (): void => {
  if (typeof collect !== 'function') throw new Error('this engine does not let its garbage be collected');
  collect();
};
