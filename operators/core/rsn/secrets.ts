import { isLeft } from 'fp-ts/lib/Either.js';
import { L2Reason, Secret, Win32 } from '../../../streams/events/index.js';
import type { MethodCommand } from '../method/commands.js';
import type { MethodContext } from '../method/SecurityMethod.js';
import { emit, stay } from '../Step.js';
import { usesOneX } from './akm.js';
import { noEvidence } from './evidence.js';
import { fatal } from './fault.js';
import type { Writer } from './keyReply.js';
import { xxKeyOfMsk } from './keys/ft.js';
import { passphraseToPmk } from './keys/psk.js';
import { zeroisePtk } from './keys/ptk.js';
import type { Network } from './network.js';
import { offeredName, type RootKey, rootKeyOf, zeroiseRoot } from './rootKey.js';
import {
  type Arming,
  type Authenticating,
  clear,
  object,
  type Proving,
  type RsnState,
  type RsnStep,
  remark,
  TIMERS,
  type Waiting,
} from './state.js';

export const NONCE_LENGTH = 32;
const { ERROR_NOT_FOUND, ERROR_INVALID_DATA } = Win32.codes;

const askNonce: MethodCommand = { do: 'ask', tag: 'nonce', request: { want: 'entropy', length: NONCE_LENGTH } };

const askPmk = ({ peer }: Network, pmkid?: Uint8Array): MethodCommand => ({
  do: 'ask',
  tag: 'pmk',
  request: { want: 'pmk', peer, ...(pmkid && { pmkid }) },
});

/** Which question brings the master key; 802.1X is asked only for what the association offered. */
const askMaster = ({ policy }: Writer, network: Network, context: MethodContext): ReadonlyArray<MethodCommand> => {
  const { akm, offeredPmkids, ssid } = network;
  if (akm.source === 'psk')
    return [{ do: 'ask', tag: 'credential', request: { want: 'credential', name: policy.credentialOf(context, ssid) } }];
  if (offeredPmkids.length > 0) return offeredPmkids.map((pmkid) => askPmk(network, pmkid));
  return usesOneX(akm) ? [] : [askPmk(network)];
};

/** Asks for what a handshake needs. The nonce is asked for last, so that everything is there when it comes. */
export const arm = (writer: Writer, network: Network, context: MethodContext): RsnStep =>
  emit<RsnState, MethodCommand>(
    { phase: 'arming', network, evidence: noEvidence, offered: network.offeredPmkids },
    ...askMaster(writer, network, context),
    askNonce,
  );

const noSecret = (state: RsnState, detail: string): RsnStep =>
  object(state, fatal('NO_SECRET', 'association', L2Reason.codes.UNKNOWN, detail), ERROR_NOT_FOUND);

const withRoot = ({ crypto }: Writer, state: Arming, pmk: Secret, origin: Pick<RootKey, 'pmkid' | 'isRemembered'>): RsnStep => {
  const root = rootKeyOf(crypto, state.network, pmk, origin);
  if (isLeft(root)) return object(state, root.left, ERROR_INVALID_DATA);
  const { phase, network, evidence, offered } = state;
  return stay<RsnState>({ phase, network, evidence, offered, root: root.right });
};

const gotCredential = (writer: Writer, state: Arming, credential: Secret | undefined): RsnStep => {
  if (credential?.isKnown !== true) return noSecret(state, 'there is no passphrase for this network');
  const bytes = passphraseToPmk(writer.crypto, credential.reveal(), state.network.ssid);
  credential.zeroise();
  if (bytes === undefined) return noSecret(state, 'the passphrase is neither 8 to 63 printable characters nor 64 hex digits');
  const pmk = Secret.of(bytes);
  bytes.fill(0);
  return withRoot(writer, state, pmk, { isRemembered: false });
};

/** The first PMK that is known of those the association offered is the one; the others are not needed. */
const gotPmk = (writer: Writer, state: Arming, pmk: Secret | undefined): RsnStep => {
  const [pmkid, ...offered] = state.offered;
  if (state.root !== undefined || pmk?.isKnown !== true) {
    pmk?.zeroise();
    return stay<RsnState>({ ...state, offered });
  }
  return withRoot(writer, { ...state, offered }, pmk, { isRemembered: pmkid !== undefined, ...(pmkid && { pmkid }) });
};

const awaitMessage1 = ({ policy }: Writer): MethodCommand => ({ do: 'setTimer', name: TIMERS.start, ms: policy.timeouts.start });

const gotNonce = (writer: Writer, state: Arming, snonce: Secret | undefined): RsnStep => {
  if (snonce?.reveal().length !== NONCE_LENGTH) {
    snonce?.zeroise();
    return noSecret(state, 'there is no randomness for a nonce');
  }
  const { network, evidence, root } = state;
  if (root !== undefined)
    return emit<RsnState, MethodCommand>({ phase: 'waiting', network, evidence, root, snonce }, awaitMessage1(writer));
  if (!usesOneX(network.akm)) {
    snonce.zeroise();
    return noSecret(state, `there is no PMK of ${network.akm.name} for this access point`);
  }
  return emit<RsnState, MethodCommand>({ phase: 'authenticating', network, evidence, snonce }, { do: 'startOneX' });
};

/** An answer of the secret source, while a port is arming. */
export const supplied = (writer: Writer, state: Arming, tag: string, secret: Secret | undefined): RsnStep => {
  switch (tag) {
    case 'credential':
      return gotCredential(writer, state, secret);
    case 'pmk':
      return gotPmk(writer, state, secret);
    default:
      return gotNonce(writer, state, secret);
  }
};

/** The MSK of which 802.1X hands over the halves; which of them comes first is R113's question. */
const masterOf = ({ policy }: Writer, sendKey: Secret, receiveKey: Secret | undefined): Uint8Array => {
  const [first, second] = policy.pmkFrom === 'sendKey' ? [sendKey, receiveKey] : [receiveKey, sendKey];
  const [a, b] = [first?.reveal() ?? new Uint8Array(0), second?.reveal() ?? new Uint8Array(0)];
  const master = new Uint8Array(a.length + b.length);
  master.set(a);
  master.set(b, a.length);
  return master;
};

interface OneXKeys {
  readonly sendKey?: Secret;
  readonly receiveKey?: Secret;
}

/** The master key 802.1X made for this network (IEEE 802.11-2020 12.7.1.3), or of a mobility domain the XXKey. */
export const rootFromOneX = (writer: Writer, network: Network, { sendKey, receiveKey }: OneXKeys) => {
  const master = sendKey === undefined ? new Uint8Array(0) : masterOf(writer, sendKey, receiveKey);
  sendKey?.zeroise();
  receiveKey?.zeroise();
  const [length = 0] = network.akm.pmkLengths;
  const key = network.akm.fastTransition ? xxKeyOfMsk(network.akm, master) : master.subarray(0, length);
  const pmk = Secret.of(key ?? new Uint8Array(0));
  master.fill(0);
  return rootKeyOf(writer.crypto, network, pmk, { isRemembered: false });
};

/** 802.1X is through: the handshake may begin (R111, R112). */
export const authenticated = (writer: Writer, state: Authenticating, keys: OneXKeys): RsnStep => {
  const root = rootFromOneX(writer, state.network, keys);
  if (isLeft(root)) return object(state, root.left, ERROR_INVALID_DATA);
  const { network, evidence, snonce } = state;
  return emit<RsnState, MethodCommand>({ phase: 'waiting', network, evidence, root: root.right, snonce }, awaitMessage1(writer));
};

/** The access point does not use our PMK, and 802.1X makes another. A single message 1 is no reason to forget it: anybody sends those. */
export const restart = (state: Waiting | Proving, { isForgotten }: { readonly isForgotten: boolean }): RsnStep => {
  const { network, evidence, root } = state;
  const pmkid = offeredName(root);
  const snonce = state.phase === 'waiting' ? state.snonce : state.attempt.snonce;
  if (state.phase === 'proving') zeroisePtk(state.attempt.ptk);
  zeroiseRoot(root);
  return emit<RsnState, MethodCommand>(
    { phase: 'authenticating', network, evidence, snonce },
    ...clear('start', 'finish', 'suspicion'),
    remark('the access point does not use our PMK: 802.1X starts anew'),
    ...(pmkid === undefined || !isForgotten ? [] : [{ do: 'forgetPmk', peer: network.peer, pmkid } as const]),
    { do: 'startOneX' },
  );
};
