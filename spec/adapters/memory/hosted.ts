import { Subject } from 'rxjs';
import { createMemoryHost, type MemoryAdapter, type MemoryHost, type MemoryHostOptions } from '../../../adapters/memory/index.js';
import type { SecurityMethod } from '../../../operators/core/index.js';
import { createEngine } from '../../../operators/index.js';
import {
  type ApiCall,
  type BufferHandle,
  type ConnectHandle,
  type Effect,
  type EffectOf,
  EtherType,
  type HostEvent,
  type MacAddress,
  Secret,
  type SessionHandle,
} from '../../../streams/events/index.js';
import { type Handlers, LogicalClock, osCallbacks, type SecretSource } from '../../../streams/sources/index.js';
import { AP, SESSION } from '../../support/fixtures.js';
import { symbolic } from '../../support/symbolicMethod.js';

export const NEXT_AP = '02:00:00:00:00:02' as MacAddress;
export const STRANGER = '02:00:00:00:00:99' as MacAddress;
export const NEXT_SESSION = '0x2' as SessionHandle;

/** Each request for a secret is answered with as many bytes as were asked for; a protected blob is its own clear text. */
export const openSecrets: SecretSource = (request) =>
  request.want === 'unprotected' ? request.blob.copy() : Secret.of(new Uint8Array(16).fill(7));

/** An engine with the symbolic handshake on a memory host, up to its first adapter. Time stands still until it is moved. */
export const hosted = (options: Partial<MemoryHostOptions> = {}, methods: ReadonlyArray<SecurityMethod> = [symbolic()]) => {
  const clock = new LogicalClock();
  const engine = createEngine({ methods, secrets: openSecrets, scheduler: clock, turns: clock });
  const host = createMemoryHost({ scheduler: clock, ...options });
  const connection = host.connect(engine);
  /** Runs what is due now, or within so many milliseconds. */
  const settle = (ms = 0): void => clock.advanceTo(clock.now() + ms);
  host.initService();
  const adapter = host.initAdapter();
  settle();
  return { clock, engine, host, connection, adapter, settle };
};

/** A host without an engine: its handlers note that they were called, and accept; a test may replace some. */
export const alone = (options: Partial<MemoryHostOptions> = {}, own: Partial<Handlers> = {}) => {
  const clock = new LogicalClock();
  const { handlers, events$ } = osCallbacks({ turns: clock });
  const called: HostEvent[] = [];
  events$.subscribe((event) => called.push(event));
  const host = createMemoryHost({ scheduler: clock, ...options });
  const offered: HostEvent[] = [];
  const effects$ = new Subject<Effect>();
  host.connect({ handlers: { ...handlers, ...own }, offer: (event) => offered.push(event), effects$ });
  host.initService();
  const adapter = host.initAdapter();
  const settle = (ms = 0): void => clock.advanceTo(clock.now() + ms);
  return { clock, host, adapter, called, offered, effects$, settle };
};

const none = new Uint8Array(0);

/** One call of each kind, as a port of the first session would make it. */
const samples = (peer: MacAddress, connect: ConnectHandle) => {
  const material = { form: 'ccmp' as const, counter: new Uint8Array(6), key: Secret.of(new Uint8Array(16).fill(0x5a)) };
  const key = { peer, algorithm: 4, direction: 3, delete: false, static: false, material };
  return {
    allocateBuffer: { size: 4 },
    freeBuffer: { buffer: '0x0' as BufferHandle },
    setEtherTypeHandling: { maxBackLog: 2, exemptions: [], registrations: [EtherType.codes.EAPOL] },
    nicSpecificExtension: { input: none, outputSize: 4 },
    sendUIRequest: {
      request: '00000000-0000-4000-8000-000000000001',
      userSession: 1,
      page: '00000000-0000-4000-8000-000000000002',
      data: Secret.of(none),
    },
    sendNotification: { code: 0x1000, data: none },
    setAuthAlgorithm: { connect, algorithm: 7 },
    setUnicastCipherAlgorithm: { connect, cipher: 4 },
    setMulticastCipherAlgorithm: { connect, cipher: 4 },
    setCurrentProfile: { connect, profile: Secret.of(none) },
    setProfileCustomUserData: { connect, data: Secret.of(none) },
    getProfileCustomUserData: { connect },
    preAssociateCompletion: { connect, reason: 0, win32: 0 },
    sendPacket: { packet: 1, peer, etherType: EtherType.codes.EAPOL, payload: none },
    startOneX: {},
    stopOneX: {},
    processOneXPacket: { packet: none },
    setKeyMappingKey: key,
    setDefaultKey: { ...key, keyIndex: 1 },
    setDefaultKeyId: { keyIndex: 1 },
    setExcludeUnencrypted: { exclude: true },
    postAssociateCompletion: { peer, reason: 0, win32: 0 },
    requestVirtualStation: {},
    releaseVirtualStation: {},
    queryVirtualStationProperties: {},
    setVirtualStationApProperties: {
      connect,
      ssid: none,
      authAlgorithm: 7,
      cipher: 4,
      isPassphrase: false,
      key: Secret.of(new Uint8Array(32)),
    },
    derive: { label: 'a', input: Secret.of(none) },
    rememberPmk: {
      entry: {
        peer,
        ssid: none,
        akm: 0x000fac08,
        pmkid: new Uint8Array(16).fill(1),
        pmk: Secret.of(new Uint8Array(32)),
        lifetime: 60,
      },
    },
    forgetPmk: { peer, pmkid: new Uint8Array(16).fill(1) },
    setPairwiseTransmitKey: { peer, keyId: 0 },
    setRekeyOffload: {
      ...{
        peer,
        keys: {
          akm: 0x000fac02,
          kck: Secret.of(new Uint8Array(16)),
          kek: Secret.of(new Uint8Array(16)),
          replayCounter: new Uint8Array(8),
        },
      },
    },
  } satisfies { readonly [K in ApiCall['kind']]: object };
};

/** The calls of an engine, one at a time: `ask('setDefaultKey', { keyIndex: 2 })` answers with the code. */
export const asking = (host: MemoryHost, adapter: MemoryAdapter) => {
  let call = 0;
  return <K extends ApiCall['kind']>(kind: K, changes: Partial<EffectOf<K>> = {}): number | undefined => {
    const connect = adapter.connect ?? ('0x0' as ConnectHandle);
    const { handle, identity } = adapter;
    const stamp = { call: ++call, adapter: handle, service: identity.service, session: SESSION, generation: 1 };
    const effect = { kind, ...stamp, ...samples(AP, connect)[kind], ...changes } as unknown as ApiCall;
    const answer = host.sink(effect);
    return typeof answer === 'object' ? answer.win32 : answer;
  };
};

export const kindsOf = (calls: ReadonlyArray<{ readonly kind: string }>): ReadonlyArray<string> => calls.map(({ kind }) => kind);

/** The calls of one port in the letters of the sequences; others do not show. */
export const lane = (calls: ReadonlyArray<ApiCall>): string => calls.map(letterOf).join('');

const LETTERS: Readonly<Record<string, string>> = {
  setKeyMappingKey: 'K',
  setDefaultKey: 'G',
  setExcludeUnencrypted: 'X',
  setEtherTypeHandling: 'E',
  startOneX: 's',
  stopOneX: 'z',
  processOneXPacket: 'F',
};

const letterOf = (call: ApiCall): string => {
  if (call.kind === 'sendPacket') return String.fromCharCode(call.payload.at(-1) ?? 0);
  if (call.kind === 'postAssociateCompletion') return call.win32 === 0 ? 'C' : call.win32 === 1223 ? 'c' : 'B';
  return LETTERS[call.kind] ?? '';
};

export const rulesOf = ({ remarks }: MemoryHost): ReadonlyArray<string> => remarks.map(({ rule }) => rule);

/** What an engine has out when everything was given back. */
export const NOTHING_OUT = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };
