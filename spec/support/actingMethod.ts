import type { MethodCommand, MethodInput, SecurityMethod } from '../../operators/core/index.js';
import { EtherType } from '../../streams/events/index.js';

type Commands = ReadonlyArray<MethodCommand>;

/** A method that does as it is told, whatever the association. */
export const acting = (
  begin: Commands,
  on: (input: MethodInput) => Commands = () => [],
  changes: Partial<SecurityMethod<null>> = {},
): SecurityMethod<null> => ({
  name: 'acting',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX: false,
  serves: () => true,
  begin: () => ({ state: null, effects: begin }),
  step: (_, input) => ({ state: null, effects: on(input) }),
  ...changes,
});
