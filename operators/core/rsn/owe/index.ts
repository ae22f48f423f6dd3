export {
  beginOwe,
  finishOwe,
  type OweBegun,
  type OweFailure,
  type OweState,
  oweRandomOctets,
  releaseOwe,
} from './owe.js';
export type { OweKeys } from './oweKeys.js';
