import { expect } from 'chai';
import { merge } from 'rxjs';
import { associationWith, type MemoryHost } from '../../../adapters/memory/index.js';
import { open, type PortBelief } from '../../../operators/core/index.js';
import { portState } from '../../../operators/index.js';
import { AssocStatus, OneXResult, Secret, Win32 } from '../../../streams/events/index.js';
import { AP, openNetwork } from '../../support/fixtures.js';
import { eapol, symbolic } from '../../support/symbolicMethod.js';
import { hosted, lane, NEXT_AP, NOTHING_OUT } from './hosted.js';

const oneXKeys = {
  status: 3,
  reason: 0,
  sendKey: Secret.of(new Uint8Array(32).fill(1)),
  receiveKey: Secret.of(new Uint8Array(32).fill(2)),
};

type Run = ReturnType<typeof hosted>;

/** Messages 1 and 3 of the access point, each answered and its buffer given back. */
const handshake = ({ host, settle }: Run, round = ''): void => {
  for (const symbol of ['1', '3']) {
    host.packetFromPeer(eapol(symbol), { protected: round === 'again' });
    settle(5);
  }
};

const states = (host: MemoryHost): ReadonlyArray<string> => host.adapter.ports.map(({ state }) => state);

const end = ({ host, engine }: Run): void => {
  host.deinitService();
  expect(engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
  expect(engine.ledger.stale).to.equal(0);
};

describe('an engine on a memory host', () => {
  it('R53, R57: S1, a PSK network', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.preAssociate();
    settle(5);
    expect(adapter.preCompletions.map(({ win32 }) => win32)).to.deep.equal([0]);
    expect(adapter.algorithms).to.deep.equal({ authAlgorithm: 7, unicastCipher: 4, multicastCipher: 4 });
    expect(host.associate(AP)?.state).to.equal('unauthorised');
    expect([...adapter.pending]).to.deep.equal(['0x1']);
    handshake(run);
    expect(lane(host.calls)).to.equal('E24KGXC');
    expect(states(host)).to.deep.equal(['authorised']);
    expect(adapter.portNotifications).to.deep.equal([{ peer: AP, open: true }]);
    expect(adapter.keys.mapped.map(({ peer }) => peer)).to.deep.equal([AP]);
    expect(adapter.keys.defaults.map(({ keyIndex }) => keyIndex)).to.deep.equal([1]);
    expect(adapter.filter.excludeUnencrypted).to.equal(true);
    expect([...adapter.pending]).to.deep.equal([]);
    expect(host.outstandingSends).to.deep.equal([]);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R104, R107, R112: S2, 802.1X first', () => {
    const run = hosted({}, [symbolic(true)]);
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    expect(adapter.oneX).to.equal('0x1');
    for (let i = 0; i < 3; i++) host.packetFromPeer(eapol('e', 0));
    settle();
    expect(adapter.oneXPackets.map((packet) => packet[0])).to.deep.equal([0, 0, 0]);
    host.oneXResult(OneXResult.codes.IN_PROGRESS);
    settle();
    expect(adapter.oneX).to.equal('0x1');
    host.oneXResult(OneXResult.codes.SUCCESS, oneXKeys);
    settle();
    expect(adapter.oneX).to.equal(undefined);
    handshake(run);
    expect(lane(host.calls)).to.equal('EsFFF24KGXC');
    expect(states(host)).to.deep.equal(['authorised']);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R105, R106: S2b, message 1 overtakes the result and is never forwarded', () => {
    const run = hosted({}, [symbolic(true)]);
    const { host, settle } = run;
    host.associate(AP);
    settle();
    for (const packet of [eapol('e', 0), eapol('1')]) host.packetFromPeer(packet);
    settle();
    host.oneXResult(OneXResult.codes.SUCCESS, oneXKeys);
    settle(5);
    host.packetFromPeer(eapol('3'));
    settle(5);
    expect(lane(host.calls)).to.equal('EsF24KGXC');
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R117, R116: S3, a Stop while 802.1X runs stops it once, inside the handler', () => {
    const run = hosted({}, [symbolic(true)]);
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    host.disassociate();
    expect(lane(host.calls)).to.equal('Esz');
    expect(adapter.oneX).to.equal(undefined);
    host.oneXResult(OneXResult.codes.SUCCESS, oneXKeys);
    settle(60_000);
    expect(lane(host.calls)).to.equal('Esz');
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R151, R66, R153: S6a, a reset while the operation is pending', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    host.packetFromPeer(eapol('1'));
    settle();
    host.reset();
    expect(lane(host.calls)).to.equal('E2cE');
    expect(adapter.ports).to.deep.equal([]);
    expect(adapter.filter.registrations).to.deep.equal([0x888e]);
    host.packetFromPeer(eapol('3'), { peer: AP });
    settle(60_000);
    expect(lane(host.calls)).to.equal('E2cE');
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R152: S6b, a reset after the completion completes nothing', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    handshake(run);
    host.reset();
    settle(60_000);
    expect(lane(host.calls)).to.equal('E24KGXCE');
    expect(adapter.keys.mapped).to.deep.equal([]);
    expect(adapter.filter.excludeUnencrypted).to.equal(false);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R117, R151: S6c, a reset while 802.1X runs', () => {
    const run = hosted({}, [symbolic(true)]);
    run.host.associate(AP);
    run.settle();
    run.host.reset();
    expect(lane(run.host.calls)).to.equal('EszcE');
    expect(run.host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R156: S6d, Stop and reset in either order', () => {
    const stopFirst = hosted();
    stopFirst.host.associate(AP);
    stopFirst.settle();
    stopFirst.host.disconnect();
    expect(lane(stopFirst.host.calls)).to.equal('EE');

    const resetFirst = hosted();
    resetFirst.host.associate(AP);
    resetFirst.settle();
    resetFirst.host.reset();
    resetFirst.engine.handlers.stopPostAssociate({ adapter: resetFirst.adapter.handle, peer: AP, status: 7 });
    expect(lane(resetFirst.host.calls)).to.equal('EcE');
    for (const run of [stopFirst, resetFirst]) end(run);
  });

  it('R151: S6e, a reset while pre-association is pending', () => {
    const run = hosted();
    const { host, adapter } = run;
    host.preAssociate();
    host.reset();
    expect(adapter.preCompletions.map(({ win32 }) => win32)).to.deep.equal([Win32.codes.ERROR_CANCELLED]);
    expect(adapter.filter.registrations).to.deep.equal([0x888e]);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R160, R7: S7, an adapter is removed while the operation is pending, with and without a Stop', () => {
    for (const stopsFirst of [true, false]) {
      const run = hosted();
      const { host, adapter, settle, engine } = run;
      host.associate(AP);
      settle();
      host.packetFromPeer(eapol('1'));
      settle();
      const before = host.calls.length;
      host.deinit(adapter, stopsFirst);
      expect(engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
      settle(60_000);
      expect(host.calls.slice(before)).to.deep.equal([]);
      expect(adapter.isAlive).to.equal(false);
      expect(host.remarks).to.deep.equal([]);
      end(run);
    }
  });

  it('R213, R214: S8, a disassociation and the way back', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    handshake(run);
    host.disassociate({ reason: 0x10006 });
    expect(adapter.ports).to.deep.equal([]);
    expect(adapter.keys.mapped).to.deep.equal([]);
    expect(adapter.portNotifications).to.deep.equal([{ peer: AP, open: true }]);
    expect(host.expectsRoam()).to.equal(true);
    host.associate(NEXT_AP);
    settle();
    expect(adapter.ports.map(({ session, peer, state }) => [session, peer, state])).to.deep.equal([
      ['0x2', NEXT_AP, 'unauthorised'],
    ]);
    handshake(run);
    expect(lane(host.calls)).to.equal('E24KGXC24KGXC');
    expect(host.expectsRoam()).to.equal(false);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R214: after reason 7 nobody roams', () => {
    const run = hosted();
    run.host.associate(AP);
    run.host.disassociate({ reason: AssocStatus.codes.DISASSOCIATED_BY_OS });
    expect(run.host.expectsRoam()).to.equal(false);
    end(run);
  });

  it('R211, R71, R87: S13, a roam leaves what is late of the old port without effect', () => {
    const run = hosted({ sendCompletions: 'byHand' });
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    host.packetFromPeer(eapol('1'));
    settle();
    host.completeSends();
    settle();
    host.packetFromPeer(eapol('3'));
    settle();
    const [late] = host.outstandingSends;
    host.roam(NEXT_AP);
    settle();
    host.packetFromPeer(eapol('3'), { peer: AP });
    host.oneXResult(OneXResult.codes.SUCCESS, oneXKeys);
    settle();
    host.packetFromPeer(eapol('1'));
    settle();
    run.engine.handlers.sendPacketCompletion({ packet: late ?? 0 });
    settle();
    host.packetFromPeer(eapol('3'));
    settle();
    expect(lane(host.calls)).to.equal('E2424');
    host.completeSends();
    settle(5);
    expect(lane(host.calls)).to.equal('E2424KGXC');
    expect(adapter.completions.map(({ session }) => session)).to.deep.equal(['0x2']);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R216: S13, a roam that fails leaves no port', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    handshake(run);
    expect(host.roam(NEXT_AP, { status: 0x30011 })).to.equal(undefined);
    settle();
    expect(adapter.ports).to.deep.equal([]);
    expect(host.expectsRoam()).to.equal(true);
    host.associate(AP);
    settle();
    handshake(run);
    expect(lane(host.calls)).to.equal('E24KGXC24KGXC');
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R88: S15, message 1 before the port is open', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.indicate({ kind: 'associationStart', adapter: adapter.handle, peer: AP, ssid: new Uint8Array(0) });
    settle();
    host.packetFromPeer(eapol('1'), { peer: AP });
    settle();
    host.indicate({ kind: 'associationCompletion', adapter: adapter.handle, association: associationWith(AP) });
    settle(5);
    expect(lane(host.calls)).to.equal('E2');
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R37, R52: S16, an open network is completed on a later turn', () => {
    const run = hosted({}, [open]);
    run.host.associate(AP, openNetwork);
    expect(states(run.host)).to.deep.equal(['unauthorised']);
    run.settle(5);
    expect(states(run.host)).to.deep.equal(['authorised']);
    expect(run.host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R140, R176: S9, S10, rekeys replace keys and complete nothing', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    host.associate(AP);
    settle();
    handshake(run);
    host.packetFromPeer(eapol('g'), { protected: true });
    settle(5);
    expect(adapter.keys.defaults.map(({ keyIndex }) => keyIndex)).to.deep.equal([1, 2]);
    expect(lane(host.calls)).to.equal('E24KGXChG');
    expect(adapter.completions).to.have.lengthOf(1);
    end(run);
  });

  it('R146, R65: once the key is in, what is not encrypted is not delivered', () => {
    const run = hosted();
    const { host, settle } = run;
    host.associate(AP);
    settle();
    handshake(run);
    expect(host.packetFromPeer(eapol('g'))).to.include({ rule: 'R64' });
    expect(host.packetFromPeer(eapol('g'), { protected: true })).to.equal('delivered');
    end(run);
  });

  it('C38: S18, a feed from WDI', () => {
    const run = hosted({ feed: 'wdi' });
    const { host, settle } = run;
    host.associate(AP);
    settle();
    handshake(run);
    host.roam(NEXT_AP);
    settle();
    handshake(run);
    expect(lane(host.calls)).to.equal('E24KGXC24KGXC');
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });

  it('R59: the engine and its host believe the same of every port', () => {
    const run = hosted();
    const { host, engine, settle } = run;
    const seen: string[] = [];
    merge(engine.events$, engine.effects$)
      .pipe(portState())
      .subscribe(({ session, state }: PortBelief) => seen.push(`${session} ${state}`));
    host.associate(AP);
    settle();
    handshake(run);
    host.roam(NEXT_AP);
    settle();
    expect(seen).to.deep.equal(['0x1 unauthorised', '0x1 authorised', '0x1 deleted', '0x2 unauthorised']);
    expect(states(host)).to.deep.equal(['unauthorised']);
    end(run);
    expect(seen.at(-1)).to.equal('0x2 deleted');
  });

  it('R4: two adapters go their own ways', () => {
    const run = hosted();
    const { host, adapter, settle } = run;
    const other = host.initAdapter();
    settle();
    host.associate(AP, {}, adapter);
    host.associate(AP, {}, other);
    settle();
    host.reset(adapter);
    for (const symbol of ['1', '3']) {
      host.packetFromPeer(eapol(symbol), {}, other);
      settle(5);
    }
    expect(adapter.completions.map(({ win32 }) => win32)).to.deep.equal([1223]);
    expect(other.completions.map(({ win32 }) => win32)).to.deep.equal([0]);
    expect(host.remarks).to.deep.equal([]);
    end(run);
  });
});
