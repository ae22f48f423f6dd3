import { isSome, toUndefined, tryCatch } from 'fp-ts/lib/Option.js';
import type { AssociationCompletion, IhvProfile } from '../../../streams/events/index.js';
import type { Algorithms, SecurityMethod } from '../method/SecurityMethod.js';

/** A method that fails when it is asked does not serve (R263). */
export const servesPort = (
  method: SecurityMethod,
  association: AssociationCompletion,
  profile: IhvProfile | undefined,
): boolean => {
  const answer = tryCatch(() => method.serves(association, profile));
  return isSome(answer) && answer.value;
};

/** What a method wants enabled for a profile; one that fails when it is asked wants nothing (R263). */
export const offerOf = (method: SecurityMethod, profile: IhvProfile): Algorithms | undefined =>
  toUndefined(tryCatch(() => method.offers?.(profile)));
