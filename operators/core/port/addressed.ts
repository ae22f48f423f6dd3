import { type AdapterHandle, type HostEvent, type MacAddress, SessionEvent, Win32 } from '../../../streams/events/index.js';
import type { Ledger, Owner } from './Ledger.js';
import type { Answer, PortInput } from './Port.js';
import { packetOf } from './packetRules.js';

type Of<K extends HostEvent['kind']> = Extract<HostEvent, { kind: K }>;

/** Whose an event is, when all it carries is a number or a GUID drawn here. */
export const ownerOf = (event: HostEvent, ledger: Ledger): Owner | undefined => {
  switch (event.kind) {
    case 'reply':
      return ledger.calls.get(event.call);
    case 'sendPacketCompletion':
      return ledger.packets.get(event.packet);
    case 'processUIResponse':
      return ledger.uiRequests.get(event.request);
    default:
      return undefined;
  }
};

export const adapterOf = (event: HostEvent, ledger: Ledger): AdapterHandle | undefined =>
  'adapter' in event ? event.adapter : ownerOf(event, ledger)?.adapter;

/** Whether an event of the adapter is for the port of this peer and generation (R71, R87, R115). */
export const isForPort = (event: HostEvent, peer: MacAddress, generation: number, ledger: Ledger): boolean => {
  switch (event.kind) {
    case 'receivePacket':
    case 'tkipMicFailure':
    case 'cipherKeyUpdated':
      return event.peer === peer;
    case 'oneXIndicateResult':
    case 'processSessionChange':
    case 'receiveIndication':
    case 'pmkidCandidates':
    case 'phyState':
    case 'linkQuality':
      return true;
    default:
      return ownerOf(event, ledger)?.generation === generation;
  }
};

/** Settles what an answer settles in the books, whoever asked (R72, R74, R103). */
const settleCall = (event: Of<'reply'>, ledger: Ledger): Answer | undefined => {
  const pending = ledger.calls.get(event.call);
  if (pending === undefined) return undefined;
  ledger.calls.delete(event.call);
  if (event.win32 !== Win32.codes.ERROR_SUCCESS) {
    if (pending.packet !== undefined) ledger.packets.delete(pending.packet);
    if (pending.request !== undefined) ledger.closeRequest(pending.request);
  }
  if (event.buffer !== undefined) ledger.buffers.set(event.buffer, pending.adapter);
  const { kind: _, call: __, ...result } = event;
  return { kind: 'answered', to: pending.to, tag: pending.tag, ...result };
};

const settlePacket = (packet: number, ledger: Ledger): PortInput | undefined => {
  const pending = ledger.packets.get(packet);
  ledger.packets.delete(packet);
  return pending && { kind: 'sent', tag: pending.tag };
};

const settleRequest = ({ request, response }: Of<'processUIResponse'>, ledger: Ledger): PortInput | undefined => {
  const pending = ledger.closeRequest(request);
  return pending && { kind: 'userAnswered', response };
};

const oneXResult = ({ adapter, result, parameters }: Of<'oneXIndicateResult'>, ledger: Ledger): PortInput => {
  const outcome = { kind: 'oneXResult' as const, result, ofStoppedRun: ledger.isStoppingOneX(adapter) };
  if (parameters === undefined) return { ...outcome, reason: 0 };
  const { reason, status, sendKey, receiveKey } = parameters;
  // R112: both length fields are respected; a key of no length is no key.
  return { ...outcome, reason, status, ...(sendKey.length > 0 && { sendKey }), ...(receiveKey.length > 0 && { receiveKey }) };
};

/** R221, R222: a user who logs off takes the open questions along, of ended ports too; other events change nothing (R223). */
const userGone = (
  { event, userSession }: Of<'processSessionChange'>,
  generation: number,
  ledger: Ledger,
): PortInput | undefined => {
  if (event !== SessionEvent.codes.LOGOFF) return undefined;
  const isOwn = (request: Owner) => request.generation === generation;
  const gone = ledger.forgetRequests(
    (request) => request.userSession === userSession && (isOwn(request) || !ledger.live.has(request.generation)),
  );
  return gone.some(isOwn) ? { kind: 'userGone' } : undefined;
};

/** An event of the port as the port sees it; what it settles in the books is settled here. */
export const toPortInput = (event: HostEvent, generation: number, ledger: Ledger): PortInput | undefined => {
  switch (event.kind) {
    case 'receivePacket':
      return { kind: 'packet', ...packetOf(event) };
    case 'sendPacketCompletion':
      return settlePacket(event.packet, ledger);
    case 'reply':
      return settleCall(event, ledger);
    case 'oneXIndicateResult':
      return oneXResult(event, ledger);
    case 'processUIResponse':
      return settleRequest(event, ledger);
    case 'processSessionChange':
      return userGone(event, generation, ledger);
    case 'receiveIndication':
    case 'tkipMicFailure':
    case 'cipherKeyUpdated':
    case 'pmkidCandidates':
    case 'phyState':
    case 'linkQuality':
      return { kind: 'indicated', indication: event };
    default:
      return undefined;
  }
};

/** What comes back for somebody who is gone: taken off the books, wiped, and without effect (R81, R137, R197, R234). */
export const settleStray = (event: HostEvent, ledger: Ledger): Answer | undefined => {
  switch (event.kind) {
    case 'sendPacketCompletion':
      ledger.packets.delete(event.packet);
      return undefined;
    case 'processUIResponse':
      settleRequest(event, ledger);
      event.response.zeroise();
      return undefined;
    case 'reply':
      event.secret?.zeroise();
      return settleCall(event, ledger);
    case 'cipherKeyUpdated':
      event.key?.zeroise();
      return undefined;
    default:
      return undefined;
  }
};
