import { expect } from 'chai';
import { type ConnectHandle, type Guid, Secret, SessionEvent, Win32 } from '../../../streams/events/index.js';
import { AP } from '../../support/fixtures.js';
import { alone, asking, kindsOf, rulesOf } from './hosted.js';

const { ERROR_SUCCESS, ERROR_INVALID_HANDLE, ERROR_INVALID_STATE, ERROR_INVALID_PARAMETER, ERROR_ALREADY_EXISTS } = Win32.codes;
const { ERROR_NOT_SUPPORTED, ERROR_NOT_FOUND, ERROR_INSUFFICIENT_BUFFER } = Win32.codes;

const GUID = '00000000-0000-4000-8000-0000000000aa' as Guid;

const secret = (text: string): Secret => Secret.of(new TextEncoder().encode(text));
const textOf = (told: Secret | undefined): string | undefined => told && new TextDecoder().decode(told.reveal());

const prepared = (...args: Parameters<typeof alone>) => {
  const run = alone(...args);
  return { ...run, ask: asking(run.host, run.adapter) };
};

describe('the service of a memory host', () => {
  it('R1: the version is asked first and announced within the range', () => {
    const announced: unknown[] = [];
    alone(
      {},
      { getVersionInfo: () => ({ min: 1, max: 3 }), initService: ({ version }) => announced.push(version) && ERROR_SUCCESS },
    );
    expect(announced).to.deep.equal([3]);
  });

  it('R6, R8: memory is given and taken back while there is a service', () => {
    const { host, ask } = prepared();
    ask('allocateBuffer', { size: 2, content: Uint8Array.of(1, 2, 3) });
    const [[buffer, bytes] = [undefined, undefined]] = [...host.buffers];
    expect([...(bytes ?? [])]).to.deep.equal([1, 2]);
    expect(ask('freeBuffer', buffer === undefined ? {} : { buffer })).to.equal(ERROR_SUCCESS);
    expect(ask('freeBuffer', buffer === undefined ? {} : { buffer })).to.equal(ERROR_INVALID_PARAMETER);
    host.deinitService();
    expect(ask('allocateBuffer')).to.equal(ERROR_INVALID_STATE);
    expect(rulesOf(host)).to.deep.equal(['R8', 'R6']);
  });

  it('R10: Stop, deinit of each adapter, deinit of the service, in this order', () => {
    const { host, called, settle } = alone();
    host.initAdapter();
    host.associate(AP);
    settle();
    const before = called.length;
    host.deinitService();
    expect(kindsOf(called.slice(before))).to.deep.equal(['stopPostAssociate', 'deinitAdapter', 'deinitAdapter', 'deinitService']);
  });

  it('an engine that refuses the service has none', () => {
    const { ask } = prepared({}, { initService: () => ERROR_NOT_SUPPORTED });
    expect(ask('allocateBuffer')).to.equal(ERROR_INVALID_STATE);
  });

  it('slow work is done by whoever can, or not at all', () => {
    expect(prepared().ask('derive')).to.equal(ERROR_NOT_SUPPORTED);
    const labels: string[] = [];
    const derive = (label: string, input: Secret): Secret => {
      labels.push(label);
      return input.copy();
    };
    const able = prepared({ derive });
    expect(able.ask('derive', { label: 'unwrap' })).to.equal(ERROR_SUCCESS);
    expect(labels).to.deep.equal(['unwrap']);
  });
});

describe('the requests to a memory host', () => {
  it('R254: the extension of the NIC is optional, and its answer has to fit', () => {
    expect(prepared().ask('nicSpecificExtension')).to.equal(ERROR_NOT_SUPPORTED);
    const { host, ask } = prepared({ nic: (input) => Uint8Array.of(...input, 9) });
    expect(ask('nicSpecificExtension', { input: Uint8Array.of(1, 2, 3), outputSize: 4 })).to.equal(ERROR_SUCCESS);
    expect(ask('nicSpecificExtension', { input: Uint8Array.of(1, 2, 3), outputSize: 3 })).to.equal(ERROR_INSUFFICIENT_BUFFER);
    expect(host.remarks).to.deep.equal([]);
  });

  it('R255: a notification is copied', () => {
    const { adapter, ask } = prepared();
    const data = Uint8Array.of(1, 2);
    ask('sendNotification', { code: 0x1001, data });
    data.fill(0);
    expect(adapter.notifications).to.deep.equal([{ code: 0x1001, data: Uint8Array.of(1, 2) }]);
  });

  it('R230: every question to the user has a GUID of its own', () => {
    const { host, ask } = prepared();
    const data = secret('who?');
    expect(ask('sendUIRequest', { request: GUID, data })).to.equal(ERROR_SUCCESS);
    data.zeroise();
    expect(ask('sendUIRequest', { request: GUID })).to.equal(ERROR_ALREADY_EXISTS);
    expect(textOf(host.uiRequests.get(GUID)?.data)).to.equal('who?');
    expect(rulesOf(host)).to.deep.equal(['R230']);
  });

  it('R231: an answer ends the question, and reaches the engine', () => {
    const { host, ask, called, settle } = prepared();
    ask('sendUIRequest', { request: GUID });
    host.userAnswers(GUID, secret('me'));
    settle();
    expect(host.uiRequests.size).to.equal(0);
    const response = called.find(({ kind }) => kind === 'processUIResponse');
    expect(response?.kind === 'processUIResponse' && textOf(response.response)).to.equal('me');
  });

  it('R154, R162: reset and removal end the questions of that adapter', () => {
    for (const end of ['reset', 'deinit'] as const) {
      const { host, adapter, ask } = prepared();
      const other = host.initAdapter();
      ask('sendUIRequest', { request: GUID });
      asking(host, other)('sendUIRequest');
      host[end](adapter);
      expect([...host.uiRequests.values()].map((request) => request.adapter)).to.deep.equal([other.handle]);
    }
  });

  it('R221: a user who logs off takes along the questions to that user', () => {
    const { host, ask, called, settle } = prepared();
    ask('sendUIRequest', { request: GUID, userSession: 1 });
    ask('sendUIRequest', { userSession: 2 });
    host.sessionChange(SessionEvent.codes.LOCK, 1);
    expect(host.uiRequests.size).to.equal(2);
    host.logoff(1);
    settle();
    expect([...host.uiRequests.values()].map(({ userSession }) => userSession)).to.deep.equal([2]);
    expect(called.at(-1)).to.deep.equal({ kind: 'processSessionChange', event: SessionEvent.codes.LOGOFF, userSession: 1 });
  });
});

describe('the pre-association of a memory host', () => {
  it('R21: what is enabled is kept', () => {
    const { host, adapter, ask } = prepared();
    host.preAssociate();
    for (const kind of ['setAuthAlgorithm', 'setUnicastCipherAlgorithm', 'setMulticastCipherAlgorithm'] as const)
      expect(ask(kind)).to.equal(ERROR_SUCCESS);
    expect(adapter.algorithms).to.deep.equal({ authAlgorithm: 7, unicastCipher: 4, multicastCipher: 4 });
  });

  it('R25: its handle is dead after the completion, and before the host has given it', () => {
    const { host, adapter, ask } = prepared();
    expect(ask('setAuthAlgorithm')).to.equal(ERROR_INVALID_HANDLE);
    host.preAssociate();
    const connect = adapter.connect ?? ('0x0' as ConnectHandle);
    expect(ask('preAssociateCompletion')).to.equal(ERROR_SUCCESS);
    expect(ask('preAssociateCompletion', { connect })).to.equal(ERROR_INVALID_HANDLE);
    expect(adapter.preCompletions).to.have.lengthOf(1);
    expect(rulesOf(host)).to.deep.equal(['R25', 'R25']);
  });

  it('R25, R151: a reset leaves no connection to be prepared', () => {
    const { host, adapter, ask } = prepared();
    host.preAssociate();
    const connect = adapter.connect ?? ('0x0' as ConnectHandle);
    host.reset();
    expect(ask('preAssociateCompletion', { connect })).to.equal(ERROR_INVALID_HANDLE);
  });

  it('R20, R27: neither completion nor profile inside the call', () => {
    const codes: unknown[] = [];
    const run = prepared(
      {},
      {
        performPreAssociate: () => {
          for (const kind of ['preAssociateCompletion', 'setCurrentProfile', 'getProfileCustomUserData'] as const)
            codes.push(run.ask(kind));
          return ERROR_SUCCESS;
        },
      },
    );
    run.host.preAssociate();
    expect(codes).to.deep.equal([ERROR_INVALID_STATE, ERROR_INVALID_STATE, ERROR_INVALID_STATE]);
    expect(rulesOf(run.host)).to.deep.equal(['R20', 'R27', 'R27']);
  });

  it('R23: EtherTypes are registered before the completion, and again in a reset or for the next connection', () => {
    const codes: unknown[] = [];
    const run = prepared({}, { adapterReset: () => codes.push(run.ask('setEtherTypeHandling')) && ERROR_SUCCESS });
    run.host.preAssociate();
    expect(run.ask('setEtherTypeHandling')).to.equal(ERROR_SUCCESS);
    run.ask('preAssociateCompletion');
    expect(run.ask('setEtherTypeHandling')).to.equal(ERROR_INVALID_STATE);
    run.host.preAssociate();
    expect(run.ask('setEtherTypeHandling')).to.equal(ERROR_SUCCESS);
    run.ask('preAssociateCompletion');
    run.host.reset();
    expect(codes).to.deep.equal([ERROR_SUCCESS]);
    expect(rulesOf(run.host)).to.deep.equal(['R23']);
  });

  it('R28: a changed profile empties the custom user data', () => {
    const { host, adapter, ask } = prepared();
    host.preAssociate();
    expect(ask('getProfileCustomUserData')).to.equal(ERROR_NOT_FOUND);
    ask('setProfileCustomUserData', { data: secret('psk') });
    expect(textOf(adapter.userData)).to.equal('psk');
    expect(ask('getProfileCustomUserData')).to.equal(ERROR_SUCCESS);
    ask('setCurrentProfile', { profile: secret('<profile/>') });
    expect(textOf(adapter.profile)).to.equal('<profile/>');
    expect(ask('getProfileCustomUserData')).to.equal(ERROR_NOT_FOUND);
  });
});

describe('the virtual station of a memory host', () => {
  it('R240: arrives later, once, as an adapter of its own', () => {
    const { host, adapter, ask, settle } = prepared();
    expect(ask('queryVirtualStationProperties')).to.equal(ERROR_NOT_FOUND);
    expect(ask('requestVirtualStation')).to.equal(ERROR_SUCCESS);
    expect(ask('requestVirtualStation')).to.equal(ERROR_ALREADY_EXISTS);
    expect(host.virtualStation).to.equal(undefined);
    settle(10);
    expect(host.virtualStation?.identity.isVirtual).to.equal(true);
    expect(host.adapters).to.deep.equal([adapter, host.virtualStation]);
    expect(ask('queryVirtualStationProperties')).to.equal(ERROR_SUCCESS);
    expect(rulesOf(host)).to.deep.equal(['R240']);
  });

  it('R240: or never', () => {
    const { host, ask, settle } = prepared({ virtualStation: 'never' });
    expect(ask('requestVirtualStation')).to.equal(ERROR_SUCCESS);
    settle(120_000);
    expect(host.adapters).to.have.lengthOf(1);
  });

  it('R241: or before the request has returned', () => {
    const { host, ask } = prepared({ virtualStation: 'within' });
    ask('requestVirtualStation');
    expect(host.virtualStation?.isAlive).to.equal(true);
  });

  it('R242: a release is a hint; the station goes with its adapter, and another may come', () => {
    const { host, ask } = prepared({ virtualStation: 'within' });
    ask('requestVirtualStation');
    const station = host.virtualStation;
    expect(ask('releaseVirtualStation')).to.equal(ERROR_SUCCESS);
    expect(host.virtualStation).to.equal(station);
    if (station !== undefined) host.deinit(station);
    expect(host.virtualStation).to.equal(undefined);
    expect(ask('requestVirtualStation')).to.equal(ERROR_SUCCESS);
    expect(host.virtualStation).to.not.equal(station);
  });

  it('R244: a key that is no passphrase has 32 or 64 bytes', () => {
    const { host, ask } = prepared();
    host.preAssociate();
    for (const [isPassphrase, length, code] of [
      [false, 32, ERROR_SUCCESS],
      [false, 64, ERROR_SUCCESS],
      [false, 33, ERROR_INVALID_PARAMETER],
      [true, 9, ERROR_SUCCESS],
      [true, 65, ERROR_INVALID_PARAMETER],
    ] as const)
      expect(ask('setVirtualStationApProperties', { isPassphrase, key: Secret.of(new Uint8Array(length)) })).to.equal(code);
    expect(rulesOf(host)).to.deep.equal(['R244', 'R244']);
  });

  it('R245: a port of the virtual station is a port like any other', () => {
    const { host, ask } = prepared({ virtualStation: 'within' });
    ask('requestVirtualStation');
    const station = host.virtualStation;
    if (station !== undefined) host.associate(AP, {}, station);
    expect(station?.ports.map(({ peer }) => peer)).to.deep.equal([AP]);
    expect(host.adapter.ports).to.deep.equal([]);
  });
});
