import { expect } from 'chai';
import { handshake, recordedRun } from '../event-log/recordedRun.js';
import { runOver, textOfLines } from './testIo.js';

const run = recordedRun(handshake);
const METHOD = ['--method', './symbolicModule.ts'];
const replay = (lines: ReadonlyArray<string>, ...options: ReadonlyArray<string>) =>
  runOver(textOfLines(lines), ['replay', 'run.ndjson', ...METHOD, ...options]);

const outs = run.filter((line) => line.includes('"dir":"out"') && !line.includes('"diagnostic"')).length;
const ins = run.filter((line) => line.includes('"dir":"in"')).length;
const at = (kind: string): number => run.findIndex((line) => line.includes(`"kind":"${kind}"`)) + 1;
const changed = (n: number, change: (line: string) => string) => run.map((line, i) => (i + 1 === n ? change(line) : line));

const completion = at('postAssociateCompletion');
const denied = changed(completion, (line) => line.replace('"win32":"ERROR_SUCCESS (0x00000000)"', '"win32":5'));
const key = at('setKeyMappingKey');
const otherKey = changed(key, (line) => line.replace(/"secret":"[0-9a-f]{32}"/, `"secret":"${'77'.repeat(16)}"`));

describe('postassoc replay', () => {
  it('says that the engine does the same', async () => {
    const { status, out, err } = await replay(run);
    expect({ status, err }).to.deep.equal({ status: 0, err: '' });
    expect(out).to.match(new RegExp(`^run\\.ndjson: the same: ${ins} inputs, ${outs} effects`));
  });

  it('shows the first difference with the lines before, both effects, and the field', async () => {
    const { status, out } = await replay(denied);
    expect(status).to.equal(1);
    expect(out).to.match(new RegExp(`^run\\.ndjson: different at line ${completion}: win32 differs\n`));
    expect(out).to.match(new RegExp(`\n +${completion - 1} +1\\.007250 s  in  reply call=\\d+`));
    expect(out).to.match(new RegExp(`\nexpected +${completion} +1\\.007250 s  out postAssociateCompletion`));
    expect(out).to.match(/\nactual +1\.007250 s {2}out postAssociateCompletion/);
    expect(out).to.match(
      /\nwin32\n {2}expected {2}ERROR_ACCESS_DENIED \(0x00000005\)\n {2}actual {4}ERROR_SUCCESS \(0x00000000\)\n/,
    );
  });

  it('tells the same as JSON', async () => {
    const { out } = await replay(denied, '--json');
    const result = JSON.parse(out) as { difference: Record<string, unknown> };
    expect(result).to.include({ same: false, effects: outs - 1 });
    expect(result.difference).to.include({ what: 'differs', line: completion, at: 1007250 });
    expect(result.difference['field']).to.deep.equal({
      path: 'win32',
      expected: 'ERROR_ACCESS_DENIED (0x00000005)',
      actual: 'ERROR_SUCCESS (0x00000000)',
    });
    expect(result.difference['expected']).to.include({ v: 1, dir: 'out', kind: 'postAssociateCompletion' });
    expect(result.difference['actual']).to.include({ v: 1, dir: 'out', kind: 'postAssociateCompletion' });
    expect(JSON.parse((await replay(run, '--json')).out)).to.include({ same: true, inputs: ins, effects: outs });
  });

  it('R11: shows keys that differ only when asked to', async () => {
    for (const options of [[], ['--json']]) {
      const { status, out } = await replay(otherKey, ...options);
      expect(status).to.equal(1);
      expect(out).to.include('material.key').and.not.include('7777');
      expect((await replay(otherKey, ...options, '--show-secrets')).out).to.include('77'.repeat(16));
    }
  });

  it('compares times unless told not to', async () => {
    const late = changed(completion, (line) => line.replace('"t":1007250', '"t":1007251'));
    expect((await replay(late)).out).to.include('t differs');
    expect((await replay(late, '--ignore-times')).status).to.equal(0);
  });

  it('says where an effect is missing, and where one is too many', async () => {
    const missing = [...run, (run[completion - 1] ?? '').replace(/"t":\d+/, '"t":90072500')];
    expect((await replay(missing)).out)
      .to.include('the recorded effect was not done by then')
      .and.match(/\nactual .* nothing\n/);
    expect((await replay(run.slice(0, completion - 1))).out).to.include('different after its last line: an effect was done');
  });

  it('refuses a redacted log and says what to do', async () => {
    const redacted = recordedRun(handshake, { secrets: 'redact' });
    const { status, out, err } = await replay(redacted);
    expect({ status, out }).to.deep.equal({ status: 2, out: '' });
    expect(err).to.equal(
      `postassoc: run.ndjson:${key}: cannot be replayed from here: material.key was redacted when the log was recorded; record it with its secrets\n`,
    );
  });

  it('replays the rest of a log with broken lines, and says that it could not read all', async () => {
    const { status, out, err } = await replay(['oops', ...run]);
    expect(status).to.equal(2);
    expect(err).to.equal('postassoc: run.ndjson:1: not JSON\n');
    expect(out).to.include('the same');
  });

  it('says of what is no event log that it is none, and not that all is the same', async () => {
    const { status, out, err } = await replay(['oops', 'oops']);
    expect({ status, out }).to.deep.equal({ status: 2, out: '' });
    expect(err).to.match(
      /run\.ndjson: no line of it is of an event log; postassoc explain reads captures, and logs of others\n$/,
    );
  });

  it('suspects other methods when other EtherTypes are registered', async () => {
    const { status, out } = await runOver(textOfLines(run), ['replay', 'run.ndjson', '--method', 'open']);
    expect(status).to.equal(1);
    expect(out).to.include('See --method.');
  });

  it('prints the lines as they are replayed at a pace, until nobody reads them', async () => {
    const paced = ['replay', 'run.ndjson', ...METHOD, '--pace', 'x1000'];
    const { status, out } = await runOver(textOfLines(run), paced);
    expect(status).to.equal(0);
    expect(out.split('\n')).to.have.length(ins + outs + 2);
    const closed = await runOver(textOfLines(run), paced, { closesAfter: 3 });
    expect(closed.err).to.equal('');
    expect(closed.out.split('\n').length).to.be.below(8);
  });
});
