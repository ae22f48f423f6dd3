import { type ConnectHandle, type Effect, L2Reason, Win32 } from '../../../streams/events/index.js';
import type { Algorithms } from '../method/SecurityMethod.js';
import { emit, type Step, stay } from '../Step.js';

type Named<K extends Effect['kind']> = Extract<Effect, { kind: K }>;
type Bare<E> = E extends Effect ? Omit<E, 'call' | 'adapter' | 'service'> : never;

/** What the adapter itself asks for; number and handles are stamped on when it leaves. */
export type AdapterCall = Bare<
  | Named<'setEtherTypeHandling'>
  | Named<'setAuthAlgorithm'>
  | Named<'setUnicastCipherAlgorithm'>
  | Named<'setMulticastCipherAlgorithm'>
  | Named<'preAssociateCompletion'>
  | Named<'freeBuffer'>
>;

/** A connection being prepared: the algorithms are enabled one by one, then the host is told once (R20, R21). */
export type PreAssociation =
  | { readonly phase: 'none' }
  | { readonly phase: 'enabling'; readonly connect: ConnectHandle; readonly ahead: ReadonlyArray<AdapterCall> }
  | { readonly phase: 'concluding'; readonly connect: ConnectHandle; readonly reason: number; readonly win32: number };

export const noPreAssociation: PreAssociation = { phase: 'none' };

const completion = (connect: ConnectHandle, reason: number, win32: number): AdapterCall => ({
  kind: 'preAssociateCompletion',
  connect,
  reason,
  win32,
});

const concluding = (connect: ConnectHandle, reason: number, win32: number): PreAssociation => ({
  phase: 'concluding',
  connect,
  reason,
  win32,
});

/** Starts with the authentication algorithm; without a method for the profile there is nothing to enable. */
export const beginPreAssociation = (
  connect: ConnectHandle,
  algorithms: Algorithms | undefined,
): Step<PreAssociation, AdapterCall> => {
  if (algorithms === undefined) return stay(concluding(connect, L2Reason.codes.UNKNOWN, Win32.codes.ERROR_NOT_SUPPORTED));
  const { authAlgorithm, unicastCipher, multicastCipher } = algorithms;
  const first: AdapterCall = { kind: 'setAuthAlgorithm', connect, algorithm: authAlgorithm };
  const ahead: ReadonlyArray<AdapterCall> = [
    { kind: 'setUnicastCipherAlgorithm', connect, cipher: unicastCipher },
    { kind: 'setMulticastCipherAlgorithm', connect, cipher: multicastCipher },
  ];
  return emit<PreAssociation, AdapterCall>({ phase: 'enabling', connect, ahead }, first);
};

/** The hardware answered: the next algorithm, or the verdict. */
export const enabled = (pre: PreAssociation, win32: number): Step<PreAssociation, AdapterCall> => {
  if (pre.phase !== 'enabling') return stay(pre);
  if (win32 !== Win32.codes.ERROR_SUCCESS) return stay(concluding(pre.connect, L2Reason.codes.UNKNOWN, win32));
  const [next, ...ahead] = pre.ahead;
  if (next === undefined) return stay(concluding(pre.connect, L2Reason.codes.SUCCESS, Win32.codes.ERROR_SUCCESS));
  return emit<PreAssociation, AdapterCall>({ ...pre, ahead }, next);
};

/** The verdict goes out on a later turn than the call it answers (R20). */
export const tellPreAssociation = (pre: PreAssociation): Step<PreAssociation, AdapterCall> =>
  pre.phase === 'concluding' ? emit(noPreAssociation, completion(pre.connect, pre.reason, pre.win32)) : stay(pre);

/** A host that prepares another connection is still owed the completion of the first (R20). */
export const supersedePreAssociation = (pre: PreAssociation): Step<PreAssociation, AdapterCall> =>
  pre.phase === 'none'
    ? stay(pre)
    : emit(noPreAssociation, completion(pre.connect, L2Reason.codes.MSMSEC_CANCELLED, Win32.codes.ERROR_OPERATION_ABORTED));

/** A reset owes a pending pre-association its one completion (R151). */
export const cancelPreAssociation = (pre: PreAssociation): Step<PreAssociation, AdapterCall> =>
  pre.phase === 'none'
    ? stay(pre)
    : emit(noPreAssociation, completion(pre.connect, L2Reason.codes.MSMSEC_CANCELLED, Win32.codes.ERROR_CANCELLED));
