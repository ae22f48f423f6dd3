import { expect } from 'chai';
import {
  Cipher,
  type HandlerCall,
  type HostEvent,
  handlerCalls,
  macToBytes,
  Secret,
  toHex,
  Win32,
} from '../../../streams/events/index.js';
import { fullPackets, shortPackets, writeAssociationCompletion, writePortState } from '../../../streams/frames/index.js';
import type { OsCallbacksOptions } from '../../../streams/sources/index.js';
import { ADAPTER, AP, association, perform, portState, SESSION, stop } from '../../support/fixtures.js';
import { eapol } from '../../support/symbolicMethod.js';
import { expectSame } from '../frames/expectations.js';
import { hex } from '../frames/hex.js';
import { FULL_ASSOCIATION, FULL_ASSOCIATION_VALUE, AP as SAMPLE_AP, SHORT_ASSOCIATION, STATION } from '../frames/samples.js';
import { CALLS, frontDoor, preAssociate, receive, result, secretOf } from './frontDoor.js';

const { ERROR_SUCCESS, ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE } = Win32.codes;

/** A front door on which one call is made, what it returns, and what comes of it. */
const calling = ({ kind, ...args }: HandlerCall, changes: object = {}, options: OsCallbacksOptions = {}) => {
  const { call, events, turn } = frontDoor(options);
  const answer = call(kind, { ...args, ...changes });
  const atOnce = [...events];
  turn();
  return { answer, atOnce, events };
};

const codeIn = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'win32' in answer ? answer.win32 : answer;
const remark = (handler: string, win32: number, detail: string, adapter = {}): HostEvent => ({
  ...{ kind: 'handlerReturned', handler, win32, detail },
  ...adapter,
});

describe('every handler', () => {
  const answers = {
    createDiscoveryProfiles: () => ERROR_SUCCESS,
    queryUIRequest: () => ({ win32: ERROR_SUCCESS }),
    control: () => ({ win32: ERROR_SUCCESS, output: new Uint8Array(0) }),
  };
  const refusal = { win32: ERROR_INVALID_STATE, detail: 'not now' };

  it('R2: is in the table of calls these tests go through', () => {
    const asked = ['getVersionInfo', 'isUIRequestPending'];
    expect([...CALLS.map(({ kind }) => kind), ...asked]).to.have.members(Object.keys(handlerCalls));
  });

  for (const call of CALLS) {
    it(`R36: ${call.kind} returns 0 when it is accepted, and becomes that event`, () => {
      const { answer, events } = calling(call, {}, { answers });
      expect(codeIn(answer)).to.equal(ERROR_SUCCESS);
      expectSame(events, [call]);
    });

    it(`R36: ${call.kind} returns the code of its refusal, and becomes no more than a remark`, () => {
      const seen: HandlerCall[] = [];
      const admit = (asked: HandlerCall) => {
        seen.push(asked);
        return refusal;
      };
      const { answer, atOnce, events } = calling(call, {}, { answers, admit });
      expect(codeIn(answer)).to.equal(ERROR_INVALID_STATE);
      expectSame(seen, [call]);
      expect(atOnce).to.deep.equal([]);
      const adapter = 'adapter' in call ? { adapter: ADAPTER } : {};
      expect(events).to.deep.equal([remark(call.kind, ERROR_INVALID_STATE, 'not now', adapter)]);
    });
  }

  it('R2: answers for a table that is used without its engine', () => {
    const { initService, stopPostAssociate } = frontDoor().handlers;
    expect([initService({ version: 0 }), stopPostAssociate(stop())]).to.deep.equal([ERROR_SUCCESS, ERROR_SUCCESS]);
  });
});

describe('a handle that is null', () => {
  const HANDLES = ['adapter', 'service', 'connect', 'session'];
  const cases = CALLS.flatMap((call) => HANDLES.filter((handle) => handle in call).map((handle) => [call, handle] as const));

  for (const [call, handle] of cases) {
    it(`R40: ${call.kind} refuses to be called without its ${handle}`, () => {
      for (const nothing of [null, undefined]) {
        const { answer, events } = calling(call, { [handle]: nothing });
        expect(codeIn(answer)).to.equal(ERROR_INVALID_PARAMETER);
        const adapter = 'adapter' in call && handle !== 'adapter' ? { adapter: ADAPTER } : {};
        expect(events).to.deep.equal([remark(call.kind, ERROR_INVALID_PARAMETER, 'a handle is missing', adapter)]);
      }
    });
  }

  it('R40: performPostAssociate refuses to be called without one of its structures', () => {
    for (const structure of ['portState', 'association']) {
      const { answer, events } = calling(perform(), { [structure]: null });
      expect(answer).to.equal(ERROR_INVALID_PARAMETER);
      const [only] = events;
      expect(only).to.deep.equal(
        remark('performPostAssociate', ERROR_INVALID_PARAMETER, 'a structure is missing', { adapter: ADAPTER }),
      );
    }
  });

  it('R40: nobody is asked whether to admit such a call', () => {
    let asked = 0;
    calling(stop(), { adapter: null }, { admit: () => void asked++ });
    expect(asked).to.equal(0);
  });

  it('R111: a result without parameters is a result', () => {
    const { answer, events } = calling(result(), { parameters: null });
    expect(answer).to.equal(ERROR_SUCCESS);
    expect(events).to.deep.equal([{ kind: 'oneXIndicateResult', adapter: ADAPTER, result: 0 }]);
  });
});

describe('performPostAssociate', () => {
  const handles = { kind: 'performPostAssociate', adapter: ADAPTER, session: SESSION } as const;
  const state = { peer: SAMPLE_AP, sessionId: 42, controlled: true, authorized: false };

  it('R34, R50: reads the two structures of a driver', () => {
    const { answer, atOnce } = calling(perform(), { portState: writePortState(state), association: FULL_ASSOCIATION });
    expect(answer).to.equal(ERROR_SUCCESS);
    expectSame(atOnce, [{ ...handles, portState: state, association: FULL_ASSOCIATION_VALUE }]);
  });

  it('R35: reads both layouts', () => {
    const { atOnce } = calling(perform(), { portState: writePortState(state), association: SHORT_ASSOCIATION });
    expect(atOnce[0]).to.have.nested.property('association.managementCipher', Cipher.codes.NONE);
  });

  it('R34: takes one structure as bytes and the other as a value', () => {
    const bytes = writeAssociationCompletion(association());
    expectSame(calling(perform(), { association: bytes }).atOnce, [perform()]);
    expectSame(calling(perform(), { portState: writePortState(portState()) }).atOnce, [perform()]);
  });

  it('R34, R36: refuses bytes that are no such structure, and says which field is wrong', () => {
    const whole = { portState: writePortState(state), association: FULL_ASSOCIATION };
    for (const broken of [{ association: FULL_ASSOCIATION.slice(0, 87) }, { portState: whole.portState.slice(0, 19) }]) {
      const { answer, atOnce, events } = calling(perform(), { ...whole, ...broken });
      expect(answer).to.equal(ERROR_INVALID_DATA);
      expect(atOnce).to.deep.equal([]);
      expect(events[0]).to.include({ kind: 'handlerReturned', handler: 'performPostAssociate', win32: ERROR_INVALID_DATA });
      expect(events[0])
        .to.have.property('detail')
        .that.matches(/DOT11_(?:PORT_STATE|ASSOCIATION_COMPLETION_PARAMETERS)/);
    }
  });

  it('R33: keeps nothing of the bytes it was given', () => {
    const given = { portState: writePortState(state), association: FULL_ASSOCIATION.slice() };
    const { call, events } = frontDoor();
    call('performPostAssociate', { ...handles, ...given });
    given.portState.fill(0xee);
    given.association.fill(0xee);
    expectSame(events, [{ ...handles, portState: state, association: FULL_ASSOCIATION_VALUE }]);
  });

  it('R33: keeps nothing of the values it was given', () => {
    const blocks = () => ({
      ...{ request: hex('01'), response: hex('02'), beacon: hex('03'), ihvData: hex('04') },
      activePhys: [4, 7],
      encapsulation: [{ etherType: 0x888e, encapsulation: 1 }],
    });
    const given = { portState: { ...portState() }, association: { ...association(), ...blocks() } };
    const { call, events } = frontDoor();
    call('performPostAssociate', { ...handles, ...given });
    for (const block of ['request', 'response', 'beacon', 'ihvData'] as const) given.association[block].fill(0xee);
    given.association.activePhys.fill(0xee);
    Object.assign(given.association.encapsulation[0] ?? {}, { etherType: 0xeeee });
    given.association.status = 1;
    given.portState.authorized = true;
    expectSame(events, [perform({ association: blocks() })]);
  });

  it('R32: leaves what it was given as it is', () => {
    const given = { portState: Object.freeze(portState()), association: Object.freeze(association()) };
    expect(calling(perform(), given).answer).to.equal(ERROR_SUCCESS);
    expectSame(given, { portState: portState(), association: association() });
  });
});

describe('receivePacket', () => {
  const packet = { peer: SAMPLE_AP, etherType: 0x888e, payload: eapol('1') };
  const received = { kind: 'receivePacket', adapter: ADAPTER, ...packet };
  const whole = () => frontDoor({ packets: fullPackets(STATION) });

  /** A data frame from the access point, as the documents of the receive operation draw it. */
  const dataFrame = (): Uint8Array => {
    const [station, accessPoint] = [toHex(macToBytes(STATION)), toHex(macToBytes(SAMPLE_AP))];
    return hex(`08 02 00 00 ${station} ${accessPoint} ${accessPoint} 00 00  aa aa 03 00 00 00 88 8e ${toHex(packet.payload)}`);
  };

  it('R77: reads the short form of a packet', () => {
    const { call, events, turn } = frontDoor();
    expect(call('receivePacket', { adapter: ADAPTER, buffer: shortPackets.write(packet) })).to.equal(ERROR_SUCCESS);
    turn();
    expectSame(events, [received]);
  });

  it('R77: reads whole data frames where the host has these', () => {
    const { call, events, turn } = whole();
    expect(call('receivePacket', { adapter: ADAPTER, buffer: dataFrame() })).to.equal(ERROR_SUCCESS);
    turn();
    expectSame(events, [{ ...received, protected: false }]);
  });

  it('R77: tells what the host can tell of its protection, and else says nothing', () => {
    const [front, full] = [frontDoor(), whole()];
    for (const isProtected of [true, false]) front.call('receivePacket', { ...receive(), protected: isProtected });
    front.call('receivePacket', receive());
    front.turn();
    expectSame(front.events, [{ ...receive(), protected: true }, { ...receive(), protected: false }, receive()]);
    const frame = dataFrame();
    frame[1] = 0x42;
    full.call('receivePacket', { adapter: ADAPTER, buffer: frame });
    full.turn();
    expectSame(full.events, [{ ...received, protected: true }]);
  });

  it('R90: drops what is no packet, with a remark and without an error', () => {
    for (const [door, bytes] of [
      [frontDoor(), hex('02 00 00')],
      [whole(), shortPackets.write(packet)],
    ] as const) {
      expect(door.call('receivePacket', { adapter: ADAPTER, buffer: bytes })).to.equal(ERROR_SUCCESS);
      door.turn();
      expect(door.events).to.have.length(1);
      expect(door.events[0]).to.include({ kind: 'handlerReturned', handler: 'receivePacket', win32: 0, adapter: ADAPTER });
      expect(door.events[0]).to.have.property('detail').that.is.a('string').and.not.equal('');
    }
  });

  it('R86: keeps nothing of the buffer, in either form', () => {
    const [buffer, frame, payload] = [shortPackets.write(packet), dataFrame(), eapol('1')];
    const [short, full] = [frontDoor(), whole()];
    short.call('receivePacket', { adapter: ADAPTER, buffer });
    full.call('receivePacket', { adapter: ADAPTER, buffer: frame });
    short.call('receivePacket', { ...receive(), payload });
    for (const bytes of [buffer, frame, payload]) bytes.fill(0xee);
    short.turn();
    full.turn();
    expectSame(short.events, [received, receive()]);
    expectSame(full.events, [{ ...received, protected: false }]);
  });

  it('R86: keeps nothing of a Node Buffer either, whose slice would share its memory', () => {
    const [buffer, payload] = [Buffer.from(shortPackets.write(packet)), Buffer.from(eapol('1'))];
    const door = frontDoor();
    door.call('receivePacket', { adapter: ADAPTER, buffer });
    door.call('receivePacket', { ...receive(), payload });
    for (const bytes of [buffer, payload]) bytes.fill(0xee);
    door.turn();
    expectSame(door.events, [received, receive()]);
  });
});

describe('what a handler keeps', () => {
  it('R86: is a copy of the payload of an indication', () => {
    const payload = Uint8Array.of(1, 2);
    const { call, events, turn } = frontDoor();
    call('receiveIndication', { adapter: ADAPTER, type: 0, payload });
    payload.fill(0xee);
    turn();
    expectSame(events, [{ kind: 'receiveIndication', adapter: ADAPTER, type: 0, payload: Uint8Array.of(1, 2) }]);
  });

  it('R256: is a copy of the input of control', () => {
    const input = Uint8Array.of(1, 2);
    const { call, events, turn } = frontDoor();
    call('control', { adapter: ADAPTER, input, outputSize: 0 });
    input.fill(0xee);
    turn();
    expectSame(events, [{ kind: 'control', adapter: ADAPTER, input: Uint8Array.of(1, 2), outputSize: 0 }]);
  });

  it('R112: are secrets of its own, which outlive those of the host', () => {
    const { parameters } = result();
    const response = secretOf(9);
    const { call, events, turn } = frontDoor();
    call('oneXIndicateResult', { ...result(), parameters });
    call('processUIResponse', { request: '0', response });
    for (const secret of [...Object.values(parameters), response]) if (secret instanceof Secret) secret.zeroise();
    turn();
    expectSame(events, [result(), { kind: 'processUIResponse', request: '0', response: secretOf(9) }]);
  });

  it('R11: no remark shows a secret', () => {
    const { events } = calling(preAssociate(), {
      profile: { security: Secret.of(hex('c0ffee')), useMsOneX: true },
      connect: null,
    });
    expect(JSON.stringify(events)).to.not.match(/c0ffee|192,255,238/i);
    expect(events).to.have.length(1);
  });
});

describe('receiveIndication', () => {
  it('R250: becomes what the structure of the miniport means', () => {
    const payload = hex('80 01 0c 00  03 00 00 00  01 00  00 00');
    const { answer, events } = calling({ kind: 'receiveIndication', adapter: ADAPTER, type: 3, payload });
    expect(answer).to.equal(ERROR_SUCCESS);
    expect(events).to.deep.equal([{ kind: 'phyState', adapter: ADAPTER, phy: 3, hardwareOn: true, softwareOn: false }]);
  });

  it('R250: of an unknown type, or with bytes that do not fit its type, is remarked and no error', () => {
    for (const type of [5, 3]) {
      const { answer, events } = calling({ kind: 'receiveIndication', adapter: ADAPTER, type, payload: hex('80 01') });
      expect(answer).to.equal(ERROR_SUCCESS);
      expect(events).to.have.length(1);
      expect(events[0]).to.include({ kind: 'handlerReturned', handler: 'receiveIndication', win32: 0, adapter: ADAPTER });
    }
  });
});

describe('the stream of the front door', () => {
  it('R85, R261: is one order of what handlers, sinks and miniports report', () => {
    const { handlers, offer, events, turn } = frontDoor();
    handlers.receivePacket(receive());
    offer({ kind: 'reply', call: 1, win32: 0 });
    handlers.performPostAssociate(perform());
    handlers.sendPacketCompletion({ packet: 1 });
    turn();
    const order = ['performPostAssociate', 'receivePacket', 'reply', 'sendPacketCompletion'];
    expect(events.map(({ kind }) => kind)).to.deep.equal(order);
  });

  it('R63: holds as many packets as it is told to', () => {
    const { handlers, events, turn } = frontDoor({ maxBackLog: 1 });
    for (const symbol of ['1', '2']) handlers.receivePacket({ ...receive(), peer: AP, payload: eapol(symbol) });
    turn();
    expectSame(events, [{ ...receive(), payload: eapol('2') }]);
  });
});
