import { expect } from 'chai';
import * as fc from 'fast-check';
import type { MethodInput } from '../../../operators/core/index.js';
import { type Guid, type Handler, Secret, SessionEvent, Win32 } from '../../../streams/events/index.js';
import { writeLinkQuality, writePhyState, writePmkidCandidates, writeTkipMicFailure } from '../../../streams/frames/index.js';
import { association } from '../../support/fixtures.js';
import {
  ADAPTER,
  ADAPTER_B,
  AP,
  acting,
  eapol,
  except,
  initAdapter,
  packetOf,
  perform,
  SERVICE_B,
  SESSION,
  SESSION_2,
  type Stage,
  send,
  stage,
} from './support.js';

const { ERROR_SUCCESS, ERROR_NOT_SUPPORTED, ERROR_INSUFFICIENT_BUFFER } = Win32.codes;
const { LOGOFF } = SessionEvent.codes;
const PAGE = '00000000-0000-4000-8000-000000000001' as Guid;
const UNKNOWN = '00000000-0000-4000-8000-00000000ffff' as Guid;

/** Asks its user once for each session id, and answers for the answer. */
const asking = (...userSessions: ReadonlyArray<number>) =>
  acting({
    begin: userSessions.map((userSession) => ({ do: 'askUser', page: PAGE, userSession, data: Secret.of(Uint8Array.of(7)) })),
    on: (input) => (input.kind === 'userAnswered' ? [send('2')] : []),
  });

const asked = (staged: Stage, nth = 0): Guid => staged.calls('sendUIRequest')[nth]?.request ?? UNKNOWN;
const isPending = (staged: Stage, request: Guid): boolean => staged.engine.handlers.isUIRequestPending({ request });
const respond = (request: Guid, ...bytes: ReadonlyArray<number>): Handler<'processUIResponse'> => ({
  kind: 'processUIResponse',
  request,
  response: Secret.of(Uint8Array.from(bytes)),
});
const logoff = (userSession = 1, event = LOGOFF) => ({ kind: 'processSessionChange', event, userSession }) as const;

describe('contract 14: session change', () => {
  it('R220: it names no adapter and reaches all of them', () => {
    const staged = stage({ methods: [asking(1)] }).host(initAdapter(ADAPTER_B, SERVICE_B));
    staged.host(perform(), perform({ adapter: ADAPTER_B, session: SESSION_2 }), logoff());
    expect(staged.completions().map(({ session }) => session)).to.have.members([SESSION, SESSION_2]);
  });

  it('R221: a logoff cancels the requests of the user and releases them', () => {
    const staged = stage({ methods: [asking(1)] }).play('P');
    const request = asked(staged);
    expect(isPending(staged, request)).to.equal(true);
    staged.host(logoff());
    expect(isPending(staged, request)).to.equal(false);
    expect(staged.outstanding.uiRequests).to.equal(0);
    expect([...(staged.calls('sendUIRequest')[0]?.data.reveal() ?? [])]).to.deep.equal([0]);
    expect(staged.host(respond(request, 1)).calls('sendPacket')).to.deep.equal([]);
  });

  it('R221: also those of a port that has ended', () => {
    const staged = stage({ methods: [asking(1)] })
      .play('PS')
      .host(logoff());
    expect(staged.outstanding.uiRequests).to.equal(0);
  });

  it('R222: only those of that user; an operation that waited for the answer fails', () => {
    const staged = stage({ methods: [asking(1, 2)] })
      .play('P')
      .host(logoff(3));
    expect(staged.said).to.equal('qq');
    staged.host(logoff(2));
    expect([isPending(staged, asked(staged, 0)), isPending(staged, asked(staged, 1))]).to.deep.equal([true, false]);
    expect(staged.completions().map(({ reason, win32 }) => [reason, win32 !== 0])).to.deep.equal([[0x48001, true]]);
  });

  it('R223: no other event changes a port', () => {
    const staged = stage({ methods: [asking(1)] }).play('P');
    for (const event of Object.values(SessionEvent.codes)) if (event !== LOGOFF) staged.host(logoff(1, event));
    expect(staged.said).to.equal('q');
    expect(isPending(staged, asked(staged))).to.equal(true);
  });
});

describe('contract 15: UI requests', () => {
  it('R230: each has a GUID of its own, with or without entropy', () => {
    let drawn = 0;
    for (const secrets of [() => undefined, () => Secret.of(new Uint8Array(16).fill(++drawn))]) {
      const staged = stage({ methods: [asking(1, 1, 2)], secrets }).play('PSP');
      const requests = staged.calls('sendUIRequest');
      expect(new Set(requests.map(({ request }) => request))).to.have.property('size', 6);
      expect(requests.map(({ userSession, page }) => [userSession, page]).slice(0, 3)).to.deep.equal([
        [1, PAGE],
        [1, PAGE],
        [2, PAGE],
      ]);
    }
  });

  it('R231: its memory stays until the answer, though the port ends', () => {
    const staged = stage({ methods: [asking(1)] }).play('PS');
    const [request] = staged.calls('sendUIRequest');
    expect(staged.outstanding.uiRequests).to.equal(1);
    expect([...(request?.data.reveal() ?? [])]).to.deep.equal([7]);
    staged.host(respond(asked(staged), 1));
    expect(staged.outstanding.uiRequests).to.equal(0);
    expect([...(request?.data.reveal() ?? [])]).to.deep.equal([0]);
  });

  it('R232: the truth is told about each: pending, answered, unknown', () => {
    const staged = stage({ methods: [asking(1, 2)] }).play('P');
    expect([0, 1].map((nth) => isPending(staged, asked(staged, nth)))).to.deep.equal([true, true]);
    staged.host(respond(asked(staged), 1));
    expect([0, 1].map((nth) => isPending(staged, asked(staged, nth)))).to.deep.equal([false, true]);
    expect(isPending(staged, UNKNOWN)).to.equal(false);
  });

  it('R231, R232: a request the host refused is not pending, and its memory is freed', () => {
    const staged = stage({ methods: [asking(1)], sink: except('sendUIRequest', () => ERROR_NOT_SUPPORTED) }).play('P');
    expect(isPending(staged, asked(staged))).to.equal(false);
    expect(staged.outstanding.uiRequests).to.equal(0);
  });

  it("R233: what is handed out to a query is the host's to free, and on no books of ours", () => {
    const request = Uint8Array.of(1, 2);
    const staged = stage({ answers: { queryUIRequest: () => ({ win32: ERROR_SUCCESS, request }) } });
    expect(staged.engine.handlers.queryUIRequest({ adapter: ADAPTER, phase: 1 })).to.deep.equal({
      win32: ERROR_SUCCESS,
      request,
    });
    expect(staged.outstanding).to.deep.include({ buffers: 0, uiRequests: 0 });
    expect(stage().engine.handlers.queryUIRequest({ adapter: ADAPTER, phase: 0 }).win32).to.equal(ERROR_NOT_SUPPORTED);
  });

  it('R234: the answer for a port that has ended is consumed and dropped', () => {
    const staged = stage({ methods: [asking(1)] }).play('PS');
    expect(staged.call(respond(asked(staged), 1))).to.equal(ERROR_SUCCESS);
    staged.turn();
    expect(staged.said).to.equal('q');
    expect(staged.outstanding.uiRequests).to.equal(0);
  });

  it('R235: whatever an answer says reaches the method as a secret, and harms nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const got: MethodInput[] = [];
        const method = acting({
          begin: [{ do: 'askUser', page: PAGE, userSession: 1, data: Secret.of(Uint8Array.of(7)) }],
          on: (input) => {
            got.push(input);
            return [send('2')];
          },
        });
        const staged = stage({ methods: [method] }).play('P');
        staged.host(respond(asked(staged), ...bytes));
        expect(got.flatMap((input) => (input.kind === 'userAnswered' ? [[...input.response.reveal()]] : []))).to.deep.equal([
          [...bytes],
        ]);
        expect(JSON.stringify(got)).to.contain('[redacted');
      }),
    );
  });
});

describe('contract 17: IHV indications and NIC extension', () => {
  const noting = () => {
    const got: string[] = [];
    const method = acting({
      on: (input) => {
        if (input.kind === 'indicated') got.push(input.indication.kind);
        return [];
      },
    });
    return { got, staged: stage({ methods: [method] }).play('P') };
  };
  const indicate = (staged: Stage, type: number, payload: Uint8Array): number =>
    staged.call({ kind: 'receiveIndication', adapter: ADAPTER, type, payload });
  const micFailure = writeTkipMicFailure({ peer: AP, defaultKey: false, keyIndex: 0 });

  it('R250, R251: the five kinds arrive as what they mean, in order; an unknown one is ignored', () => {
    const { got, staged } = noting();
    const payloads = [
      Uint8Array.of(1, 2, 3),
      writePmkidCandidates({ candidates: [{ bssid: AP, preauthentication: true }] }),
      micFailure,
      writePhyState({ phy: 1, hardwareOn: true, softwareOn: true }),
      writeLinkQuality({ links: [{ peer: AP, quality: 50 }] }),
      Uint8Array.of(9),
    ];
    payloads.forEach((payload, type) => {
      expect(indicate(staged, type, payload)).to.equal(ERROR_SUCCESS);
    });
    staged.turn();
    expect(got).to.deep.equal(['receiveIndication', 'pmkidCandidates', 'tkipMicFailure', 'phyState', 'linkQuality']);
  });

  it('R251: they keep their order with packets', () => {
    const got: string[] = [];
    const method = acting({
      on: (input) => {
        got.push(input.kind);
        return [];
      },
    });
    const staged = stage({ methods: [method] }).play('P');
    got.length = 0;
    staged.call(packetOf('1'));
    indicate(staged, 0, Uint8Array.of(1));
    staged.call(packetOf('2'));
    staged.turn();
    expect(got).to.deep.equal(['packet', 'indicated', 'packet']);
  });

  it('R252: association and disassociation open and close nothing by themselves', () => {
    const staged = stage();
    staged.offer({ kind: 'associationStart', adapter: ADAPTER, peer: AP, ssid: Uint8Array.of(65) });
    staged.offer({ kind: 'associationCompletion', adapter: ADAPTER, association: association() }).turn();
    expect(staged.outstanding.ports).to.equal(0);
    staged.play('P1').offer({ kind: 'disassociation', adapter: ADAPTER, peer: AP, reason: 7 }).turn();
    expect(staged.play('u3v').said).to.equal('24KGXC');
  });

  it('R253: Michael failures are reported to the method, and by default nothing more is done about them', () => {
    const { got, staged } = noting();
    indicate(staged, 2, micFailure);
    indicate(staged, 2, micFailure);
    staged.pass(1_000);
    expect(got).to.deep.equal(['tkipMicFailure', 'tkipMicFailure']);
    expect(staged.heard).to.deep.equal([]);
    expect(staged.outstanding.ports).to.equal(1);
  });

  it('R254: a miniport without the optional extension costs the feature, not the port', () => {
    const got: MethodInput[] = [];
    const method = acting({
      begin: [{ do: 'extendNic', tag: 'ask', input: Uint8Array.of(1), outputSize: 0 }],
      on: (input) => {
        got.push(input);
        return input.kind === 'packet' ? [send('2')] : [];
      },
    });
    const staged = stage({ methods: [method], sink: except('nicSpecificExtension', () => ERROR_NOT_SUPPORTED) }).play('P1');
    expect(got.find(({ kind }) => kind === 'nicAnswered')).to.deep.include({ tag: 'ask', win32: ERROR_NOT_SUPPORTED });
    expect(staged.said).to.equal('n2');
    expect(staged.calls('nicSpecificExtension')[0]).to.deep.include({ input: Uint8Array.of(1), outputSize: 0 });
  });

  it('R255: a notification always has data, nothing waits for it, and its memory is free when the call returns', () => {
    const notify = (...data: ReadonlyArray<number>) => ({ do: 'notify', code: 0x1001, data: Uint8Array.from(data) }) as const;
    const seen: number[][] = [];
    const sink = except('sendNotification', ({ data }) => {
      seen.push([...data]);
      data.fill(0xff);
      return ERROR_SUCCESS;
    });
    const staged = stage({ methods: [acting({ begin: [notify(1, 2), notify(), notify(3)] })], sink }).play('P');
    expect(seen).to.deep.equal([[1, 2], [], [3]]);
    expect(staged.outstanding).to.deep.include({ calls: 0, buffers: 0 });
  });

  it('R256: the count comes always, the output only where it fits', () => {
    const output = Uint8Array.of(1, 2, 3);
    const staged = stage({ answers: { control: () => ({ win32: ERROR_SUCCESS, output }) } });
    const control = (outputSize: number) => staged.engine.handlers.control({ adapter: ADAPTER, input: eapol('x'), outputSize });
    expect(control(3)).to.deep.equal({ win32: ERROR_SUCCESS, returned: 3, output });
    expect(control(8)).to.deep.equal({ win32: ERROR_SUCCESS, returned: 3, output });
    for (const size of [0, 2]) expect(control(size)).to.deep.equal({ win32: ERROR_INSUFFICIENT_BUFFER, returned: 3 });
    expect(stage().engine.handlers.control({ adapter: ADAPTER, input: eapol('x'), outputSize: 3 })).to.deep.equal({
      win32: ERROR_NOT_SUPPORTED,
      returned: 0,
    });
  });
});
