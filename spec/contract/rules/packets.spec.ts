import { expect } from 'chai';
import * as fc from 'fast-check';
import { open } from '../../../operators/core/index.js';
import { EtherType, type MacAddress, OneXResult, Win32 } from '../../../streams/events/index.js';
import { fullPackets, shortPackets, writeDataFrame, writeEtherTypes } from '../../../streams/frames/index.js';
import { association } from '../../support/fixtures.js';
import {
  ADAPTER,
  ADAPTER_B,
  AP,
  AP_2,
  accepting,
  acting,
  eapol,
  except,
  initAdapter,
  oneX,
  onPacket,
  packetOf,
  perform,
  SERVICE_B,
  SESSION_2,
  Stage,
  send,
  stage,
  stop,
  symbolic,
  symbolOf,
} from './support.js';

const { ERROR_SUCCESS, ERROR_GEN_FAILURE } = Win32.codes;
const STATION = '02:00:00:00:00:77' as MacAddress;

/** A method that notes the packets it gets. */
const noting = () => {
  const got: string[] = [];
  const method = acting({
    on: (input) => {
      if (input.kind === 'packet') got.push(symbolOf(input.payload));
      return [];
    },
  });
  return { got, method };
};

const start = (peer = AP) => ({ kind: 'associationStart', adapter: ADAPTER, peer, ssid: Uint8Array.of(65) }) as const;
const associated = (peer = AP, status = 0) =>
  ({ kind: 'associationCompletion', adapter: ADAPTER, association: association({ peer, status }) }) as const;

describe('contract 5a: EtherType registration', () => {
  it('R61: a registered EtherType is 88 8E in memory', () => {
    const [call] = new Stage().begin().calls('setEtherTypeHandling');
    expect([...writeEtherTypes(call?.registrations ?? [])]).to.deep.equal([0x88, 0x8e]);
  });

  it('R62: who wants no packets registers nothing, and none reach it', () => {
    const begun = new Stage({ methods: [open] }).begin();
    expect(begun.heard).to.deep.equal([]);
    begun.host(perform({ association: { portAuthorized: true } })).play('1');
    expect(begun.remarked).to.deep.equal(['R90']);
  });

  it('R63: on overflow the oldest packet is dropped, and the host is told the same bound', () => {
    const { got, method } = noting();
    const staged = new Stage({ methods: [method], maxBackLog: 3 }).begin().play('P');
    for (const symbol of 'abcde') staged.call(packetOf(symbol));
    staged.turn();
    expect(got.join('')).to.equal('cde');
    expect(staged.calls('setEtherTypeHandling').map(({ maxBackLog }) => maxBackLog)).to.deep.equal([3]);
  });

  it('R63: the backlog of one adapter costs another one nothing', () => {
    const { got, method } = noting();
    const staged = stage({ methods: [method], maxBackLog: 2 })
      .host(initAdapter(ADAPTER_B, SERVICE_B))
      .play('P');
    staged.host(perform({ adapter: ADAPTER_B, session: SESSION_2 }));
    staged.call(packetOf('x', 3, AP, ADAPTER_B));
    for (const symbol of 'abc') staged.call(packetOf(symbol));
    staged.turn();
    expect(got.join('')).to.equal('xbc');
  });

  it("R65: an exemption of a method's own replaces the usual one", () => {
    const own = { etherType: EtherType.codes.EAPOL, action: 1, packets: 3 };
    const begun = new Stage({ methods: [acting({ exemptions: [own] })] }).begin();
    expect(begun.calls('setEtherTypeHandling').map(({ exemptions }) => exemptions)).to.deep.equal([[own]]);
  });

  it('R66: the lists the host has cleared before a reset are registered anew', () => {
    expect(stage().play('PZ').said).to.equal('cE');
  });
});

describe('contract 5b: sending', () => {
  it('R70: a packet stays as it is, and on the books, until its completion', () => {
    const staged = stage().play('P1');
    const [packet] = staged.calls('sendPacket');
    const sent = packet?.payload.slice();
    staged.play('3gt');
    expect(packet?.payload).to.deep.equal(sent);
    expect(staged.engine.ledger.packets.get(packet?.packet ?? 0)?.buffer).to.equal(packet?.payload);
    staged.host({ kind: 'sendPacketCompletion', packet: packet?.packet ?? 0 });
    expect(staged.engine.ledger.packets.has(packet?.packet ?? 0)).to.equal(false);
  });

  it('R71: packet numbers are unique over all adapters and sessions', () => {
    const staged = stage().host(initAdapter(ADAPTER_B, SERVICE_B)).play('P1');
    staged.host(perform({ adapter: ADAPTER_B, session: SESSION_2 }), packetOf('1', 3, AP, ADAPTER_B), packetOf('1')).play('SP1');
    const numbers = staged.calls('sendPacket').map(({ packet }) => packet);
    expect(numbers).to.have.length(4);
    expect(new Set(numbers)).to.have.property('size', 4);
  });

  it("R71, R72: a completion is its own packet's, whoever else is sending", () => {
    const staged = stage().host(initAdapter(ADAPTER_B, SERVICE_B)).play('P1u3');
    staged.host(perform({ adapter: ADAPTER_B, session: SESSION_2 }), packetOf('1', 3, AP, ADAPTER_B));
    const [, , other] = staged.calls('sendPacket');
    staged.host({ kind: 'sendPacketCompletion', packet: other?.packet ?? 0 });
    expect(staged.calls('setKeyMappingKey')).to.deep.equal([]);
    expect(staged.play('v').said).to.equal('E242KGXC');
  });

  it('R72: an unknown or repeated completion is ignored', () => {
    const staged = stage().play('P1');
    const [packet] = staged.calls('sendPacket');
    const completion = { kind: 'sendPacketCompletion', packet: packet?.packet ?? 0 } as const;
    staged.host(completion, completion, { kind: 'sendPacketCompletion', packet: 4711 }).play('3v');
    expect(staged.said).to.equal('24KGXC');
    staged.host(completion, completion);
    expect(staged.said).to.equal('24KGXC');
  });

  it('R73: a completion proves no delivery: without an answer the operation still times out', () => {
    expect(stage().play('P1ut').said).to.equal('2B');
  });

  it('R74: a send that fails at once leaves nothing on the books', () => {
    const staged = stage({ sink: except('sendPacket', () => ERROR_GEN_FAILURE) }).play('P1');
    expect(staged.outstanding.packets).to.equal(0);
  });

  it("R75: packets go to the port's own peer, and no port has a group address", () => {
    const staged = stage().play('P1u3vg');
    expect(new Set(staged.calls('sendPacket').map(({ peer }) => peer))).to.deep.equal(new Set([AP]));
    const group = stage();
    group.call(perform({ peer: '03:00:00:00:00:01' as MacAddress }));
    expect(group.host(packetOf('1', 3, '03:00:00:00:00:01' as MacAddress)).heard).to.deep.equal([]);
  });

  it('R76, R77: packets of a host that hands out whole 802.11 frames are read as well as short ones', () => {
    const packet = { peer: AP, etherType: EtherType.codes.EAPOL, payload: eapol('1') };
    const whole = stage({ packets: fullPackets(STATION) }).play('P');
    whole.callRaw('receivePacket', {
      adapter: ADAPTER,
      buffer: writeDataFrame({ ...packet, station: STATION, direction: 'fromAp' }),
    });
    expect(whole.turn().said).to.equal('2');
    const short = stage().play('P');
    short.callRaw('receivePacket', { adapter: ADAPTER, buffer: shortPackets.write(packet) });
    expect(short.turn().said).to.equal('2');
  });

  it('R78: an answer sent from inside another send does not change the order', () => {
    const staged = stage();
    let nested = false;
    staged.sink = (effect) => {
      if (effect.kind === 'sendPacket' && !nested) {
        nested = true;
        staged.call(packetOf('3'));
        staged.call({ kind: 'sendPacketCompletion', packet: effect.packet });
      }
      return accepting(effect);
    };
    expect(staged.play('P1').said).to.equal('24');
    expect(staged.play('v').said).to.equal('24KGXC');
  });

  it('R79: packets are sent while the port is unauthorised, and after completion as long as it exists', () => {
    expect(stage().play('P1').said).to.equal('2');
    expect(stage().play('P1u3vg').said).to.equal('24KGXCh');
  });

  it('R80: a retransmission timer dies with its port', () => {
    const again = { do: 'setTimer', name: 'again', ms: 100 } as const;
    const resending = acting({ begin: [send('2'), again], on: (input) => (input.kind === 'timer' ? [send('2'), again] : []) });
    for (const end of ['S', 'Z', 'D']) {
      const staged = stage({ methods: [resending] })
        .play('P')
        .pass(250);
      expect(staged.said).to.equal('222');
      expect(staged.play(end).play('t').calls('sendPacket'), end).to.have.length(3);
    }
  });

  it('R81: a packet in flight outlives its port on the books, and leaves them with its completion', () => {
    const staged = stage().play('P1S');
    expect(staged.outstanding).to.deep.include({ ports: 0, packets: 1, timers: 0 });
    expect(staged.play('u').outstanding.packets).to.equal(0);
    expect(staged.said).to.equal('2');
  });

  it('R81: at the latest deinitAdapter releases it', () => {
    expect(stage().play('P1SD').outstanding.packets).to.equal(0);
  });
});

describe('contract 5c: receiving', () => {
  it('R85: packets are worked on one at a time, in the order they came', () => {
    const { got, method } = noting();
    const staged = stage({ methods: [method] }).play('P');
    for (const symbol of 'abcdef') staged.call(packetOf(symbol));
    staged.turn();
    expect(got.join('')).to.equal('abcdef');
  });

  it('R86: a packet is copied before the call returns', () => {
    for (const buffer of [shortPackets.write({ peer: AP, etherType: EtherType.codes.EAPOL, payload: eapol('1') })]) {
      const staged = stage().play('P');
      staged.callRaw('receivePacket', { adapter: ADAPTER, buffer });
      buffer.fill(0);
      expect(staged.turn().said).to.equal('2');
    }
    const staged = stage().play('P');
    const packet = packetOf('1');
    staged.call(packet);
    packet.payload.fill(0);
    expect(staged.turn().said).to.equal('2');
  });

  it('R87: a packet of another address has no effect', () => {
    const staged = stage()
      .play('P')
      .host(packetOf('1', 3, AP_2));
    expect(staged.heard).to.deep.equal([]);
    expect(staged.remarked).to.deep.equal(['R87']);
    staged.play('1u').host(stop(), perform({ session: SESSION_2, peer: AP_2 }), packetOf('3', 3, AP));
    expect(staged.said).to.equal('2');
  });

  it('R88: what comes before the port opens is held and replayed in order, on a later turn', () => {
    const { got, method } = noting();
    const staged = stage({ methods: [method] })
      .offer(start())
      .host(packetOf('1'))
      .offer(associated())
      .host(packetOf('x'));
    staged.call(perform());
    expect(got).to.deep.equal([]);
    expect(staged.pass(1).play('y')).to.be.instanceOf(Stage);
    expect(got.join('')).to.equal('1xy');
  });

  it('R88: what is known of its protection is held with it, behind 802.1X too', () => {
    for (const usesOneX of [false, true]) {
      const got: unknown[] = [];
      const method = acting({
        usesOneX,
        begin: usesOneX ? [{ do: 'startOneX' }] : [],
        on: (input) => {
          if (input.kind === 'packet') got.push([symbolOf(input.payload), 'protected' in input ? input.protected : 'unsaid']);
          return [];
        },
      });
      const staged = stage({ methods: [method] })
        .offer(start())
        .host({ ...packetOf('1'), protected: true }, { ...packetOf('2'), protected: false }, packetOf('3'))
        .offer(associated())
        .host(perform(), { ...packetOf('4'), protected: true }, packetOf('5'));
      if (usesOneX) staged.host(oneX(OneXResult.codes.SUCCESS));
      const expected = [true, false, 'unsaid', true, 'unsaid'].map((told, i) => [`${i + 1}`, told]);
      expect(got).to.deep.equal(expected);
    }
  });

  it('R88: message 1 before Perform completes normally', () => {
    expect(stage().offer(start()).play('1').offer(associated()).play('Pu3v').said).to.equal('24KGXC');
  });

  it('R88: few are held', () => {
    const { got, method } = noting();
    stage({ methods: [method] })
      .offer(start())
      .play('abcdefghijklm')
      .play('P');
    expect(got.join('')).to.equal('efghjklm');
  });

  it('R88: what is held is discarded on stop, start, reset, failure and deinit', () => {
    const held = () => {
      const { got, method } = noting();
      return {
        got,
        staged: stage({ methods: [method] })
          .offer(start())
          .play('1'),
      };
    };
    for (const discard of [
      (staged: Stage) => staged.host(stop()),
      (staged: Stage) => staged.offer(start()),
      (staged: Stage) => staged.offer(start(AP_2)),
      (staged: Stage) => staged.offer(associated(AP, 0x30001)),
      (staged: Stage) => staged.play('Z'),
      (staged: Stage) => staged.play('D').host(initAdapter()),
    ]) {
      const { got, staged } = held();
      discard(staged).turn().play('P');
      expect(got, String(discard)).to.deep.equal([]);
    }
  });

  it('R88, R197: the stop of the access point that was left costs the next one nothing', () => {
    const { got, method } = noting();
    const staged = stage({ methods: [method] })
      .play('P')
      .offer(start(AP_2))
      .turn();
    staged.host(stop(AP), packetOf('1', 3, AP_2)).offer(associated(AP_2));
    staged.host(perform({ session: SESSION_2, peer: AP_2 }));
    expect(got).to.deep.equal(['1']);
  });

  it('R89: the call returns before anything is done about the packet', () => {
    const staged = stage().play('P');
    staged.call(packetOf('1'));
    expect(staged.heard).to.deep.equal([]);
    expect(staged.turn().heard.map(({ during }) => during)).to.deep.equal([undefined]);
  });

  it('R90: what is no packet is dropped with a remark, and the call returns 0', () => {
    const short = [new Uint8Array(0), new Uint8Array(7), Uint8Array.of(2, 0, 0, 0, 0, 1, 0x88)];
    for (const buffer of short) {
      const staged = stage().play('P');
      expect(staged.callRaw('receivePacket', { adapter: ADAPTER, buffer })).to.equal(ERROR_SUCCESS);
      expect(staged.turn().heard).to.deep.equal([]);
      expect(staged.remarks).to.have.length(1);
    }
  });

  it('R90: an EAPOL packet that ends too early and a foreign EtherType are dropped, 802.1X or not', () => {
    const { got, method } = noting();
    const faults = [
      { payload: Uint8Array.of(2, 0, 0) },
      { payload: Uint8Array.of(2, 0, 0, 2, 1) },
      { payload: Uint8Array.of(2, 3, 1, 0, 1) },
      { etherType: 0x0800 },
    ];
    for (const methods of [[method], [symbolic(true)]]) {
      for (const fault of faults) {
        const staged = stage({ methods }).play('P');
        const said = staged.said;
        expect(staged.call({ ...packetOf('1'), ...fault })).to.equal(ERROR_SUCCESS);
        expect(staged.turn().said).to.equal(said);
        expect(staged.remarked).to.deep.equal(['R90']);
      }
    }
    expect(got).to.deep.equal([]);
  });

  it('R90: no bytes whatever do more than be dropped or taken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, usesOneX) => {
        const staged = stage({ methods: [symbolic(usesOneX)] }).play('P');
        expect(staged.callRaw('receivePacket', { adapter: ADAPTER, buffer: bytes })).to.equal(ERROR_SUCCESS);
        staged.turn().host(oneX(OneXResult.codes.FAILURE)).play('1');
        expect(staged.outstanding.ports).to.equal(1);
        expect(staged.calls('sendPacket')).to.have.length(1);
      }),
      { numRuns: 100 },
    );
  });

  it('R79: what the host lets through while the port is authorised is answered', () => {
    const method = acting({ installsNoKeys: true, begin: [{ do: 'succeed' }], on: onPacket({ g: [send('h')] }) });
    expect(stage({ methods: [method] }).play('Pg').said).to.equal('Ch');
  });
});
