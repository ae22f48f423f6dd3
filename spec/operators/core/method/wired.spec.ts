import { expect } from 'chai';
import { failing, type MemoryHostOptions } from '../../../../adapters/memory/index.js';
import { chooseMethod, open, WIRED_ALGORITHM, type WiredOptions, wired } from '../../../../operators/core/index.js';
import { LATER_TURN_MS } from '../../../../operators/runPort.js';
import {
  AuthAlgorithm,
  Cipher,
  EtherType,
  type IhvProfile,
  L2Reason,
  OneXAuthStatus,
  OneXResult,
  Secret,
  Win32,
} from '../../../../streams/events/index.js';
import { EapCode, EapMethod, EapolType, writeEap, writeEapol } from '../../../../streams/frames/index.js';
import { hosted, lane, NOTHING_OUT, rulesOf } from '../../../adapters/memory/hosted.js';
import { AP, association, openNetwork } from '../../../support/fixtures.js';

const wire = { authAlgorithm: WIRED_ALGORITHM, unicastCipher: Cipher.codes.NONE, multicastCipher: Cipher.codes.NONE };
const NONE = new Uint8Array(0);
const { SUCCESS, FAILURE, IN_PROGRESS } = OneXResult.codes;
const REASON = L2Reason.codes;

const eapol = (type: number, body: Uint8Array = NONE): Uint8Array => writeEapol({ version: 2, type, body });

const eap = (code: number, type?: number, data: Uint8Array = NONE): Uint8Array => {
  const written = writeEap({ code, identifier: 7, ...(type !== undefined && { type }), data });
  return eapol(EapolType.codes.EAP_PACKET, written._tag === 'Right' ? written.right : NONE);
};

const { REQUEST, RESPONSE } = EapCode.codes;
const identityRequest = eap(REQUEST, EapMethod.codes.IDENTITY);
const otherRequest = eap(REQUEST, EapMethod.codes.MD5_CHALLENGE, Uint8Array.of(1, 2));

/** A port on a wire whose 802.1X module has just been started. */
const started = (options: WiredOptions = {}, hostOptions: Partial<MemoryHostOptions> = {}) => {
  const run = hosted(hostOptions, [wired(options), open]);
  const { host, settle } = run;
  host.associate(AP, wire);
  // R37: nothing is completed in the turn of Perform.
  settle(LATER_TURN_MS);
  const key = (fill: number) => Secret.of(new Uint8Array(32).fill(fill));
  return {
    ...run,
    receive: (packet: Uint8Array) => {
      host.packetFromPeer(packet);
      settle();
    },
    succeeds: () => {
      host.oneXResult(SUCCESS, { status: OneXAuthStatus.codes.SUCCESS, reason: 0, sendKey: key(1), receiveKey: key(2) });
      settle();
    },
    fails: (status: number = OneXAuthStatus.codes.FAILURE, reason: number = REASON.ONEX_EAP_FAILURE_RECEIVED) => {
      host.oneXResult(FAILURE, { status, reason, sendKey: Secret.of(NONE), receiveKey: Secret.of(NONE) });
      settle();
    },
    lane: () => lane(host.calls),
    verdicts: () => host.calls.flatMap((call) => (call.kind === 'postAssociateCompletion' ? [call.reason] : [])),
    state: () => host.adapter.ports[0]?.state,
  };
};

/** Everything is given back, and the host had nothing to object to. */
const end = ({ host, engine }: ReturnType<typeof started>): void => {
  host.deinitService();
  expect(rulesOf(host)).to.deep.equal([]);
  expect(engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
  expect(engine.ledger.stale).to.equal(0);
};

describe('the wired method', () => {
  it('R41: serves a wire, and nothing else', () => {
    const serves = (changes: object, profile?: IhvProfile) => wired().serves(association({ ...wire, ...changes }), profile);
    expect(serves({})).to.equal(true);
    expect(serves(openNetwork)).to.equal(false);
    expect(serves({ authAlgorithm: AuthAlgorithm.codes.RSNA })).to.equal(false);
    expect(serves({ unicastCipher: Cipher.codes.CCMP })).to.equal(false);
    expect(AuthAlgorithm.nameOf(WIRED_ALGORITHM), 'a code that is nobody else’s').to.equal(`IHV+${EtherType.codes.EAPOL}`);
    const chosen = chooseMethod([wired(), open], association({ ...wire }), undefined);
    expect(chosen?.name).to.equal('wired');
  });

  it('R26: does not serve a profile that forbids the module of the host', () => {
    const profile = (useMsOneX: boolean): IhvProfile => ({ security: Secret.of(NONE), useMsOneX });
    expect(wired().serves(association({ ...wire }), profile(true))).to.equal(true);
    expect(wired().serves(association({ ...wire }), profile(false))).to.equal(false);
  });

  it('R60: registers EAPOL', () => {
    const run = started();
    expect(run.adapter.filter.registrations).to.deep.equal([EtherType.codes.EAPOL]);
    end(run);
  });

  it('R104, R58: authenticates by the module, and downloads no key', () => {
    const run = started();
    run.receive(identityRequest);
    run.host.oneXResult(IN_PROGRESS);
    run.receive(otherRequest);
    run.succeeds();
    expect(run.lane()).to.equal('EsFFC');
    expect(run.state()).to.equal('authorised');
    end(run);
  });

  it('R111: a method of EAP without keys is good enough for a wire', () => {
    const run = started();
    run.host.oneXResult(SUCCESS);
    run.settle();
    expect(run.lane()).to.equal('EsC');
    end(run);
  });

  it('R112: the keys are destroyed', () => {
    const method = wired();
    const context = {
      peer: AP,
      portState: { peer: AP, sessionId: 1, controlled: true, authorized: false },
      association: association({ ...wire }),
    };
    const [sendKey, receiveKey] = [Secret.of(Uint8Array.of(1, 2)), Secret.of(Uint8Array.of(3))];
    method.step(method.begin(context).state, { kind: 'oneXSucceeded', sendKey, receiveKey });
    expect([...sendKey.reveal(), ...receiveKey.reveal()]).to.deep.equal([0, 0, 0]);
  });

  it('R105: a key packet is never forwarded, and of no use afterwards', () => {
    const run = started();
    const key = eapol(EapolType.codes.KEY, new Uint8Array(95));
    run.receive(key);
    run.succeeds();
    run.receive(key);
    expect(run.lane()).to.equal('EsC');
    end(run);
  });

  it('R109, R118: who is asked for the identity after a success authenticates anew, and stays authorised meanwhile', () => {
    const run = started();
    run.succeeds();
    run.receive(identityRequest);
    expect(run.lane(), 'the request itself is not forwarded').to.equal('EsCs');
    run.receive(identityRequest);
    expect(run.state()).to.equal('authorised');
    run.succeeds();
    expect(run.lane(), 'R176: an unchanged verdict is not told again').to.equal('EsCsF');
    end(run);
  });

  it('R109, R118: a failure nobody asked for may mean a closed port: it authenticates anew, and only a result takes the authorisation', () => {
    const run = started();
    run.succeeds();
    run.receive(eap(EapCode.codes.FAILURE));
    expect(run.lane(), 'the failure itself is not forwarded').to.equal('EsCs');
    expect(run.state()).to.equal('authorised');
    run.succeeds();
    expect(run.lane(), 'R176: it was forged, and nothing has changed').to.equal('EsCs');
    expect(run.state()).to.equal('authorised');
    end(run);
  });

  it('R109: nothing else does that', () => {
    const run = started();
    run.succeeds();
    const others = [
      otherRequest,
      eap(RESPONSE, EapMethod.codes.IDENTITY),
      eap(EapCode.codes.SUCCESS),
      eapol(EapolType.codes.START),
      eapol(EapolType.codes.EAP_PACKET, Uint8Array.of(1, 1)),
    ];
    for (const packet of others) run.receive(packet);
    expect(run.lane()).to.equal('EsC');
    end(run);
  });

  it('R118, R175: a reauthentication that fails takes the authorisation, and the next success gives it back', () => {
    const run = started({ retryAfter: 1000 });
    run.succeeds();
    run.receive(identityRequest);
    run.fails();
    expect(run.state()).to.equal('unauthorised');
    run.settle(1000);
    run.succeeds();
    expect(run.lane()).to.equal('EsCsBsC');
    expect(run.state()).to.equal('authorised');
    end(run);
  });

  it('R114, R178: after a failure it rests, and then tries again', () => {
    const run = started({ retryAfter: 60_000 });
    run.fails();
    run.settle(59_999);
    expect(run.lane()).to.equal('EsB');
    run.settle(1);
    expect(run.lane()).to.equal('EsBs');
    run.fails();
    expect(run.verdicts(), 'R176').to.deep.equal([REASON.ONEX_EAP_FAILURE_RECEIVED]);
    end(run);
  });

  it('R178: an authenticator that comes round in the meantime need not wait', () => {
    for (const request of [identityRequest, otherRequest]) {
      const run = started({ retryAfter: 60_000 });
      run.fails();
      run.receive(request);
      expect(run.lane()).to.equal('EsBs');
      run.succeeds();
      run.settle(120_000);
      expect(run.lane(), 'the rest is over').to.equal('EsBsC');
      end(run);
    }
  });

  it('R102, R180: where nobody answers, the reason says so', () => {
    const run = started();
    run.fails(OneXAuthStatus.codes.NO_AUTHENTICATOR_FOUND, REASON.UNKNOWN);
    expect(run.verdicts()).to.deep.equal([REASON.MSMSEC_NO_AUTHENTICATOR]);
    end(run);
  });

  it('R174: a module that never comes to a result is a failure all the same', () => {
    const run = started({ completionTimeout: 5000 });
    run.settle(4999 - LATER_TURN_MS);
    expect(run.lane()).to.equal('Es');
    run.settle(1);
    expect(run.verdicts()).to.deep.equal([REASON.MSMSEC_AUTH_SUCCESS_TIMEOUT]);
    run.succeeds();
    expect(run.lane()).to.equal('EsBC');
    end(run);
  });

  it('R38, R178: a module that cannot be started is tried again', () => {
    const run = started({ retryAfter: 1000 }, { faults: [failing('startOneX', Win32.codes.ERROR_NOT_READY, { nth: 1 })] });
    expect(run.lane()).to.equal('EsB');
    run.settle(1000);
    run.succeeds();
    expect(run.lane()).to.equal('EsBsC');
    end(run);
  });

  it('R117, R193: a stop ends the module, at whatever point', () => {
    const points: ReadonlyArray<(run: ReturnType<typeof started>) => void> = [
      () => {},
      (run) => run.receive(identityRequest),
      (run) => run.succeeds(),
      (run) => {
        run.succeeds();
        run.receive(identityRequest);
      },
      (run) => run.fails(),
    ];
    for (const reach of points) {
      const run = started();
      reach(run);
      const before = run.lane();
      const isRunning = run.host.adapter.oneX !== undefined;
      run.host.disassociate();
      run.settle(300_000);
      expect(run.lane()).to.equal(isRunning ? `${before}z` : before);
      end(run);
    }
  });
});
