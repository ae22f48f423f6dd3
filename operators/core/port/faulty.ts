import { L2Reason, Win32 } from '../../../streams/events/index.js';
import type { SecurityMethod } from '../method/SecurityMethod.js';
import { emit, stay } from '../Step.js';

const failing = (name: string, win32: number): SecurityMethod<null> => ({
  name,
  etherTypes: [],
  usesOneX: false,
  serves: () => true,
  begin: () => emit(null, { do: 'fail', reason: L2Reason.codes.UNKNOWN, win32 }),
  step: stay,
});

/** Stands in for a method that failed before it had a state: the completion is owed all the same (R174, R263). */
export const faulty = failing('faulty', Win32.codes.ERROR_GEN_FAILURE);

/** Stands in where no method serves what was negotiated and the call could not be refused any more (R41). */
export const unserved = failing('unserved', Win32.codes.ERROR_NOT_SUPPORTED);
