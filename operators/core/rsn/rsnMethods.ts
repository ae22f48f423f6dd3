import { isLeft } from 'fp-ts/lib/Either.js';
import { type AssociationCompletion, EtherType } from '../../../streams/events/index.js';
import { requestElements } from '../../../streams/frames/index.js';
import type { Crypto } from '../crypto/index.js';
import type { SecurityMethod } from '../method/SecurityMethod.js';
import { type Akm, akms, usesOneX } from './akm.js';
import type { Writer } from './keyReply.js';
import { begin, step } from './machine.js';
import { defaultPolicy, type RsnPolicy } from './policy.js';
import { type RsnState, zeroiseState } from './state.js';
import { agreedBy } from './suites.js';
import { reasonOf } from './verdict.js';

export interface RsnOptions {
  readonly crypto: Crypto;
  readonly policy?: Partial<RsnPolicy>;
}

/** A user may have to type a password, and a token may take its time. */
const ONE_X_COMPLETION_TIMEOUT_MS = 120_000;

const readAkm = ({ request, reassociationRequest }: AssociationCompletion): Akm | undefined => {
  const agreed = agreedBy(requestElements(request, reassociationRequest));
  return isLeft(agreed) ? undefined : agreed.right.akm;
};

/** Every method is asked about every association: it is read once. */
const chosen = new WeakMap<AssociationCompletion, { readonly akm?: Akm }>();

const chosenAkm = (association: AssociationCompletion): Akm | undefined => {
  const known = chosen.get(association);
  if (known !== undefined) return known.akm;
  const akm = readAkm(association);
  chosen.set(association, akm === undefined ? {} : { akm });
  return akm;
};

const writerOf = ({ crypto, policy }: RsnOptions): Writer => ({ crypto, policy: { ...defaultPolicy, ...policy } });

/** The machine behind every method: it runs whatever the association agreed on. */
export const rsnMachine = (options: RsnOptions): Pick<SecurityMethod<RsnState>, 'begin' | 'step' | 'release'> => {
  const writer = writerOf(options);
  return {
    begin: (context) => begin(writer, context),
    step: (state, input) => step(writer, state, input),
    release: zeroiseState,
  };
};

const rsnMethod = (options: RsnOptions, akm: Akm): SecurityMethod<RsnState> => {
  const { toleratedRepetitions } = writerOf(options).policy;
  return {
    ...rsnMachine(options),
    name: akm.name,
    etherTypes: [EtherType.codes.EAPOL],
    usesOneX: usesOneX(akm),
    ...(usesOneX(akm) && { completionTimeout: ONE_X_COMPLETION_TIMEOUT_MS }),
    serves: (association) => akm.windows.includes(association.authAlgorithm) && chosenAkm(association)?.selector === akm.selector,
    incomplete: (state) => reasonOf(state, toleratedRepetitions),
  };
};

/**
 * The key handshakes of WPA, WPA2 and WPA3, one method an AKM: the association's own request decides which of them serves
 * (R41). Hand them to the engine together with any other methods.
 *
 * @example
 * const engine = createEngine({ methods: rsnMethods({ crypto: nodeCrypto }), secrets });
 *
 * @since 0.2.0
 */
export const rsnMethods = (options: RsnOptions): ReadonlyArray<SecurityMethod<RsnState>> =>
  akms.map((akm) => rsnMethod(options, akm));
