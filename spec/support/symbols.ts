import { type Ledger, ownerOf } from '../../operators/core/index.js';
import {
  type AdapterHandle,
  type ApiCall,
  AssocStatus,
  type ConnectHandle,
  type Effect,
  EtherType,
  type HostEvent,
  L2Reason,
  type MacAddress,
  OneXResult,
  Secret,
  SessionEvent,
  type SessionHandle,
  Win32,
} from '../../streams/events/index.js';
import { ADAPTER, AP, association, perform, stop } from './fixtures.js';
import { eapol, symbolOf } from './symbolicMethod.js';

export const SESSION_2 = '0x2' as SessionHandle;
/** The access point a station roams to. */
export const AP_2 = '02:00:00:00:00:02' as MacAddress;
/** Nobody the engine knows. */
export const STRANGER = '02:00:00:00:00:99' as MacAddress;
export const CONNECT = '0xc1' as ConnectHandle;
export const USER = 7;

/** What has been asked of the sink so far, so that an answer can name what it answers. */
export interface Asked {
  readonly effects: ReadonlyArray<ApiCall>;
  readonly ledger: Ledger;
}

/** What one character of an input lane stands for. */
export type Input = (asked: Asked) => HostEvent | undefined;

type OneXParameters = NonNullable<Extract<HostEvent, { kind: 'oneXIndicateResult' }>['parameters']>;

const blob = (fill: number): Secret => Secret.of(new Uint8Array(40).fill(fill));

export const oneXResult = (
  result: number,
  changes: Partial<OneXParameters> = {},
  adapter: AdapterHandle = ADAPTER,
): HostEvent => ({
  kind: 'oneXIndicateResult',
  adapter,
  result,
  parameters: { status: 3, reason: 0, sendKey: blob(0x51), receiveKey: blob(0x52), ...changes },
});

export const packet = (symbol: string, peer: MacAddress = AP, type = 3, adapter: AdapterHandle = ADAPTER): HostEvent => ({
  kind: 'receivePacket',
  adapter,
  peer,
  etherType: EtherType.codes.EAPOL,
  payload: eapol(symbol, type),
});

export const completionOf = (packetNumber: number): HostEvent => ({ kind: 'sendPacketCompletion', packet: packetNumber });

/** The send completion of the nth packet of that name, of the latest by default. */
export const sent =
  (symbol: string, nth?: number): Input =>
  ({ effects }) => {
    const numbers = effects.flatMap((effect) =>
      effect.kind === 'sendPacket' && symbolOf(effect.payload) === symbol ? [effect.packet] : [],
    );
    const found = nth === undefined ? numbers.at(-1) : numbers[nth - 1];
    return found === undefined ? undefined : completionOf(found);
  };

/** The late answer to the oldest call of that kind which has none yet. */
export const answered =
  (symbol: string, win32: number = Win32.codes.ERROR_SUCCESS, secret?: Secret): Input =>
  ({ effects, ledger }) => {
    const open = effects.find(
      (effect) =>
        symbolOfEffect(effect) === symbol && ownerOf({ kind: 'reply', call: effect.call, win32: 0 }, ledger) !== undefined,
    );
    return open && { kind: 'reply', call: open.call, win32, ...(secret && { secret }) };
  };

const always =
  (event: HostEvent): Input =>
  () =>
    event;

/** The user interface answers the latest question. */
const userAnswers: Input = ({ effects }) => {
  const question = effects.findLast((effect) => effect.kind === 'sendUIRequest');
  return question?.kind === 'sendUIRequest'
    ? { kind: 'processUIResponse', request: question.request, response: Secret.of(Uint8Array.of(1)) }
    : undefined;
};

export const deinit: HostEvent = { kind: 'deinitAdapter', adapter: ADAPTER };
export const reset: HostEvent = { kind: 'adapterReset', adapter: ADAPTER };
export const logOff = (userSession = USER): HostEvent => ({
  kind: 'processSessionChange',
  event: SessionEvent.codes.LOGOFF,
  userSession,
});

const profile = () => ({ security: Secret.of(Uint8Array.of(1, 2, 3)), useMsOneX: true });

/** The input characters of the diagrams; a sequence adds its own. */
export const INPUTS: Readonly<Record<string, Input>> = {
  P: always(perform()),
  Q: always(perform({ session: SESSION_2, peer: AP_2 })),
  S: always(stop()),
  Z: always(reset),
  D: always(deinit),
  V: always({ kind: 'deinitService' }),
  A: () => ({ kind: 'performPreAssociate', adapter: ADAPTER, connect: CONNECT, profile: profile() }),
  1: always(packet('1')),
  3: always(packet('3')),
  g: always(packet('g')),
  e: always(packet('e', AP, 0)),
  u: sent('2'),
  v: sent('4'),
  w: sent('h'),
  R: () => oneXResult(OneXResult.codes.SUCCESS),
  N: () => oneXResult(OneXResult.codes.FAILURE, { reason: L2Reason.codes.ONEX_EAP_FAILURE_RECEIVED }),
  I: always({ kind: 'oneXIndicateResult', adapter: ADAPTER, result: OneXResult.codes.IN_PROGRESS }),
  a: always({ kind: 'associationStart', adapter: ADAPTER, peer: AP, ssid: new Uint8Array(0) }),
  k: () => ({ kind: 'associationCompletion', adapter: ADAPTER, association: association() }),
  x: always({ kind: 'disassociation', adapter: ADAPTER, peer: AP, reason: AssocStatus.codes.ROAMING_ASSOCIATION_LOST }),
  L: always(logOff()),
  y: userAnswers,
};

const NAMES: Partial<Record<Effect['kind'], string>> = {
  setEtherTypeHandling: 'E',
  setKeyMappingKey: 'K',
  setDefaultKey: 'G',
  setDefaultKeyId: 'I',
  setExcludeUnencrypted: 'X',
  startOneX: 's',
  stopOneX: 'z',
  processOneXPacket: 'F',
  sendUIRequest: 'q',
  allocateBuffer: 'm',
  freeBuffer: 'f',
  nicSpecificExtension: 'n',
  sendNotification: 'o',
  setAuthAlgorithm: 'A',
  setUnicastCipherAlgorithm: 'U',
  setMulticastCipherAlgorithm: 'M',
  setPairwiseTransmitKey: 'T',
  setRekeyOffload: 'w',
  rememberPmk: 'r',
  forgetPmk: 'd',
};

const completion = (win32: number, success: string, failure: string, cancelled: string): string => {
  if (win32 === Win32.codes.ERROR_SUCCESS) return success;
  return win32 === Win32.codes.ERROR_CANCELLED ? cancelled : failure;
};

/** The output character of an effect; of a packet or of slow work, the one it carries. */
export const symbolOfEffect = (effect: Effect): string => {
  switch (effect.kind) {
    case 'sendPacket':
      return symbolOf(effect.payload);
    case 'derive':
      return effect.label;
    case 'postAssociateCompletion':
      return completion(effect.win32, 'C', 'B', 'c');
    case 'preAssociateCompletion':
      return completion(effect.win32, 'p', 'b', 'i');
    default:
      return NAMES[effect.kind] ?? '?';
  }
};
