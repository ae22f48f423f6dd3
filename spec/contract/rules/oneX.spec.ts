import { expect } from 'chai';
import * as fc from 'fast-check';
import type { MethodInput } from '../../../operators/core/index.js';
import { EtherType, L2Reason, OneXResult, Secret, type SecretRequest, Win32 } from '../../../streams/events/index.js';
import { openNetwork } from '../../support/fixtures.js';
import {
  ADAPTER,
  accepting,
  acting,
  eapol,
  except,
  oneX,
  onPacket,
  packetOf,
  perform,
  SESSION_2,
  stage,
  symbolic,
} from './support.js';

const { SUCCESS, FAILURE } = OneXResult.codes;
const { ERROR_GEN_FAILURE } = Win32.codes;

const onOneX = () => stage({ methods: [symbolic(true)] });

/** Starts and stops 802.1X on command: `k` and `j`. */
const commanded = (begin: Parameters<typeof acting>[0] = {}) =>
  acting({ usesOneX: true, on: onPacket({ k: [{ do: 'startOneX' }], j: [{ do: 'stopOneX' }] }), ...begin });

describe('contract 6: the 802.1X module', () => {
  it('R100: it is not started before the port, after its stop, after a reset or after deinit', () => {
    const soon = { do: 'setTimer', name: 'soon', ms: 100 } as const;
    const late = acting({ usesOneX: true, begin: [soon], on: (input) => (input.kind === 'timer' ? [{ do: 'startOneX' }] : []) });
    expect(
      stage({ methods: [late] })
        .play('EkRt')
        .calls('startOneX'),
    ).to.deep.equal([]);
    expect(
      stage({ methods: [late] })
        .play('P')
        .pass(200)
        .calls('startOneX'),
    ).to.have.length(1);
    for (const end of ['S', 'Z', 'D']) {
      expect(
        stage({ methods: [late] })
          .play('P')
          .play(end)
          .play('Et')
          .calls('startOneX'),
        end,
      ).to.deep.equal([]);
    }
  });

  it('R101: two triggers start it once', () => {
    const staged = stage({ methods: [commanded()] }).play('Pk');
    expect(staged.said).to.equal('s');
    const twice = acting({ usesOneX: true, begin: [{ do: 'startOneX' }, { do: 'startOneX' }] });
    expect(stage({ methods: [twice] }).play('P').said).to.equal('s');
    const waiting = acting({
      usesOneX: true,
      begin: [
        { do: 'startOneX', attributes: Uint8Array.of(1) },
        { do: 'startOneX', attributes: Uint8Array.of(1) },
      ],
    });
    expect(stage({ methods: [waiting] }).play('P').said).to.equal('as');
  });

  it('R102: the engine sends no EAPOL-Start of its own', () => {
    const staged = onOneX().play('PEER1u3vg');
    expect(staged.calls('sendPacket').filter(({ payload }) => payload[1] === 1)).to.deep.equal([]);
    const eager = acting({
      usesOneX: true,
      begin: [{ do: 'startOneX' }, { do: 'send', tag: 's', etherType: EtherType.codes.EAPOL, payload: eapol('s', 1) }],
    });
    const refused = stage({ methods: [eager] }).play('P');
    expect(refused.calls('sendPacket')).to.deep.equal([]);
    expect(refused.remarked).to.include('R102');
  });

  it("R103: attributes are put into the host's memory and become the host's", () => {
    const content = Uint8Array.of(5, 6, 7);
    const staged = stage({ methods: [acting({ usesOneX: true, begin: [{ do: 'startOneX', attributes: content }] })] }).play('P');
    const [allocation] = staged.calls('allocateBuffer');
    expect(allocation).to.deep.include({ size: 3, content });
    expect(staged.calls('startOneX').map(({ attributes }) => attributes)).to.deep.equal([`0x${allocation?.call.toString(16)}`]);
    expect(staged.outstanding.buffers).to.equal(0);
    expect(staged.play('SD').said).to.equal('asz');
  });

  it('R103: a buffer that comes when nobody waits for it any more goes back', () => {
    const sink = except('allocateBuffer', () => undefined);
    const methods = [acting({ usesOneX: true, begin: [{ do: 'startOneX' as const, attributes: Uint8Array.of(1) }] })];
    const staged = stage({ methods, sink }).play('PS');
    const [allocation] = staged.calls('allocateBuffer');
    staged.offer({ kind: 'reply', call: allocation?.call ?? 0, win32: 0, buffer: '0x99' as never }).turn();
    expect(staged.said).to.equal('af');
    expect(staged.outstanding.buffers).to.equal(0);
  });

  it('R104: EAP packets are forwarded in order', () => {
    const staged = onOneX().play('P');
    for (const symbol of 'abc') staged.call(packetOf(symbol, 0));
    staged.turn();
    expect(staged.calls('processOneXPacket').map(({ packet }) => packet.at(-1))).to.deep.equal([97, 98, 99]);
  });

  it('R105: an EAPOL-Key packet is never forwarded, whatever happens in whatever order', () => {
    const symbols = fc.array(fc.constantFrom(...'PSZ13gEERNiuvk'), { maxLength: 40 });
    fc.assert(
      fc.property(symbols, fc.boolean(), (line, answers) => {
        const sink = answers ? accepting : except('startOneX', () => undefined);
        const staged = stage({ methods: [symbolic(true)], sink }).play(line.join(''));
        const keys = staged.calls('processOneXPacket').filter(({ packet }) => packet[0] === 3);
        expect(keys).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });

  it('R106: a key packet that overtakes the result is worked on after it, in order', () => {
    expect(onOneX().play('PE1R').said).to.equal('sF2');
    expect(onOneX().play('PE13R').said).to.equal('sF24');
  });

  it('R106: it is discarded on failure, stop and reset', () => {
    expect(onOneX().play('P1N').said).to.equal('sB');
    expect(onOneX().play('P1SPR').said).to.equal('szs');
    expect(onOneX().play('P1ZPR').said).to.equal('szcEs');
  });

  it('R107: the module gets the packet from its type octet on', () => {
    const staged = onOneX().play('P').host(packetOf('e', 0));
    expect(staged.calls('processOneXPacket').map(({ packet }) => [...packet])).to.deep.equal([[0, 0, 1, 'e'.charCodeAt(0)]]);
  });

  it('R108: nothing is forwarded before the start, after a result or after a stop', () => {
    expect(stage({ methods: [commanded()] }).play('PE').said).to.equal('');
    expect(onOneX().play('PN').host(packetOf('x', 0)).said).to.equal('sB');
    expect(onOneX().play('PR').host(packetOf('x', 0)).said).to.equal('s');
    const staged = stage({ methods: [commanded({ begin: [{ do: 'startOneX' }], on: (i) => (i.kind === 'timer' ? [] : []) })] });
    expect(staged.play('PS').host(packetOf('x', 0)).said).to.equal('sz');
  });

  it('R108: what comes before the module has accepted its start waits for that', () => {
    const staged = stage({ methods: [symbolic(true)], sink: except('startOneX', () => undefined) }).play('PE');
    expect(staged.said).to.equal('s');
    const [started] = staged.calls('startOneX');
    staged.offer({ kind: 'reply', call: started?.call ?? 0, win32: 0 }).turn();
    expect(staged.said).to.equal('sF');
  });

  it("R109: after a result every packet is the engine's, and an EAP request begins a reauthentication", () => {
    expect(onOneX().play('PER1u3vE').said).to.equal('sF24KGXCs');
  });

  it('R110: progress completes nothing and goes on forwarding', () => {
    expect(onOneX().play('PEiEiERE').said).to.equal('sFFFs');
  });

  it('R111: a success without keys fails a network that needs them', () => {
    const without = { kind: 'oneXIndicateResult', adapter: ADAPTER, result: SUCCESS } as const;
    expect(onOneX().play('P').host(without).said).to.equal('sB');
    const empty = Secret.of(new Uint8Array(0));
    expect(
      onOneX()
        .play('P')
        .host(oneX(SUCCESS, { sendKey: empty, receiveKey: empty })).said,
    ).to.equal('sB');
    const nulls = onOneX().play('P');
    nulls.callRaw('oneXIndicateResult', { adapter: ADAPTER, result: SUCCESS, parameters: null });
    expect(nulls.turn().said).to.equal('sB');
  });

  it('R111: and is enough where none are needed', () => {
    const unkeyed = acting({
      usesOneX: true,
      begin: [{ do: 'startOneX' }],
      on: (input) => (input.kind === 'oneXSucceeded' ? [{ do: 'succeed' }] : []),
    });
    const staged = stage({ methods: [unkeyed] }).host(perform({ association: openNetwork }));
    expect(staged.host({ kind: 'oneXIndicateResult', adapter: ADAPTER, result: SUCCESS }).said).to.equal('sC');
  });

  it('R112: each key is unprotected once, from a copy made before the call returned', () => {
    const asked: SecretRequest[] = [];
    const got: MethodInput[] = [];
    const secrets = (request: SecretRequest) => {
      asked.push(request);
      return request.want === 'unprotected' ? Secret.of(request.blob.reveal().map((byte) => byte ^ 0xff)) : undefined;
    };
    const method = commanded({
      begin: [{ do: 'startOneX' }],
      on: (input) => {
        got.push(input);
        return [];
      },
    });
    const staged = stage({ methods: [method], secrets }).play('P');
    const result = oneX(SUCCESS, { sendKey: Secret.of(Uint8Array.of(1, 2)), receiveKey: Secret.of(Uint8Array.of(3)) });
    staged.call(result);
    result.parameters?.sendKey.zeroise();
    result.parameters?.receiveKey.zeroise();
    staged.turn();
    expect(asked.map(({ want }) => want)).to.deep.equal(['unprotected', 'unprotected']);
    const [succeeded] = got.flatMap((input) => (input.kind === 'oneXSucceeded' ? [input] : []));
    expect([...(succeeded?.sendKey?.reveal() ?? [])]).to.deep.equal([0xfe, 0xfd]);
    expect([...(succeeded?.receiveKey?.reveal() ?? [])]).to.deep.equal([0xfc]);
  });

  it('R112: a blob that cannot be opened is a failure', () => {
    expect(stage({ methods: [symbolic(true)], secrets: () => undefined }).play('PR').said).to.equal('sB');
  });

  it('R113: both MPPE keys reach the method, each by its name', () => {
    const lengths: unknown[] = [];
    const method = commanded({
      begin: [{ do: 'startOneX' }],
      on: (input) => {
        if (input.kind === 'oneXSucceeded') lengths.push(input.sendKey?.reveal()[0], input.receiveKey?.reveal()[0]);
        return [];
      },
    });
    stage({ methods: [method] }).play('PR');
    expect(lengths).to.deep.equal([0x51, 0x52]);
  });

  it('R114: the reason of the module appears in the failure, and is never 0', () => {
    for (const [reason, told] of [
      [0x50005, 0x50005],
      [0x50014, 0x50014],
      [0, 0x50005],
      [0x50000, 0x50005],
      [0x10001, 0x50005],
    ]) {
      const staged = onOneX()
        .play('P')
        .host(oneX(FAILURE, { status: 4, reason: reason ?? 0 }));
      expect(staged.completions().map((completion) => completion.reason)).to.deep.equal([told]);
      expect(staged.completions()[0]?.win32).to.not.equal(0);
    }
  });

  it('R115: a result of nobody is ignored', () => {
    const staged = stage({ methods: [commanded()] }).play('PR');
    expect(staged.heard).to.deep.equal([]);
    expect(staged.remarked).to.deep.equal(['R115']);
    expect(onOneX().play('R').heard).to.deep.equal([]);
    expect(onOneX().play('PRR').said).to.equal('s');
  });

  it('R115: a result that waits while its port is replaced does not reach the new one', () => {
    const staged = onOneX().play('P');
    staged.call(oneX(FAILURE));
    staged.play('S').host(perform({ session: SESSION_2 }));
    expect(staged.completions()).to.deep.equal([]);
  });

  it('R115: a result of the old port is ignored by a new one that has started none', () => {
    const either = acting({ usesOneX: true, on: onPacket({ k: [{ do: 'startOneX' }] }) });
    const staged = stage({ methods: [either] })
      .play('PkS')
      .host(perform({ session: SESSION_2 }))
      .play('NR');
    expect(staged.said).to.equal('sz');
  });

  it('R116: it is stopped only while it runs', () => {
    const twoStops = commanded({ begin: [{ do: 'startOneX' }, { do: 'stopOneX' }, { do: 'stopOneX' }] });
    const staged = stage({ methods: [twoStops] }).play('P');
    expect(staged.said).to.equal('sz');
    expect(staged.remarked).to.deep.equal(['R116']);
    expect(onOneX().play('PRS').said).to.equal('s');
    expect(onOneX().play('PNS').said).to.equal('sB');
  });

  it('R116: nor before it was started, when its attributes still wait for memory', () => {
    const begin = [{ do: 'startOneX' as const, attributes: Uint8Array.of(1) }];
    const sink = except('allocateBuffer', () => undefined);
    expect(stage({ methods: [commanded({ begin })], sink }).play('PS').said).to.equal('a');
    const undecided = commanded({ begin: [...begin, { do: 'stopOneX' }] });
    expect(stage({ methods: [undecided] }).play('P').said).to.equal('a');
  });

  it('R117: a stop and a reset stop it once, inside the handler and before the completion', () => {
    const stopped = onOneX().play('PES');
    expect(stopped.said).to.equal('sFz');
    expect(stopped.heard.at(-1)?.during).to.equal('stopPostAssociate');
    const resetting = onOneX().play('PEZ');
    expect(resetting.said).to.equal('sFzcE');
    expect(resetting.heard.slice(2).map(({ during }) => during)).to.deep.equal(new Array(3).fill('adapterReset'));
  });

  it('R117: deinit never does', () => {
    expect(onOneX().play('PED').said).to.equal('sF');
  });

  it('R118: it may be started again after completion, and the port keeps its state meanwhile', () => {
    expect(onOneX().play('PR1u3vEER1u3v').said).to.equal('s24KGXCsF24KG');
    expect(onOneX().play('PNE').said).to.equal('sBs');
  });

  it('R100, R136: a start that is refused fails the operation, on a later turn', () => {
    const staged = stage({ methods: [symbolic(true)], sink: except('startOneX', () => ERROR_GEN_FAILURE) });
    staged.call(perform());
    expect(staged.said).to.equal('s');
    staged.pass(5);
    expect(staged.said).to.equal('sB');
    expect(staged.completions()[0]?.reason).to.equal(L2Reason.codes.UNKNOWN);
  });
});
