import { expect } from 'chai';
import { merge, Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { Ledger, type VirtualStationCommand } from '../../operators/core/index.js';
import { createEngine, isVirtualStationStatus, type VirtualStationSource, virtualStation } from '../../operators/index.js';
import {
  type AdapterHandle,
  type ApiCall,
  type ConnectHandle,
  type Guid,
  type HostEvent,
  Secret,
  type ServiceHandle,
  type SessionHandle,
  Win32,
} from '../../streams/events/index.js';
import { driving, LogicalClock, type SinkResult } from '../../streams/sources/index.js';
import { ADAPTER, AP, initAdapter, perform, SERVICE } from '../support/fixtures.js';
import { eapol, symbolic } from '../support/symbolicMethod.js';

const STATION = '0xc1' as AdapterHandle;
const STATION_SERVICE = '0xd1' as ServiceHandle;
const CONNECT = '0xe1' as ConnectHandle;
const PRIMARY = '00000000-0000-4000-8000-000000000001' as Guid;
const { ERROR_SUCCESS, ERROR_NOT_FOUND, ERROR_BUSY } = Win32.codes;

const request: VirtualStationCommand = { do: 'request', adapter: ADAPTER };
const properties = (key: Uint8Array, isPassphrase = false): VirtualStationCommand => ({
  do: 'setApProperties',
  properties: { ssid: Uint8Array.of(65), authAlgorithm: 7, cipher: 4, isPassphrase, key: Secret.of(key) },
});
const raw = properties(new Uint8Array(32).fill(1));
const prepare: HostEvent = {
  kind: 'performPreAssociate',
  adapter: STATION,
  connect: CONNECT,
  profile: { security: Secret.of(new Uint8Array(1)), useMsOneX: false },
};
const prepared: VirtualStationSource = {
  kind: 'preAssociateCompletion',
  call: 99,
  adapter: STATION,
  service: STATION_SERVICE,
  connect: CONNECT,
  reason: 0,
  win32: 0,
};
const arrival = initAdapter(STATION, STATION_SERVICE);

/** A computer whose host answers as it is told, the virtual station being the adapter STATION. */
class Computer {
  readonly clock = new LogicalClock();
  readonly ledger = new Ledger();
  readonly input = new Subject<VirtualStationSource>();
  readonly said: ApiCall[] = [];
  readonly phases: string[] = [];
  readonly remarked: string[] = [];
  answer: (effect: ApiCall) => SinkResult | undefined = (effect) =>
    effect.kind === 'queryVirtualStationProperties'
      ? effect.adapter === STATION
        ? { win32: ERROR_SUCCESS, interface: PRIMARY }
        : { win32: ERROR_NOT_FOUND }
      : { win32: ERROR_SUCCESS };

  constructor() {
    const { ledger, clock } = this;
    this.input.pipe(virtualStation({ ledger, scheduler: clock })).subscribe((output) => {
      if (isVirtualStationStatus(output)) this.phases.push(output.phase);
      else if (output.kind === 'diagnostic') this.remarked.push(output.rule);
      else {
        this.said.push(output);
        const result = this.answer(output);
        if (result !== undefined) this.input.next({ kind: 'reply', call: output.call, ...result });
      }
    });
  }

  happen(...inputs: ReadonlyArray<VirtualStationSource>): this {
    for (const input of inputs) this.input.next(input);
    return this;
  }

  get kinds(): ReadonlyArray<string> {
    return this.said.map(({ kind }) => kind.replace('VirtualStation', ''));
  }
}

const offering = (): Computer => {
  const computer = new Computer().happen(initAdapter(), { kind: 'initVirtualStation' });
  computer.phases.length = 0;
  return computer;
};

describe('virtualStation', () => {
  it('R240: there is at most one on a computer', () => {
    const computer = offering().happen(request, request);
    expect(computer.kinds).to.deep.equal(['request']);
    expect(computer.happen(arrival, request).kinds).to.deep.equal(['request', 'queryProperties']);
    expect(computer.remarked).to.deep.equal(['R240', 'R240']);
    expect(computer.phases).to.deep.equal(['requested', 'present']);
  });

  it('R240: a success of the request proves nothing: after two minutes without an adapter there is none', () => {
    const computer = offering().happen(request);
    computer.clock.advanceTo(119_999);
    expect(computer.phases).to.deep.equal(['requested']);
    computer.clock.advanceTo(120_000);
    expect(computer.phases).to.deep.equal(['requested', 'none']);
    expect(computer.ledger.outstanding()).to.deep.include({ calls: 0, timers: 0 });
    expect(computer.happen(request).kinds).to.deep.equal(['request', 'request']);
  });

  it('R240: one that arrives in time stays, and one that arrives late is one all the same', () => {
    const computer = offering().happen(request, arrival);
    computer.clock.advanceTo(500_000);
    expect(computer.phases).to.deep.equal(['requested', 'present']);
    const late = offering().happen(request);
    late.clock.advanceTo(500_000);
    expect(late.happen(arrival).phases).to.deep.equal(['requested', 'none', 'present']);
  });

  it('R240: a request that is refused ends the waiting at once', () => {
    const computer = offering();
    computer.answer = () => ({ win32: ERROR_BUSY });
    expect(computer.happen(request).phases).to.deep.equal(['requested', 'none']);
    expect(computer.ledger.timers).to.equal(0);
  });

  it('R240: an adapter that is something else is not taken for it', () => {
    const other = initAdapter('0xc2' as AdapterHandle, '0xd2' as ServiceHandle);
    expect(offering().happen(request, other).phases).to.deep.equal(['requested']);
    const denied = offering();
    denied.answer = () => ({ win32: ERROR_SUCCESS, interface: PRIMARY, output: new Uint8Array(4) });
    expect(denied.happen(request, arrival).phases).to.deep.equal(['requested']);
  });

  it('R241: it may arrive before the request returns, with a handle of its own', () => {
    const computer = offering();
    const { answer } = computer;
    computer.answer = (effect) => {
      if (effect.kind === 'requestVirtualStation') computer.happen(arrival);
      return answer(effect);
    };
    computer.happen(request);
    expect(computer.phases).to.deep.equal(['requested', 'present']);
    const services = computer.said.map((effect) => ('service' in effect ? effect.service : undefined));
    expect(services).to.deep.equal([SERVICE, STATION_SERVICE]);
    expect(computer.ledger.outstanding()).to.deep.include({ calls: 0, timers: 0 });
  });

  it('R242: a release is only a hint: the station is there until its adapter is gone', () => {
    const computer = offering().happen(request, arrival, { do: 'release' });
    expect(computer.kinds.at(-1)).to.equal('release');
    expect(computer.said.at(-1)).to.deep.include({ adapter: ADAPTER, service: SERVICE });
    expect(computer.phases).to.deep.equal(['requested', 'present']);
    expect(computer.happen(raw, prepare).kinds.at(-1)).to.equal('setApProperties');
    expect(computer.happen({ kind: 'deinitAdapter', adapter: STATION }).phases.at(-1)).to.equal('none');
    expect(computer.happen({ do: 'release' }).remarked).to.deep.equal(['R242']);
  });

  it('R242: nothing is asked with the handle of a primary adapter that is gone', () => {
    const computer = offering().happen(request, arrival, { kind: 'deinitAdapter', adapter: ADAPTER }, { do: 'release' });
    expect(computer.kinds).to.deep.equal(['request', 'queryProperties']);
    const waiting = offering().happen(request, { kind: 'deinitAdapter', adapter: ADAPTER });
    expect(waiting.phases).to.deep.equal(['requested', 'none']);
    expect(waiting.ledger.timers).to.equal(0);
  });

  it('R243: before initVirtualStation nothing is asked, and a host without it is well', () => {
    const computer = new Computer().happen(initAdapter(), request, { do: 'release' }, raw, arrival, prepare);
    expect(computer.said).to.deep.equal([]);
    expect(computer.phases).to.deep.equal(['unavailable']);
    expect(computer.remarked).to.deep.equal(['R243', 'R243', 'R243']);
    expect(computer.happen({ kind: 'initVirtualStation' }).phases).to.deep.equal(['unavailable', 'none']);
  });

  it('R244: properties go out between the entry of pre-association and its completion, with its handle', () => {
    const early = offering().happen(request, arrival, raw);
    expect(early.kinds).to.not.include('setApProperties');
    const [given] = early
      .happen(prepare)
      .said.flatMap((effect) => (effect.kind === 'setVirtualStationApProperties' ? [effect] : []));
    expect(given).to.deep.include({ adapter: STATION, service: STATION_SERVICE, connect: CONNECT, isPassphrase: false });
    const within = offering().happen(request, arrival, prepare, raw);
    expect(within.kinds.at(-1)).to.equal('setApProperties');
    for (const end of [prepared, { kind: 'adapterReset', adapter: STATION } as const]) {
      const late = offering().happen(request, arrival, prepare, end, raw);
      expect(late.kinds, 'kind' in end ? end.kind : '').to.not.include('setApProperties');
    }
  });

  const hex = Uint8Array.from('a1'.repeat(32), (digit) => digit.charCodeAt(0));
  for (const [what, key, isPassphrase, accepted] of [
    ['32 octets', new Uint8Array(32).fill(1), false, true],
    ['64 hex digits', hex, false, true],
    ['64 other octets', new Uint8Array(64).fill(1), false, false],
    ['31 octets', new Uint8Array(31), false, false],
    ['33 octets', new Uint8Array(33), false, false],
    ['a passphrase of 8', hex.slice(0, 8), true, true],
    ['a passphrase of 63', hex.slice(0, 63), true, true],
    ['a passphrase of 64', hex, true, false],
    ['a passphrase of 7', hex.slice(0, 7), true, false],
  ] as const) {
    it(`R244: ${what} ${accepted ? 'is' : 'is not'} a key`, () => {
      const computer = offering().happen(request, arrival, prepare, properties(key, isPassphrase));
      expect(computer.kinds.includes('setApProperties')).to.equal(accepted);
      expect(computer.remarked).to.deep.equal(accepted ? [] : ['R244']);
    });
  }

  it('R11: destroys its copy of a key that was replaced, refused or is of no use any more', () => {
    const given = Secret.of(new Uint8Array(32).fill(7));
    const command: VirtualStationCommand = {
      do: 'setApProperties',
      properties: { ssid: Uint8Array.of(65), authAlgorithm: 7, cipher: 4, isPassphrase: false, key: given },
    };
    for (const end of [raw, { kind: 'deinitService' } as const]) {
      const computer = offering().happen(request, arrival, prepare, command);
      const held = computer.said.flatMap((effect) => (effect.kind === 'setVirtualStationApProperties' ? [effect.key] : []));
      expect(held.map((key) => key.equals(given))).to.deep.equal([true]);
      computer.happen(end);
      expect(held.map((key) => [...key.reveal()])).to.deep.equal([new Array(32).fill(0)]);
    }
    expect(given.reveal()[0]).to.equal(7);
  });

  it('forgets everything when the service ends', () => {
    const computer = offering().happen(request, { kind: 'deinitService' });
    expect(computer.phases).to.deep.equal(['requested', 'unavailable']);
    computer.clock.advanceTo(500_000);
    expect(computer.phases).to.have.length(2);
    expect(computer.ledger.timers).to.equal(0);
  });

  it('numbers its calls from the books of the engine, and leaves nothing on them', () => {
    const computer = offering();
    computer.answer = () => undefined;
    computer.happen(request, arrival);
    expect(computer.said.map(({ call }) => call)).to.deep.equal([1, 2]);
    expect(computer.ledger.outstanding()).to.deep.include({ calls: 2, timers: 1 });
    computer.input.complete();
    expect(computer.ledger.outstanding()).to.deep.include({ calls: 0, timers: 0 });
  });

  it('asks, waits two minutes, and ends with its source', () => {
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const values = { a: initAdapter(), v: { kind: 'initVirtualStation' } as const, r: request };
      const source = hot<VirtualStationSource>('  a-v-r    119999ms ----|', values);
      const subs = '                              ^----    119999ms ----!';
      const expected = '                          u-n-(qR) 119996ms (xy)|';
      const ledger = new Ledger();
      const out = source.pipe(virtualStation({ ledger, scheduler }));
      const status = (phase: string) => ({ kind: 'virtualStationStatus', phase });
      const message = 'no virtual station arrived within two minutes: there is none';
      expectObservable(out).toBe(expected, {
        u: status('unavailable'),
        n: status('none'),
        q: status('requested'),
        R: { kind: 'requestVirtualStation', adapter: ADAPTER, service: SERVICE, call: 1 },
        x: status('none'),
        y: { kind: 'diagnostic', rule: 'R240', message },
      });
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('R245: to the engine a virtual station is an adapter like any other', () => {
    const clock = new LogicalClock();
    const engine = createEngine({ methods: [symbolic()], scheduler: clock, turns: clock });
    const commands = new Subject<VirtualStationCommand>();
    const heard: ApiCall[] = [];
    const carriedOut = driving((effect) => {
      heard.push(effect);
      if (effect.kind !== 'queryVirtualStationProperties') return ERROR_SUCCESS;
      return effect.adapter === STATION ? { win32: ERROR_SUCCESS, interface: PRIMARY } : ERROR_NOT_FOUND;
    }, engine.offer);
    engine.effects$.subscribe(carriedOut);
    merge(engine.events$, commands)
      .pipe(virtualStation({ ledger: engine.ledger, scheduler: clock }))
      .subscribe((output) => {
        if (!isVirtualStationStatus(output)) carriedOut.next(output);
      });
    const { handlers } = engine;
    const turn = () => clock.advanceTo(clock.now() + 1);
    handlers.initService({ version: 0 });
    handlers.initAdapter(initAdapter());
    handlers.initVirtualStation({});
    turn();
    commands.next(request);
    handlers.initAdapter(arrival);
    turn();
    handlers.performPostAssociate(perform({ adapter: STATION, session: '0x9' as SessionHandle }));
    turn();
    for (const symbol of '13') {
      handlers.receivePacket({ adapter: STATION, peer: AP, etherType: 0x888e, payload: eapol(symbol) });
      turn();
      handlers.sendPacketCompletion({ packet: [...engine.ledger.packets.keys()][0] ?? 0 });
      turn();
    }
    const ports = heard.filter((effect) => 'session' in effect);
    expect(ports.map(({ kind }) => kind)).to.deep.equal([
      ...['sendPacket', 'sendPacket', 'setKeyMappingKey', 'setDefaultKey', 'setExcludeUnencrypted', 'postAssociateCompletion'],
    ]);
    expect(new Set(heard.map(({ call }) => call))).to.have.property('size', heard.length);
    handlers.deinitService({});
    expect(engine.ledger.outstanding()).to.deep.include({ ports: 0, packets: 0, timers: 0 });
  });
});
