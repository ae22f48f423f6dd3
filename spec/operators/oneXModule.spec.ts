import { expect } from 'chai';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import type { EapPeerMethod } from '../../operators/core/index.js';
import { type OneXLogoff, type OneXModuleDeps, type OneXOrder, type OneXOutput, oneXModule } from '../../operators/index.js';
import {
  type AdapterHandle,
  type Effect,
  type EffectOf,
  L2Reason,
  OneXAuthStatus,
  OneXResult,
  Secret,
} from '../../streams/events/index.js';
import { EapMethod, writeEapol } from '../../streams/frames/index.js';
import { LogicalClock, protectedKeys } from '../../streams/sources/index.js';
import { anyEapPacket } from '../support/eapArbitrary.js';
import { peerOptions } from '../support/eapPeerRun.js';
import { eapFailure, eapRequest, eapSuccess } from '../support/eapServer.js';
import { TOY, TOY_PASSWORD, text, toyMethod, toyMsk } from '../support/eapToy.js';
import { ADAPTER, AP, SERVICE, SESSION } from '../support/fixtures.js';
import { ScriptedTls } from '../support/scriptedTls.js';
import { marbles } from './marble.js';

const { IDENTITY } = EapMethod.codes;
const { SUCCESS, FAILURE, IN_PROGRESS } = OneXResult.codes;
const STATUS = OneXAuthStatus.codes;
const CHALLENGE = text('challenge');
const OTHER = '0xb2' as AdapterHandle;
const START = Uint8Array.of(2, 1, 0, 0);

const origin = (adapter: AdapterHandle, generation: number) => ({
  ...{ call: 1, adapter, service: SERVICE, session: SESSION, generation },
});
const start = (adapter = ADAPTER, generation = 1): EffectOf<'startOneX'> => ({
  kind: 'startOneX',
  ...origin(adapter, generation),
});
const stop = (adapter = ADAPTER, generation = 1): EffectOf<'stopOneX'> => ({ kind: 'stopOneX', ...origin(adapter, generation) });
/** From the packet type on, as the engine hands it over (R107). */
const process = (eap: Uint8Array, adapter = ADAPTER): EffectOf<'processOneXPacket'> => ({
  ...{ kind: 'processOneXPacket', ...origin(adapter, 1) },
  packet: writeEapol({ version: 2, type: 0, body: eap }).subarray(1),
});

const life: ReadonlyArray<Effect> = [
  start(),
  process(eapRequest(1, IDENTITY)),
  process(eapRequest(2, TOY, CHALLENGE)),
  process(eapSuccess(2)),
];

/** A module whose outputs are kept. */
const module = (own: Partial<OneXModuleDeps> = {}, methods: ReadonlyArray<EapPeerMethod> = [toyMethod()]) => {
  const clock = new LogicalClock();
  const keys = protectedKeys();
  const tls = new ScriptedTls();
  const order$ = new Subject<OneXOrder>();
  const outputs: OneXOutput[] = [];
  const supplicantFor = () => ({ options: peerOptions({ methods }), openTls: tls.open });
  const output$ = order$.pipe(oneXModule({ supplicantFor, scheduler: clock, protect: keys.protect, ...own }));
  const subscription = output$.subscribe((output) => outputs.push(output));
  const tell = (...orders: ReadonlyArray<OneXOrder>): void => {
    for (const order of orders) order$.next(order);
  };
  const events = () => outputs.flatMap((output) => (output.kind === 'event' ? [output.event] : []));
  const sent = () => outputs.flatMap((output) => (output.kind === 'transmit' ? [output.packet] : []));
  return { clock, keys, tls, order$, outputs, subscription, tell, events, sent };
};

describe('oneXModule', () => {
  it('R102: a start transmits EAPOL-Start itself', () => {
    const { tell, sent, events } = module();
    tell(start());
    expect(sent()).to.deep.equal([START]);
    expect(events()).to.deep.equal([]);
  });

  it('R110: reports progress once, and then the result', () => {
    const { tell, events } = module();
    tell(...life);
    expect(events().map(({ result }) => result)).to.deep.equal([IN_PROGRESS, SUCCESS]);
    expect(events().map(({ parameters }) => parameters?.status)).to.deep.equal([STATUS.IN_PROGRESS, STATUS.SUCCESS]);
  });

  it('R107: takes packets from their type octet on', () => {
    const { tell, sent } = module();
    tell(start(), process(eapRequest(1, IDENTITY)));
    expect(sent()[1]).to.deep.equal(Uint8Array.of(2, 0, 0, 14, 2, 1, 0, 14, IDENTITY, ...text('anonymous')));
  });

  it('R112, R113: a success has the halves of the MSK, as blobs that somebody else opens', () => {
    const { tell, events, keys } = module();
    tell(...life);
    const { parameters } = events().at(-1) ?? {};
    const msk = toyMsk(TOY_PASSWORD, CHALLENGE);
    const blobs = parameters === undefined ? [] : [parameters.sendKey, parameters.receiveKey];
    expect(blobs.map((blob) => blob.length)).to.deep.equal([8, 8]);
    const opened = blobs.map((blob) => keys.secrets({ want: 'unprotected', blob })?.reveal());
    expect(opened).to.deep.equal([msk.subarray(0, 32), msk.subarray(32)]);
    expect(keys.size()).to.equal(0);
  });

  it('R112: what is protected is destroyed here, and so is the MSK', () => {
    const halves: Secret[] = [];
    const msk = Secret.of(toyMsk(TOY_PASSWORD, CHALLENGE));
    const emsk = Secret.of(msk.reveal());
    const method = toyMethod({
      onRequest: () => [
        { do: 'accept', isFinal: true, keys: { msk, emsk } },
        { do: 'respond', data: CHALLENGE },
      ],
    });
    const protect = (key: Secret): Secret => {
      halves.push(key);
      return key.copy();
    };
    module({ protect }, [method]).tell(...life);
    expect(halves).to.have.length(2);
    for (const secret of [...halves, msk, emsk]) expect(secret.reveal().every((octet) => octet === 0)).to.equal(true);
  });

  it('R111: a method without keys succeeds without keys', () => {
    const { tell, events } = module({}, [toyMethod({ hasKeys: false })]);
    tell(...life);
    const { parameters, result } = events().at(-1) ?? {};
    expect(result).to.equal(SUCCESS);
    expect([parameters?.sendKey.length, parameters?.receiveKey.length]).to.deep.equal([0, 0]);
  });

  it('R114: a failure has its ONEX reason', () => {
    const { tell, events, outputs } = module();
    tell(...life.slice(0, 3), process(eapFailure(2)));
    const { result, parameters } = events().at(-1) ?? {};
    expect(result).to.equal(FAILURE);
    expect(parameters).to.include({ status: STATUS.FAILURE, reason: L2Reason.codes.ONEX_EAP_FAILURE_RECEIVED });
    const fault = { code: 'rejected', message: 'the server ended Toy with a Failure', method: 'Toy' };
    expect(outputs).to.deep.include({ kind: 'note', adapter: ADAPTER, note: { kind: 'failed', fault } });
  });

  it('R102: a failure for want of an authenticator says so by its status', () => {
    const { tell, events, sent, clock } = module({ pae: { startPeriod: 1000 } });
    tell(start());
    clock.advanceTo(2999);
    expect(events()).to.deep.equal([]);
    clock.advanceTo(3000);
    expect(sent()).to.have.length(3);
    expect(events().at(-1)?.result).to.equal(FAILURE);
    expect(events().at(-1)?.parameters?.status).to.equal(STATUS.NO_AUTHENTICATOR_FOUND);
    expect(clock.nextDue).to.equal(undefined);
  });

  it('an adapter with nothing to authenticate with fails at once', () => {
    const { tell, events, sent } = module({ supplicantFor: () => undefined });
    tell(start());
    expect(sent()).to.deep.equal([]);
    expect(events().at(-1)?.parameters?.reason).to.equal(L2Reason.codes.ONEX_UNABLE_TO_IDENTIFY_USER);
  });

  it('what fails around it is a failure of that run, and the stream goes on', () => {
    const fall = () => {
      throw new Error('no');
    };
    const without = module({ supplicantFor: fall });
    without.tell(start(), start(OTHER));
    expect(without.events().map(({ result }) => result)).to.deep.equal([FAILURE, FAILURE]);
    const msk = Secret.of(toyMsk(TOY_PASSWORD, CHALLENGE));
    const method = toyMethod({
      onRequest: () => [
        { do: 'accept', isFinal: true, keys: { msk } },
        { do: 'respond', data: CHALLENGE },
      ],
    });
    const bare = module({ protect: fall }, [method]);
    bare.tell(...life);
    expect(bare.events().map(({ result }) => result)).to.deep.equal([IN_PROGRESS, FAILURE]);
    expect(msk.reveal().every((octet) => octet === 0)).to.equal(true);
  });

  it('R108: packets before a start and after a stop are nobody’s', () => {
    const { tell, outputs } = module();
    tell(process(eapRequest(1, IDENTITY)));
    expect(outputs).to.deep.equal([]);
    tell(start(), stop());
    const before = outputs.length;
    tell(process(eapRequest(1, IDENTITY)), { kind: 'logoffOneX', adapter: ADAPTER });
    expect(outputs).to.have.length(before);
  });

  it('R117: a stop at every point is silent, and leaves neither timer nor session nor secret', () => {
    for (let at = 1; at <= life.length; at++) {
      const toy = toyMethod({ onRequest: () => [{ do: 'tls', session: 'tls', command: { do: 'receive', records: CHALLENGE } }] });
      for (const method of [toy, toyMethod()]) {
        const { tell, outputs, clock, tls } = module({}, [method]);
        tell(...life.slice(0, at));
        const before = outputs.length;
        tell(stop(), ...life.slice(at));
        clock.advanceTo(1_000_000);
        expect(outputs, `after ${at}`).to.have.length(before);
        expect(clock.nextDue).to.equal(undefined);
        expect(tls.alive).to.deep.equal([]);
        expect(method.released()).to.equal(method.begun());
      }
    }
  });

  it('R117: an adapter that is reset or removed takes its run along, without a word', () => {
    const ends: ReadonlyArray<OneXOrder> = [
      { kind: 'adapterReset', adapter: ADAPTER },
      { kind: 'deinitAdapter', adapter: ADAPTER },
      { kind: 'deinitService' },
    ];
    for (const ending of ends) {
      const method = toyMethod();
      const { tell, outputs, clock } = module({}, [method]);
      tell(...life.slice(0, 3));
      const before = outputs.length;
      tell(ending, process(eapSuccess(2)), stop());
      expect(outputs).to.have.length(before);
      expect(method.released()).to.equal(1);
      expect(clock.nextDue).to.equal(undefined);
    }
  });

  it('R117: a stop of some port is not one of the module, whom the engine stops itself', () => {
    const { tell, events } = module();
    tell(...life.slice(0, 3), { kind: 'stopPostAssociate', adapter: ADAPTER, peer: AP, status: 0 }, ...life.slice(3));
    expect(events().at(-1)?.result).to.equal(SUCCESS);
  });

  it('unsubscribing ends every adapter', () => {
    const method = toyMethod();
    const { tell, outputs, clock, subscription } = module({}, [method]);
    tell(...life.slice(0, 3), start(OTHER));
    const before = outputs.length;
    subscription.unsubscribe();
    clock.advanceTo(1_000_000);
    expect(outputs).to.have.length(before);
    expect(method.released()).to.equal(1);
    expect(clock.nextDue).to.equal(undefined);
  });

  it('keeps adapters apart', () => {
    const { tell, events, outputs } = module();
    tell(start(), start(OTHER), process(eapRequest(1, IDENTITY), OTHER), stop(OTHER), ...life.slice(1));
    expect(events().map(({ adapter, result }) => [adapter, result])).to.deep.equal([
      [OTHER, IN_PROGRESS],
      [ADAPTER, IN_PROGRESS],
      [ADAPTER, SUCCESS],
    ]);
    expect(outputs.flatMap((output) => (output.kind === 'transmit' ? [output.adapter] : []))).to.deep.equal([
      ...[ADAPTER, OTHER, OTHER],
      ...[ADAPTER, ADAPTER],
    ]);
  });

  it('R118: a start after a result begins another run', () => {
    const { tell, events } = module();
    tell(...life, ...life);
    expect(events().map(({ result }) => result)).to.deep.equal([IN_PROGRESS, SUCCESS, IN_PROGRESS, SUCCESS]);
  });

  it('rests after a refusal on the same port, and not on another', () => {
    const refusal = [...life.slice(0, 3), process(eapFailure(2))];
    const same = module();
    same.tell(...refusal, start());
    expect(same.sent().filter((packet) => packet[1] === 1)).to.have.length(1);
    same.clock.advanceTo(60_000);
    expect(same.sent().filter((packet) => packet[1] === 1)).to.have.length(2);
    const other = module();
    other.tell(...refusal, start(ADAPTER, 2));
    expect(other.sent().filter((packet) => packet[1] === 1)).to.have.length(2);
  });

  it('logs off when it is told to', () => {
    const { tell, sent } = module();
    tell(...life, { kind: 'logoffOneX', adapter: ADAPTER });
    expect(sent().at(-1)).to.deep.equal(Uint8Array.of(2, 2, 0, 0));
  });

  it('has no ear for other effects', () => {
    const { tell, outputs } = module();
    tell({ kind: 'diagnostic', rule: 'R1', message: 'nothing' });
    tell({ kind: 'setExcludeUnencrypted', ...origin(ADAPTER, 1), exclude: true });
    expect(outputs).to.deep.equal([]);
  });

  it('completes with its source, passes an error on, and says nothing of its own accord', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const deps: OneXModuleDeps = { supplicantFor: () => undefined, scheduler, protect: (key) => key.copy() };
      const [never, ends, fails] = [cold<OneXOrder>('-'), cold<OneXOrder>('--|'), cold<OneXOrder>('--#')];
      expectObservable(never.pipe(oneXModule(deps))).toBe('-');
      expectObservable(ends.pipe(oneXModule(deps))).toBe('--|');
      expectObservable(fails.pipe(oneXModule(deps))).toBe('--#');
      expectSubscriptions(ends.subscriptions).toBe('^-!');
      expectSubscriptions(fails.subscriptions).toBe('^-!');
    });
  });
});

describe('oneXModule: whatever is asked of it', () => {
  const order = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(anyEapPacket, fc.constantFrom(ADAPTER, OTHER)).map(([eap, of]) => process(eap, of)) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(ADAPTER, OTHER), fc.integer({ min: 1, max: 3 })).map(([of, port]) => start(of, port)),
    },
    { weight: 1, arbitrary: fc.constantFrom(ADAPTER, OTHER).map((of) => stop(of)) },
    { weight: 1, arbitrary: fc.constantFrom(ADAPTER, OTHER).map((adapter): OneXLogoff => ({ kind: 'logoffOneX', adapter })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 70_000 }) },
  );

  it('there is at most one result for a run, none for an adapter that is stopped, and nothing is left at the end', () => {
    let successes = 0;
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40, size: 'max' }), (orders) => {
        const method = toyMethod();
        const { tell, outputs, clock, subscription, keys } = module({}, [method]);
        const running = new Set<AdapterHandle>();
        for (const next of orders) {
          const before = outputs.length;
          if (typeof next === 'number') clock.advanceTo(clock.now() + next);
          else tell(next);
          if (typeof next !== 'number' && next.kind === 'startOneX') running.add(next.adapter);
          if (typeof next !== 'number' && next.kind === 'stopOneX') {
            running.delete(next.adapter);
            expect(outputs, 'a stop is silent').to.have.length(before);
          }
          for (const output of outputs.slice(before)) {
            const adapter = output.kind === 'event' ? output.event.adapter : output.adapter;
            if (output.kind !== 'event') continue;
            if (output.event.result === SUCCESS) successes++;
            if (output.event.result === IN_PROGRESS) running.add(adapter);
            else expect(running.delete(adapter), 'a result without a run').to.equal(true);
          }
        }
        subscription.unsubscribe();
        expect(clock.nextDue).to.equal(undefined);
        expect(method.released()).to.equal(method.begun());
        keys.clear();
      }),
      { numRuns: 1000 },
    );
    expect(successes).to.be.above(20);
  });
});
