import type { Connection, Security } from './Connection.js';
import type { KeyFacts, KeyWatch } from './KeyWatch.js';

/** What is worth knowing of the key handshakes of a connection that is not over. */
export interface Glance {
  readonly isComplete: boolean;
  /** Message 3 was seen: the station was let in, or is about to be. */
  readonly isNearlyComplete: boolean;
  readonly security: Security | undefined;
  readonly hasTraffic: boolean;
}

const NOTHING: Glance = { isComplete: false, isNearlyComplete: false, security: undefined, hasTraffic: false };

/** Destroys the keys in facts that nobody is going to have. */
export const wipeFacts = ({ handshakes, groupKeys }: Pick<Connection, 'handshakes' | 'groupKeys'>): void => {
  for (const { tk } of handshakes) tk?.zeroise();
  for (const { key } of groupKeys) key.zeroise();
};

const glanceAt = (facts: KeyFacts): Glance => {
  const isComplete = facts.handshakes.some((handshake) => handshake.isComplete);
  return {
    isComplete,
    isNearlyComplete: isComplete || facts.handshakes.some(({ messages }) => messages[2].length > 0),
    security: facts.security,
    hasTraffic: facts.traffic.heard > 0,
  };
};

/** All facts are made for it, so it is for rare questions only. */
export const glance = (watch: KeyWatch | undefined): Glance => {
  if (watch === undefined) return NOTHING;
  const facts = watch.facts();
  const seen = glanceAt(facts);
  wipeFacts(facts);
  return seen;
};
