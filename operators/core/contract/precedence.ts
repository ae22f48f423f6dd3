import type { ApiCall, EffectOf, Handler, HandlerName, HostEvent, IndicationName } from '../../../streams/events/index.js';
import { R3, R6adapter, R6port, R7, R160 } from './rules/adapter.js';
import { R31, R37, R58, R114, R136, R147, R170, R171, R172, R173, R176 } from './rules/completion.js';
import { R36, R80, R137, R138, R152, R177, R178, R193, R194, R199 } from './rules/ended.js';
import { R34, R44, R210completion, R210start, R211, R211late, R213 } from './rules/host.js';
import { R133, R134, R135, R146 } from './rules/keyOrder.js';
import { R41, R121, R122, R123, R124, R128, R130 } from './rules/keyShape.js';
import { R26, R60, R100, R101, R104, R105, R107, R108, R116 } from './rules/oneX.js';
import { R71, R75, R102 } from './rules/packets.js';
import { R6connect, R20, R23, R25, R27, R152connect } from './rules/preAssociation.js';
import type { CallRule, DebtRule, EventRule } from './rules/Rule.js';
import { R230, R240, R243 } from './rules/requests.js';
import { R151, R151connect, R151owed, R153 } from './rules/reset.js';
import { R1early, R8, R9, R9memory } from './rules/service.js';

type CallRules = { readonly [K in ApiCall['kind']]: ReadonlyArray<CallRule<EffectOf<K>>> };

/** Asked of nearly every call: is the service up, is the adapter there? */
const alive = [R9, R160, R7, R6adapter] as const;

/**
 * The rules of each API call, in order of precedence: one call breaks at most one rule, the first of its row that it breaks.
 * Rows go from "nobody is there any more" over "not at this time" to "not like this".
 */
export const callRules: CallRules = {
  allocateBuffer: [R9],
  freeBuffer: [R9],

  setEtherTypeHandling: [...alive, R3, R23],
  nicSpecificExtension: [...alive, R199, R3],
  sendNotification: [...alive, R199, R3],
  sendUIRequest: [...alive, R199, R3, R230],

  setAuthAlgorithm: [...alive, R3, R25, R6connect],
  setUnicastCipherAlgorithm: [...alive, R3, R25, R6connect],
  setMulticastCipherAlgorithm: [...alive, R3, R25, R6connect],
  setCurrentProfile: [...alive, R3, R25, R6connect, R27],
  setProfileCustomUserData: [...alive, R3, R25, R6connect, R27],
  getProfileCustomUserData: [...alive, R3, R25, R6connect, R27],
  preAssociateCompletion: [...alive, R3, R151connect, R152connect, R20, R25, R6connect],

  sendPacket: [R9, R80, R6adapter, R6port, R3, R75, R71, R102],
  startOneX: [...alive, R100, R3, R26, R60, R101],
  stopOneX: [...alive, R199, R116, R3],
  processOneXPacket: [...alive, R105, R199, R108, R3, R107, R104],
  setKeyMappingKey: [...alive, R138, R137, R6port, R3, R41, R124, R130, R135, R134],
  setDefaultKey: [...alive, R138, R137, R6port, R3, R121, R123, R128, R41, R124, R130, R135, R133],
  setDefaultKeyId: [...alive, R137, R6port, R3, R122],
  setExcludeUnencrypted: [...alive, R199, R6port, R3, R146],
  // The dead are told apart by how they died, then the codes are looked at, then what they claim.
  postAssociateCompletion: [
    ...[R9, R6adapter, R36, R193, R194, R151, R152, R178, R31, R177, R37, R3],
    ...[R170, R172, R171, R173, R176, R136, R58, R147, R114],
  ],
  derive: [R199],
  rememberPmk: [...alive, R199, R6port, R3],
  forgetPmk: [...alive, R199, R6port, R3],
  setPairwiseTransmitKey: [...alive, R137, R6port, R3],
  setRekeyOffload: [...alive, R199, R6port, R3],

  requestVirtualStation: [...alive, R243, R3, R240],
  releaseVirtualStation: [...alive, R243, R3],
  queryVirtualStationProperties: [...alive, R243, R3],
  setVirtualStationApProperties: [...alive, R243, R3, R25, R6connect],
};

type EventOf<K extends HostEvent['kind']> = Extract<HostEvent, { kind: K }>;
type EventRules = { readonly [K in HandlerName | IndicationName]?: ReadonlyArray<EventRule<EventOf<K>>> };

/** The rules of the host's side: again the first that an event breaks. R1 is asked of every handler. */
export const eventRules: EventRules = {
  initService: [R1early],
  performPostAssociate: [R211],
  associationStart: [R210start],
  associationCompletion: [R210completion],
  disassociation: [R211late, R213],
};

/** What is owed when a handler returns: each debt is reported, at the line of the handler's entry. */
export const debtRules: { readonly [K in Handler<HandlerName>['kind']]?: ReadonlyArray<DebtRule> } = {
  performPostAssociate: [R44, R34],
  adapterReset: [R151owed, R153],
  deinitAdapter: [R8],
  deinitService: [R9memory],
};
