import { isLeft } from 'fp-ts/lib/Either.js';
import { type Handler, type Indication, IndicationType, L2Reason, type Secret, Win32 } from '../../../streams/events/index.js';
import { readTkipMicFailure, type TkipMicFailure } from '../../../streams/frames/index.js';
import type { MethodCommand } from '../method/commands.js';
import { emit, stay } from '../Step.js';
import { isNoKey, materialOf } from './groupKeys.js';
import { admit } from './installed.js';
import { type Writer, writeKeyReply } from './keyReply.js';
import { clear, type Established, type RsnState, type RsnStep, remark, sendKeyPacket, TIMERS, zeroiseState } from './state.js';

/** A minute, within which a second Michael failure is an attack (IEEE 802.11-2020 12.5.2.4.2). */
const MICHAEL_WINDOW_MS = 60_000;

interface Wanted {
  readonly pairwise: boolean;
  readonly error: boolean;
}

const versionOf = ({ network, root }: Established): number => {
  const { descriptorVersion } = root.parameters;
  if (descriptorVersion !== 'byCipher') return descriptorVersion;
  return network.pairwise.form === 'tkip' ? 1 : 2;
};

/** An EAPOL-Key request (12.7.2): for new keys, or to report a Michael failure. It has a replay counter of its own. */
const request = (writer: Writer, state: Established, { pairwise, error }: Wanted): RsnStep => {
  const { network, root, ptk, requests } = state;
  const information = { descriptorVersion: versionOf(state), pairwise, error, request: true, secure: true };
  const packet = writeKeyReply(writer, network, root.parameters, ptk, { information, replayCounter: requests });
  return emit<RsnState, MethodCommand>({ ...state, requests: requests + 1n }, sendKeyPacket(`request ${requests}`, packet));
};

/** Asks the access point for a new pairwise key. */
export const requestRekey = (writer: Writer, state: Established): RsnStep =>
  request(writer, state, { pairwise: true, error: false });

type CipherKeyUpdated = Extract<Indication, { kind: 'cipherKeyUpdated' }>;

const usesTkip = ({ network: { pairwise, group } }: Established): boolean => pairwise.form === 'tkip' || group?.form === 'tkip';

/** R253: the owner of TKIP gives up the port when it is attacked twice within a minute, if that is its policy. */
const countermeasures = (state: RsnState, commands: ReadonlyArray<MethodCommand>): RsnStep => {
  zeroiseState(state);
  return emit<RsnState, MethodCommand>(
    { phase: 'over', evidence: 'evidence' in state ? state.evidence : state },
    ...commands,
    ...clear('michael', 'lifetime', 'finish'),
    remark('two Michael failures within a minute: TKIP countermeasures', 'R253'),
    { do: 'fail', reason: L2Reason.codes.MSMSEC_PEER_INDICATED_INSECURE, win32: Win32.codes.ERROR_CONNECTION_ABORTED },
  );
};

const michaelFailure = (writer: Writer, state: Established, { defaultKey }: Pick<TkipMicFailure, 'defaultKey'>): RsnStep => {
  if (!usesTkip(state)) return stay(state);
  const reported = request(writer, state, { pairwise: !defaultKey, error: true });
  if (state.hadMichaelFailure && writer.policy.countermeasures === 'fail')
    return countermeasures(reported.state, reported.effects);
  const next = reported.state.phase === 'established' ? { ...reported.state, hadMichaelFailure: true } : reported.state;
  return emit<RsnState, MethodCommand>(next, ...reported.effects, {
    do: 'setTimer',
    name: TIMERS.michael,
    ms: MICHAEL_WINDOW_MS,
  });
};

const slotOf = (keyIndex: number): 'group' | 'management' | 'beacon' => {
  if (keyIndex <= 3) return 'group';
  return keyIndex <= 5 ? 'management' : 'beacon';
};

/** A key the firmware took by itself, as it does while the host sleeps: adopted, so that it is never installed again (R135). */
const adopted = (state: Established, { keyIndex }: CipherKeyUpdated, key: Secret): RsnStep => {
  const slot = slotOf(keyIndex);
  const cipher = slot === 'group' ? state.network.group : state.network.groupManagement;
  if (cipher === undefined || key.length !== cipher.keyLength || isNoKey(cipher, key.reveal())) return stay(state);
  const material = materialOf(cipher, key.reveal(), new Uint8Array(6));
  const { installed, fresh } = admit(state.installed, [{ slot, keyIndex, algorithm: cipher.windows, material }]);
  return fresh.length === 0 ? stay(state) : emit<RsnState, MethodCommand>({ ...state, installed }, { do: 'adopt', keys: fresh });
};

/** The indicated key is ours to destroy, whatever comes of it. */
const keyUpdated = (state: RsnState, indication: CipherKeyUpdated): RsnStep => {
  const { key } = indication;
  const next = state.phase === 'established' && key?.isKnown === true ? adopted(state, indication, key) : stay(state);
  key?.zeroise();
  return next;
};

/** What the miniport tells of itself. */
export const indicated = (writer: Writer, state: RsnState, indication: Indication | Handler<'receiveIndication'>): RsnStep => {
  if (indication.kind === 'cipherKeyUpdated') return keyUpdated(state, indication);
  if (state.phase !== 'established') return stay(state);
  switch (indication.kind) {
    case 'tkipMicFailure':
      return michaelFailure(writer, state, indication);
    case 'receiveIndication': {
      if (indication.type !== IndicationType.codes.TKIP_MIC_FAILURE) return stay(state);
      const failure = readTkipMicFailure(indication.payload);
      return isLeft(failure) ? emit(state, remark(failure.left.message, 'R250')) : michaelFailure(writer, state, failure.right);
    }
    default:
      return stay(state);
  }
};
