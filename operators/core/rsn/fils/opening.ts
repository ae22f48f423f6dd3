import { type Either, isLeft, left } from 'fp-ts/lib/Either.js';
import { equalBytes, L2Reason, type Secret, Win32 } from '../../../../streams/events/index.js';
import type { KeyDataItem, KeyDelivery } from '../../../../streams/frames/index.js';
import type { KeyDownload, MethodCommand } from '../../method/commands.js';
import { emit } from '../../Step.js';
import { lifetime, notices, rememberPmk } from '../conclude.js';
import { noEvidence } from '../evidence.js';
import { type Fault, fatal } from '../fault.js';
import { COUNTER_LENGTH, groupKeysOf, isNoKey, materialOf } from '../groupKeys.js';
import { admit } from '../installed.js';
import type { Writer } from '../keyReply.js';
import type { AssociationElements, Network } from '../network.js';
import { type RootKey, rootKeyOf, zeroiseRoot } from '../rootKey.js';
import { type Established, type Opening, object, type RsnState, type RsnStep } from '../state.js';
import { wipeDownloads, wipeItems } from '../wipe.js';
import { readDelivered, refuse } from './delivered.js';
import { type FilsSession, readSessionSecret, zeroiseSession } from './sessionSecret.js';

const { ERROR_INVALID_DATA, ERROR_NOT_FOUND } = Win32.codes;
const { UNKNOWN, MSMSEC_KEY_FORMAT } = L2Reason.codes;

/** No message has been proven under these keys, so the first may have any counter. */
const NO_COUNTER = -1n;

/**
 * Whether FILS authentication came before the association: then its request names the session, no handshake follows, and the
 * keys come with its response (IEEE 802.11-2020 12.11.2.6). Else nothing: a FILS suite is served by 802.1X and a handshake.
 */
export const beginOpening = (network: Network, { fils }: AssociationElements): RsnStep | undefined => {
  if (fils === undefined || network.akm.source !== 'fils') return undefined;
  const { session, response } = fils;
  const state: Opening = { phase: 'opening', network, evidence: noEvidence, session, response };
  if (network.links.length > 0) {
    const detail = 'FILS authentication of several links at once is not served';
    return object(state, fatal('UNSUPPORTED', 'association', UNKNOWN, detail), ERROR_INVALID_DATA);
  }
  if (response.session === undefined || !equalBytes(response.session, session))
    return object(state, refuse('the response belongs to another FILS session than the request'), ERROR_INVALID_DATA);
  const request = { want: 'pmk', peer: network.peer, pmkid: session } as const;
  return emit<RsnState, MethodCommand>(state, { do: 'ask', tag: 'pmk', request });
};

/** Renews the pairwise keys from now on: the PMK, or in a mobility domain what FILS-FT makes. */
const rootOf = ({ crypto }: Writer, network: Network, { pmk, filsFt }: FilsSession): Either<Fault, RootKey> =>
  rootKeyOf(crypto, network, (filsFt ?? pmk).copy(), { isRemembered: filsFt === undefined });

interface Opened {
  readonly session: FilsSession;
  readonly root: RootKey;
  readonly groupKeys: ReadonlyArray<KeyDownload>;
  readonly items: ReadonlyArray<KeyDataItem>;
}

const established = (writer: Writer, state: Opening, { session, root, groupKeys, items }: Opened): RsnStep => {
  const { network, evidence } = state;
  const ptk = { kck: session.ptk.kck.copy(), kek: session.ptk.kek.copy(), tk: session.ptk.tk.copy() };
  const material = materialOf(network.pairwise, ptk.tk.reveal(), new Uint8Array(COUNTER_LENGTH));
  const pairwise: KeyDownload = { slot: 'pairwise', algorithm: network.pairwise.windows, material };
  const { installed, fresh } = admit([], [pairwise, ...groupKeys]);
  ptk.tk.zeroise();
  const exclude: KeyDownload = { slot: 'excludeUnencrypted', exclude: true };
  const disable = items.find(({ kind }) => kind === 'transitionDisable');
  const remembered = rememberPmk(writer, { network, root }, ptk);
  const next: Established = {
    phase: 'established',
    ...{ network, ptk, installed },
    evidence: { ...evidence, wasAccepted: true },
    root: { ...root, isRemembered: true },
    anonce: session.nonces.authenticator,
    counter: NO_COUNTER,
    ...{ isComplete: true, isKeyed: false, requests: 0n, hadMichaelFailure: false },
  };
  return emit<RsnState, MethodCommand>(
    next,
    { do: 'install', keys: writer.policy.excludeUnencrypted ? [...fresh, exclude] : fresh },
    ...notices(disable?.kind === 'transitionDisable' ? { transitionDisable: disable.bitmap } : {}),
    ...remembered,
    ...lifetime(writer),
    { do: 'succeed' },
  );
};

const keysOf = (network: Network, { ptk }: FilsSession, delivered: KeyDelivery): Either<Fault, ReadonlyArray<KeyDownload>> => {
  const keys = groupKeysOf(network, delivered.items, delivered.receiveCounter, 'association');
  if (isLeft(keys) || !isNoKey(network.pairwise, ptk.tk.reveal())) return keys;
  wipeDownloads(keys.right);
  return left(fatal('ZERO_KEY', 'association', MSMSEC_KEY_FORMAT, 'the pairwise key is all zeros'));
};

const open = (writer: Writer, state: Opening, session: FilsSession): RsnStep => {
  const { network, response } = state;
  const root = rootOf(writer, network, session);
  if (isLeft(root)) return object(state, root.left, ERROR_INVALID_DATA);
  const delivered = readDelivered(writer.crypto, network, root.right, session, response);
  const groupKeys = isLeft(delivered) ? delivered : keysOf(network, session, delivered.right);
  const items = isLeft(delivered) ? [] : delivered.right.items;
  wipeItems(items);
  if (!isLeft(groupKeys)) return established(writer, state, { session, root: root.right, groupKeys: groupKeys.right, items });
  zeroiseRoot(root.right);
  return object(state, groupKeys.left, ERROR_INVALID_DATA);
};

/**
 * What the authentication left is there: the response is opened, and its keys are handed over. The secret serves once, because
 * another port with it would have the same key again (R135).
 */
export const opened = (writer: Writer, state: Opening, secret: Secret | undefined): RsnStep => {
  const { network, session: name } = state;
  const session = secret && readSessionSecret(network.akm, network.pairwise, secret);
  secret?.zeroise();
  if (session === undefined) {
    const detail = 'there is no secret of the FILS session that the association request names';
    return object(state, fatal('NO_SECRET', 'association', UNKNOWN, detail), ERROR_NOT_FOUND);
  }
  const { state: next, effects } = open(writer, state, session);
  zeroiseSession(session);
  return emit<RsnState, MethodCommand>(next, { do: 'forgetPmk', peer: network.peer, pmkid: name }, ...effects);
};
