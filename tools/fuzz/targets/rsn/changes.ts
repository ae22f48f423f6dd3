import type { AssociationCompletion } from '../../../../streams/events/index.js';
import { words } from '../../words.js';
import { Operands } from '../Operands.js';
import { OPERATIONS } from './steps.js';

const BLOCKS = ['request', 'response', 'beacon'] as const;
const NUMBERS = ['unicastCipher', 'multicastCipher', 'managementCipher', 'authAlgorithm', 'comebackTime'] as const;

const replaced = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array =>
  Uint8Array.of(...bytes.subarray(0, at), ...added, ...bytes.subarray(at + removed));

const changed = (association: AssociationCompletion, operands: Operands): AssociationCompletion => {
  const [which, how, at] = [operands.u8(), operands.u8(), operands.u8()];
  const number = NUMBERS[which - BLOCKS.length];
  if (number !== undefined) return { ...association, [number]: how };
  const block = BLOCKS[which % BLOCKS.length] ?? 'request';
  const bytes = association[block];
  const added = how % 3 === 0 ? operands.rest() : (words[operands.u8() % words.length] ?? bytes);
  return { ...association, [block]: replaced(bytes, Math.min(at, bytes.length), how % 3 === 2 ? 0 : added.length, added) };
};

/** The association with everything done to it that the steps of a program say: the host may report whatever it was told. */
export const changedBy = (association: AssociationCompletion, steps: ReadonlyArray<Uint8Array>): AssociationCompletion =>
  steps
    .filter((step) => (step[0] ?? 0) % OPERATIONS === OPERATIONS - 1)
    .reduce((each, step) => changed(each, new Operands(step.subarray(2))), association);
