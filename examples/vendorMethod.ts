/**
 * A vendor's own security method, whole: challenge and response over an EtherType of its own, each side proving by
 * HMAC-SHA256 over both nonces that it knows the shared credential, then CCMP keys. docs/methods.md explains every line.
 *
 *     access point                                   station
 *       challenge  counter, nonce            ──►
 *                                            ◄──       response     nonce, proof
 *       confirm    proof, group key          ──►
 *                                            ◄──       acknowledge  proof          keys go in, the port is up
 *       rekey      proof, next group key     ──►
 *                                            ◄──       rekeyed      proof          the group key goes in
 */
import {
  Cipher,
  ExemptionAction,
  ExemptionPacket,
  emit,
  type MethodCommand,
  type MethodInput,
  type Secret,
  type SecurityMethod,
  stay,
  Win32,
} from 'postassoc';
import { nodeCrypto } from './nodeCrypto.js';
import type { VendorCrypto } from './vendorKeys.js';
import { VendorMachine } from './vendorMachine.js';
import { DEADLINE, fail, reasonOf, timeout, VendorReason, type VendorState, type VendorStep, zeroise } from './vendorState.js';
import { NONCE_LENGTH, VENDOR_ETHERTYPE } from './vendorWire.js';

/** The first value of the vendor's range, so that no standard algorithm is meant by it. */
export const VENDOR_AUTH_ALGORITHM = 0x80000001;

export interface VendorMethodOptions {
  readonly crypto: VendorCrypto;
  /** Under which name the secret source knows the shared credential. */
  readonly credential?: string;
  /** How long the access point may take, in milliseconds. */
  readonly patience?: number;
}

const DEFAULT_PATIENCE_MS = 10_000;
const CREDENTIAL = 'credential';
const NONCE = 'nonce';

/** The credential is asked for first, so that it is there when the nonce comes. */
const supplied = (state: VendorState, tag: string, secret: Secret | undefined): VendorStep => {
  if (state.phase !== 'arming') {
    secret?.zeroise();
    return stay(state);
  }
  if (tag === CREDENTIAL) {
    return secret?.isKnown === true
      ? stay({ ...state, credential: secret })
      : fail(state, VendorReason.NO_CREDENTIAL, Win32.codes.ERROR_NOT_FOUND);
  }
  const { credential, peer } = state;
  if (secret?.reveal().length !== NONCE_LENGTH || credential === undefined)
    return fail(state, VendorReason.NO_ENTROPY, Win32.codes.ERROR_NOT_FOUND);
  return stay({ phase: 'waiting', peer, credential, nonce: secret.reveal().slice() });
};

/**
 * The method, for whatever platform has the cryptography: `createEngine({ methods: [vendorMethod({ crypto })], secrets })`.
 */
export const vendorMethod = ({
  crypto,
  credential = 'vendor',
  patience = DEFAULT_PATIENCE_MS,
}: VendorMethodOptions): SecurityMethod<VendorState> => {
  const machine = new VendorMachine(crypto);
  return {
    name: 'vendor challenge-response',
    etherTypes: [VENDOR_ETHERTYPE],
    // The switch that shuts out what is not encrypted outlives a roam: the next access point must still be heard.
    exemptions: [
      {
        etherType: VENDOR_ETHERTYPE,
        action: ExemptionAction.codes.ON_KEY_MAPPING_KEY_UNAVAILABLE,
        packets: ExemptionPacket.codes.UNICAST,
      },
    ],
    usesOneX: false,
    serves: ({ authAlgorithm, unicastCipher, multicastCipher }) =>
      authAlgorithm === VENDOR_AUTH_ALGORITHM && unicastCipher === Cipher.codes.CCMP && multicastCipher === Cipher.codes.CCMP,
    offers: () => ({
      authAlgorithm: VENDOR_AUTH_ALGORITHM,
      unicastCipher: Cipher.codes.CCMP,
      multicastCipher: Cipher.codes.CCMP,
    }),
    begin: ({ peer }) =>
      emit<VendorState, MethodCommand>(
        { phase: 'arming', peer },
        { do: 'setTimer', name: DEADLINE, ms: patience },
        { do: 'ask', tag: CREDENTIAL, request: { want: 'credential', name: credential } },
        { do: 'ask', tag: NONCE, request: { want: 'entropy', length: NONCE_LENGTH } },
      ),
    step: (state: VendorState, input: MethodInput): VendorStep => {
      switch (input.kind) {
        case 'packet':
          return input.etherType === VENDOR_ETHERTYPE ? machine.receive(state, input.payload) : stay(state);
        case 'supplied':
          return supplied(state, input.tag, input.secret);
        case 'timer':
          return input.name === DEADLINE ? timeout(state) : stay(state);
        default:
          return stay(state);
      }
    },
    incomplete: reasonOf,
    release: zeroise,
  };
};

/** The method on Node: what `postassoc replay --method` finds in this module. */
export const vendor = vendorMethod({ crypto: nodeCrypto });
