import { expect } from 'chai';
import { type Fault, failing, type MemoryHost, reentering, silent, slow, throwing } from '../../../adapters/memory/index.js';
import { type ApiCall, L2Reason, OneXResult, Secret, Win32 } from '../../../streams/events/index.js';
import { AP } from '../../support/fixtures.js';
import { eapol, symbolic } from '../../support/symbolicMethod.js';
import { alone, asking, hosted, lane, NEXT_AP, NOTHING_OUT } from './hosted.js';

const { ERROR_SUCCESS, ERROR_GEN_FAILURE, ERROR_NOT_READY } = Win32.codes;

const result = () => ({
  status: 3,
  reason: 0,
  sendKey: Secret.of(new Uint8Array(32).fill(1)),
  receiveKey: Secret.of(new Uint8Array(32).fill(2)),
});

/** A whole connection with 802.1X, from pre-association to the completion, whatever happens in between. */
const connection = (faults: ReadonlyArray<Fault>, usesOneX = true) => {
  const run = hosted({ faults }, [symbolic(usesOneX)]);
  const { host, adapter, settle } = run;
  if (adapter.isAlive) host.preAssociate(undefined, adapter);
  settle(5);
  if (adapter.isAlive) host.associate(AP, {}, adapter);
  settle(5);
  for (const symbol of usesOneX ? 'eR13' : '13') {
    if (!adapter.isAlive) break;
    if (symbol === 'R') host.oneXResult(OneXResult.codes.SUCCESS, result(), adapter);
    else host.packetFromPeer(eapol(symbol, symbol === 'e' ? 0 : 3), { peer: AP }, adapter);
    settle(5);
  }
  return run;
};

/** The first completions of a run: how many, and whether what they say can be. */
const completions = (host: MemoryHost): ReadonlyArray<number> =>
  host.adapters.flatMap((adapter) => adapter.completions.map(({ win32 }) => win32));

const everyCall: ReadonlyArray<ApiCall['kind']> = [
  'setEtherTypeHandling',
  'setAuthAlgorithm',
  'setUnicastCipherAlgorithm',
  'setMulticastCipherAlgorithm',
  'preAssociateCompletion',
  'startOneX',
  'processOneXPacket',
  'sendPacket',
  'setKeyMappingKey',
  'setDefaultKey',
  'setExcludeUnencrypted',
  'postAssociateCompletion',
];

const portCalls = everyCall.slice(everyCall.indexOf('startOneX'));

describe('faults', () => {
  it('a call that fails is not carried out, and answers with the code', () => {
    const { host, adapter } = alone({ faults: [failing('setKeyMappingKey', 31)] });
    host.associate(AP);
    const ask = asking(host, adapter);
    expect(ask('setKeyMappingKey')).to.equal(31);
    expect(adapter.keys.mapped).to.deep.equal([]);
    expect(ask('setDefaultKey')).to.equal(ERROR_SUCCESS);
    expect(host.calls.map(({ kind }) => kind)).to.deep.equal(['setKeyMappingKey', 'setDefaultKey']);
  });

  it('a fault strikes the nth of its calls, or those it is meant for', () => {
    const { host, adapter } = alone({
      faults: [
        failing('setDefaultKey', 31, { nth: 2 }),
        failing('setDefaultKey', 21, { where: ({ keyIndex }) => keyIndex === 3 }),
      ],
    });
    host.associate(AP);
    const ask = asking(host, adapter);
    const codes = [1, 3, 2, 3].map((keyIndex) => ask('setDefaultKey', { keyIndex }));
    expect(codes).to.deep.equal([ERROR_SUCCESS, ERROR_GEN_FAILURE, ERROR_SUCCESS, ERROR_NOT_READY]);
  });

  it('a slow call is carried out at once and answered later', () => {
    const { host, adapter, offered, settle } = alone({ faults: [slow('setKeyMappingKey', 50)] });
    host.associate(AP);
    const before = offered.length;
    expect(asking(host, adapter)('setKeyMappingKey')).to.equal(undefined);
    expect(adapter.keys.mapped).to.have.lengthOf(1);
    settle(49);
    expect(offered).to.have.lengthOf(before);
    settle(1);
    expect(offered.slice(before)).to.deep.equal([{ kind: 'reply', call: 1, win32: ERROR_SUCCESS }]);
  });

  it('a slow call keeps what comes back beside the code', () => {
    const { host, adapter, offered, settle } = alone({ faults: [slow('allocateBuffer', 1)] });
    asking(host, adapter)('allocateBuffer');
    settle(1);
    expect(offered).to.deep.equal([{ kind: 'reply', call: 1, win32: ERROR_SUCCESS, buffer: [...host.buffers.keys()][0] }]);
  });

  it('a silent call is carried out and never answered', () => {
    const { host, adapter, offered, settle } = alone({ faults: [silent('setKeyMappingKey')] });
    host.associate(AP);
    const before = offered.length;
    expect(asking(host, adapter)('setKeyMappingKey')).to.equal(undefined);
    settle(1_000_000);
    expect(adapter.keys.mapped).to.have.lengthOf(1);
    expect(offered).to.have.lengthOf(before);
  });

  it('a call that throws is not carried out', () => {
    const { host, adapter } = alone({ faults: [throwing('setKeyMappingKey')] });
    host.associate(AP);
    expect(() => asking(host, adapter)('setKeyMappingKey')).to.throw('setKeyMappingKey failed on purpose');
    expect(adapter.keys.mapped).to.deep.equal([]);
  });

  it('R265: a host may do something else before the call returns', () => {
    const { host, adapter } = alone({ faults: [reentering('setKeyMappingKey', (entered) => entered.disassociate())] });
    host.associate(AP);
    expect(asking(host, adapter)('setKeyMappingKey')).to.equal(ERROR_SUCCESS);
    expect(adapter.ports).to.deep.equal([]);
    expect(adapter.keys.mapped).to.deep.equal([]);
  });
});

describe('an engine on a host with faults', () => {
  it('R136, R58: S12, a refused key is a failure, and nothing follows it', () => {
    const { host, adapter, engine } = connection([failing('setKeyMappingKey', 31)], false);
    expect(lane(host.calls)).to.equal('E24KB');
    expect(adapter.completions.map(({ reason, win32 }) => [reason, win32])).to.deep.equal([
      [L2Reason.codes.MSMSEC_NIC_FAILURE, 31],
    ]);
    expect(adapter.ports.map(({ state }) => state)).to.deep.equal(['unauthorised']);
    host.deinitService();
    expect(engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
  });

  it('R263: a sink that throws fails that call alone', () => {
    const { host, settle } = connection([throwing('setDefaultKey', { nth: 1 })], false);
    expect(lane(host.calls)).to.equal('E24KGB');
    host.roam(NEXT_AP);
    for (const symbol of '13') {
      host.packetFromPeer(eapol(symbol));
      settle(5);
    }
    expect(completions(host)).to.deep.equal([ERROR_GEN_FAILURE, ERROR_SUCCESS]);
  });

  it('R58, R133: a slow key holds back everything behind it', () => {
    const { host, settle } = connection([slow('setKeyMappingKey', 1000)], false);
    expect(lane(host.calls)).to.equal('E24K');
    settle(1000);
    expect(lane(host.calls)).to.equal('E24KGXC');
  });

  it('R174: a key that is never answered ends in a timeout', () => {
    const { host, settle } = connection([silent('setKeyMappingKey')], false);
    settle(600_000);
    expect(lane(host.calls)).to.equal('E24KB');
  });

  it('R74: a packet that is refused leaves nothing behind', () => {
    const { host, engine } = connection([failing('sendPacket', 31)], false);
    expect(engine.ledger.outstanding().packets).to.equal(0);
    expect(host.outstandingSends).to.deep.equal([]);
  });

  const endings: Readonly<Record<string, { readonly rules: string; readonly end: (host: MemoryHost) => void }>> = {
    stop: { rules: 'R264, R265, R193', end: (host) => host.disassociate({ peer: AP }) },
    reset: { rules: 'R264, R265, R151', end: (host) => host.reset() },
    deinit: { rules: 'R264, R265, R160', end: (host) => host.deinit(host.adapter, false) },
  };

  for (const [name, { rules, end }] of Object.entries(endings)) {
    for (const kind of name === 'stop' ? portCalls : everyCall) {
      it(`${rules}: ${name} from inside ${kind}`, () => {
        let inside: ReadonlyArray<ApiCall['kind']> = [];
        const fault = reentering(
          kind,
          (host) => {
            const before = host.calls.length;
            end(host);
            inside = host.calls.slice(before).map((call) => call.kind);
          },
          { nth: 1 },
        );
        const { host, engine, settle } = connection([fault]);
        settle(600_000);

        const told = completions(host);
        const isCompletedFirst = kind === 'postAssociateCompletion';
        const isPendingThen = portCalls.includes(kind) && !isCompletedFirst;
        if (name === 'stop') expect(inside.filter((call) => call !== 'stopOneX')).to.deep.equal([]);
        if (name === 'deinit') expect(inside.filter((call) => call !== 'freeBuffer')).to.deep.equal([]);
        if (name === 'reset') expect(inside).to.include('setEtherTypeHandling');
        if (name === 'reset' && isPendingThen) expect(inside).to.include('postAssociateCompletion');
        if (isPendingThen) expect(told).to.deep.equal(name === 'reset' ? [Win32.codes.ERROR_CANCELLED] : []);
        if (isCompletedFirst) expect(told).to.deep.equal([ERROR_SUCCESS]);

        expect(host.remarks).to.deep.equal([]);
        expect(engine.ledger.stale).to.equal(0);
        host.deinitService();
        expect(engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
      });
    }
  }

  it('R265: send completions inside SendPacket', () => {
    const run = hosted({ sendCompletions: 'within' });
    const { host, settle } = run;
    host.associate(AP);
    settle();
    for (const symbol of '13') {
      host.packetFromPeer(eapol(symbol));
      settle(5);
    }
    expect(lane(host.calls)).to.equal('E24KGXC');
    expect(host.remarks).to.deep.equal([]);
    host.deinitService();
    expect(run.engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
  });
});
