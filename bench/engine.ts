import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { byAdapter, byPort, cancelOn, createEngine, driving, inTurn, LogicalClock, postAssociation } from 'postassoc';
import { open } from 'postassoc/core';
import type { Effect, HostEvent } from 'postassoc/events';
import { ignoreElements, type OperatorFunction, Subject } from 'rxjs';
import { median } from './median.js';
import { leanPorts, plainPorts } from './peers.js';
import { initOf, inTurns, packetOf, performOf, shuffled, stopOf } from './workload.js';

/** A running system under measurement: something to feed, a clock to move, a count of what came out. */
interface Rig {
  readonly next: (event: HostEvent) => void;
  readonly settle: () => void;
  readonly effects: () => number;
}

type Contender = 'postassoc' | 'routing' | 'plain' | 'lean';

/** The way of an event to its port and no further: nothing is done about it there. */
const routing = (): OperatorFunction<HostEvent, Effect> => (events$) =>
  events$.pipe(
    inTurn(),
    byAdapter((adapter$) =>
      adapter$.pipe(
        byPort<Effect>({
          open: ({ input$, terminator$ }) => input$.pipe(ignoreElements(), cancelOn<Effect>(terminator$)),
          belongs: (event, peer) => 'peer' in event && event.peer === peer,
          rest: () => [],
        }),
      ),
    ),
  );

const rigOf = (contender: Contender): Rig => {
  const clock = new LogicalClock();
  const events = new Subject<HostEvent>();
  const others: Record<Exclude<Contender, 'postassoc'>, () => OperatorFunction<HostEvent, Effect>> = {
    routing,
    plain: plainPorts,
    lean: leanPorts,
  };
  const pipeline = contender === 'postassoc' ? postAssociation({ methods: [open], scheduler: clock }) : others[contender]();
  let effects = 0;
  // Answers go straight back in, as from a synchronous sink.
  const sink = driving(
    () => 0,
    (event) => events.next(event),
  );
  events.pipe(pipeline).subscribe((effect) => {
    effects++;
    sink.next(effect);
  });
  let now = 0;
  return {
    next: (event) => events.next(event),
    settle: () => {
      now += 60_000;
      clock.advanceTo(now);
    },
    effects: () => effects,
  };
};

const openPorts = (rig: Rig, count: number): void => {
  for (let n = 0; n < count; n++) {
    rig.next(initOf(n));
    rig.next(performOf(n));
  }
  rig.settle();
};

const micros = (run: () => void): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1_000;
};

const rounded = (value: number): number => Number(value.toPrecision(3));

const heap = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};

const EVENTS = 200_000;

/** Cost of one packet for a live port: median of five rounds. */
const costPerEvent = (contender: Contender, ports: number, order: Uint32Array): number => {
  const rig = rigOf(contender);
  openPorts(rig, ports);
  const packets = Array.from({ length: ports }, (_, n) => packetOf(n));
  const round = () => {
    for (const n of order) rig.next(packets[n] as HostEvent);
  };
  round();
  return median(Array.from({ length: 5 }, () => micros(round))) / EVENTS;
};

/** Heap that a live port adds, its adapter included; the events that opened it are the host's, and were there before. */
const heapPerPort = (contender: Contender, ports: number): number => {
  const rig = rigOf(contender);
  const openings = Array.from({ length: ports + 1_000 }, (_, n) => [initOf(n), performOf(n)]);
  const open = (from: number, to: number) => {
    for (const event of openings.slice(from, to).flat()) rig.next(event);
    rig.settle();
  };
  open(0, 1_000);
  const before = heap();
  open(1_000, ports + 1_000);
  const bytes = (heap() - before) / ports;
  // Both must outlive the measurement.
  rig.next(openings[0]?.[1] ?? initOf(0));
  return bytes;
};

/** In a process of its own, so that no other contender's garbage is counted. */
const heapOf = (contender: Contender): number => {
  const self = fileURLToPath(import.meta.url);
  return Number(execFileSync(process.execPath, ['--expose-gc', self, 'heap', contender], { encoding: 'utf8' }));
};

/** Perform, completion, stop: one port over and over on an adapter that stays. */
const setUpAndTearDown = (contender: Contender): number => {
  const rig = rigOf(contender);
  rig.next(initOf(0));
  const perform = performOf(0);
  const stop = stopOf(0);
  const round = () => {
    for (let i = 0; i < 5_000; i++) {
      rig.next(perform);
      rig.settle();
      rig.next(stop);
    }
  };
  round();
  return median(Array.from({ length: 5 }, () => micros(round))) / 5_000;
};

/** From the stop handler's entry to its return, with many ports live and packets of its own waiting in the front door. */
const stopToSilence = (ports: number, queued: number): number => {
  const engine = createEngine({ methods: [open], scheduler: new LogicalClock(), turns: new LogicalClock() });
  let afterStop = 0;
  let stopped = false;
  engine.effects$.subscribe(
    driving(() => {
      if (stopped) afterStop++;
      return 0;
    }, engine.offer),
  );
  engine.handlers.initService({ version: 0 });
  for (let n = 0; n < ports; n++) {
    engine.offer(initOf(n));
    engine.offer(performOf(n));
  }
  const times: number[] = [];
  for (let n = 0; n < 500; n++) {
    const { adapter, peer, status } = stopOf(n) as Extract<HostEvent, { kind: 'stopPostAssociate' }>;
    for (let i = 0; i < queued; i++) engine.offer(packetOf(n));
    stopped = true;
    times.push(micros(() => engine.handlers.stopPostAssociate({ adapter, peer, status })));
    stopped = false;
  }
  if (afterStop > 0) throw new Error(`${afterStop} effects after a stop`);
  return median(times);
};

const PORTS = [1, 1_000, 10_000, 100_000];
const CONTENDERS: ReadonlyArray<Contender> = ['postassoc', 'lean', 'plain'];
const ROUTERS: ReadonlyArray<Contender> = ['postassoc', 'routing', 'lean', 'plain'];
const figures: Record<string, number> = {};
const show = (name: string, values: Readonly<Record<string, number>>, unit: string): void => {
  const ours = values['postassoc'] ?? Number.NaN;
  const cells = Object.entries(values).map(([who, value]) => {
    figures[`${name} ${who}`] = rounded(value);
    const ratio = who === 'postassoc' ? '' : ` (${rounded(value / ours)}x ours)`;
    return `${who} ${rounded(value)} ${unit}${ratio}`;
  });
  console.log(`${name.padEnd(38)} ${cells.join('   ')}`);
};
const compare = (measure: (contender: Contender) => number, contenders = CONTENDERS): Record<string, number> =>
  Object.fromEntries(contenders.map((contender) => [contender, measure(contender)]));

const report = (): void => {
  console.log(`node ${process.version}, ${EVENTS} events a round, median of 5; peers do the routing only, none of the contract`);
  for (const ports of PORTS) {
    const inTurn = compare((who) => costPerEvent(who, ports, inTurns(EVENTS, ports)), ROUTERS);
    show(`us per event at ${ports} ports`, inTurn, 'us');
    if (ports === 1) continue;
    const atRandom = compare((who) => costPerEvent(who, ports, shuffled(EVENTS, ports)), ROUTERS);
    show(`us per event at ${ports} ports, random`, atRandom, 'us');
  }
  show('bytes of heap per idle port', compare(heapOf), 'B');
  show('us to set up and tear down a port', compare(setUpAndTearDown), 'us');
  show('us from stop to silence', { postassoc: stopToSilence(10_000, 100) }, 'us');
  console.log(JSON.stringify({ bench: 'engine', figures }));
};

const [, , task, contender] = process.argv;
if (task === 'heap') console.log(heapPerPort(contender as Contender, 20_000));
else report();
