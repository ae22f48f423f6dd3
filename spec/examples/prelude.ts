/** What the examples in doc comments take for granted: names that any reader knows what to put in for. */
export const prelude = `
import type {
  AdapterDeps, AdapterHandle, AssociationCompletion, Crypto, DownloadInput, GroupOptions, Effect, Engine as AnEngine, HostEvent, Indication, Ledger as Books, LogicalClock as Clock, MacAddress,
  MethodContext, MethodInput,
  OsCallbacks, PortOpening, SecretSource as Secrets, SecurityMethod as Method, Sink as Outside,
  EapPeerDeps, EapPeerSignal, Secret, Terminator, Verdict, VirtualStationSource,
} from 'postassoc';
import type { PaeOrder, PeerOptions } from 'postassoc/core';
import type { Log } from 'postassoc/event-log';
import type { MemoryHost } from 'postassoc/memory';
import type { Radio, Wire } from 'postassoc/linux';
import type { RadiusAttribute, RadiusClient, RadiusServer } from 'postassoc/radius';
import type { WdiIndication } from 'postassoc/wdi';
import type { Observable, SchedulerLike } from 'rxjs';

declare global {
  const events$: Observable<HostEvent>;
  const effects$: Observable<Effect>;
  const adapter$: Observable<HostEvent>;
  const driver$: Observable<WdiIndication>;
  const indication$: Observable<Indication>;
  const commands$: Observable<VirtualStationSource>;
  const inputs$: Observable<number>;
  const told$: Observable<MethodInput>;
  const packets$: Observable<Uint8Array>;
  const verdicts$: Observable<Verdict>;
  const batches$: Observable<DownloadInput>;
  const sent$: Observable<DownloadInput>;
  const answers$: Observable<DownloadInput>;
  const signals$: Observable<EapPeerSignal>;
  const orders$: Observable<PaeOrder>;
  const eap: EapPeerDeps;
  const wire: Wire;
  const radio: Radio;
  const ssid: Uint8Array;
  const passphrase: Secret;
  const client: RadiusClient;
  const servers: readonly [RadiusServer, ...RadiusServer[]];
  const nas: ReadonlyArray<RadiusAttribute>;
  const options: PeerOptions;
  const key: Secret;
  const packet: Uint8Array;
  const work$: Observable<Effect>;
  const terminator$: Observable<Terminator>;
  const work: (source: Observable<HostEvent>) => Observable<Effect>;
  const belongs: (event: HostEvent) => boolean;
  const rest: (event: HostEvent) => ReadonlyArray<Effect>;
  const deps: AdapterDeps;
  const opening: PortOpening;
  const cancelledCompletion: Effect;
  const adapter: AdapterHandle;
  const peer: MacAddress;
  const accessPoint: MacAddress;
  const association: AssociationCompletion;
  const engine: AnEngine;
  const host: MemoryHost;
  const sinkLoop: { next(effect: Effect): void };
  const sink: Outside;
  const offer: (event: HostEvent) => void;
  const door: OsCallbacks;
  const clock: Clock;
  const scheduler: SchedulerLike;
  const ledger: Books;
  const methods: ReadonlyArray<Method>;
  const source: Secrets;
  const secrets: Secrets;
  const opened: MethodContext;
  const beacon: Uint8Array;
  const offloaded: GroupOptions;
  const crypto: Crypto;
  const lines: string[];
  const log: Log & ((text: string) => void);
  const randomBytes: (length: number) => Uint8Array;
}
`;
