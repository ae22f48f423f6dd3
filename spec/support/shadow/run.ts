import { nodeCrypto } from '../../../adapters/crypto/index.js';
import type { SecurityMethod } from '../../../operators/core/method/SecurityMethod.js';
import {
  type Akm,
  type AkmParameters,
  akmOf,
  parametersOf,
  type RsnPolicy,
  type RsnState,
  rsnMethods,
} from '../../../operators/core/rsn/index.js';
import { choiceOf, contextOf } from './association.js';
import { type Comparison, compare } from './comparison.js';
import type { Exchange } from './exchange.js';
import { type Shadow, shadow } from './shadow.js';
import type { Knowledge } from './stationMemory.js';

/** A method that was run in the place of a station, and how it compares. */
export interface Run {
  readonly akm: Akm;
  readonly shadow: Shadow;
  readonly comparison: Comparison;
}

/** What suites of real captures prescribe does not depend on their PMK: none of them leaves it a choice. */
const parametersFor = (akm: Akm): AkmParameters => parametersOf(akm, akm.pmkLengths[0] ?? 0);

/** The method among those of the package that takes an association. */
const serving = (exchange: Exchange, policy: Partial<RsnPolicy>): SecurityMethod<RsnState> | undefined => {
  const { association } = contextOf(exchange.station, exchange.accessPoint, exchange);
  return rsnMethods({ crypto: nodeCrypto, policy }).find((method) => method.serves(association, undefined));
};

/** Runs whichever method serves an association, and compares; nothing where none does. */
export const runExchange = (exchange: Exchange, knowledge: Knowledge, policy: Partial<RsnPolicy> = {}): Run | undefined => {
  const akm = akmOf(choiceOf(exchange)?.akm ?? 0);
  const method = serving(exchange, policy);
  if (akm === undefined || method === undefined) return undefined;
  const parameters = parametersFor(akm);
  const result = shadow(method, parameters, exchange, knowledge);
  return { akm, shadow: result, comparison: compare(parameters, result.sent, result.station) };
};
