import {
  AssocStatus,
  BROADCAST,
  type EffectName,
  EtherType,
  ExemptionAction,
  ExemptionPacket,
  type HostEvent,
  type IhvProfile,
  type MacAddress,
  type PrivacyExemption,
  Win32,
} from '../../../streams/events/index.js';
import type { Packet } from '../method/inputs.js';
import type { SecurityMethod } from '../method/SecurityMethod.js';
import { andThen, emit, type Step, stay } from '../Step.js';
import { objectToPort } from './admission.js';
import { offerOf } from './askMethod.js';
import { announced, type EarlyPackets, held } from './earlyPackets.js';
import { packetOf } from './packetRules.js';
import {
  type AdapterCall,
  beginPreAssociation,
  cancelPreAssociation,
  enabled,
  noPreAssociation,
  type PreAssociation,
  supersedePreAssociation,
  tellPreAssociation,
} from './preAssociation.js';

/** What an adapter keeps beside its port. */
export interface Adapter {
  readonly preAssociation: PreAssociation;
  /** Kept for the connection: it decides about 802.1X (R26) and holds what a method needs. */
  readonly profile?: IhvProfile;
  readonly early?: EarlyPackets;
  /** A port may have shut out what is not encrypted since the last reset, which lets it in again (R145, R147). */
  readonly hasEncrypted?: boolean;
}

export type AdapterOutput =
  | { readonly do: 'call'; readonly call: AdapterCall }
  | { readonly do: 'awaitLaterTurn' }
  | { readonly do: 'report'; readonly rule: string; readonly message: string };

type AdapterStep = Step<Adapter, AdapterOutput>;

export const freshAdapter: Adapter = { preAssociation: noPreAssociation };

/** What is registered at init, and again at a reset because the host has just cleared it (R5, R153). */
export interface Registrations {
  readonly maxBackLog: number;
  readonly etherTypes: ReadonlyArray<number>;
  readonly exemptions: ReadonlyArray<PrivacyExemption>;
}

/** R65: rekeys arrive encrypted, and EXEMPT_ALWAYS would discard exactly those. */
const eapolExemption: PrivacyExemption = {
  etherType: EtherType.codes.EAPOL,
  action: ExemptionAction.codes.ON_KEY_MAPPING_KEY_UNAVAILABLE,
  packets: ExemptionPacket.codes.UNICAST,
};

/** The union of what the methods need; who uses the 802.1X module needs EAPOL (R60). */
export const registrationsOf = (methods: ReadonlyArray<SecurityMethod>, maxBackLog: number): Registrations => {
  const oneX = methods.some(({ usesOneX }) => usesOneX) ? [EtherType.codes.EAPOL] : [];
  const etherTypes = [...new Set([...oneX, ...methods.flatMap((method) => method.etherTypes)])];
  const own = methods.flatMap(({ exemptions = [] }) => exemptions);
  const needsEapol =
    etherTypes.includes(EtherType.codes.EAPOL) && !own.some(({ etherType }) => etherType === EtherType.codes.EAPOL);
  return { maxBackLog, etherTypes, exemptions: needsEapol ? [eapolExemption, ...own] : own };
};

export const register = (adapter: Adapter, { maxBackLog, etherTypes, exemptions }: Registrations): AdapterStep =>
  etherTypes.length === 0
    ? stay(adapter)
    : emit(adapter, { do: 'call', call: { kind: 'setEtherTypeHandling', maxBackLog, exemptions, registrations: etherTypes } });

const withPre = (adapter: Adapter, step: Step<PreAssociation, AdapterCall>): AdapterStep => {
  const calls = step.effects.map((call): AdapterOutput => ({ do: 'call', call }));
  const moved = { ...adapter, preAssociation: step.state };
  return step.state.phase === 'concluding' ? emit(moved, ...calls, { do: 'awaitLaterTurn' }) : emit(moved, ...calls);
};

const report = (adapter: Adapter, rule: string, message: string): AdapterStep => emit(adapter, { do: 'report', rule, message });

/** A call that no front door refused and that makes no sense all the same opens nothing (R34, R44). */
const refused = (
  adapter: Adapter,
  { portState, association }: Extract<HostEvent, { kind: 'performPostAssociate' }>,
): AdapterStep => {
  const objection = objectToPort(portState, association);
  return objection === undefined ? stay(adapter) : report(adapter, objection.rule, objection.detail);
};

const withoutEarly = ({ early: _, ...adapter }: Adapter): Adapter => adapter;

/** Packets wait only for a peer whose association is under way; of anyone else they are dropped without effect (R87). */
const receiveStray = (adapter: Adapter, peer: MacAddress, packet: Packet): AdapterStep =>
  adapter.early?.peer === peer
    ? stay({ ...adapter, early: held(adapter.early, packet) })
    : report(adapter, 'R87', `a packet of ${peer} was dropped: no port is open for it`);

/** Hands out what was held for a peer whose port opens now. */
export const takeEarly = (adapter: Adapter, peer: MacAddress): readonly [ReadonlyArray<Packet>, Adapter] =>
  adapter.early === undefined ? [[], adapter] : [adapter.early.peer === peer ? adapter.early.packets : [], withoutEarly(adapter)];

/** The state right after `initAdapter`, registrations included (R153). */
const reset = (adapter: Adapter, registrations: Registrations): AdapterStep => {
  const cancelled = withPre(adapter, cancelPreAssociation(adapter.preAssociation));
  return andThen(cancelled, () => register(freshAdapter, registrations));
};

const prepare = (
  adapter: Adapter,
  { connect, profile }: Extract<HostEvent, { kind: 'performPreAssociate' }>,
  methods: ReadonlyArray<SecurityMethod>,
): AdapterStep => {
  const algorithms = methods.map((method) => offerOf(method, profile)).find((offer) => offer !== undefined);
  // The engine keeps a copy of the profile's secret, to be destroyed when the connection is over (R11).
  const own = { ...profile, security: profile.security.copy() };
  const superseded = withPre(adapter, supersedePreAssociation(adapter.preAssociation));
  return andThen(superseded, (next) => withPre({ ...next, profile: own }, beginPreAssociation(connect, algorithms)));
};

/** R212-R216: what the indications mean for packets that may come early. */
const indicated = (adapter: Adapter, event: HostEvent): AdapterStep => {
  if (event.kind === 'associationStart') return stay({ ...adapter, early: { peer: event.peer, packets: [] } });
  if (event.kind !== 'associationCompletion') return stay(adapter);
  const { status, peer } = event.association;
  return stay(
    status === AssocStatus.codes.SUCCESS ? { ...adapter, early: announced(adapter.early, peer) } : withoutEarly(adapter),
  );
};

const ENABLES: ReadonlySet<string> = new Set(['setAuthAlgorithm', 'setUnicastCipherAlgorithm', 'setMulticastCipherAlgorithm']);

/** The answer to one of the adapter's own calls: pre-association goes on, a refusal of anything else is remarked. */
export const answerAdapter = (adapter: Adapter, to: EffectName, win32: number): AdapterStep => {
  if (ENABLES.has(to)) return withPre(adapter, enabled(adapter.preAssociation, win32));
  return win32 === Win32.codes.ERROR_SUCCESS ? stay(adapter) : report(adapter, 'R179', `${to} was refused: ${Win32.show(win32)}`);
};

export const laterTurn = (adapter: Adapter): AdapterStep => withPre(adapter, tellPreAssociation(adapter.preAssociation));

/** One adapter, one event that is not its port's. */
export const stepAdapter = (
  adapter: Adapter,
  event: HostEvent,
  methods: ReadonlyArray<SecurityMethod>,
  registrations: Registrations,
): AdapterStep => {
  switch (event.kind) {
    case 'performPostAssociate':
      return refused(adapter, event);
    case 'performPreAssociate':
      return prepare(adapter, event, methods);
    case 'adapterReset':
      return reset(adapter, registrations);
    case 'stopPostAssociate':
      return stay(event.peer === adapter.early?.peer || event.peer === BROADCAST ? withoutEarly(adapter) : adapter);
    case 'receivePacket':
      return receiveStray(adapter, event.peer, packetOf(event));
    case 'associationStart':
    case 'associationCompletion':
      return indicated(adapter, event);
    case 'oneXIndicateResult':
      return report(adapter, 'R115', 'an 802.1X result came though no port is open');
    case 'tkipMicFailure':
      return report(adapter, 'R253', `a Michael failure was indicated for ${event.peer}`);
    case 'handlerReturned':
      return event.win32 === Win32.codes.ERROR_SUCCESS && event.detail === undefined
        ? stay(adapter)
        : report(adapter, 'R36', `${event.handler} was refused with ${Win32.show(event.win32)}: ${event.detail ?? ''}`);
    default:
      return stay(adapter);
  }
};
