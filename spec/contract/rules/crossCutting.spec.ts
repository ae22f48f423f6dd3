import { expect } from 'chai';
import { map, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { Ledger } from '../../../operators/core/index.js';
import { guardGeneration, postAssociation } from '../../../operators/index.js';
import { type Effect, Win32 } from '../../../streams/events/index.js';
import {
  ADAPTER,
  ADAPTER_B,
  AP,
  AP_2,
  accepting,
  acting,
  except,
  initAdapter,
  packetOf,
  perform,
  SERVICE,
  SERVICE_B,
  SESSION,
  SESSION_2,
  Stage,
  send,
  stage,
  stop,
  symbolic,
} from './support.js';

const { ERROR_SUCCESS } = Win32.codes;

describe('contract 18: cross-cutting', () => {
  it('R260: every call of a port says whose it is, and in ordinary runs the guard has nothing to do', () => {
    const staged = stage().play('P1u3vgwSP1u3vZP1D');
    for (const { effect } of staged.heard) {
      if (effect.kind === 'setEtherTypeHandling') continue;
      expect(effect).to.include({ adapter: ADAPTER, session: SESSION });
      expect(effect).to.have.property('generation').that.is.greaterThan(0);
    }
    const generations = staged.heard.flatMap(({ effect }) => ('generation' in effect ? [effect.generation] : []));
    expect(new Set(generations)).to.have.property('size', 3);
    expect(staged.engine.ledger.stale).to.equal(0);
  });

  it('R260: what carries another generation is dropped, counted and remarked', () => {
    const ledger = new Ledger();
    const generation = ledger.openGeneration();
    const effect: Effect = { kind: 'stopOneX', call: 1, adapter: ADAPTER, service: SERVICE, session: SESSION, generation };
    const out: Effect[] = [];
    of(effect, { ...effect, generation: generation + 1 })
      .pipe(guardGeneration(ledger))
      .subscribe((passed) => out.push(passed));
    expect(out.map(({ kind }) => kind)).to.deep.equal(['stopOneX', 'diagnostic']);
    expect(ledger.stale).to.equal(1);
  });

  it('R261: stop, reset and deinit overtake what is queued', () => {
    for (const [end, said] of [
      [stop(), ''],
      [{ kind: 'adapterReset', adapter: ADAPTER } as const, 'cE'],
      [{ kind: 'deinitAdapter', adapter: ADAPTER } as const, ''],
    ] as const) {
      const staged = stage().play('P');
      for (let n = 0; n < 100; n++) staged.call(packetOf('1'));
      staged.call(end);
      expect(staged.turn().said, end.kind).to.equal(said);
    }
  });

  it('R261: what is queued for another adapter is not lost by it', () => {
    const staged = stage().host(
      initAdapter(ADAPTER_B, SERVICE_B),
      perform(),
      perform({ adapter: ADAPTER_B, session: SESSION_2 }),
    );
    staged.call(packetOf('1', 3, AP, ADAPTER_B));
    staged.call(packetOf('1'));
    staged.call({ kind: 'deinitAdapter', adapter: ADAPTER });
    expect(
      staged
        .turn()
        .calls('sendPacket')
        .map(({ session }) => session),
    ).to.deep.equal([SESSION_2]);
  });

  it('R262: all time is that of the scheduler that was given', () => {
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).to.deep.equal(expected);
    });
    scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
      const events = hot('  i-P 4998ms -1', { i: initAdapter(), P: perform(), 1: packetOf('1') });
      const subs = '        ^            ';
      const expected = '    E 5001ms 2 24999ms B';
      const symbols = new Map([
        ['setEtherTypeHandling', 'E'],
        ['sendPacket', '2'],
        ['postAssociateCompletion', 'B'],
      ]);
      const effects = events.pipe(
        postAssociation({ methods: [symbolic()], scheduler }),
        map(({ kind }) => symbols.get(kind)),
      );
      expectObservable(effects).toBe(expected);
      expectSubscriptions(events.subscriptions).toBe(subs);
    });
  });

  it('R263: a fault in a method fails its own port, and the next one works', () => {
    let faulty = true;
    const method = acting({
      on: (input) => {
        if (faulty && input.kind === 'packet') throw new Error('a derivation');
        return [send('2')];
      },
    });
    const staged = stage({ methods: [method] }).host(initAdapter(ADAPTER_B, SERVICE_B));
    staged.host(perform(), perform({ adapter: ADAPTER_B, session: SESSION_2 }), packetOf('1'));
    expect(staged.completions().map(({ session, win32 }) => [session, win32 !== 0])).to.deep.equal([[SESSION, true]]);
    faulty = false;
    staged.host(packetOf('1', 3, AP, ADAPTER_B), stop(), perform(), packetOf('1'));
    expect(staged.calls('sendPacket').map(({ session }) => session)).to.deep.equal([SESSION_2, SESSION]);
  });

  it('R263: so does a fault when the port opens, when it is chosen, and when it is released', () => {
    const thrown = () => {
      throw new Error('a fault');
    };
    expect(stage({ methods: [acting({ onOpen: thrown })] }).play('Pt').said).to.equal('B');
    const unchoosable = stage({ methods: [acting({ serves: thrown }), symbolic()] });
    expect(unchoosable.call(perform())).to.equal(ERROR_SUCCESS);
    expect(unchoosable.play('1').said).to.equal('2');
    const unreleasable = stage({ methods: [acting({ release: thrown, on: () => [send('2')] })] });
    expect(unreleasable.play('PSP1').said).to.equal('2');
    expect(unreleasable.outstanding.ports).to.equal(1);
  });

  it('R263: a sink that throws has failed one call', () => {
    const staged = stage({
      sink: except('sendPacket', () => {
        throw new Error('a driver');
      }),
    });
    expect(staged.play('P1').outstanding.packets).to.equal(0);
    staged.sink = accepting;
    expect(staged.play('13').said).to.equal('224');
  });

  it('R264: a host that ends the port from inside its completion gets no second one', () => {
    for (const end of [
      stop(),
      { kind: 'adapterReset', adapter: ADAPTER },
      { kind: 'deinitAdapter', adapter: ADAPTER },
    ] as const) {
      const staged = stage();
      staged.sink = except('postAssociateCompletion', () => {
        staged.call(end);
        return ERROR_SUCCESS;
      });
      staged.play('P1u3vt');
      expect(staged.completions(), end.kind).to.have.length(1);
      expect(staged.outstanding.ports, end.kind).to.equal(0);
    }
  });

  it('R264: nor one that asks for the next operation there', () => {
    const staged = stage();
    staged.sink = except('postAssociateCompletion', ({ session }) => {
      if (session === SESSION) staged.call(perform({ session: SESSION_2, peer: AP_2 }));
      return ERROR_SUCCESS;
    });
    staged.play('P1u3v');
    expect(staged.completions().map(({ session }) => session)).to.deep.equal([SESSION]);
    staged.host(packetOf('1', 3, AP_2));
    expect(staged.calls('sendPacket').at(-1)?.session).to.equal(SESSION_2);
  });

  it('R265: a send completion inside the send is taken in order', () => {
    const staged = stage();
    staged.sink = except('sendPacket', ({ packet }) => {
      staged.call({ kind: 'sendPacketCompletion', packet });
      return ERROR_SUCCESS;
    });
    expect(staged.play('P13').said).to.equal('24KGXC');
    expect(staged.outstanding.packets).to.equal(0);
  });

  it('R265: an adapter that is initialised inside a call of another one works', () => {
    const staged = new Stage();
    let nested = false;
    staged.sink = (effect) => {
      if (!nested) {
        nested = true;
        staged.call(initAdapter(ADAPTER_B, SERVICE_B));
      }
      return accepting(effect);
    };
    staged.begin().host(perform({ adapter: ADAPTER_B }), packetOf('1', 3, AP, ADAPTER_B));
    expect(staged.calls('sendPacket').map(({ service }) => service)).to.deep.equal([SERVICE_B]);
  });
});
