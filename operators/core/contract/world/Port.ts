import {
  type AdapterHandle,
  type AssociationCompletion,
  Cipher,
  type KeyMaterial,
  type MacAddress,
  type Secret,
  type SessionHandle,
} from '../../../../streams/events/index.js';

/** `opening` while its Perform has not returned; `pending` until its first completion (R36, R174). */
export type PortPhase = 'opening' | 'pending' | 'authorised' | 'failed';

/** A key the port downloaded, kept to recognise it when it comes again (R135). */
export interface InstalledKey {
  readonly n: number;
  readonly call: number;
  readonly target: KeyTarget;
  readonly link: number | undefined;
  readonly direction: number;
  readonly form: KeyMaterial['form'];
  readonly key: Secret;
}

/** An EAPOL-Key packet of the station; `message` where its shape tells. */
export interface KeyFrame {
  readonly n: number;
  readonly packet: number;
  readonly message: 2 | 4 | undefined;
}

/** The keys of all stations, but for the one that protects beacons, which has a place of its own. */
export type KeyTarget = 'pairwise' | 'group' | 'beacon';

/** One live data port: one session of one adapter. */
export interface Port {
  readonly adapter: AdapterHandle;
  readonly session: SessionHandle;
  readonly peer: MacAddress;
  readonly association: AssociationCompletion;
  /** The driver authenticated while it associated: no key is owed (R52). */
  readonly preauthorised: boolean;
  readonly openedBy: number;
  readonly openedAt: number;
  phase: PortPhase;
  /** Its Perform was only taken to have returned; a late return may still refuse it. */
  returnImplied: boolean;
  completedBy: number | undefined;
  /** Accepted once is accepted for good: a rekey in flight takes nothing away. */
  pairwise: 'none' | 'asked' | 'accepted';
  installed: ReadonlyArray<InstalledKey>;
  refusedKey: { readonly n: number; readonly target: KeyTarget } | undefined;
  /** The EAPOL-Key packets it sent in the handshake that its next pairwise key ends. */
  keyFrames: ReadonlyArray<KeyFrame>;
  oneXFailure: { readonly n: number; readonly reason: number } | undefined;
  /** The association START that ended this port without a Stop so far (R211). */
  roamedBy: { readonly n: number; readonly at: number } | undefined;
}

/** A port that is no more, and what its silence is judged by. */
export interface EndedPort {
  readonly adapter: AdapterHandle;
  readonly session: SessionHandle;
  readonly peer: MacAddress;
  readonly how: 'stopped' | 'replaced' | 'reset' | 'deinit' | 'refused';
  /** The line of the call that ended it. */
  readonly by: number;
  readonly openedBy: number;
  readonly phase: PortPhase;
  readonly completedBy: number | undefined;
  /** The completion it was owed at reset, once given (R151). */
  cancelledBy: number | undefined;
}

const PAIRWISE_CIPHERS: ReadonlySet<number> = new Set([
  Cipher.codes.TKIP,
  Cipher.codes.CCMP,
  Cipher.codes.CCMP_256,
  Cipher.codes.GCMP,
  Cipher.codes.GCMP_256,
]);

/** Whether success takes a pairwise key: not on an open network, nor with static WEP, nor when nobody can say (IHV ciphers). */
export const needsPairwiseKey = (port: Port): boolean =>
  !port.preauthorised && PAIRWISE_CIPHERS.has(port.association.unicastCipher);

export const isCompleted = ({ phase }: Port | EndedPort): boolean => phase === 'authorised' || phase === 'failed';

export const portKey = (adapter: AdapterHandle, session: SessionHandle): string => `${adapter}|${session}`;
