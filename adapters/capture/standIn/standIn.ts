import { tap } from 'rxjs';
import {
  type Connection,
  type Credential,
  open,
  rsnMethods,
  type Tape,
  type TapedPacket,
} from '../../../operators/core/index.js';
import { mac48ToAddress } from '../../../streams/air/index.js';
import {
  type AdapterHandle,
  type Effect,
  EtherType,
  OneXAuthStatus,
  OneXResult,
  Secret,
  type ServiceHandle,
  type SessionHandle,
} from '../../../streams/events/index.js';
import { driving, LogicalClock, pmkStore, type SecretSource } from '../../../streams/sources/index.js';
import { nodeCrypto } from '../../crypto/nodeCrypto.js';
import { createRecordedEngine } from '../../event-log/createRecordedEngine.js';
import { associationOf } from './associationOf.js';
import { stationSecrets } from './stationSecrets.js';
import { transitionKey } from './transitionKey.js';

export interface StandInOptions {
  /** Takes one line of the event log at a time. */
  readonly write: (line: string) => void;
  /** Only a log with its secrets can be replayed. */
  readonly secrets: 'redact' | 'reveal';
  readonly credentials: ReadonlyArray<Credential>;
}

/** An engine in the place of stations, one connection after the other. */
export interface StandIn {
  readonly play: (connection: Connection) => void;
  readonly end: () => void;
}

const SERVICE = '0x1' as ServiceHandle;
const EAPOL = EtherType.codes.EAPOL;
const EAPOL_EAP = 0;
const EAP_AT = 4;
const EAP_SUCCESS = 3;
const EAP_FAILURE = 4;
const MSK_HALF = 32;
const ONEX_EAP_FAILURE_RECEIVED = 0x50005;

/** A packet is out after a millisecond. */
const AIR_MS = 1;
/** Between two connections, and after the last packet of one. */
const REST_MS = 1_000;
const LEFT = 0x10003;

const msOf = (microseconds: number): number => Math.round(microseconds) / 1_000;

/** What EAP came to with this packet. */
const resultOf = ({ from, packet }: TapedPacket): 'success' | 'failure' | undefined => {
  if (from !== 'ap' || packet[1] !== EAPOL_EAP) return undefined;
  if (packet[EAP_AT] === EAP_SUCCESS) return 'success';
  return packet[EAP_AT] === EAP_FAILURE ? 'failure' : undefined;
};

/** The halves of the MSK. Where no more than the PMK is known, the rest of it is zeros: no key is made of that. */
const masterKeys = (pmk: Secret | undefined, msk: Secret | undefined) => {
  const master = new Uint8Array(2 * MSK_HALF);
  const known = msk?.reveal() ?? pmk?.reveal() ?? new Uint8Array(0);
  master.set(known.subarray(0, master.length));
  return { sendKey: Secret.of(master.subarray(0, MSK_HALF)), receiveKey: Secret.of(master.subarray(MSK_HALF)) };
};

/** What the engine's surroundings remember of the connection that is being played. */
interface Stage {
  answers: SecretSource;
  isOneXRunning: boolean;
}

const createStage = ({ write, secrets }: Pick<StandInOptions, 'write' | 'secrets'>) => {
  const clock = new LogicalClock();
  const stage: Stage = { answers: () => undefined, isOneXRunning: false };
  const pmks = pmkStore(() => clock.now());
  const engine = createRecordedEngine({
    methods: [...rsnMethods({ crypto: nodeCrypto }), open],
    scheduler: clock,
    turns: clock,
    secrets: (request) => pmks.secrets(request) ?? stage.answers(request),
    record: { write, secrets },
  });
  const { handlers } = engine;
  const sink = driving((effect) => {
    if (effect.kind === 'startOneX') stage.isOneXRunning = true;
    return effect.kind === 'rememberPmk' || effect.kind === 'forgetPmk' ? pmks.carryOut(effect) : 0;
  }, engine.offer);
  const carryOut = tap((effect: Effect) => {
    sink.next(effect);
    if (effect.kind === 'sendPacket') clock.schedule(() => handlers.sendPacketCompletion({ packet: effect.packet }), AIR_MS);
  });
  const subscription = engine.effects$.pipe(carryOut).subscribe();
  const close = (): void => {
    subscription.unsubscribe();
    pmks.clear();
  };
  return { clock, stage, handlers, pmks, close };
};

const { SUCCESS, FAILURE } = OneXResult.codes;

/** What the 802.1X module would have told. */
const oneXReport = (isSuccess: boolean, { pmk }: Tape, { eap }: Connection) => {
  const status = isSuccess ? OneXAuthStatus.codes.SUCCESS : OneXAuthStatus.codes.FAILURE;
  const reason = isSuccess ? 0 : ONEX_EAP_FAILURE_RECEIVED;
  const keys = isSuccess ? masterKeys(pmk, eap?.msk) : masterKeys(undefined, undefined);
  return { result: isSuccess ? SUCCESS : FAILURE, parameters: { status, reason, ...keys } };
};

/**
 * Lets the engine live through taped connections in the place of their stations, and writes down what it is told and does: an
 * event log that `replay` repeats. The connections come one after the other, each with an adapter whose handle is the number of
 * the frame it began with; the time between their packets is the capture's. Wires have no association, so they are left out.
 *
 * @since 0.2.0
 */
export const standIn = ({ credentials, ...recording }: StandInOptions): StandIn => {
  const { clock, stage, handlers, pmks, close } = createStage(recording);
  handlers.initService({ version: 0 });

  const play = (connection: Connection, tape: Tape): void => {
    const { station, ap, ssid, began, ended } = connection;
    const adapter = `0x${began.frame.toString(16)}` as AdapterHandle;
    const session = `0x${began.frame.toString(16)}` as SessionHandle;
    const peer = mac48ToAddress(ap);
    const origin = clock.now() + REST_MS;
    const reach = (time: number): void => clock.advanceTo(Math.max(clock.now(), origin + msOf(time - began.time)));
    const remembered = (name: Uint8Array) =>
      tape.response && transitionKey(pmks.entries(), tape.response, mac48ToAddress(station), name);
    stage.answers = stationSecrets(tape, ssid, credentials, remembered);
    stage.isOneXRunning = false;
    handlers.initAdapter({ adapter, service: SERVICE, address: mac48ToAddress(station) });
    clock.advanceTo(origin);
    const portState = { peer, sessionId: 1, controlled: true, authorized: false };
    handlers.performPostAssociate({ adapter, session, portState, association: associationOf(connection, tape) });
    for (const taped of tape.packets) {
      reach(taped.time);
      if (taped.from === 'station') continue;
      handlers.receivePacket({ adapter, peer, etherType: EAPOL, payload: taped.packet, protected: taped.isProtected });
      const result = resultOf(taped);
      if (result === undefined || !stage.isOneXRunning) continue;
      stage.isOneXRunning = false;
      handlers.oneXIndicateResult({ adapter, ...oneXReport(result === 'success', tape, connection) });
    }
    reach(ended.time);
    handlers.stopPostAssociate({ adapter, peer, status: LEFT });
    handlers.deinitAdapter({ adapter });
    clock.advanceTo(clock.now() + AIR_MS);
  };

  return {
    play: (connection) => {
      const { tape, medium, association } = connection;
      const isAssociated = association !== undefined || (tape?.packets.length ?? 0) > 0;
      if (tape !== undefined && medium !== 'wire' && isAssociated) play(connection, tape);
    },
    end: () => {
      handlers.deinitService({});
      clock.advanceTo(clock.now() + REST_MS);
      close();
    },
  };
};
