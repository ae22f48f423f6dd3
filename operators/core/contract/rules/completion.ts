import { type EffectOf, isIhvReason, L2Reason, Win32, ZERO_MAC } from '../../../../streams/events/index.js';
import { needsPairwiseKey, type Port } from '../world/Port.js';
import type { World } from '../world/World.js';
import { type CallRule, clause, type Finding } from './Rule.js';
import { codesOf, lines, livePort, portName } from './words.js';

type Completion = EffectOf<'postAssociateCompletion'>;
type CompletionRule = CallRule<Completion>;

/** A check of completions for a live port. */
const ofLivePort =
  (broken: (port: Port, call: Completion, world: World) => Finding | undefined): CompletionRule['broken'] =>
  (scene) => {
    const port = livePort(scene);
    return port && broken(port, scene.call, scene.world);
  };

export const R31: CompletionRule = {
  ...clause(
    'R31',
    'the session handle that performPostAssociate gave for this port',
    'The session handle is the identity of the operation and is given back in every completion.',
  ),
  broken: ({ adapter, port, call }) => {
    if (adapter.is !== 'alive' || (port.is !== 'never' && port.is !== 'unknown')) return;
    const [live] = adapter.adapter.ports.values();
    return (
      live && { message: `completion for session ${call.session}, but the port is ${portName(live)}`, related: [live.openedBy] }
    );
  },
};

export const R37: CompletionRule = {
  ...clause(
    'R37',
    'the completion on a later turn, after performPostAssociate has returned',
    'The operation completes asynchronously, even where the answer is known at once.',
  ),
  broken: ofLivePort((port) =>
    port.phase === 'opening'
      ? {
          message: `${portName(port)} completed inside its performPostAssociate at line ${port.openedBy}`,
          related: [port.openedBy],
        }
      : undefined,
  ),
};

export const R170: CompletionRule = {
  ...clause(
    'R170',
    "the port's own peer address",
    'A completion carries adapter, session, peer, reason and Win32 code of its port.',
  ),
  broken: ofLivePort((port, { peer }) =>
    peer !== port.peer && peer !== ZERO_MAC
      ? { message: `${portName(port)} completed with peer ${peer}`, related: [port.openedBy] }
      : undefined,
  ),
};

export const R171: CompletionRule = {
  ...clause(
    'R171',
    'reason 0, or one of 0x90000 to 0x9FFFF, beside a Win32 code of 0',
    'Success is Win32 0 with no reason or with one of the vendor range.',
  ),
  broken: ofLivePort((port, call) =>
    call.win32 === 0 && call.reason !== 0 && !isIhvReason(call.reason)
      ? { message: `${portName(port)} completed with ${codesOf(call)}` }
      : undefined,
  ),
};

export const R172: CompletionRule = {
  ...clause('R172', 'a non-zero reason beside a non-zero Win32 code', 'A failure carries both: a Win32 code and a reason.'),
  broken: ofLivePort((port, call) =>
    call.win32 !== 0 && call.reason === 0 ? { message: `${portName(port)} completed with ${codesOf(call)}` } : undefined,
  ),
};

export const R173: CompletionRule = {
  ...clause(
    'R173',
    'another Win32 code than ERROR_CANCELLED, which belongs to adapterReset',
    'ERROR_CANCELLED says that a reset cancelled the operation.',
  ),
  broken: ofLivePort((port, call) =>
    call.win32 === Win32.codes.ERROR_CANCELLED
      ? { message: `${portName(port)} completed with ${Win32.show(call.win32)} outside of a reset` }
      : undefined,
  ),
};

export const R176: CompletionRule = {
  ...clause(
    'R176',
    'a further completion only when the authorisation of the port changes',
    'After the first completion the host is called again for changes only, not e.g. for each group rekey.',
  ),
  broken: ofLivePort((port, { win32 }) =>
    port.phase === (win32 === 0 ? 'authorised' : 'failed')
      ? { message: `${portName(port)} was already ${port.phase}`, related: lines(port.completedBy) }
      : undefined,
  ),
};

/** A check of success completions for a live port. */
const ofSuccess = (broken: Parameters<typeof ofLivePort>[0]) =>
  ofLivePort((port, call, world) => (call.win32 === 0 ? broken(port, call, world) : undefined));

export const R136: CompletionRule = {
  ...clause('R136', 'a failure completion', 'A key that was refused is refused for good, and the operation fails.'),
  broken: ofSuccess((port) =>
    port.refusedKey
      ? {
          message: `${portName(port)} authorised although its ${port.refusedKey.target} key was refused`,
          related: [port.refusedKey.n],
        }
      : undefined,
  ),
};

export const R58: CompletionRule = {
  ...clause(
    'R58',
    'success only after the pairwise key was accepted',
    'Success opens the data path, so the key that protects it must be in place by then.',
  ),
  broken: ofSuccess((port) =>
    needsPairwiseKey(port) && port.pairwise !== 'accepted'
      ? {
          message: `${portName(port)} authorised ${port.pairwise === 'asked' ? 'before its pairwise key was accepted' : 'without a pairwise key'}`,
          related: lines(port.openedBy, port.installed.findLast(({ target }) => target === 'pairwise')?.n),
        }
      : undefined,
  ),
};

const usesNoCipher = ({ association }: Port): boolean => association.unicastCipher === 0 && association.multicastCipher === 0;

export const R147: CompletionRule = {
  ...clause(
    'R147',
    'exclude-unencrypted taken back before a network without encryption is authorised',
    'The setting outlives its connection: left on, the adapter discards every unicast frame of an open network.',
  ),
  broken: ofSuccess((port, call, world) => {
    const excludes = world.adapters.get(call.adapter)?.excludes;
    return excludes && usesNoCipher(port)
      ? {
          message: `${portName(port)} has no cipher, but exclude-unencrypted is still on`,
          related: lines(excludes.n, port.openedBy),
        }
      : undefined;
  }),
};

export const R114: CompletionRule = {
  ...clause(
    'R114',
    'a failure completion with the reason that 802.1X gave',
    'When 802.1X fails the operation fails, and its reason is passed through.',
  ),
  broken: ofLivePort((port, call) =>
    port.oneXFailure && call.reason !== port.oneXFailure.reason
      ? {
          message: `802.1X failed with ${L2Reason.show(port.oneXFailure.reason)}, the completion says ${codesOf(call)}`,
          related: [port.oneXFailure.n],
        }
      : undefined,
  ),
};
