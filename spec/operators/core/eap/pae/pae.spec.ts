import { expect } from 'chai';
import { eapFault, type PaeOutput } from '../../../../../operators/core/index.js';
import { L2Reason, OneXAuthStatus, Secret } from '../../../../../streams/events/index.js';
import { EapMethod, EapolType, writeEapol } from '../../../../../streams/frames/index.js';
import { eapFailure, eapRequest, eapSuccess } from '../../../../support/eapServer.js';
import { TOY, text } from '../../../../support/eapToy.js';
import { eapol, PaeRun } from '../../../../support/paeRun.js';

const { IDENTITY } = EapMethod.codes;
const REASON = L2Reason.codes;
const { FAILURE, NO_AUTHENTICATOR_FOUND } = OneXAuthStatus.codes;
const START: PaeOutput = { do: 'transmit', packet: Uint8Array.of(2, 1, 0, 0) };
const LOGOFF: PaeOutput = { do: 'transmit', packet: Uint8Array.of(2, 2, 0, 0) };
const asked = eapRequest(1, IDENTITY);

const method = { kind: 'method' as const, type: TOY, name: 'Toy', isInner: false, isAllowed: true };

/** In the middle of a method. */
const authenticating = (options = {}): PaeRun => {
  const run = new PaeRun(options);
  run.feed({ kind: 'start' });
  run.packet(eapol(asked));
  run.feed({ kind: 'eap', word: { do: 'report', note: method } });
  return run;
};

const authenticated = (): PaeRun => {
  const run = authenticating();
  run.feed({ kind: 'eap', word: { do: 'succeed', method: 'Toy' } });
  return run;
};

const held = (): PaeRun => {
  const run = authenticating();
  run.feed({ kind: 'eap', word: { do: 'fail', fault: eapFault('rejected', 'no') } });
  return run;
};

describe('createPae: nobody answers', () => {
  it('R102: sends EAPOL-Start three times, and then reports that there is no authenticator', () => {
    const run = new PaeRun();
    const again: ReadonlyArray<PaeOutput> = [{ do: 'setTimer', name: 'startWhen', ms: 30_000 }, START];
    expect(run.feed({ kind: 'start' })).to.deep.equal(again);
    expect(run.feed({ kind: 'timer', name: 'startWhen' })).to.deep.equal(again);
    expect(run.feed({ kind: 'timer', name: 'startWhen' })).to.deep.equal(again);
    const fault = { code: 'noAnswer', message: 'nobody answered 3 EAPOL-Start packets' };
    expect(run.feed({ kind: 'timer', name: 'startWhen' })).to.deep.equal([
      { do: 'result', result: 'failure', status: NO_AUTHENTICATOR_FOUND, reason: REASON.UNKNOWN, fault },
    ]);
    expect(run.state.phase).to.equal('idle');
  });

  it('counts and waits as it is told to', () => {
    const run = new PaeRun({ maxStart: 1, startPeriod: 500, eapolVersion: 3 });
    expect(run.feed({ kind: 'start' })).to.deep.equal([
      { do: 'setTimer', name: 'startWhen', ms: 500 },
      { do: 'transmit', packet: Uint8Array.of(3, 1, 0, 0) },
    ]);
    run.feed({ kind: 'timer', name: 'startWhen' });
    expect(run.of('result')).to.have.length(1);
  });

  it('shows a Success nobody worked for, and does not believe it', () => {
    const run = new PaeRun();
    run.feed({ kind: 'start' });
    expect(run.packet(eapol(eapSuccess(0)))).to.deep.equal([]);
    expect(run.outputs.at(-1)).to.deep.equal({ do: 'report', note: { kind: 'result', isSuccess: true, isBelieved: false } });
    expect(run.state.phase).to.equal('connecting');
  });
});

describe('createPae: somebody answers', () => {
  it('begins a peer with the first request, and says that it is under way', () => {
    const run = new PaeRun();
    run.feed({ kind: 'start' });
    expect(run.packet(eapol(asked, 9))).to.deep.equal([
      { do: 'clearTimer', name: 'startWhen' },
      { do: 'result', result: 'inProgress' },
      { do: 'beginEap' },
      { do: 'setTimer', name: 'authWhile', ms: 30_000 },
      { do: 'feedEap', input: { kind: 'packet', packet: asked } },
    ]);
  });

  it('begins with a request for a method as well', () => {
    const run = new PaeRun();
    run.feed({ kind: 'start' });
    run.packet(eapol(eapRequest(1, TOY)));
    expect(run.state.phase).to.equal('authenticating');
  });

  it('hands packets over either way, and waits for the server anew with each answer of ours', () => {
    const run = authenticating({ authPeriod: 9000 });
    const waits: PaeOutput = { do: 'setTimer', name: 'authWhile', ms: 9000 };
    const packet = eapRequest(2, TOY, text('?'));
    expect(run.packet(eapol(packet))).to.deep.equal([{ do: 'feedEap', input: { kind: 'packet', packet } }]);
    const response = Uint8Array.of(2, 2, 0, 5, TOY);
    expect(run.feed({ kind: 'eap', word: { do: 'send', packet: response } })).to.deep.equal([
      waits,
      { do: 'transmit', packet: Uint8Array.of(2, 0, 0, 5, ...response) },
    ]);
  });

  it('does not wait for ever for a server that repeats what the peer has no answer to', () => {
    const run = new PaeRun({ authPeriod: 9000 });
    run.feed({ kind: 'start' });
    const old = eapol(eapRequest(7, TOY, text('of the run before')));
    const said = [old, old, old].flatMap((packet) => run.packet(packet));
    expect(said.filter((output) => output.do === 'setTimer')).to.deep.equal([{ do: 'setTimer', name: 'authWhile', ms: 9000 }]);
    run.feed({ kind: 'timer', name: 'authWhile' });
    expect(run.outputs.at(-1)).to.deep.equal({ do: 'feedEap', input: { kind: 'timeout' } });
    run.feed({ kind: 'eap', word: { do: 'fail', fault: eapFault('noAnswer', 'the server did not answer') } });
    expect(run.outputs.at(-1)).to.deep.equal(START);
  });

  it('passes on what the peer reports, and results of the server for the peer to judge', () => {
    const run = authenticating();
    expect(run.outputs.at(-1)).to.deep.equal({ do: 'report', note: method });
    run.packet(eapol(eapSuccess(1)));
    expect(run.outputs.at(-1)).to.deep.equal({ do: 'feedEap', input: { kind: 'packet', packet: eapSuccess(1) } });
  });

  it('reports success with the keys, and that it is authenticated', () => {
    const keys = { msk: Secret.of(new Uint8Array(64)) };
    const run = authenticating();
    expect(run.feed({ kind: 'eap', word: { do: 'succeed', method: 'Toy', keys } })).to.deep.equal([
      { do: 'clearTimer', name: 'authWhile' },
      { do: 'endEap' },
      { do: 'result', result: 'success', method: 'Toy', keys },
    ]);
    expect(run.phases).to.deep.equal(['connecting', 'authenticating', 'authenticated']);
  });

  it('reports a failure and rests', () => {
    const fault = eapFault('wrongPassword', 'the password is wrong', { method: 'Toy' });
    const run = authenticating();
    expect(run.feed({ kind: 'eap', word: { do: 'fail', fault } })).to.deep.equal([
      { do: 'clearTimer', name: 'authWhile' },
      { do: 'endEap' },
      { do: 'setTimer', name: 'heldWhile', ms: 60_000 },
      { do: 'result', result: 'failure', status: FAILURE, reason: REASON.ONEX_EAP_FAILURE_RECEIVED, fault },
    ]);
    expect(run.phases).to.deep.equal(['connecting', 'authenticating', 'held']);
  });

  const reasons: ReadonlyArray<[code: Parameters<typeof eapFault>[0], reason: number]> = [
    ['noCommonMethod', REASON.ONEX_PROFILE_DISALLOWED_EAP_TYPE],
    ['noCredential', REASON.ONEX_UNABLE_TO_IDENTIFY_USER],
    ['cancelled', REASON.ONEX_UI_CANCELLED],
    ['rejected', REASON.ONEX_EAP_FAILURE_RECEIVED],
    ['certificate', REASON.ONEX_EAP_FAILURE_RECEIVED],
  ];
  for (const [code, reason] of reasons) {
    it(`reports ${code} as ${L2Reason.nameOf(reason)}`, () => {
      const run = authenticating();
      run.feed({ kind: 'eap', word: { do: 'fail', fault: eapFault(code, 'so') } });
      const [, last] = run.of('result');
      expect(last).to.include({ result: 'failure', status: FAILURE, reason });
    });
  }
});

describe('createPae: a server that falls silent', () => {
  const silence = (run: PaeRun): void => {
    expect(run.feed({ kind: 'timer', name: 'authWhile' })).to.deep.equal([
      { do: 'setTimer', name: 'authWhile', ms: 30_000 },
      { do: 'feedEap', input: { kind: 'timeout' } },
    ]);
    run.feed({ kind: 'eap', word: { do: 'fail', fault: eapFault('noAnswer', 'silence') } });
  };

  it('is asked again from the start, twice, and then it is a failure', () => {
    const run = authenticating();
    for (let times = 0; times < 2; times++) {
      silence(run);
      expect(run.state.phase).to.equal('connecting');
      expect(run.outputs.at(-1)).to.deep.equal(START);
      run.packet(eapol(asked));
      run.feed({ kind: 'eap', word: { do: 'report', note: method } });
    }
    silence(run);
    expect(run.state.phase).to.equal('held');
    const results = run.of('result');
    expect(
      results.map(({ result }) => result),
      'progress is said once',
    ).to.deep.equal(['inProgress', 'failure']);
    expect(results.at(-1)).to.include({ reason: REASON.ONEX_AUTHENTICATOR_NO_LONGER_PRESENT });
  });

  it('after the identity has a reason of its own', () => {
    const run = new PaeRun({ maxRetries: 0 });
    run.feed({ kind: 'start' });
    run.packet(eapol(asked));
    silence(run);
    expect(run.of('result').at(-1)).to.include({ reason: REASON.ONEX_NO_RESPONSE_TO_IDENTITY });
  });

  it('may still be a success by what the peer knows', () => {
    const run = authenticating();
    run.feed({ kind: 'timer', name: 'authWhile' });
    run.feed({ kind: 'eap', word: { do: 'succeed', method: 'Toy' } });
    expect(run.state.phase).to.equal('authenticated');
  });
});

describe('createPae: a server that begins anew', () => {
  it('in the middle of a method gets a new peer', () => {
    const run = authenticating();
    const packet = eapRequest(7, IDENTITY);
    expect(run.packet(eapol(packet))).to.deep.equal([
      { do: 'endEap' },
      { do: 'beginEap' },
      { do: 'setTimer', name: 'authWhile', ms: 30_000 },
      { do: 'feedEap', input: { kind: 'packet', packet } },
    ]);
  });

  it('has not begun anew with a late repetition of its first question', () => {
    const run = authenticating();
    run.packet(eapol(asked));
    expect(run.of('beginEap')).to.have.length(1);
    expect(run.of('feedEap')).to.have.length(2);
  });

  it('before any method has the same peer answer', () => {
    const run = new PaeRun();
    run.feed({ kind: 'start' });
    run.packet(eapol(asked));
    run.packet(eapol(eapRequest(2, IDENTITY)));
    expect(run.of('beginEap')).to.have.length(1);
  });

  it('without end is told no', () => {
    const run = authenticating();
    for (let id = 2; id < 30 && run.state.phase === 'authenticating'; id++) {
      run.packet(eapol(eapRequest(id, IDENTITY)));
      run.feed({ kind: 'eap', word: { do: 'report', note: method } });
    }
    expect(run.of('beginEap')).to.have.length(11);
    expect(run.of('report').at(-1)?.note).to.deep.equal({
      kind: 'failed',
      fault: { code: 'tooManyRounds', message: 'the server began anew more than 10 times' },
    });
    expect(run.outputs.at(-1)).to.include({ do: 'result', result: 'failure' });
  });
});

describe('createPae: afterwards', () => {
  it('a request for the identity reauthenticates', () => {
    const run = authenticated();
    run.packet(eapol(eapRequest(9, IDENTITY)));
    expect(run.state.phase).to.equal('authenticating');
    expect(run.of('beginEap')).to.have.length(2);
  });

  it('what else comes belongs to the run that is over', () => {
    const run = authenticated();
    const before = run.of('result').length;
    for (const packet of [eapRequest(1, TOY), eapSuccess(1), eapFailure(1), Uint8Array.of(1)]) {
      expect(run.packet(eapol(packet))).to.deep.equal([]);
    }
    expect(run.state.phase).to.equal('authenticated');
    expect(run.of('result')).to.have.length(before);
  });

  it('a start reauthenticates from this side', () => {
    expect(authenticated().feed({ kind: 'start' }).at(-1)).to.deep.equal(START);
  });

  it('a start during the rest waits for its end', () => {
    const run = held();
    expect(run.feed({ kind: 'start' })).to.deep.equal([]);
    expect(run.outputs.at(-1)).to.deep.equal({ do: 'report', note: { kind: 'rest', ms: 60_000 } });
    expect(run.feed({ kind: 'timer', name: 'heldWhile' }).at(-1)).to.deep.equal(START);
  });

  it('a rest nobody waits for ends in peace', () => {
    const run = held();
    expect(run.feed({ kind: 'timer', name: 'heldWhile' })).to.deep.equal([]);
    expect(run.state.phase).to.equal('idle');
  });

  it('a server that asks ends the rest', () => {
    const run = held();
    expect(run.packet(eapol(eapRequest(9, IDENTITY)))[0]).to.deep.equal({ do: 'clearTimer', name: 'heldWhile' });
    expect(run.state.phase).to.equal('authenticating');
  });

  for (const fault of [
    eapFault('wrongPassword', 'no'),
    eapFault('accountRestricted', 'no'),
    eapFault('rejected', 'no', { isOfPassword: true }),
  ])
    it(`a server that asks does not end the rest after ${fault.code}, where the password would be shown again`, () => {
      const run = authenticating();
      run.feed({ kind: 'eap', word: { do: 'fail', fault } });
      for (const packet of [eapRequest(9, IDENTITY), eapRequest(10, TOY)]) {
        expect(run.packet(eapol(packet))).to.deep.equal([]);
        expect(run.state.phase).to.equal('held');
      }
      expect(run.ignored).to.have.length(2);
      run.feed({ kind: 'start' });
      run.packet(eapol(eapRequest(11, IDENTITY)));
      expect(run.state.phase).to.equal('held');
      expect(run.feed({ kind: 'timer', name: 'heldWhile' }).at(-1)).to.deep.equal(START);
      run.packet(eapol(eapRequest(12, IDENTITY)));
      expect(run.state.phase).to.equal('authenticating');
    });

  it('another link knows nothing of the rest', () => {
    const run = held();
    const said = run.feed({ kind: 'start', isNewPort: true });
    expect(said[0]).to.deep.equal({ do: 'clearTimer', name: 'heldWhile' });
    expect(said.at(-1)).to.deep.equal(START);
  });

  it('another link ends the run of the link before', () => {
    const run = authenticating();
    expect(run.feed({ kind: 'start', isNewPort: true }).slice(0, 2)).to.deep.equal([
      { do: 'clearTimer', name: 'authWhile' },
      { do: 'endEap' },
    ]);
  });

  it('R101: a start while a run is under way is none', () => {
    const run = authenticating();
    expect(run.feed({ kind: 'start' })).to.deep.equal([]);
    expect(run.ignored).to.deep.equal(['a start, and a run is under way']);
  });
});

describe('createPae: ends', () => {
  it('R116: a stop says nothing and clears everything', () => {
    expect(authenticating().feed({ kind: 'stop' })).to.deep.equal([{ do: 'clearTimer', name: 'authWhile' }, { do: 'endEap' }]);
    expect(held().feed({ kind: 'stop' })).to.deep.equal([{ do: 'clearTimer', name: 'heldWhile' }]);
    expect(authenticated().feed({ kind: 'stop' })).to.deep.equal([]);
  });

  it('a logoff tells the authenticator once', () => {
    const run = authenticated();
    expect(run.feed({ kind: 'logoff' })).to.deep.equal([LOGOFF]);
    expect(run.feed({ kind: 'logoff' })).to.deep.equal([]);
    expect(run.packet(eapol(asked)), 'and then it does not answer').to.deep.equal([]);
    expect(run.feed({ kind: 'start' }).at(-1)).to.deep.equal(START);
  });

  it('a logoff in the middle ends the run with a result', () => {
    const run = authenticating();
    const said = run.feed({ kind: 'logoff' });
    expect(said.slice(0, 3)).to.deep.equal([{ do: 'clearTimer', name: 'authWhile' }, { do: 'endEap' }, LOGOFF]);
    expect(said[3]).to.include({ do: 'result', result: 'failure', reason: REASON.ONEX_UI_CANCELLED });
  });

  it('a logoff during a rest nobody waits for has no result: the run has had its own', () => {
    expect(held().feed({ kind: 'logoff' })).to.deep.equal([{ do: 'clearTimer', name: 'heldWhile' }, LOGOFF]);
  });

  it('a logoff while somebody waits for the end of the rest ends that too', () => {
    const run = held();
    run.feed({ kind: 'start' });
    expect(run.feed({ kind: 'logoff' }).at(-1)).to.include({ do: 'result', reason: REASON.ONEX_UI_CANCELLED });
  });

  it('what a peer says after its end is not passed on', () => {
    const run = authenticated();
    expect(run.feed({ kind: 'eap', word: { do: 'send', packet: Uint8Array.of(1) } })).to.deep.equal([]);
  });
});

describe('createPae: what is none of its business', () => {
  const others = ['START', 'LOGOFF', 'KEY', 'ASF_ALERT', 'MKA', 'ANNOUNCEMENT_GENERIC'] as const;
  for (const name of others) {
    it(`EAPOL of the type ${name} is left alone`, () => {
      const run = authenticating();
      expect(run.packet(writeEapol({ version: 2, type: EapolType.codes[name], body: text('x') }))).to.deep.equal([]);
      expect(run.ignored).to.deep.equal([`EAPOL of the type ${name}`]);
    });
  }

  it('so is what is no EAPOL, or longer than it is', () => {
    const run = authenticating();
    for (const packet of [new Uint8Array(0), Uint8Array.of(2, 0, 0), Uint8Array.of(2, 0, 0, 9, 1)]) run.packet(packet);
    expect(run.ignored).to.have.length(3);
    expect(run.of('feedEap')).to.have.length(1);
  });

  it('timers that do not belong to where it stands change nothing', () => {
    for (const run of [new PaeRun(), authenticating(), authenticated(), held()]) {
      const { phase } = run.state;
      const own = phase === 'authenticating' ? 'authWhile' : 'heldWhile';
      for (const name of ['startWhen', 'authWhile', 'heldWhile'] as const) {
        if (name !== own) expect(run.feed({ kind: 'timer', name }), `${phase} ${name}`).to.deep.equal([]);
      }
    }
  });
});
