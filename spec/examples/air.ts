/** A station that runs the example's method and an access point that speaks its protocol, with unreliable air in between. */
import {
  type AdapterHandle,
  createEngine,
  driving,
  type Effect,
  type HostEvent,
  type KeyMaterial,
  LogicalClock,
  type MacAddress,
  Secret,
  type ServiceHandle,
  type SessionHandle,
  toHex,
} from 'postassoc';
import { nodeCrypto } from '../../examples/nodeCrypto.js';
import { type AuthenticatorInput, vendorAuthenticator } from '../../examples/vendorAuthenticator.js';
import { deriveKeys } from '../../examples/vendorKeys.js';
import { vendorMethod } from '../../examples/vendorMethod.js';
import { vendorAssociation, vendorPort } from '../../examples/vendorNetwork.js';
import { type MessageType, readMessage, VENDOR_ETHERTYPE } from '../../examples/vendorWire.js';

const ADAPTER = '0xa1' as AdapterHandle;
const AP = '02:00:00:00:00:01' as MacAddress;
const filled = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);

const CREDENTIAL = filled(20, 0xc4);
const nonces = { accessPoint: filled(32, 0xa1), station: filled(32, 0x57) };
export const GROUP_KEYS = [filled(16, 0x61), filled(16, 0x62)];
export const PAIRWISE = deriveKeys(nodeCrypto, Secret.of(CREDENTIAL), AP, nonces).pairwise;

/** What becomes of one message: `late` is overtaken by whatever follows within two seconds. */
export type Fate = 'arrives' | 'lost' | 'twice' | 'late' | { readonly flips: number };

export interface Weather {
  /** The fates of the messages in the order they are sent, whoever sends; later ones arrive. */
  readonly fates?: ReadonlyArray<Fate>;
  readonly credential?: Uint8Array;
  readonly silent?: boolean;
  /** When the access point asks for another group key, in milliseconds. */
  readonly rekeyAt?: number;
}

export interface Outcome {
  /** What the host was told, in order: `reason/win32`. */
  readonly completions: ReadonlyArray<string>;
  /** Every key that reached the hardware: its slot, and what `shownKey` says. */
  readonly keys: ReadonlyArray<string>;
  /** What the station was handed intact, and what the access point sent. */
  readonly arrived: ReadonlySet<MessageType>;
  readonly sent: ReadonlySet<MessageType>;
  readonly ledger: ReturnType<ReturnType<typeof createEngine>['ledger']['outstanding']>;
}

const flipped = (payload: Uint8Array, bit: number): Uint8Array => {
  const at = (bit >>> 3) % payload.length;
  return payload.with(at, (payload[at] ?? 0) ^ (1 << (bit & 7)));
};

const typeOf = (payload: Uint8Array): MessageType | undefined => {
  const message = readMessage(payload);
  return message._tag === 'Right' ? message.right.type : undefined;
};

/** A key and where its receive counter starts. */
export const shownKey = (material: KeyMaterial): string =>
  `${toHex(material.key.reveal())} from ${'counter' in material ? toHex(material.counter) : 'nowhere'}`;

/** Carries messages of either side, each to its fate. */
const airOf = (clock: LogicalClock, fates: ReadonlyArray<Fate>) => {
  let carried = 0;
  return (payload: Uint8Array, receive: (payload: Uint8Array) => void, intact: () => void = () => {}): void => {
    const fate = fates[carried++] ?? 'arrives';
    const arrive = (ms: number, what = payload): void => {
      clock.schedule(() => receive(what), ms);
    };
    if (fate === 'lost') return;
    if (typeof fate === 'object') {
      arrive(2, flipped(payload, fate.flips));
      return;
    }
    intact();
    arrive(fate === 'late' ? 2_000 : 2);
    if (fate === 'twice') arrive(5);
  };
};

/** Runs an association for two minutes: long enough for every timer there is. */
export const associate = ({ fates = [], credential = CREDENTIAL, silent = false, rekeyAt }: Weather): Outcome => {
  const clock = new LogicalClock();
  const carry = airOf(clock, fates);
  const secrets = ({ want }: { readonly want: string }) => Secret.of(want === 'entropy' ? nonces.station : credential);
  const engine = createEngine({
    methods: [vendorMethod({ crypto: nodeCrypto })],
    secrets,
    scheduler: clock,
    turns: clock,
  });
  const [completions, keys]: [string[], string[]] = [[], []];
  const [arrived, sent] = [new Set<MessageType>(), new Set<MessageType>()];
  const [first, second] = GROUP_KEYS.map((key, i) => ({ keyIndex: i + 1, key: Secret.of(key) }));
  if (first === undefined || second === undefined) throw new Error('there are two group keys');

  const accessPoint = vendorAuthenticator({
    crypto: nodeCrypto,
    address: AP,
    credential: Secret.of(CREDENTIAL),
    nonce: nonces.accessPoint,
    group: first,
  });
  let state = accessPoint.idle;
  let timer = clock.schedule(() => {}, 0);
  const toStation = (payload: Uint8Array): void => {
    const type = typeOf(payload);
    if (type !== undefined) sent.add(type);
    carry(
      payload,
      (what) => engine.handlers.receivePacket({ adapter: ADAPTER, peer: AP, etherType: VENDOR_ETHERTYPE, payload: what }),
      () => type !== undefined && arrived.add(type),
    );
  };
  const accessPointGets = (input: AuthenticatorInput): void => {
    const step = accessPoint.step(state, input);
    state = step.state;
    for (const command of step.effects) {
      if (command.do === 'send') toStation(command.payload);
      if (command.do === 'setTimer' || command.do === 'clearTimer') timer.unsubscribe();
      if (command.do === 'setTimer') timer = clock.schedule(() => accessPointGets({ kind: 'timer' }), command.ms);
    }
  };

  const hardware = (effect: Effect): number => {
    if (effect.kind === 'setKeyMappingKey') keys.push(`pairwise ${shownKey(effect.material)}`);
    if (effect.kind === 'setDefaultKey') keys.push(`group ${effect.keyIndex} ${shownKey(effect.material)}`);
    if (effect.kind === 'postAssociateCompletion') completions.push(`${effect.reason.toString(16)}/${effect.win32}`);
    if (effect.kind === 'sendPacket') {
      const { packet, payload } = effect;
      clock.schedule(() => engine.handlers.sendPacketCompletion({ packet }), 1);
      carry(payload, (what) => accessPointGets({ kind: 'packet', payload: what }));
    }
    return 0;
  };
  const offer = (event: HostEvent): void => engine.offer(event);
  engine.effects$.subscribe(driving(hardware, offer));

  const { handlers } = engine;
  handlers.initService({ version: 0 });
  handlers.initAdapter({ adapter: ADAPTER, service: '0x51' as ServiceHandle });
  const session = '0x1' as SessionHandle;
  handlers.performPostAssociate({
    adapter: ADAPTER,
    session,
    portState: vendorPort(AP),
    association: vendorAssociation(AP),
  });
  if (!silent) accessPointGets({ kind: 'associated' });
  if (rekeyAt !== undefined) clock.schedule(() => accessPointGets({ kind: 'rekey', group: second }), rekeyAt);
  clock.advanceTo(120_000);
  handlers.stopPostAssociate({ adapter: ADAPTER, peer: AP, status: 7 });
  handlers.deinitAdapter({ adapter: ADAPTER });
  clock.advanceTo(240_000);
  return { completions, keys, arrived, sent, ledger: engine.ledger.outstanding() };
};
