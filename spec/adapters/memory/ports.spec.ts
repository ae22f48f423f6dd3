import { expect } from 'chai';
import { AssocStatus, OneXResult, Win32 } from '../../../streams/events/index.js';
import { AP } from '../../support/fixtures.js';
import { alone, asking, kindsOf, NEXT_AP, NEXT_SESSION, rulesOf } from './hosted.js';

const { ERROR_SUCCESS, ERROR_INVALID_HANDLE, ERROR_INVALID_STATE, ERROR_INVALID_PARAMETER, ERROR_ALREADY_EXISTS, ERROR_BUSY } =
  Win32.codes;
const { ERROR_GEN_FAILURE, ERROR_CANCELLED } = Win32.codes;

const associated = (...args: Parameters<typeof alone>) => {
  const run = alone(...args);
  run.host.associate(AP);
  return { ...run, ask: asking(run.host, run.adapter) };
};

const failure = { reason: 0x48010, win32: ERROR_GEN_FAILURE };

describe('the ports of a memory host', () => {
  it('R30, R50: a success creates a port, and the engine is asked with it', () => {
    const { adapter, called, settle } = associated();
    settle();
    expect(adapter.ports.map(({ peer, state, controlled }) => [peer, state, controlled])).to.deep.equal([
      [AP, 'unauthorised', true],
    ]);
    const perform = called.find(({ kind }) => kind === 'performPostAssociate');
    expect(perform).to.have.nested.property('portState.peer', AP);
    expect(perform).to.include({ session: '0x1' });
  });

  it('R30, R216: a failure creates none', () => {
    const { host, adapter, called, settle } = alone();
    expect(host.associate(AP, { status: AssocStatus.codes.UNREACHABLE })).to.equal(undefined);
    settle();
    expect(adapter.ports).to.deep.equal([]);
    expect(kindsOf(called)).to.not.include('performPostAssociate');
  });

  it('R52: a port the driver has authenticated is authorised from the beginning, and a completion is awaited all the same', () => {
    const { host, adapter } = alone();
    expect(host.associate(AP, { portAuthorized: true })?.state).to.equal('authorised');
    expect(adapter.pending.size).to.equal(1);
    expect(asking(host, adapter)('postAssociateCompletion')).to.equal(ERROR_SUCCESS);
    expect(adapter.portNotifications).to.deep.equal([{ peer: AP, open: true }]);
  });

  it('R53, R57: Win32 0 authorises, and the miniport is told', () => {
    const { adapter, ask } = associated();
    expect(ask('postAssociateCompletion')).to.equal(ERROR_SUCCESS);
    expect(adapter.ports.map(({ state }) => state)).to.deep.equal(['authorised']);
    expect(adapter.pending.size).to.equal(0);
    expect(adapter.portNotifications).to.deep.equal([{ peer: AP, open: true }]);
  });

  it('R57: nothing is said to the miniport when the port goes', () => {
    const { host, adapter, ask } = associated();
    ask('postAssociateCompletion');
    host.disassociate();
    expect(adapter.portNotifications).to.deep.equal([{ peer: AP, open: true }]);
  });

  it('R54, R79: another code does not authorise, and the port goes on sending', () => {
    const { host, adapter, ask } = associated();
    expect(ask('postAssociateCompletion', failure)).to.equal(ERROR_SUCCESS);
    expect(adapter.ports.map(({ state }) => state)).to.deep.equal(['unauthorised']);
    expect(adapter.pending.size).to.equal(0);
    expect(adapter.portNotifications).to.deep.equal([]);
    expect(ask('sendPacket')).to.equal(ERROR_SUCCESS);
    expect(ask('postAssociateCompletion')).to.equal(ERROR_SUCCESS);
    expect(ask('postAssociateCompletion', failure)).to.equal(ERROR_SUCCESS);
    expect(adapter.ports.map(({ state }) => state)).to.deep.equal(['unauthorised']);
    expect(host.remarks).to.deep.equal([]);
  });

  it('R176: an unchanged status is refused', () => {
    const { host, adapter, ask } = associated();
    ask('postAssociateCompletion');
    expect(ask('postAssociateCompletion')).to.equal(ERROR_INVALID_STATE);
    expect(adapter.completions).to.have.lengthOf(1);
    expect(rulesOf(host)).to.deep.equal(['R176']);
  });

  it('R171, R172: both codes say success or both say failure', () => {
    const { host, ask } = associated();
    expect(ask('postAssociateCompletion', { reason: 0, win32: 31 })).to.equal(ERROR_INVALID_PARAMETER);
    expect(ask('postAssociateCompletion', { reason: 0x48010, win32: 0 })).to.equal(ERROR_INVALID_PARAMETER);
    expect(ask('postAssociateCompletion', { reason: 0x90001, win32: 0 })).to.equal(ERROR_SUCCESS);
    expect(rulesOf(host)).to.deep.equal(['R172', 'R172']);
  });

  it('R55: the port is there until the Stop handler has returned, and gone afterwards', () => {
    const inside: unknown[] = [];
    const run = associated({}, { stopPostAssociate: () => inside.push(run.adapter.ports.length) && 0 });
    run.host.disassociate();
    expect(inside).to.deep.equal([1]);
    expect(run.adapter.ports).to.deep.equal([]);
    expect(run.ask('sendPacket')).to.equal(ERROR_INVALID_HANDLE);
    expect(rulesOf(run.host)).to.deep.equal(['R6']);
  });

  it('R56: disassociation, START, reset and removal end a port, each with the call that belongs to it', () => {
    const ends = {
      stopPostAssociate: [8, 0x10003, 7],
      adapterReset: [],
    };
    const statuses: number[] = [];
    const note = { stopPostAssociate: ({ status }: { readonly status: number }) => statuses.push(status) && 0 };
    const roaming = associated({}, note);
    roaming.host.indicate({ kind: 'associationStart', adapter: roaming.adapter.handle, peer: NEXT_AP, ssid: new Uint8Array(0) });
    const leaving = associated({}, note);
    leaving.host.disassociate();
    const removed = associated({}, note);
    removed.host.deinit();
    const reset = associated({}, note);
    reset.host.reset();
    expect(statuses).to.deep.equal(ends.stopPostAssociate);
    for (const { adapter } of [roaming, leaving, removed, reset]) expect(adapter.ports).to.deep.equal([]);
  });

  it('R193, R177: nothing is pending any more once a port has gone', () => {
    const { host, adapter } = associated();
    expect(adapter.pending.size).to.equal(1);
    host.disassociate();
    expect(adapter.pending.size).to.equal(0);
  });

  it('R213: after a reset nobody is associated', () => {
    const { host } = associated();
    host.reset();
    host.disassociate({ peer: AP });
    expect(rulesOf(host)).to.deep.equal(['R213']);
  });

  it('R150: a user disconnects by a disassociation, where there is an association, and a reset', () => {
    const { host, called, settle } = associated();
    for (let i = 0; i < 2; i++) host.disconnect();
    settle();
    const ends = called.filter(({ kind }) => kind === 'stopPostAssociate' || kind === 'adapterReset');
    expect(kindsOf(ends)).to.deep.equal(['stopPostAssociate', 'adapterReset', 'adapterReset']);
    expect(ends[0]).to.include({ status: AssocStatus.codes.DISASSOCIATED_BY_OS });
    expect(host.remarks).to.deep.equal([]);
  });

  it('C38: WDI says that it leaves before it roams', () => {
    const statuses: number[] = [];
    const { host, adapter } = associated({ feed: 'wdi' }, { stopPostAssociate: ({ status }) => statuses.push(status) && 0 });
    host.roam(NEXT_AP);
    expect(statuses).to.deep.equal([AssocStatus.codes.ROAMING_BETTER_AP_FOUND]);
    expect(adapter.ports.map(({ peer }) => peer)).to.deep.equal([NEXT_AP]);
  });

  it('R59: a call of an old session changes nothing for the new one', () => {
    const { host, adapter, ask } = associated();
    host.roam(NEXT_AP);
    expect(ask('postAssociateCompletion')).to.equal(ERROR_INVALID_HANDLE);
    expect(adapter.ports.map(({ session, state }) => [session, state])).to.deep.equal([[NEXT_SESSION, 'unauthorised']]);
    expect(ask('postAssociateCompletion', { session: NEXT_SESSION, peer: NEXT_AP })).to.equal(ERROR_SUCCESS);
    expect(adapter.ports.map(({ state }) => state)).to.deep.equal(['authorised']);
  });

  it('R36: an operation that was refused is not pending', () => {
    const { adapter } = associated({}, { performPostAssociate: () => ERROR_INVALID_PARAMETER });
    expect(adapter.pending.size).to.equal(0);
    expect(adapter.ports.map(({ state }) => state)).to.deep.equal(['unauthorised']);
  });

  it('R37: a completion inside Perform is refused', () => {
    const codes: unknown[] = [];
    const run = alone(
      {},
      { performPostAssociate: () => codes.push(asking(run.host, run.adapter)('postAssociateCompletion')) && ERROR_SUCCESS },
    );
    run.host.associate(AP);
    expect(codes).to.deep.equal([ERROR_INVALID_STATE]);
    expect(rulesOf(run.host)).to.deep.equal(['R37']);
  });

  it('R193: a completion inside Stop is refused', () => {
    const codes: unknown[] = [];
    const run = associated({}, { stopPostAssociate: () => codes.push(run.ask('postAssociateCompletion', failure)) && 0 });
    run.host.disassociate();
    expect(codes).to.deep.equal([ERROR_INVALID_STATE]);
    expect(rulesOf(run.host)).to.deep.equal(['R193']);
  });

  it('R151, R152: inside a reset the pending operation is cancelled, a completed one is not completed again', () => {
    const cancelled = { reason: 0x48011, win32: ERROR_CANCELLED };
    for (const isCompleted of [false, true]) {
      const codes: unknown[] = [];
      const run = associated({}, { adapterReset: () => codes.push(run.ask('postAssociateCompletion', cancelled)) && 0 });
      if (isCompleted) run.ask('postAssociateCompletion');
      run.host.reset();
      expect(codes).to.deep.equal([isCompleted ? ERROR_INVALID_STATE : ERROR_SUCCESS]);
      expect(rulesOf(run.host)).to.deep.equal(isCompleted ? ['R152'] : []);
      expect(run.ask('postAssociateCompletion', cancelled)).to.equal(ERROR_INVALID_HANDLE);
    }
  });

  it('R7, R160: from the entry of deinit the handles are dead', () => {
    const codes: unknown[] = [];
    const run = associated({}, { deinitAdapter: () => codes.push(run.ask('sendNotification')) && 0 });
    run.host.deinit();
    expect(codes).to.deep.equal([ERROR_INVALID_HANDLE]);
    expect(rulesOf(run.host)).to.deep.equal(['R7']);
  });

  it('R3: an adapter is known by both of its handles', () => {
    const { host, adapter, ask } = associated();
    const other = host.initAdapter();
    expect(ask('sendNotification', { service: other.identity.service })).to.equal(ERROR_INVALID_HANDLE);
    expect(ask('sendNotification', { adapter: '0xdead' as typeof adapter.handle })).to.equal(ERROR_INVALID_HANDLE);
    expect(rulesOf(host)).to.deep.equal(['R3', 'R3']);
  });

  it('an adapter whose init was refused is not alive', () => {
    const { adapter } = alone({}, { initAdapter: () => ERROR_GEN_FAILURE });
    expect(adapter.isAlive).to.equal(false);
  });
});

describe('the packets a memory host sends', () => {
  it('R70, R72: the buffer is out until its completion, which comes a little later', () => {
    const { host, adapter, ask, called, settle } = associated({ sendDelay: 3 });
    const payload = Uint8Array.of(1, 2, 3);
    expect(ask('sendPacket', { packet: 5, payload })).to.equal(ERROR_SUCCESS);
    payload.fill(0);
    expect(adapter.sent.map((sent) => [sent.peer, ...sent.payload])).to.deep.equal([[AP, 1, 2, 3]]);
    settle(2);
    expect(host.outstandingSends).to.deep.equal([5]);
    settle(1);
    expect(host.outstandingSends).to.deep.equal([]);
    settle();
    expect(called.at(-1)).to.deep.equal({ kind: 'sendPacketCompletion', packet: 5 });
  });

  it('R265: or inside the call', () => {
    const order: string[] = [];
    const { host, ask } = associated(
      { sendCompletions: 'within' },
      { sendPacketCompletion: () => order.push('completion') && 0 },
    );
    ask('sendPacket');
    order.push('return');
    expect(order).to.deep.equal(['completion', 'return']);
    expect(host.outstandingSends).to.deep.equal([]);
  });

  it('R81: or when it is said, also after the port has gone', () => {
    const { host, ask, called, settle } = associated({ sendCompletions: 'byHand' });
    for (const packet of [1, 2]) ask('sendPacket', { packet });
    host.disassociate();
    settle(60_000);
    expect(host.outstandingSends).to.deep.equal([1, 2]);
    host.completeSends();
    settle();
    expect(called.flatMap((event) => (event.kind === 'sendPacketCompletion' ? [event.packet] : []))).to.deep.equal([1, 2]);
  });

  it('R9: a service that has ended gets no completion', () => {
    const { host, ask, called, settle } = associated();
    ask('sendPacket');
    host.deinitService();
    settle(60_000);
    expect(kindsOf(called)).to.not.include('sendPacketCompletion');
  });

  it('R71: the number of a packet that is out is not used again', () => {
    const { host, ask } = associated({ sendCompletions: 'byHand' });
    ask('sendPacket', { packet: 1 });
    expect(ask('sendPacket', { packet: 1 })).to.equal(ERROR_ALREADY_EXISTS);
    expect(rulesOf(host)).to.deep.equal(['R71']);
  });

  it('R75: unicast only', () => {
    const { host, adapter, ask } = associated();
    expect(ask('sendPacket', { peer: '01:00:5e:00:00:01' as typeof AP })).to.equal(ERROR_INVALID_PARAMETER);
    expect(adapter.sent).to.deep.equal([]);
    expect(rulesOf(host)).to.deep.equal(['R75']);
  });

  it('R80: not while the port is being taken down', () => {
    const codes: unknown[] = [];
    const run = associated({}, { stopPostAssociate: () => codes.push(run.ask('sendPacket')) && 0 });
    run.host.disassociate();
    expect(codes).to.deep.equal([ERROR_INVALID_STATE]);
    expect(rulesOf(run.host)).to.deep.equal(['R80']);
  });
});

describe('the 802.1X module of a memory host', () => {
  it('R100, R38: starts while the port exists, inside Perform already', () => {
    const codes: unknown[] = [];
    const run = alone(
      {},
      { performPostAssociate: () => codes.push(asking(run.host, run.adapter)('startOneX')) && ERROR_SUCCESS },
    );
    run.host.associate(AP);
    expect(codes).to.deep.equal([ERROR_SUCCESS]);
    expect(run.adapter.oneX).to.equal('0x1');
  });

  it('R100: and at no other moment', () => {
    const codes: unknown[] = [];
    const start = () => codes.push(run.ask('startOneX')) && 0;
    const run = associated({}, { stopPostAssociate: start, adapterReset: start, deinitAdapter: start });
    run.host.disassociate();
    start();
    run.host.associate(AP);
    run.host.reset();
    run.host.deinit();
    expect(codes).to.deep.equal([ERROR_INVALID_STATE, ERROR_INVALID_HANDLE, ERROR_INVALID_HANDLE, ERROR_INVALID_HANDLE]);
    expect(rulesOf(run.host)).to.deep.equal(['R100', 'R6', 'R6', 'R7']);
  });

  it('R100: nor inside the reset that ends its port', () => {
    const codes: unknown[] = [];
    const run = associated({}, { adapterReset: () => codes.push(run.ask('startOneX')) && 0 });
    run.host.reset();
    expect(codes).to.deep.equal([ERROR_INVALID_STATE]);
  });

  it('R101: not twice at a time, but again after a result or a stop', () => {
    const { host, ask } = associated();
    ask('startOneX');
    expect(ask('startOneX')).to.equal(ERROR_BUSY);
    host.oneXResult(OneXResult.codes.IN_PROGRESS);
    expect(ask('startOneX')).to.equal(ERROR_BUSY);
    host.oneXResult(OneXResult.codes.FAILURE);
    expect(ask('startOneX')).to.equal(ERROR_SUCCESS);
    expect(ask('stopOneX')).to.equal(ERROR_SUCCESS);
    expect(ask('startOneX')).to.equal(ERROR_SUCCESS);
    expect(rulesOf(host)).to.deep.equal(['R101', 'R101']);
  });

  it('R103: the attributes become the memory of the host', () => {
    const { host, ask } = associated();
    ask('allocateBuffer', { size: 3, content: Uint8Array.of(1, 2, 3) });
    const [attributes] = [...host.buffers.keys()];
    expect([...(host.buffers.get(attributes ?? ('0x0' as never)) ?? [])]).to.deep.equal([1, 2, 3]);
    ask('startOneX', attributes === undefined ? {} : { attributes });
    expect([...host.buffers]).to.deep.equal([]);
  });

  it('R116: is stopped only while it runs', () => {
    const { host, ask } = associated();
    expect(ask('stopOneX')).to.equal(ERROR_INVALID_STATE);
    ask('startOneX');
    host.oneXResult(OneXResult.codes.SUCCESS);
    expect(ask('stopOneX')).to.equal(ERROR_INVALID_STATE);
    expect(rulesOf(host)).to.deep.equal(['R116', 'R116']);
  });

  it('R117: may be stopped inside the Stop handler', () => {
    const codes: unknown[] = [];
    const run = associated({}, { stopPostAssociate: () => codes.push(run.ask('stopOneX')) && 0 });
    run.ask('startOneX');
    run.host.disassociate();
    expect(codes).to.deep.equal([ERROR_SUCCESS]);
    expect(run.adapter.oneX).to.equal(undefined);
    expect(run.host.remarks).to.deep.equal([]);
  });

  it('R108: gets packets only while it runs', () => {
    const { host, adapter, ask } = associated();
    const packet = Uint8Array.of(0, 0, 1, 0x65);
    expect(ask('processOneXPacket', { packet })).to.equal(ERROR_INVALID_STATE);
    ask('startOneX');
    expect(ask('processOneXPacket', { packet })).to.equal(ERROR_SUCCESS);
    host.oneXResult(OneXResult.codes.SUCCESS);
    expect(ask('processOneXPacket', { packet })).to.equal(ERROR_INVALID_STATE);
    expect(adapter.oneXPackets).to.deep.equal([packet]);
    expect(rulesOf(host)).to.deep.equal(['R108', 'R108']);
  });

  it('R105: never an EAPOL-Key packet', () => {
    const { host, adapter, ask } = associated();
    ask('startOneX');
    expect(ask('processOneXPacket', { packet: Uint8Array.of(3, 0, 1, 0x31) })).to.equal(ERROR_INVALID_PARAMETER);
    expect(adapter.oneXPackets).to.deep.equal([]);
    expect(rulesOf(host)).to.deep.equal(['R105']);
  });

  it('R115: ends with the port it runs for', () => {
    const { host, adapter, ask } = associated();
    ask('startOneX');
    host.roam(NEXT_AP);
    expect(adapter.oneX).to.equal(undefined);
    expect(ask('startOneX', { session: NEXT_SESSION })).to.equal(ERROR_SUCCESS);
  });
});
