import { expect } from 'chai';
import { Subject } from 'rxjs';
import { recordingOf } from '../../../adapters/event-log/index.js';
import { type Effect, type HostEvent, readLogEntry, Secret } from '../../../streams/events/index.js';
import { ADAPTER, SERVICE, stop } from '../../support/fixtures.js';
import { curious, handshake, recordedRun } from './recordedRun.js';

const kinds = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.map((line) => {
    const entry = readLogEntry(line);
    return entry._tag === 'Left' ? entry.left : `${entry.right.dir} ${entry.right.event.kind}`;
  });

const keyLines = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.filter((line) => line.includes('setKeyMappingKey'));

describe('recordingOf', () => {
  it('writes effects before the sink acts, so that what re-enters stands after its call and says so', () => {
    const lines: string[] = [];
    const events = new Subject<HostEvent>();
    const effects = new Subject<Effect>();
    const recording = recordingOf({ clock: { now: () => 1.0005 }, write: (line) => lines.push(line) });
    events.pipe(recording.events).subscribe();
    const seen: string[] = [];
    effects.pipe(recording.effects).subscribe(({ kind }) => {
      seen.push(`${lines.length} lines at ${kind}`);
      if (kind === 'stopOneX') events.next(stop());
    });
    const port = { adapter: ADAPTER, service: SERVICE, session: '0x1', generation: 1 } as Extract<Effect, { kind: 'stopOneX' }>;
    effects.next({ ...port, kind: 'stopOneX', call: 7 });
    events.next(stop());
    expect(seen).to.deep.equal(['1 lines at stopOneX']);
    expect(kinds(lines)).to.deep.equal(['out stopOneX', 'in stopPostAssociate', 'in stopPostAssociate']);
    expect(lines.map((line) => /^\{"v":1,"t":(\d+),"dir":"(?:in|out)",(?:"during":(\d+),)?/.exec(line)?.slice(1))).to.deep.equal([
      ['1001', undefined],
      ['1001', '7'],
      ['1001', undefined],
    ]);
  });

  it('writes whole microseconds', () => {
    const lines = recordedRun(handshake);
    const times = lines.map((line) => (JSON.parse(line) as { t: number }).t);
    expect(times.every(Number.isInteger)).to.equal(true);
    expect(times[0]).to.equal(1_000_250);
  });

  it('R11: writes no secret unless it is told to, and shows which secrets of a recording are equal', () => {
    const twice = recordedRun(
      (stage) => {
        handshake(stage);
        stage.stop();
        stage.perform();
        stage.pass(2);
        stage.packet('1');
        stage.packet('3');
      },
      { secrets: 'redact' },
    );
    const key = /"key":\{"secret":"([0-9a-f]{32})"\}/.exec(keyLines(recordedRun(handshake))[0] ?? '')?.[1];
    expect(key).to.be.a('string');
    expect(twice.join('\n')).to.not.include(String(key));
    const fingerprints = keyLines(twice).map((line) => /"redacted":16,"fingerprint":"([0-9a-f]{16})"/.exec(line)?.[1]);
    expect(fingerprints).to.have.length(2);
    expect(fingerprints[0]).to.be.a('string').that.equals(fingerprints[1]);
    const other = keyLines(recordedRun(handshake, { secrets: 'redact' }))[0];
    expect(other).to.include('"redacted":16').and.not.include(String(fingerprints[0]));
  });

  it('writes down what a secret source answered, before the effects that came of it', () => {
    const lines = recordedRun(
      ({ init, perform, packet }) => {
        init();
        perform();
        packet('1');
      },
      { methods: [curious] },
    );
    const asked = kinds(lines).indexOf('in secretSupplied');
    expect(kinds(lines).slice(asked - 1, asked + 2)).to.deep.equal(['in receivePacket', 'in secretSupplied', 'out sendPacket']);
    expect(lines[asked]).to.include('"secret":{"secret":"e0e0e0e0"}');
  });

  it('writes that a source had nothing to give', () => {
    const lines: string[] = [];
    const { secrets } = recordingOf({ clock: { now: () => 0 }, write: (line) => lines.push(line) });
    expect(secrets(() => undefined)({ want: 'credential', name: 'psk' })).to.equal(undefined);
    expect(lines).to.deep.equal([
      '{"v":1,"t":0,"dir":"in","kind":"secretSupplied","request":{"want":"credential","name":"psk"}}',
    ]);
    expect(secrets(() => Secret.of(Uint8Array.of(1)))({ want: 'credential', name: 'psk' })?.length).to.equal(1);
  });
});
