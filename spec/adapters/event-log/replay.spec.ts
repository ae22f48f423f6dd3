import { expect } from 'chai';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import {
  logOf,
  type ReplayOptions,
  type ReplayResult,
  recordingOf,
  replay,
  replayPaced,
} from '../../../adapters/event-log/index.js';
import type { MethodInput } from '../../../operators/core/index.js';
import { postAssociation } from '../../../operators/index.js';
import { type HostEvent, readLogEntry, Secret } from '../../../streams/events/index.js';
import { driving, LogicalClock } from '../../../streams/sources/index.js';
import { ADAPTER, AP, initAdapter, perform, stop } from '../../support/fixtures.js';
import { eapol, symbolic } from '../../support/symbolicMethod.js';
import { logOfLines } from './logText.js';
import { curious, handshake, type RunOptions, recordedRun, type Stage, type TestSink, willing } from './recordedRun.js';

const methods = [symbolic()];

const replayed = (lines: ReadonlyArray<string>, options: Partial<ReplayOptions> = {}): ReplayResult =>
  replay(logOfLines(lines), { methods, ...options });

const isOut = (line: string): boolean => line.includes('"dir":"out"');
const isRemark = (line: string): boolean => line.includes('"kind":"diagnostic"');
const lineOf = (lines: ReadonlyArray<string>, kind: string): number =>
  lines.findIndex((line) => line.includes(`"kind":"${kind}"`)) + 1;

/** The line at which a replay went otherwise, and how. */
const verdict = ({ difference }: ReplayResult): string => {
  if (difference === undefined) return 'the same';
  const path = 'field' in difference && difference.field ? ` ${difference.field.path}` : '';
  return `${difference.line?.n ?? 'end'} ${difference.what}${path}`;
};

const same = (lines: ReadonlyArray<string>, options: Partial<ReplayOptions> = {}): void => {
  const result = replayed(lines, options);
  expect(verdict(result)).to.equal('the same');
  expect(result.same).to.equal(true);
  expect(result.effects).to.equal(lines.filter((line) => isOut(line) && !isRemark(line)).length);
  expect(result.inputs).to.equal(lines.filter((line) => !isOut(line)).length);
  expect(result.ignored.diagnostics).to.equal(lines.filter(isRemark).length);
};

/** A log with one line changed, taken out, or put in. */
const changed = (lines: ReadonlyArray<string>, n: number, change: (line: string) => ReadonlyArray<string>) =>
  lines.flatMap((line, i) => (i + 1 === n ? change(line) : [line]));

/** Blocks for a while, as a driver does, and is called back by the host meanwhile. */
const stopsInside =
  (kind: string): TestSink =>
  (call, stage) => {
    if (call.kind === kind) {
      stage.block(7);
      stage.stop();
    }
    return willing(call, stage);
  };

/** Answers key calls only when the next packet comes. */
const slow = (): TestSink => {
  const owed: number[] = [];
  return (call, stage) => {
    for (const late of owed.splice(0)) stage.engine.offer({ kind: 'reply', call: late, win32: 0 });
    if (call.kind !== 'setKeyMappingKey') return willing(call, stage);
    owed.push(call.call);
    return;
  };
};

const asks = ({ init, perform, pass, packet }: Stage): void => {
  init();
  perform();
  pass(2);
  packet('1');
  pass(60);
};

/** Destroys what it was supplied with. */
const forgetful = (state: number, input: MethodInput) => {
  const step = curious.step(state, input);
  if (input.kind === 'supplied') input.secret?.zeroise();
  return step;
};

describe('replay', () => {
  const run = recordedRun(handshake);

  it('finds no difference in what the same engine does', () => {
    expect(lineOf(run, 'postAssociateCompletion')).to.be.above(0);
    same(run);
  });

  it('R265: reproduces a stop that came from inside a key call', () => {
    const lines = recordedRun(handshake, { sink: stopsInside('setKeyMappingKey') });
    expect(lines[lineOf(lines, 'setKeyMappingKey')]).to.match(/"dir":"in","during":\d+,"kind":"stopPostAssociate"/);
    expect(lineOf(lines, 'setDefaultKey')).to.equal(0);
    same(lines);
  });

  it('reproduces a stop that came, late, from inside the first of two calls made at once', () => {
    const lines = recordedRun(asks, { methods: [curious], sink: stopsInside('sendPacket') });
    expect(lines.filter((line) => line.includes('"kind":"sendPacket"'))).to.have.length(1);
    same(lines, { methods: [curious] });
  });

  it('takes an urgent event of the same microsecond for one from inside, where the log does not say', () => {
    const sink: TestSink = (call, stage) => {
      if (call.kind === 'sendPacket') stage.stop();
      return willing(call, stage);
    };
    const lines = recordedRun(asks, { methods: [curious], sink }).map((line) => line.replace(/"during":\d+,/, ''));
    expect(lines.filter((line) => line.includes('"kind":"sendPacket"'))).to.have.length(1);
    same(lines, { methods: [curious] });
  });

  it('reproduces answers that come from inside their calls, where no front door makes them wait', () => {
    const lines: string[] = [];
    const clock = new LogicalClock(5);
    const recording = recordingOf({ clock, write: (line) => lines.push(line), secrets: 'reveal' });
    const events = new Subject<HostEvent>();
    const secrets = recording.secrets(({ want }) => (want === 'entropy' ? Secret.of(Uint8Array.of(1, 2, 3, 4)) : undefined));
    events
      .pipe(recording.events, postAssociation({ methods: [curious], scheduler: clock, secrets }), recording.effects)
      .subscribe(
        driving(
          () => 0,
          (event) => events.next(event),
        ),
      );
    const packet = { kind: 'receivePacket', adapter: ADAPTER, peer: AP, etherType: 0x888e, payload: eapol('1') } as const;
    for (const event of [initAdapter(), perform(), packet, stop()]) events.next(event);
    expect(lines.filter((line) => line.includes('"during":'))).to.have.length.above(2);
    same(lines, { methods: [curious] });
  });

  it('reproduces a sink that answers later', () => {
    const lines = recordedRun(
      (stage) => {
        handshake(stage);
        stage.packet('1');
        stage.pass(3);
      },
      { sink: slow() },
    );
    expect(lineOf(lines, 'postAssociateCompletion')).to.be.above(lineOf(lines, 'setKeyMappingKey') + 3);
    same(lines);
  });

  it('supplies the recorded secrets, and fires timers at their time', () => {
    const lines = recordedRun(asks, { methods: [curious] });
    expect(lines.filter((line) => line.includes('"kind":"sendPacket"'))).to.have.length(4);
    same(lines, { methods: [curious] });
  });

  it('replays a log from memory, as often as one likes', () => {
    const lines = recordedRun(asks, { methods: [curious] });
    const log = logOf(lines.map((line) => readLogEntry(line)).flatMap((entry) => (entry._tag === 'Right' ? [entry.right] : [])));
    const destroying = { ...curious, step: forgetful };
    for (let i = 0; i < 2; i++) expect(verdict(replay(log, { methods: [destroying] }))).to.equal('the same');
  });

  it('refuses a redacted log at the first secret it does not tell, and says which', () => {
    const redacted = recordedRun(handshake, { secrets: 'redact' });
    const result = replayed(redacted);
    expect(result.redacted).to.deep.equal({ n: lineOf(redacted, 'setKeyMappingKey'), path: 'material.key' });
    expect(result).to.include({ same: false }).and.not.have.property('difference');
    const input = recordedRun(asks, { methods: [curious], secrets: 'redact' });
    const n = lineOf(input, 'secretSupplied');
    expect(replayed(input, { methods: [curious] }).redacted).to.deep.equal({ n, path: 'secret' });
  });

  describe('finds the first difference:', () => {
    const completion = lineOf(run, 'postAssociateCompletion');

    it('a field of an effect', () => {
      const result = replayed(changed(run, completion, (line) => [line.replace('ERROR_SUCCESS (0x00000000)', '5')]));
      expect(verdict(result)).to.equal(`${completion} differs win32`);
      const { difference } = result;
      expect(difference?.what === 'differs' && difference.field).to.deep.include({
        expected: 'ERROR_ACCESS_DENIED (0x00000005)',
        actual: 'ERROR_SUCCESS (0x00000000)',
      });
      expect(difference?.before.map(({ n }) => n)).to.deep.equal([5, 4, 3, 2, 1].map((back) => completion - back));
    });

    it('a field inside another, and a key without showing it', () => {
      const n = lineOf(run, 'setKeyMappingKey');
      const result = replayed(changed(run, n, (line) => [line.replace(/"key":\{"secret":"../, '"key":{"secret":"99')]));
      expect(verdict(result)).to.equal(`${n} differs material.key`);
      expect(JSON.stringify(result.difference))
        .to.include('[redacted 16 B]')
        .and.not.match(/20202020/);
    });

    it('the time of an effect, unless times are ignored', () => {
      const lines = changed(run, completion, (line) => [line.replace(/"t":\d+/, '"t":1007251')]);
      expect(verdict(replayed(lines))).to.equal(`${completion} differs t`);
      expect(verdict(replayed(lines, { ignoreTimes: true }))).to.equal('the same');
    });

    it('another effect', () => {
      const lines = changed(run, completion, () => [run[lineOf(run, 'setExcludeUnencrypted') - 1] ?? '']);
      expect(verdict(replayed(lines))).to.equal(`${completion} differs kind`);
    });

    it('an effect that is not done by its time', () => {
      const lines = changed(run, completion, (line) => [line, line.replace(/"t":\d+/, '"t":9007250')]);
      const afterwards = lines.filter((_, i) => i <= completion);
      expect(verdict(replayed(afterwards))).to.equal(`${completion + 1} missing`);
    });

    it('an effect the log does not have, before an input and at its end', () => {
      const without = (kind: string) => changed(run, lineOf(run, kind), () => []);
      expect(verdict(replayed(without('setDefaultKey')))).to.equal(`${lineOf(run, 'setDefaultKey')} unexpected`);
      expect(verdict(replayed(run.slice(0, completion - 1)))).to.equal('end unexpected');
    });

    it('a request for a secret the log does not have, or has otherwise, and one that is not made', () => {
      const lines = recordedRun(asks, { methods: [curious] });
      const n = lineOf(lines, 'secretSupplied');
      const curiously = { methods: [curious] };
      expect(
        verdict(
          replayed(
            changed(lines, n, () => []),
            curiously,
          ),
        ),
      ).to.equal(`${n} asked`);
      const longer = changed(lines, n, (line) => [line.replace('"length":4', '"length":5')]);
      expect(verdict(replayed(longer, curiously))).to.equal(`${n} asked request.length`);
      expect(
        verdict(
          replayed(
            changed(lines, n - 1, () => []),
            curiously,
          ),
        ),
      ).to.equal(`${n - 1} notAsked`);
    });

    it('whatever effect is taken out or changed in its time', () => {
      run.forEach((line, i) => {
        if (!isOut(line) || isRemark(line)) return;
        expect(verdict(replayed(changed(run, i + 1, () => []))), line).to.match(/ (?:unexpected|differs \w+)$/);
        const later = changed(run, i + 1, () => [line.replace(/"t":(\d+)/, (_, t) => `"t":${Number(t) - 1}`)]);
        expect(verdict(replayed(later)), line).to.equal(`${i + 1} differs t`);
      });
    });
  });

  it('compares everything but remarks', () => {
    const remark = '{"v":1,"t":1007250,"dir":"out","kind":"diagnostic","rule":"R1","message":"said otherwise"}';
    const result = replayed(changed(run, 6, (line) => [remark, line]));
    expect(result).to.deep.include({ same: true, ignored: { diagnostics: 1 + run.filter(isRemark).length } });
  });

  it('reports broken lines and replays the rest', () => {
    const result = replayed(changed(run, 6, (line) => ['oops', line, '{"v":1}']));
    expect(result.same).to.equal(true);
    expect(result.broken.count).to.equal(2);
    expect(result.broken.first.map(({ n }) => n)).to.deep.equal([6, 8]);
  });

  it('P9: replaying a log gives the identical output, whatever happens and whatever the sink does', () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('1', '3', 'g', 'e').map((symbol) => (stage: Stage) => stage.packet(symbol)) },
      { weight: 3, arbitrary: fc.constant((stage: Stage) => stage.perform()) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 40_000 }).map((us) => (stage: Stage) => stage.pass(us / 1000)) },
      { weight: 1, arbitrary: fc.constantFrom('stop' as const, 'reset' as const).map((what) => (stage: Stage) => stage[what]()) },
      { weight: 1, arbitrary: fc.constant((stage: Stage) => stage.pass(200_000)) },
    );
    const manner = fc.oneof(
      { weight: 8, arbitrary: fc.constant(willing) },
      { weight: 1, arbitrary: fc.constant<TestSink>(() => 5) },
      { weight: 1, arbitrary: fc.constant<TestSink>(() => undefined) },
      {
        weight: 2,
        arbitrary: fc.tuple(fc.constantFrom('stop' as const, 'reset' as const, 'perform' as const), fc.nat(20_000)).map(
          ([what, us]): TestSink =>
            (call, stage) => {
              // Once only: a host that resets from inside every call would never come to an end.
              if (call.call % 3 === 0) {
                stage.block(us / 1000);
                stage[what]();
              }
              return willing(call, stage);
            },
        ),
      },
    );
    const method = fc.constantFrom(symbolic(), symbolic(true), curious);
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 25 }),
        fc.array(manner, { minLength: 1, maxLength: 12 }),
        method,
        (acts, manners, one) => {
          const options: RunOptions = {
            methods: [one],
            sink: (call, stage) => manners[call.call % manners.length]?.(call, stage),
          };
          const lines = recordedRun((stage) => {
            stage.init();
            stage.perform();
            for (const each of acts) each(stage);
          }, options);
          same(lines, { methods: [one] });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('replayPaced', () => {
  it('waits outside the engine, as long as the log says or that much shorter', async () => {
    const lines = recordedRun(handshake);
    for (const [speed, expected] of [
      [1, [2, 5]],
      [4, [0.5, 1.25]],
    ] as const) {
      let now = 50;
      const waits: number[] = [];
      const pacing = {
        now: () => now,
        wait: (ms: number) => {
          waits.push(ms);
          now += ms;
          return Promise.resolve();
        },
      };
      const seen: number[] = [];
      const result = await replayPaced(logOfLines(lines), speed, { methods, watch: ({ n }) => seen.push(n) }, pacing);
      expect(result.same).to.equal(true);
      expect(waits).to.deep.equal(expected);
      expect(seen).to.deep.equal(lines.map((_, i) => i + 1));
    }
  });
});
