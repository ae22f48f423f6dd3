import { AuthAlgorithm, Cipher } from '../../../streams/events/index.js';
import { emit, stay } from '../Step.js';
import type { SecurityMethod } from './SecurityMethod.js';

/**
 * Nothing to do: an open network, or a port whose driver has authenticated it already (R52). The completion is owed all
 * the same, and comes on a later turn (R37).
 *
 * @since 0.1.0
 */
export const open: SecurityMethod<null> = {
  name: 'open',
  etherTypes: [],
  usesOneX: false,
  serves: ({ authAlgorithm, unicastCipher, portAuthorized }) =>
    portAuthorized || (authAlgorithm === AuthAlgorithm.codes.OPEN && unicastCipher === Cipher.codes.NONE),
  begin: () => emit(null, { do: 'succeed' }),
  step: stay,
};
