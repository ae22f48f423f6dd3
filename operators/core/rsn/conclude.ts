import { isLeft } from 'fp-ts/lib/Either.js';
import { Direction, L2Reason, Win32 } from '../../../streams/events/index.js';
import type { KeyDownload, MethodCommand } from '../method/commands.js';
import { emit } from '../Step.js';
import { usesOneX } from './akm.js';
import { fatal } from './fault.js';
import { type Message3, readMessage3 } from './fourWay/message3.js';
import { writeMessage4 } from './fourWay/message4.js';
import { COUNTER_LENGTH, isNoKey, materialOf } from './groupKeys.js';
import { admit, type Installed } from './installed.js';
import type { Writer } from './keyReply.js';
import { pmkid } from './keys/pmkid.js';
import { type Ptk, zeroisePtk } from './keys/ptk.js';
import type { Network } from './network.js';
import type { Proven } from './proveMessage3.js';
import type { Association } from './rootKey.js';
import {
  clear,
  type Established,
  object,
  type Proving,
  type RsnState,
  type RsnStep,
  remark,
  sendKeyPacket,
  TIMERS,
} from './state.js';
import { wipeDownloads } from './wipe.js';

const { ERROR_INVALID_DATA } = Win32.codes;

/** A notification of message 3 that later associations must respect (WPA3 specification, transition disable). */
export const TRANSITION_DISABLE = 1;

const pairwiseDownload = (network: Network, { ptk }: Proven, keyId: number | undefined): KeyDownload => {
  const { pairwise } = network;
  const material = materialOf(pairwise, ptk.tk.reveal(), new Uint8Array(COUNTER_LENGTH));
  const key = { slot: 'pairwise', algorithm: pairwise.windows, material } as const;
  return keyId === undefined ? key : { ...key, keyId, direction: Direction.codes.INBOUND };
};

/**
 * Message 4 and the keys behind it (R134). With Extended Key ID the new key receives before message 4 is out, and sends only
 * afterwards, so that no frame of either side is lost (IEEE 802.11-2020 12.7.6.5).
 */
const answerAndInstall = (
  tag: string,
  message4: Uint8Array,
  pairwise: ReadonlyArray<KeyDownload>,
  others: ReadonlyArray<KeyDownload>,
  keyId: number | undefined,
): ReadonlyArray<MethodCommand> => {
  const send = sendKeyPacket(tag, message4);
  if (keyId === undefined || pairwise.length === 0) return [send, { do: 'install', keys: [...pairwise, ...others], after: tag }];
  const transmit: KeyDownload = { slot: 'pairwiseTransmit', keyId };
  return [{ do: 'install', keys: pairwise }, send, { do: 'install', keys: [transmit, ...others], after: tag }];
};

/** Which key the next association can begin with, and its name: the PMK, or in a mobility domain the PMK-R0. */
const reusable = ({ crypto }: Writer, { network, root }: Association, ptk: Ptk) => {
  const { akm, addresses } = network;
  if (root.isRemembered) return;
  if (root.hierarchy !== undefined) {
    const { r0 } = root.hierarchy;
    return r0 && { name: r0.name, key: r0.pmkR0 };
  }
  if (!usesOneX(akm)) return;
  const name = pmkid(crypto, akm, { pmk: root.key.reveal(), addresses, kck: ptk.kck.reveal() });
  return name && { name, key: root.key };
};

/** The host keeps the master key, if it has not got it already, for no longer than the access point says that it lives. */
export const rememberPmk = (
  writer: Writer,
  association: Association,
  ptk: Ptk,
  keyLifetime = Number.POSITIVE_INFINITY,
): ReadonlyArray<MethodCommand> => {
  const { akm, peer, ssid } = association.network;
  const found = reusable(writer, association, ptk);
  if (found === undefined) return [];
  const lifetime = Math.min(writer.policy.pmkLifetime, keyLifetime);
  const entry = { peer, ssid, akm: akm.selector, pmkid: found.name, pmk: found.key.copy(), lifetime };
  return [{ do: 'rememberPmk', entry }];
};

export const notices = ({ transitionDisable }: Pick<Message3, 'transitionDisable'>): ReadonlyArray<MethodCommand> =>
  transitionDisable === undefined ? [] : [{ do: 'notify', code: TRANSITION_DISABLE, data: transitionDisable }];

interface Before {
  readonly installed: Installed;
  readonly requests: bigint;
  readonly hadMichaelFailure: boolean;
  readonly isComplete: boolean;
}

const EXCLUDE: ReadonlyArray<KeyDownload> = [{ slot: 'excludeUnencrypted', exclude: true }];

const FRESH: Before = { installed: [], requests: 0n, hadMichaelFailure: false, isComplete: false };

const awaitGroupKey = ({ policy }: Writer, isComplete: boolean): ReadonlyArray<MethodCommand> =>
  isComplete ? clear('finish') : [{ do: 'setTimer', name: TIMERS.finish, ms: policy.timeouts.finish }];

export const lifetime = ({ policy }: Writer): ReadonlyArray<MethodCommand> =>
  policy.pairwiseKeyLifetime === 0 ? [] : [{ do: 'setTimer', name: TIMERS.lifetime, ms: policy.pairwiseKeyLifetime }];

/**
 * A proven message 3: checked once more for what it says, then answered, and its keys handed over. What the handshake is to
 * the port follows: up, or with WPA1 not before the group key.
 */
export const conclude = (writer: Writer, state: Proving | Established, proven: Proven, snonce: { zeroise(): void }): RsnStep => {
  const { network, root } = state;
  const { ptk, frame } = proven;
  const evidence = { ...state.evidence, wasAccepted: true };
  const heard: RsnState = { ...state, evidence };
  const message = readMessage3(writer.crypto, network, root, ptk, frame);
  if (isLeft(message)) {
    zeroisePtk(ptk);
    return object(heard, message.left, ERROR_INVALID_DATA);
  }
  if (isNoKey(network.pairwise, ptk.tk.reveal())) {
    zeroisePtk(ptk);
    wipeDownloads(message.right.groupKeys);
    const fault = fatal('ZERO_KEY', 'message 3', L2Reason.codes.MSMSEC_KEY_FORMAT, 'the pairwise key is all zeros');
    return object(heard, fault, ERROR_INVALID_DATA);
  }
  const before: Before = state.phase === 'established' ? state : FRESH;
  const { keyId, groupKeys } = message.right;
  const pairwise = admit(before.installed, [pairwiseDownload(network, proven, keyId)]);
  const admitted = admit(pairwise.installed, groupKeys);
  const tag = `message 4 of ${frame.key.replayCounter}`;
  const message4 = writeMessage4(writer, network, root.parameters, ptk, frame.key);
  const isComplete = before.isComplete || network.akm.protocol === 'rsn';
  const settings = isComplete && writer.policy.excludeUnencrypted ? EXCLUDE : [];
  const remembered = rememberPmk(writer, state, ptk, message.right.keyLifetime);
  ptk.tk.zeroise();
  snonce.zeroise();
  if (state.phase === 'established') zeroisePtk(state.ptk);
  const next: Established = {
    phase: 'established',
    network,
    evidence,
    root: remembered.length === 0 ? root : { ...root, isRemembered: true },
    ptk,
    anonce: frame.key.nonce,
    counter: frame.key.replayCounter,
    installed: admitted.installed,
    isComplete,
    isKeyed: false,
    requests: before.requests,
    hadMichaelFailure: before.hadMichaelFailure,
  };
  return emit<RsnState, MethodCommand>(
    next,
    ...clear('suspicion'),
    ...awaitGroupKey(writer, isComplete),
    ...answerAndInstall(tag, message4, pairwise.fresh, [...admitted.fresh, ...settings], keyId),
    ...notices(message.right),
    ...remembered,
    ...lifetime(writer),
    ...(isComplete ? [{ do: 'succeed' } as const] : []),
  );
};

/** Message 3 again: answered, and only what is new in it is handed over (R135). */
export const answerAgain = (writer: Writer, state: Established, proven: Proven): RsnStep => {
  const { network, root } = state;
  const { frame, ptk } = proven;
  const message = readMessage3(writer.crypto, network, root, ptk, frame);
  if (isLeft(message)) return object(state, message.left, ERROR_INVALID_DATA);
  const { installed, fresh } = admit(state.installed, message.right.groupKeys);
  const tag = `message 4 of ${frame.key.replayCounter}`;
  return emit<RsnState, MethodCommand>(
    { ...state, installed, counter: frame.key.replayCounter },
    remark('message 3 came again: it is answered, and no key is installed twice', 'R135'),
    sendKeyPacket(tag, writeMessage4(writer, network, root.parameters, ptk, frame.key)),
    ...(fresh.length === 0 ? [] : [{ do: 'install', keys: fresh, after: tag } as const]),
  );
};
