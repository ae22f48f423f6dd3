/** Where one port of the example's method stands, and what becomes of it when it fails. */
import { emit, L2Reason, type MacAddress, type MethodCommand, type Secret, type Step, stay, Win32 } from 'postassoc';
import { type Nonces, type VendorKeys, zeroiseKeys } from './vendorKeys.js';

/** The vendor's own reasons lie in 0x90000..0x9FFFF. */
export const VendorReason = { NO_CREDENTIAL: 0x90001, NO_ENTROPY: 0x90002 } as const;

export const DEADLINE = 'deadline';

/** The last message that was answered: a retransmission is answered alike, and changes nothing. */
export interface Answered {
  readonly counter: number;
  readonly message: Uint8Array;
  readonly reply: Uint8Array;
}

interface Bound {
  readonly peer: MacAddress;
}

interface Armed extends Bound {
  readonly credential: Secret;
  readonly nonce: Uint8Array;
}

export interface Keyed {
  readonly nonces: Nonces;
  readonly keys: VendorKeys;
  readonly answered: Answered;
}

/** Each phase carries what is legal in it, and every secret it is to destroy. */
export type VendorState =
  | ({ readonly phase: 'arming'; readonly credential?: Secret } & Bound)
  | ({ readonly phase: 'waiting' } & Armed)
  | ({ readonly phase: 'proving'; readonly refusals: number } & Armed & Keyed)
  | ({ readonly phase: 'confirmed' } & Keyed)
  | { readonly phase: 'over' };

export type Phase<P extends VendorState['phase']> = Extract<VendorState, { phase: P }>;
export type VendorStep = Step<VendorState, MethodCommand>;

const { MSMSEC_NO_AUTHENTICATOR, MSMSEC_KEY_SUCCESS_TIMEOUT, MSMSEC_PSK_MISMATCH_SUSPECTED } = L2Reason.codes;
const { ERROR_TIMEOUT, ERROR_LOGON_FAILURE } = Win32.codes;

/** Destroys what a state holds. The state is of no use to anyone afterwards. */
export const zeroise = (state: VendorState): void => {
  if ('credential' in state) state.credential?.zeroise();
  if ('keys' in state) zeroiseKeys(state.keys);
};

export const fail = (state: VendorState, reason: number, win32: number): VendorStep => {
  zeroise(state);
  return emit<VendorState, MethodCommand>({ phase: 'over' }, { do: 'clearTimer', name: DEADLINE }, { do: 'fail', reason, win32 });
};

/** What a timeout means depends on how far things had come (R180). */
export const reasonOf = (state: VendorState): number | undefined => {
  switch (state.phase) {
    case 'over':
      return undefined;
    case 'arming':
    case 'waiting':
      return MSMSEC_NO_AUTHENTICATOR;
    case 'proving':
      return state.refusals > 0 ? MSMSEC_PSK_MISMATCH_SUSPECTED : MSMSEC_KEY_SUCCESS_TIMEOUT;
    case 'confirmed':
      return MSMSEC_KEY_SUCCESS_TIMEOUT;
  }
};

export const mismatch = (state: VendorState): VendorStep => fail(state, MSMSEC_PSK_MISMATCH_SUSPECTED, ERROR_LOGON_FAILURE);

export const timeout = (state: VendorState): VendorStep => {
  const reason = reasonOf(state);
  if (reason === undefined) return stay(state);
  return reason === MSMSEC_PSK_MISMATCH_SUSPECTED ? mismatch(state) : fail(state, reason, ERROR_TIMEOUT);
};
