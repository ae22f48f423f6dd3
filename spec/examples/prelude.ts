/** What the examples in doc comments take for granted: names that any reader knows what to put in for. */
export const prelude = `
import type {
  AdapterDeps, AdapterHandle, AssociationCompletion, DownloadInput, Effect, Engine as AnEngine, HostEvent, Indication, Ledger as Books, LogicalClock as Clock, MacAddress,
  OsCallbacks, PortOpening, SecretSource as Secrets, SecurityMethod as Method, Sink as Outside,
  Terminator, Verdict, VirtualStationSource,
} from 'postassoc';
import type { Log } from 'postassoc/event-log';
import type { MemoryHost } from 'postassoc/memory';
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
  const verdicts$: Observable<Verdict>;
  const batches$: Observable<DownloadInput>;
  const sent$: Observable<DownloadInput>;
  const answers$: Observable<DownloadInput>;
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
  const lines: string[];
  const log: Log & ((text: string) => void);
  const randomBytes: (length: number) => Uint8Array;
}
`;
