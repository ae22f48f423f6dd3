import { tryCatch } from 'fp-ts/lib/Option.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import { andThen, emit } from '../Step.js';
import { faulty } from './faulty.js';
import { type Port, type PortFacts, type PortInput, type PortOutput, type PortStep, report } from './Port.js';
import { breakPort, openPort, stepPort } from './stepPort.js';

/** What went wrong is not said: an exception of a method may carry a secret (R11). */
const fault = (facts: PortFacts): PortOutput => report('R263', `the method ${facts.method.name} failed; its port fails with it`);

/** As `stepPort`, but an exception becomes the failure of this one port (R263). */
export const tryStepPort = (port: Port, input: PortInput): PortStep => {
  const step = tryCatch(() => stepPort(port, input));
  return step._tag === 'Some' ? step.value : andThen(emit(port, fault(port.facts)), breakPort);
};

/** As `openPort`, but an exception becomes the failure of this one port (R263). */
export const tryOpenPort = (facts: PortFacts, context: MethodContext, letsInUnencrypted = false): PortStep => {
  const step = tryCatch(() => openPort(facts, context, letsInUnencrypted));
  if (step._tag === 'Some') return step.value;
  const opened = openPort({ ...facts, method: faulty }, context, letsInUnencrypted);
  return { state: opened.state, effects: [fault(facts), ...opened.effects] };
};
