import { expect } from 'chai';
import { Subject } from 'rxjs';
import type { EapMethodCommand, TlsTurn } from '../../operators/core/index.js';
import { type EapPeerDeps, type EapPeerEvent, type EapPeerSignal, eapPeer } from '../../operators/index.js';
import { Secret } from '../../streams/events/index.js';
import { EapMethod } from '../../streams/frames/index.js';
import { peerOptions } from '../support/eapPeerRun.js';
import { eapFailure, eapRequest, eapServer, eapSuccess } from '../support/eapServer.js';
import { TOY, TOY_PASSWORD, text, toyAnswer, toyKeys, toyMethod, toyScript } from '../support/eapToy.js';
import { ScriptedTls, settled } from '../support/scriptedTls.js';
import { marbles } from './marble.js';

const { IDENTITY, NOTIFICATION } = EapMethod.codes;
const CHALLENGE = text('challenge');
const EMPTY = new Uint8Array(0);
const noTls: EapPeerDeps['openTls'] = () => new ScriptedTls().open('none');
const deps = (changes: Partial<EapPeerDeps> = {}): EapPeerDeps => ({ options: peerOptions(), openTls: noTls, ...changes });
const packet = (octets: Uint8Array): EapPeerSignal => ({ kind: 'packet', packet: octets });
const turnWith = (changes: Partial<TlsTurn> = {}): TlsTurn => ({ records: EMPTY, plain: EMPTY, ...changes });

/** A subscription whose events are kept. */
const listen = (own: EapPeerDeps) => {
  const signal$ = new Subject<EapPeerSignal>();
  const said: EapPeerEvent[] = [];
  let isComplete = false;
  const subscription = signal$.pipe(eapPeer(own)).subscribe({
    next: (event) => said.push(event),
    complete: () => {
      isComplete = true;
    },
  });
  return { signal$, said, subscription, isComplete: () => isComplete };
};

describe('eapPeer', () => {
  it('answers each packet at once, and completes with its result', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const signals = hot<EapPeerSignal>('-i-c---s--x', {
        i: packet(eapRequest(1, IDENTITY)),
        c: packet(eapRequest(2, TOY, CHALLENGE)),
        s: packet(eapSuccess(2)),
        x: packet(eapRequest(3, IDENTITY)),
      });
      const subs = '                             ^------!';
      const expected = '                         -i-(mc)(rs|)';
      expectObservable(signals.pipe(eapPeer(deps()))).toBe(expected, {
        i: { do: 'send', packet: Uint8Array.of(2, 1, 0, 14, 1, ...text('anonymous')) },
        m: { do: 'report', note: { kind: 'method', type: TOY, name: 'Toy', isInner: false, isAllowed: true } },
        c: { do: 'send', packet: Uint8Array.of(2, 2, 0, 14, TOY, ...toyAnswer(TOY_PASSWORD, CHALLENGE)) },
        r: { do: 'report', note: { kind: 'result', isSuccess: true, isBelieved: true } },
        s: { do: 'succeed', method: 'Toy', keys: toyKeys(TOY_PASSWORD, CHALLENGE) },
      });
      expectSubscriptions(signals.subscriptions).toBe(subs);
    });
  });

  it('says nothing of its own accord, completes with its source, and passes an error on', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const [never, empty, error] = [cold<EapPeerSignal>('-'), cold<EapPeerSignal>('-|'), cold<EapPeerSignal>('-#')];
      expectObservable(never.pipe(eapPeer(deps()))).toBe('-');
      expectObservable(empty.pipe(eapPeer(deps()))).toBe('-|');
      expectObservable(error.pipe(eapPeer(deps()))).toBe('-#');
      expectSubscriptions(empty.subscriptions).toBe('^!');
      expectSubscriptions(error.subscriptions).toBe('^!');
    });
  });

  it('starts anew for each subscriber', () => {
    marbles(({ cold, expectObservable }) => {
      const event$ = cold<EapPeerSignal>('-f', { f: { kind: 'timeout' } }).pipe(eapPeer(deps()));
      const fault = { code: 'noAnswer' as const, message: 'the server did not answer' };
      expectObservable(event$).toBe('-(f|)', { f: { do: 'fail', fault } });
      expectObservable(event$).toBe('-(f|)', { f: { do: 'fail', fault } });
    });
  });

  it('takes a packet that comes from inside an answer after the answer', () => {
    const signal$ = new Subject<EapPeerSignal>();
    const server = eapServer(() => toyScript());
    const order: string[] = [];
    signal$.pipe(eapPeer(deps())).subscribe((event) => {
      order.push(event.do);
      const next = event.do === 'send' ? server.receive(event.packet) : undefined;
      if (next !== undefined) signal$.next(packet(next));
    });
    signal$.next(packet(server.begin()));
    expect(order).to.deep.equal(['send', 'report', 'send', 'report', 'succeed']);
  });

  it('takes a packet that comes from inside a note after the answer the note is about', () => {
    const signal$ = new Subject<EapPeerSignal>();
    const sent: number[] = [];
    signal$.pipe(eapPeer(deps())).subscribe((event) => {
      if (event.do === 'send') sent.push(event.packet[1] ?? 0);
      if (event.do === 'report' && event.note.kind === 'method') signal$.next(packet(eapRequest(2, NOTIFICATION)));
    });
    signal$.next(packet(eapRequest(1, TOY, CHALLENGE)));
    expect(sent).to.deep.equal([1, 2]);
  });

  it('unsubscribing in the middle releases the method', () => {
    const toy = toyMethod();
    const { signal$, subscription, said } = listen(deps({ options: peerOptions({ methods: [toy] }) }));
    signal$.next(packet(eapRequest(1, TOY, CHALLENGE)));
    subscription.unsubscribe();
    expect(toy.released()).to.equal(1);
    const before = said.length;
    signal$.next(packet(eapSuccess(1)));
    expect(said).to.have.length(before);
  });

  it('unsubscribing from inside any event is the end of it, keys and all', () => {
    for (let at = 0; at < 5; at++) {
      const toy = toyMethod();
      const signal$ = new Subject<EapPeerSignal>();
      const said: EapPeerEvent[] = [];
      const subscription = signal$.pipe(eapPeer(deps({ options: peerOptions({ methods: [toy] }) }))).subscribe((event) => {
        said.push(event);
        if (said.length > at) subscription.unsubscribe();
      });
      for (const octets of [eapRequest(1, IDENTITY), eapRequest(2, TOY, CHALLENGE), eapSuccess(2)]) signal$.next(packet(octets));
      expect(said).to.have.length(at + 1);
      expect(toy.released()).to.equal(toy.begun());
    }
  });
});

const HELLO = text('hello');
const openCommand: EapMethodCommand = {
  do: 'tls',
  session: 'tls',
  command: { do: 'open', presentsCertificate: false, exports: { upTo12: {}, from13: {} } },
};
const receiveCommand: EapMethodCommand = { do: 'tls', session: 'tls', command: { do: 'receive', records: HELLO } };

/** A method that opens a session with its first request, and feeds it with the others. */
const tlsMethod = (onOther: Parameters<typeof toyMethod>[0]) => {
  let isOpen = false;
  return toyMethod({
    onRequest: () => {
      const command = isOpen ? receiveCommand : openCommand;
      isOpen = true;
      return [command];
    },
    ...onOther,
  });
};

const overTls = (changes: Partial<EapPeerDeps> = {}, method = tlsMethod({ onOther: () => [{ do: 'respond', data: HELLO }] })) => {
  const tls = new ScriptedTls();
  const own = deps({ options: peerOptions({ methods: [method] }), openTls: tls.open, ...changes });
  return { tls, method, ...listen(own) };
};

describe('eapPeer: TLS', () => {
  it('opens a session by its name, gives it commands, and gives the method the turns', async () => {
    const { tls, signal$, said, method } = overTls();
    signal$.next(packet(eapRequest(1, TOY)));
    expect(tls.sessions.map(({ name }) => name)).to.deep.equal(['tls']);
    tls.sessions[0]?.answer(turnWith({ records: HELLO }));
    await settled();
    expect(method.inputs.at(-1)).to.deep.equal({ kind: 'tls', session: 'tls', turn: turnWith({ records: HELLO }) });
    expect(said.at(-1)?.do).to.equal('send');
    signal$.next(packet(eapRequest(2, TOY)));
    expect(tls.sessions).to.have.length(1);
    expect(tls.sessions[0]?.commands.map((command) => command.do)).to.deep.equal(['open', 'receive']);
  });

  it('closes a session that is opened once more', () => {
    const tls = new ScriptedTls();
    const method = toyMethod({ onRequest: () => [openCommand, openCommand] });
    const { signal$ } = listen(deps({ options: peerOptions({ methods: [method] }), openTls: tls.open }));
    signal$.next(packet(eapRequest(1, TOY)));
    expect(tls.sessions.map(({ isClosed }) => isClosed)).to.deep.equal([true, false]);
  });

  it('a session that breaks down is a fault of TLS, and so is one that cannot be opened', async () => {
    const { tls, signal$, method } = overTls();
    signal$.next(packet(eapRequest(1, TOY)));
    tls.sessions[0]?.fail();
    await settled();
    const fall = overTls({
      openTls: () => {
        throw new Error('no TLS here');
      },
    });
    fall.signal$.next(packet(eapRequest(1, TOY)));
    await settled();
    for (const { inputs } of [method, fall.method]) {
      const last = inputs.at(-1);
      expect(last?.kind === 'tls' && last.turn.fault?.code).to.equal('tls');
    }
  });

  it('closes its sessions before it says the result', () => {
    const tls = new ScriptedTls();
    const method = tlsMethod({});
    const signal$ = new Subject<EapPeerSignal>();
    const alive: number[] = [];
    signal$
      .pipe(eapPeer(deps({ options: peerOptions({ methods: [method] }), openTls: tls.open })))
      .subscribe((event) => event.do === 'fail' && alive.push(tls.alive.length));
    signal$.next(packet(eapRequest(1, TOY)));
    expect(tls.alive).to.have.length(1);
    signal$.next(packet(eapFailure(1)));
    expect(alive).to.deep.equal([0]);
  });

  it('keeps its sessions when it has succeeded, and in no other case', async () => {
    const keys = () => ({ msk: Secret.of(new Uint8Array(64).fill(3)) });
    const accepting = () =>
      tlsMethod({
        onOther: () => [
          { do: 'accept', isFinal: false, keys: keys() },
          { do: 'respond', data: HELLO },
        ],
      });
    const ends: Readonly<Record<string, (run: ReturnType<typeof overTls>) => void>> = {
      'a Success': ({ signal$ }) => signal$.next(packet(eapSuccess(1))),
      'a Failure': ({ signal$ }) => signal$.next(packet(eapFailure(1))),
      'a silence': ({ signal$ }) => signal$.next({ kind: 'timeout' }),
      'an unsubscription': ({ subscription }) => subscription.unsubscribe(),
      'the end of the source': ({ signal$ }) => signal$.complete(),
    };
    for (const [name, end] of Object.entries(ends)) {
      const run = overTls({}, accepting());
      run.signal$.next(packet(eapRequest(1, TOY)));
      run.tls.sessions[0]?.answer(turnWith({ records: HELLO }));
      await settled();
      expect(run.tls.sessions.map(({ isKept }) => isKept)).to.deep.equal([false]);
      end(run);
      expect(
        run.tls.sessions.map(({ isKept, isClosed }) => [isKept, isClosed]),
        name,
      ).to.deep.equal([[name === 'a Success', true]]);
    }
  });

  it('closes its sessions at once when it is unsubscribed, and a turn that comes then is destroyed', async () => {
    const { tls, signal$, subscription, said, method } = overTls();
    signal$.next(packet(eapRequest(1, TOY)));
    subscription.unsubscribe();
    expect(tls.alive).to.deep.equal([]);
    const keys = { msk: HELLO.slice() };
    tls.sessions[0]?.answer(turnWith({ established: { version: 'TLSv1.3', cipher: 'c', isResumed: false, keys } }));
    await settled();
    expect(keys.msk).to.deep.equal(new Uint8Array(5));
    expect(said.map((event) => event.do)).to.deep.equal(['report']);
    expect(method.released()).to.equal(1);
  });
});

const question: EapMethodCommand = { do: 'ask', want: 'token', message: 'the number on the card?' };
const asking = () => toyMethod({ onRequest: () => [question], onOther: () => [{ do: 'respond', data: HELLO }] });

describe('eapPeer: questions', () => {
  it('asks a person in the words of the method, and passes on what is answered', async () => {
    const method = asking();
    const asked: unknown[] = [];
    const secret = Secret.of(HELLO);
    const ask: EapPeerDeps['ask'] = (of) => {
      asked.push(of);
      return Promise.resolve(secret);
    };
    const { signal$, said } = listen(deps({ options: peerOptions({ methods: [method] }), ask }));
    signal$.next(packet(eapRequest(1, TOY)));
    await settled();
    expect(asked).to.deep.equal([{ want: 'token', message: 'the number on the card?' }]);
    expect(method.inputs.at(-1)).to.deep.equal({ kind: 'supplied', secret });
    expect(said.at(-1)?.do).to.equal('send');
  });

  it('has nothing to supply where nobody can be asked, or nobody answers, or asking fails', async () => {
    const nobodies: ReadonlyArray<EapPeerDeps['ask']> = [
      undefined,
      () => Promise.resolve(undefined),
      () => Promise.reject(new Error('the window was closed')),
      () => {
        throw new Error('there is no window');
      },
    ];
    for (const ask of nobodies) {
      const method = asking();
      const { signal$ } = listen(deps({ options: peerOptions({ methods: [method] }), ...(ask && { ask }) }));
      signal$.next(packet(eapRequest(1, TOY)));
      await settled();
      expect(method.inputs.at(-1)).to.deep.equal({ kind: 'supplied' });
    }
  });

  it('destroys an answer that comes too late', async () => {
    const secret = Secret.of(HELLO);
    let answer: (secret: Secret) => void = () => {};
    const ask: EapPeerDeps['ask'] = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const { signal$, subscription } = listen(deps({ options: peerOptions({ methods: [asking()] }), ask }));
    signal$.next(packet(eapRequest(1, TOY)));
    subscription.unsubscribe();
    answer(secret);
    await settled();
    expect(secret.reveal()).to.deep.equal(new Uint8Array(5));
  });
});
