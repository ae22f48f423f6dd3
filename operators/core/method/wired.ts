import { isLeft } from 'fp-ts/lib/Either.js';
import { Cipher, EtherType } from '../../../streams/events/index.js';
import { EapCode, EapMethod, EapolType, readEap, readEapol } from '../../../streams/frames/index.js';
import { emit, type Step, stay } from '../Step.js';
import type { MethodCommand } from './commands.js';
import type { MethodInput, Packet } from './inputs.js';
import type { SecurityMethod } from './SecurityMethod.js';

/** No code of DOT11_AUTH_ALGORITHM means a wire. This one is of the range that is a vendor's own, and ends in the EtherType of EAPOL. */
export const WIRED_ALGORITHM = 0x8000888e;

export interface WiredOptions {
  /** How long a port rests after a failure before it tries again, in milliseconds; 60 s by default (IEEE 802.1X-2004 8.2.11.1.2). */
  readonly retryAfter?: number;
  /** How long the host may be kept waiting for the first completion; 120 s by default, since three EAPOL-Starts take 90 s. */
  readonly completionTimeout?: number;
}

/** Who is at work: the 802.1X module, or after its result nobody. */
export interface WiredState {
  readonly phase: 'authenticating' | 'authenticated' | 'resting';
}

type WiredStep = Step<WiredState, MethodCommand>;
type Said = 'identity' | 'other' | 'failure' | undefined;

const AGAIN = 'again';
const authenticating: WiredState = { phase: 'authenticating' };
const authenticated: WiredState = { phase: 'authenticated' };
const resting: WiredState = { phase: 'resting' };

/** What an authenticator wants, or has found. */
const saidBy = ({ etherType, payload }: Packet): Said => {
  if (etherType !== EtherType.codes.EAPOL) return undefined;
  const eapol = readEapol(payload);
  if (isLeft(eapol) || eapol.right.type !== EapolType.codes.EAP_PACKET) return undefined;
  const eap = readEap(eapol.right.body);
  if (isLeft(eap)) return undefined;
  if (eap.right.code === EapCode.codes.FAILURE) return 'failure';
  if (eap.right.code !== EapCode.codes.REQUEST) return undefined;
  return eap.right.type === EapMethod.codes.IDENTITY ? 'identity' : 'other';
};

const authenticate = (state: WiredState): WiredStep =>
  state.phase === 'resting'
    ? emit<WiredState, MethodCommand>(authenticating, { do: 'clearTimer', name: AGAIN }, { do: 'startOneX' })
    : emit<WiredState, MethodCommand>(authenticating, { do: 'startOneX' });

/**
 * R109, R118: after a success only who asks for the identity wants it all anew; the rest is of the run that is over. A failure then
 * means that the port has been closed without a question. Anybody can forge one, and all it brings about is a run that shows the truth
 * (IEEE 802.1X-2004 8.2.11: AUTHENTICATED is left with any EAP packet).
 */
const onPacket = (state: WiredState, packet: Packet): WiredStep => {
  const said = saidBy(packet);
  switch (state.phase) {
    case 'authenticating':
      return stay(state);
    case 'authenticated':
      return said === 'identity' || said === 'failure' ? authenticate(state) : stay(state);
    case 'resting':
      return said === 'identity' || said === 'other' ? authenticate(state) : stay(state);
  }
};

const step = (retryAfter: number, state: WiredState, input: MethodInput): WiredStep => {
  switch (input.kind) {
    case 'packet':
      return onPacket(state, input);
    case 'oneXSucceeded':
      // A wire encrypts nothing: the keys are of no use.
      input.sendKey?.zeroise();
      input.receiveKey?.zeroise();
      return emit<WiredState, MethodCommand>(authenticated, { do: 'succeed' });
    case 'oneXFailed':
      return emit<WiredState, MethodCommand>(resting, { do: 'setTimer', name: AGAIN, ms: retryAfter });
    case 'timer':
      return state.phase === 'resting' && input.name === AGAIN
        ? emit<WiredState, MethodCommand>(authenticating, { do: 'startOneX' })
        : stay(state);
    default:
      return stay(state);
  }
};

/**
 * 802.1X on a wire: the host's module authenticates, and no key is downloaded. After a failure it tries again (R178), after a
 * success it authenticates anew when the authenticator asks who is there (R118).
 *
 * It serves associations whose algorithm is `WIRED_ALGORITHM` and whose cipher is none, of profiles that leave 802.1X to the host.
 *
 * @example
 * const engine = createEngine({ methods: [wired()] });
 *
 * @since 0.2.0
 */
export const wired = ({ retryAfter = 60_000, completionTimeout = 120_000 }: WiredOptions = {}): SecurityMethod<WiredState> => ({
  name: 'wired',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX: true,
  installsNoKeys: true,
  completionTimeout,
  serves: ({ authAlgorithm, unicastCipher }, profile) =>
    authAlgorithm === WIRED_ALGORITHM && unicastCipher === Cipher.codes.NONE && profile?.useMsOneX !== false,
  begin: () => emit<WiredState, MethodCommand>(authenticating, { do: 'startOneX' }),
  step: (state, input) => step(retryAfter, state, input),
});
