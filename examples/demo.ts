/**
 * A station's day in twenty seconds: it associates with a vendor's access point, gets its next group key, roams to a second
 * access point, is sent away, and is removed. All in memory, on logical time, with randomness that is none: each run is the same.
 */
import {
  type Effect,
  type IhvProfile,
  LogicalClock,
  type MacAddress,
  type Outstanding,
  Secret,
  type SecretSource,
} from 'postassoc';
import { createRecordedEngine } from 'postassoc/event-log';
import { createMemoryHost, type MemoryHost, type Remark } from 'postassoc/memory';
import { tap } from 'rxjs';
import { nodeCrypto } from './nodeCrypto.js';
import { type AuthenticatorInput, vendorAuthenticator } from './vendorAuthenticator.js';
import { vendor } from './vendorMethod.js';
import { vendorAssociation } from './vendorNetwork.js';
import { readMessage, VENDOR_ETHERTYPE } from './vendorWire.js';

/** What a run leaves behind. */
export interface DemoRun {
  /** The recording, secrets included: they are made up. */
  readonly lines: ReadonlyArray<string>;
  /** What the lines from a moment on tell about, in microseconds. */
  readonly chapters: ReadonlyArray<{ readonly at: number; readonly title: string }>;
  readonly outstanding: Outstanding;
  /** Effects that came from a port after its end. */
  readonly stale: number;
  /** What the model of the host had to complain about. */
  readonly remarks: ReadonlyArray<Remark>;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const CREDENTIAL = text('correct horse battery staple');
const PROFILE: IhvProfile = { security: Secret.of(text('<vendor credential="vendor"/>')), useMsOneX: false };
const STATION = '02:00:00:00:00:57' as MacAddress;
const LOBBY = '02:00:00:00:00:01' as MacAddress;
const LIBRARY = '02:00:00:00:00:02' as MacAddress;
const DEAUTHENTICATED_LEAVING = 0x10003;

/** How long a packet is on its way, in milliseconds. */
const AIR_MS = 2.4;

/** Long after the last timer there could be. */
const END_MS = 60_000;

/** Numbers that look drawn: the n-th of a name is the same in every run. */
const seeded = (name: string): ((length: number) => Uint8Array) => {
  let drawn = 0;
  return (length) => nodeCrypto.hmacSha256(text(name), Uint8Array.of(drawn++)).slice(0, length);
};

const secretsOf =
  (draw: (length: number) => Uint8Array): SecretSource =>
  (request) => {
    if (request.want === 'unprotected') return;
    return Secret.of(request.want === 'entropy' ? draw(request.length) : CREDENTIAL);
  };

interface Air {
  readonly clock: LogicalClock;
  readonly host: MemoryHost;
}

/** An access point on the air: hears what is sent to it, and encrypts once there are keys. */
const accessPoint = ({ clock, host }: Air, address: MacAddress, name: string) => {
  const draw = seeded(name);
  const groupKey = (keyIndex: number) => ({ keyIndex, key: Secret.of(draw(16)) });
  const { idle, step } = vendorAuthenticator({
    crypto: nodeCrypto,
    address,
    credential: Secret.of(CREDENTIAL),
    nonce: draw(32),
    group: groupKey(1),
  });
  let state = idle;
  let timer = clock.schedule(() => {}, 0);
  const isUp = (): boolean => state.phase === 'up' || state.phase === 'rekeying';

  const send = (payload: Uint8Array): void => {
    const frame = { peer: address, etherType: VENDOR_ETHERTYPE, protected: isUp() };
    clock.schedule(() => host.packetFromPeer(payload, frame), AIR_MS);
  };
  const take = (input: AuthenticatorInput): void => {
    const { state: next, effects } = step(state, input);
    state = next;
    for (const command of effects) {
      if (command.do === 'send') send(command.payload);
      if (command.do === 'setTimer' || command.do === 'clearTimer') timer.unsubscribe();
      if (command.do === 'setTimer') timer = clock.schedule(() => take({ kind: 'timer' }), command.ms);
    }
  };
  return {
    address,
    send,
    associated: () => take({ kind: 'associated' }),
    hear: (payload: Uint8Array) => take({ kind: 'packet', payload }),
    rekey: () => take({ kind: 'rekey', group: groupKey(2) }),
  };
};

type AccessPoint = ReturnType<typeof accessPoint>;

interface Chapter {
  readonly at: number;
  readonly title: string;
  readonly happens: ReadonlyArray<() => void>;
}

/** What happens, in milliseconds. */
const story = (host: MemoryHost, lobby: AccessPoint, library: AccessPoint): ReadonlyArray<Chapter> => [
  {
    at: 0,
    title: 'The service starts, and an adapter arrives',
    happens: [() => host.initService(), () => host.initAdapter({ address: STATION, description: 'Example NIC' })],
  },
  { at: 200, title: 'The host prepares a connection', happens: [() => host.preAssociate(PROFILE)] },
  {
    at: 350,
    title: 'Associated with the access point in the lobby: challenge, response, keys',
    happens: [
      () => host.associate(lobby.address, vendorAssociation(lobby.address)),
      () => lobby.associated(),
      () => lobby.send(text('noise')),
    ],
  },
  { at: 6_000, title: 'The lobby has a new group key', happens: [() => lobby.rekey()] },
  {
    at: 11_800,
    title: 'Roaming to the library: the old port goes, a new one comes; a packet of the lobby is late',
    happens: [
      () => host.roam(library.address, vendorAssociation(library.address)),
      () => library.associated(),
      () => lobby.send(text('too late')),
    ],
  },
  {
    at: 18_500,
    title: 'The library sends the station away',
    happens: [() => host.disassociate({ reason: DEAUTHENTICATED_LEAVING })],
  },
  { at: 19_000, title: 'The host resets the adapter', happens: [() => host.reset()] },
  { at: 19_500, title: 'The adapter is removed, the service ends', happens: [() => host.deinit(), () => host.deinitService()] },
];

/** Plays the whole day at once. */
export const playDemo = (): DemoRun => {
  const clock = new LogicalClock();
  const lines: string[] = [];
  const engine = createRecordedEngine({
    methods: [vendor],
    secrets: secretsOf(seeded('station')),
    scheduler: clock,
    turns: clock,
    record: { write: (line) => lines.push(line), secrets: 'reveal' },
  });
  const host = createMemoryHost({ scheduler: clock, sendDelay: 0.4 });
  const lobby = accessPoint({ clock, host }, LOBBY, 'lobby');
  const library = accessPoint({ clock, host }, LIBRARY, 'library');
  const carry = tap((effect: Effect) => {
    if (effect.kind !== 'sendPacket') return;
    const hearer = effect.peer === LOBBY ? lobby : library;
    clock.schedule(() => hearer.hear(effect.payload), AIR_MS);
  });
  host.connect({ ...engine, effects$: engine.effects$.pipe(carry) });
  const chapters = story(host, lobby, library);
  for (const { at, happens } of chapters) {
    clock.advanceTo(at);
    for (const happen of happens) happen();
  }
  clock.advanceTo(END_MS);
  return {
    lines,
    chapters: chapters.map(({ at, title }) => ({ at: at * 1000, title })),
    outstanding: engine.ledger.outstanding(),
    stale: engine.ledger.stale,
    remarks: host.remarks,
  };
};

/** How the example's packets are called, for whoever shows a recording. */
export const vendorPacketName = (etherType: number, payload: Uint8Array): string | undefined => {
  if (etherType !== VENDOR_ETHERTYPE) return undefined;
  const message = readMessage(payload);
  return message._tag === 'Left' ? undefined : `${message.right.type} ${message.right.counter}`;
};
