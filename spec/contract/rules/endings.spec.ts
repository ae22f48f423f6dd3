import { expect } from 'chai';
import { AssocStatus, BROADCAST, type Guid, L2Reason, OneXResult, Secret, Win32 } from '../../../streams/events/index.js';
import {
  ADAPTER,
  ADAPTER_B,
  AP,
  AP_2,
  acting,
  carriesAdapter,
  except,
  initAdapter,
  oneX,
  onPacket,
  packetOf,
  perform,
  preAssociate,
  SERVICE_B,
  SESSION,
  SESSION_2,
  Stage,
  send,
  stage,
  stop,
  symbolic,
} from './support.js';

const { ERROR_SUCCESS, ERROR_CANCELLED, ERROR_GEN_FAILURE } = Win32.codes;
const PAGE = '00000000-0000-4000-8000-000000000001' as Guid;
const NOTHING = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

const asking = () =>
  acting({
    begin: [{ do: 'askUser', page: PAGE, userSession: 1, data: Secret.of(Uint8Array.of(1, 2)) }],
    on: (input) => (input.kind === 'userAnswered' ? [send('2')] : []),
  });

describe('contract 9: AdapterReset', () => {
  it('R150: a reset is answered with 0 in every state of an adapter', () => {
    for (const line of ['', 'P', 'P1', 'P1u3', 'P1u3v', 'PS', 'Z']) {
      expect(stage().play(line).call({ kind: 'adapterReset', adapter: ADAPTER }), line).to.equal(ERROR_SUCCESS);
    }
  });

  it('R151, R173: a pending operation gets one completion, with ERROR_CANCELLED and a reason', () => {
    const staged = stage().play('P1Zt');
    expect(staged.completions()).to.have.length(1);
    expect(staged.completions()[0]).to.deep.include({ session: SESSION, win32: ERROR_CANCELLED, reason: 0x48011 });
  });

  it('R151: so does a pending pre-association, and both of them together', () => {
    const sink = except('setUnicastCipherAlgorithm', () => undefined);
    const staged = stage({ sink }).host(preAssociate()).play('Zt');
    expect(staged.said).to.equal('AUpE');
    expect(staged.calls('preAssociateCompletion')[0]).to.deep.include({ win32: ERROR_CANCELLED, reason: 0x48011 });
    expect(stage({ sink }).host(preAssociate()).play('PZt').said).to.match(/^AU(?:cp|pc)E$/);
  });

  it('R152: it is made inside the handler, and never for a completed operation', () => {
    const pending = stage().play('P1Z');
    expect(pending.heard.find(({ effect }) => effect.kind === 'postAssociateCompletion')?.during).to.equal('adapterReset');
    expect(stage().play('P1u3vZt').said).to.equal('24KGXCE');
  });

  it('R153: afterwards the registrations are those after init', () => {
    const staged = new Stage().begin().play('P1u3vZ');
    const registered = staged.calls('setEtherTypeHandling').map(({ call: _, ...rest }) => rest);
    expect(registered).to.have.length(2);
    expect(registered[1]).to.deep.equal(registered[0]);
    expect(staged.play('P1u3v').said.endsWith('24KGXC')).to.equal(true);
  });

  it('R153, R155: the profile of the connection is forgotten', () => {
    const seen: unknown[] = [];
    const staged = stage({ methods: [acting({ onOpen: ({ profile }) => seen.push(profile) })] });
    staged.host(preAssociate()).play('PSPZP');
    expect(seen.map((profile) => profile !== undefined)).to.deep.equal([true, true, false]);
  });

  it('R154: the host has cancelled the UI requests: they are freed, and a late answer is ignored', () => {
    const staged = stage({ methods: [asking()] }).play('PZ');
    const [asked] = staged.calls('sendUIRequest');
    expect(staged.outstanding.uiRequests).to.equal(0);
    expect([...(asked?.data.reveal() ?? [])]).to.deep.equal([0, 0]);
    const response = Secret.of(Uint8Array.of(1));
    staged.host({ kind: 'processUIResponse', request: asked?.request ?? PAGE, response });
    expect(staged.said).to.equal('qcE');
  });

  it('R155: keys are wiped, and the hardware is left to its own reset', () => {
    const staged = stage().play('P1u3vZt');
    const keys = [...staged.calls('setKeyMappingKey'), ...staged.calls('setDefaultKey')];
    expect(keys.filter((key) => key.delete)).to.deep.equal([]);
    for (const { material } of keys) expect([...material.key.reveal()]).to.deep.equal(new Array(16).fill(0));
  });

  it('R156: of stop and reset the first decides, and the second changes nothing for that port', () => {
    expect(stage().play('PSZ').said).to.equal('E');
    const reversed = stage().play('PZ');
    expect(reversed.call(stop())).to.equal(ERROR_SUCCESS);
    expect(reversed.play('t').said).to.equal('cE');
  });
});

describe('contract 10: DeinitAdapter', () => {
  it('R160: no completion and no call with the adapter handle, whatever is pending', () => {
    for (const line of ['P', 'P1', 'P1u3', 'P1u3v']) {
      const staged = stage().host(preAssociate()).play(line);
      const before = staged.heard.length;
      staged.call({ kind: 'deinitAdapter', adapter: ADAPTER });
      staged.play('1u3vt');
      expect(
        staged.heard.slice(before).filter(({ effect }) => carriesAdapter(effect)),
        line,
      ).to.deep.equal([]);
    }
    const pending = stage({ sink: except('setAuthAlgorithm', () => undefined) }).host(preAssociate());
    expect(pending.play('Dt').said).to.equal('A');
  });

  it('R161: it cannot fail, with a stop before it or without', () => {
    for (const line of ['P1S', 'P1', '']) {
      const staged = stage().play(line);
      expect(staged.call({ kind: 'deinitAdapter', adapter: ADAPTER }), line).to.equal(ERROR_SUCCESS);
      expect(staged.turn().outstanding, line).to.deep.equal(NOTHING);
    }
  });

  it('R162: UI requests count as cancelled', () => {
    const staged = stage({ methods: [asking()] }).play('PD');
    const [asked] = staged.calls('sendUIRequest');
    expect(staged.outstanding.uiRequests).to.equal(0);
    expect(staged.engine.handlers.isUIRequestPending({ request: asked?.request ?? PAGE })).to.equal(false);
    staged.host({ kind: 'processUIResponse', request: asked?.request ?? PAGE, response: Secret.of(Uint8Array.of(1)) });
    expect(staged.said).to.equal('q');
  });
});

describe('contract 12: StopPostAssociate', () => {
  it('R191: it is called whether or not the operation was completed', () => {
    for (const line of ['P', 'P1', 'P1u3v', 'PN', 'P1t']) {
      const staged = stage().play(line);
      expect(staged.call(stop()), line).to.equal(ERROR_SUCCESS);
      expect(staged.outstanding.ports, line).to.equal(0);
    }
  });

  it('R192: everything of the port is released before it returns', () => {
    const staged = stage({ methods: [symbolic(true)] }).play('PER1u3');
    staged.sent();
    staged.call(stop());
    expect(staged.outstanding).to.deep.include({ ports: 0, packets: 0, buffers: 0, timers: 0 });
    expect(staged.turn().outstanding).to.deep.equal(NOTHING);
  });

  it('R192: the method is told to let go of its secrets, once, whatever ends the port', () => {
    for (const end of ['S', 'Z', 'D']) {
      let releases = 0;
      const counting = acting({
        release: () => {
          releases++;
        },
      });
      const staged = stage({ methods: [counting] }).play('P');
      expect(releases).to.equal(0);
      staged.play(end).play('SZt');
      expect(releases, end).to.equal(1);
    }
  });

  it('R193: a stop of a pending port completes nothing, ever', () => {
    for (const line of ['P', 'P1', 'P1u', 'P1u3']) expect(stage().play(line).play('SZuvt').completions(), line).to.deep.equal([]);
  });

  it('R194: nor does it say anything for a completed one', () => {
    expect(stage().play('P1u3vSt').completions()).to.have.length(1);
  });

  it('R195: the port is named by its peer: a stop for another one leaves it alone', () => {
    const staged = stage().play('P1').host(stop(AP_2));
    expect(staged.play('u3v').said).to.equal('24KGXC');
    const two = stage().host(initAdapter(ADAPTER_B, SERVICE_B), perform(), perform({ adapter: ADAPTER_B, session: SESSION_2 }));
    two.host(stop(AP, ADAPTER_B), packetOf('1'), packetOf('1', 3, AP, ADAPTER_B));
    expect(two.calls('sendPacket').map(({ session }) => session)).to.deep.equal([SESSION]);
  });

  it('R196: the low half of a status is an 802.11 reason', () => {
    expect(AssocStatus.nameOf(0x00010003)).to.equal('PEER_DEAUTHENTICATED+3');
    expect(AssocStatus.nameOf(0x00020008)).to.equal('PEER_DISASSOCIATED+8');
    expect(AssocStatus.parse('PEER_DEAUTHENTICATED+3')).to.equal(0x00010003);
  });

  it('R197: without a matching port it returns 0 and has no effect, as has a second one', () => {
    const staged = stage();
    expect(staged.call(stop())).to.equal(ERROR_SUCCESS);
    staged.play('P1u3v');
    expect([staged.call(stop()), staged.call(stop())]).to.deep.equal([ERROR_SUCCESS, ERROR_SUCCESS]);
    expect(staged.play('t').said).to.equal('24KGXC');
    expect(staged.play('P1').said).to.equal('24KGXC2');
  });

  it('R198: the broadcast address stops every port of the adapter, and of no other', () => {
    const staged = stage().host(
      initAdapter(ADAPTER_B, SERVICE_B),
      perform(),
      perform({ adapter: ADAPTER_B, session: SESSION_2 }),
    );
    staged.host(stop(BROADCAST), packetOf('1'), packetOf('1', 3, AP, ADAPTER_B));
    expect(staged.calls('sendPacket').map(({ session }) => session)).to.deep.equal([SESSION_2]);
    expect(staged.call(perform())).to.equal(ERROR_SUCCESS);
  });

  it('R199: nothing of the port reaches the sink once the handler was entered', () => {
    const line = 'P1u3v';
    for (let at = 1; at <= line.length; at++) {
      const staged = stage().play(line.slice(0, at));
      for (const symbol of line.slice(at)) if (!'uv'.includes(symbol)) staged.call(packetOf(symbol));
      const said = staged.said;
      staged.call(stop());
      expect(staged.play('uvt').said, line.slice(0, at)).to.equal(said);
    }
  });

  it('R199: not even when the stop comes from inside a call of the sink', () => {
    for (const kind of ['sendPacket', 'setKeyMappingKey', 'setDefaultKey', 'setExcludeUnencrypted'] as const) {
      const staged = stage();
      staged.sink = except(kind, () => {
        staged.call(stop());
        return ERROR_SUCCESS;
      });
      staged.play('P1u3vt');
      expect(staged.heard.at(-1)?.effect.kind, kind).to.equal(kind);
    }
  });
});

describe('contract 11: completion', () => {
  const saying = onPacket({
    y: [{ do: 'succeed' }],
    n: [{ do: 'fail', reason: 0x48014, win32: ERROR_GEN_FAILURE }],
  });
  const telling = () => stage({ methods: [acting({ installsNoKeys: true, on: saying })] });

  it('R170: it carries adapter, session, peer, reason and code', () => {
    const [completion] = stage().play('P1u3v').completions();
    expect(completion).to.deep.include({ service: '0x51', session: SESSION, peer: AP, reason: 0, win32: 0 });
  });

  it('R171: a success has the code 0 and no reason but 0 or one of the vendor', () => {
    for (const [ihvReason, told] of [
      [undefined, 0],
      [0x90000, 0x90000],
      [0x9ffff, 0x9ffff],
      [0x8ffff, 0],
      [0xa0000, 0],
      [0x48014, 0],
    ] as const) {
      const begin = [ihvReason === undefined ? { do: 'succeed' as const } : { do: 'succeed' as const, ihvReason }];
      const [completion] = stage({ methods: [acting({ installsNoKeys: true, begin })] })
        .play('P')
        .completions();
      expect(completion).to.deep.include({ reason: told, win32: 0 });
    }
  });

  it('R172: a failure has both codes, whatever the method says', () => {
    for (const [reason, win32] of [
      [0, 0],
      [0, 5],
      [0x48014, 0],
    ] as const) {
      const [completion] = stage({ methods: [acting({ begin: [{ do: 'fail', reason, win32 }] })] })
        .play('P')
        .completions();
      expect(completion?.reason).to.not.equal(0);
      expect(completion?.win32).to.not.equal(0);
    }
  });

  it('R173: ERROR_CANCELLED belongs to a reset, whoever else uses it', () => {
    const claiming = acting({ begin: [{ do: 'fail', reason: 0x48001, win32: ERROR_CANCELLED }] });
    expect(stage({ methods: [claiming] }).play('P').said).to.equal('B');
    const sink = except('setKeyMappingKey', () => ERROR_CANCELLED);
    expect(stage({ sink }).play('P1u3v').said).to.equal('24KB');
  });

  it('R174: the first completion comes in any case: silence, a lost answer, a lost send completion', () => {
    expect(stage().play('Pt').said).to.equal('B');
    expect(stage({ sink: except('setKeyMappingKey', () => undefined) }).play('P1u3vt').said).to.equal('24KB');
    expect(stage().play('P1u3t').said).to.equal('24B');
    const noModule = except('startOneX', () => undefined);
    expect(stage({ methods: [symbolic(true)], sink: noModule }).play('Pt').said).to.equal('sB');
  });

  it('R174: within the time the method allows, and not before', () => {
    const staged = stage({ methods: [acting({ completionTimeout: 5_000 })] });
    staged.call(perform());
    expect(staged.pass(4_999).heard).to.deep.equal([]);
    expect(staged.pass(1).said).to.equal('B');
    expect(staged.completions()[0]?.win32).to.equal(Win32.codes.ERROR_TIMEOUT);
    expect(staged.outstanding.timers).to.equal(0);
  });

  it('R175: later changes of the authorisation are told under the same session', () => {
    const staged = telling().play('Pyny');
    expect(staged.said).to.equal('CBC');
    expect(new Set(staged.completions().map(({ session }) => session))).to.deep.equal(new Set([SESSION]));
  });

  it('R176: an unchanged status is not repeated', () => {
    expect(telling().play('Pyynnyy').said).to.equal('CBC');
    expect(stage().play('P1u3vgw').said).to.equal('24KGXChG');
  });

  it('R177: nothing is completed after stop, deinit or the end of the reset handler', () => {
    for (const end of ['S', 'D', 'Z']) {
      const staged = telling().play('P').play(end);
      const told = staged.completions().length;
      expect(staged.play('ynt').completions(), end).to.have.length(told);
      expect(told, end).to.equal(end === 'Z' ? 1 : 0);
    }
  });

  it('R178: after a failure nothing is pending: a reset owes nothing, and success may still come', () => {
    expect(telling().play('PnZ').said).to.equal('BE');
    expect(telling().play('Pny').said).to.equal('BC');
  });

  it('R179: a completion that is refused is remarked and not repeated', () => {
    const staged = stage({ sink: except('postAssociateCompletion', () => ERROR_GEN_FAILURE) }).play('P1u3vt');
    expect(staged.completions()).to.have.length(1);
    expect(staged.remarked).to.deep.equal(['R179']);
  });

  const { codes } = L2Reason;
  for (const [cause, reason, run] of [
    ['silence after the handshake began', 0x48005, () => stage().play('P1t')],
    ['silence of the 802.1X module', 0x48003, () => stage({ methods: [symbolic(true)] }).play('Pt')],
    [
      'what the method lacks',
      0x48008,
      () => stage({ methods: [acting({ incomplete: () => codes.MSMSEC_M3_MISSING_GRP_KEY })] }).play('Pt'),
    ],
    ['a key refused', 0x48010, () => stage({ sink: except('setKeyMappingKey', () => 31) }).play('P1u3v')],
    ['a reset', 0x48011, () => stage().play('PZ')],
    [
      'no authenticator',
      0x4800f,
      () =>
        stage({ methods: [symbolic(true)] })
          .play('P')
          .host(oneX(OneXResult.codes.FAILURE, { status: 2, reason: 0 })),
    ],
    ['no keys from 802.1X', 0x4800b, () => stage({ methods: [symbolic(true)], secrets: () => undefined }).play('PR')],
    ['nothing known', 0x10001, () => stage({ methods: [acting({ begin: [{ do: 'fail', reason: 0, win32: 0 }] })] }).play('P')],
  ] as const) {
    it(`R180: ${cause} is told as ${L2Reason.show(reason)}`, () => {
      expect(
        run()
          .completions()
          .map((completion) => completion.reason),
      ).to.deep.equal([reason]);
    });
  }

  it('R180: the names of the suggested reasons are those of the numbers', () => {
    const { MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_KEY_START_TIMEOUT, MSMSEC_KEY_SUCCESS_TIMEOUT, MSMSEC_SEC_IE_MATCHING } = codes;
    expect([MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_KEY_START_TIMEOUT, MSMSEC_KEY_SUCCESS_TIMEOUT]).to.deep.equal([
      0x48014, 0x48004, 0x48005,
    ]);
    expect([codes.MSMSEC_PR_IE_MATCHING, MSMSEC_SEC_IE_MATCHING]).to.deep.equal([0x48009, 0x4800a]);
  });
});
