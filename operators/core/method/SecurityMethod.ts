import type {
  AssociationCompletion,
  IhvProfile,
  MacAddress,
  PortState,
  PrivacyExemption,
} from '../../../streams/events/index.js';
import type { Step } from '../Step.js';
import type { MethodCommand } from './commands.js';
import type { MethodInput } from './inputs.js';

/** What a method knows when a port opens. */
export interface MethodContext {
  readonly peer: MacAddress;
  /** The station's own address, when the host told it at `initAdapter`. */
  readonly ownAddress?: MacAddress;
  readonly portState: PortState;
  /** The negotiated algorithms and the frames of the association (R41, R42). */
  readonly association: AssociationCompletion;
  /** The profile of the connection, kept from pre-association (R26). */
  readonly profile?: IhvProfile;
}

/** What pre-association enables in the hardware when a method's network is chosen (R21). */
export interface Algorithms {
  readonly authAlgorithm: number;
  readonly unicastCipher: number;
  readonly multicastCipher: number;
}

/**
 * A way to authenticate a port: a pure machine and a declaration of what it needs.
 *
 * `begin` runs when the host asks for the operation, `step` for everything that happens to the port afterwards, `release`
 * when the port ends for whatever reason: there the method zeroises the secrets it holds.
 *
 * @example
 * const trusting: SecurityMethod<null> = {
 *   name: 'trusting',
 *   etherTypes: [],
 *   usesOneX: false,
 *   serves: () => true,
 *   begin: () => ({ state: null, effects: [{ do: 'succeed' }] }),
 *   step: (state) => ({ state, effects: [] }),
 * };
 *
 * @since 0.1.0
 */
export interface SecurityMethod<S = unknown> {
  readonly name: string;
  /** EtherTypes to be registered for it; EAPOL is 0x888E (R60). */
  readonly etherTypes: ReadonlyArray<number>;
  readonly exemptions?: ReadonlyArray<PrivacyExemption>;
  /** Whether the host's 802.1X module authenticates before this method takes over. */
  readonly usesOneX: boolean;
  /** Whether the keys reach the hardware by a way of the vendor's own, so that none is downloaded here (R58). */
  readonly installsNoKeys?: boolean;
  /** How long the host may be kept waiting for the first completion, in milliseconds (R174). */
  readonly completionTimeout?: number;
  serves(association: AssociationCompletion, profile: IhvProfile | undefined): boolean;
  /** The algorithms to enable for a profile this method is meant for. */
  offers?(profile: IhvProfile): Algorithms | undefined;
  begin(context: MethodContext): Step<S, MethodCommand>;
  step(state: S, input: MethodInput): Step<S, MethodCommand>;
  /** Why the port is not up yet, as a reason code: what a timeout should say. */
  incomplete?(state: S): number | undefined;
  release?(state: S): void;
}
