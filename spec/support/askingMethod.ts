import { emit, type MethodCommand, type SecurityMethod, stay } from '../../operators/core/index.js';
import { type Guid, Secret } from '../../streams/events/index.js';

/** A method that asks the user a millisecond after it began, and succeeds with the answer. */
export const asking = (userSession: number, question: Secret = Secret.of(Uint8Array.of(9))): SecurityMethod<null> => ({
  name: 'asking',
  etherTypes: [],
  usesOneX: false,
  installsNoKeys: true,
  serves: () => true,
  begin: () => emit<null, MethodCommand>(null, { do: 'setTimer', name: 'ask', ms: 1 }),
  step: (_, input) => {
    if (input.kind === 'timer') {
      const page = '00000000-0000-4000-8000-000000000001' as Guid;
      return emit<null, MethodCommand>(null, { do: 'askUser', page, userSession, data: question });
    }
    return input.kind === 'userAnswered' ? emit<null, MethodCommand>(null, { do: 'succeed' }) : stay(null);
  },
});
