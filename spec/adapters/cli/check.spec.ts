import { expect } from 'chai';
import { handshake, recordedRun } from '../event-log/recordedRun.js';
import { runOver, textOfLines } from './testIo.js';

const clean = recordedRun((stage) => {
  handshake(stage);
  stage.stop();
});
const completion = clean.find((line) => line.includes('"postAssociateCompletion"')) ?? '';
/** A completion after the port was stopped. */
const late = [...clean, completion.replace(/"t":\d+/, '"t":1012300')];
const overview = (text: string) => text.trimEnd().split('\n').at(-1);

const ESCAPE = '\u001b[';

describe('postassoc check', () => {
  it('says that a clean log is clean', async () => {
    const { status, out, err } = await runOver(textOfLines(clean), ['check', 'run.ndjson']);
    expect({ status, err }).to.deep.equal({ status: 0, err: '' });
    expect(out).to.equal(`run.ndjson: ${clean.length} entries; no violation\n`);
  });

  it('shows a violation with its rule first, its place, and the lines that prove it', async () => {
    const { status, out } = await runOver(textOfLines(late), ['check', 'run.ndjson']);
    expect(status).to.equal(1);
    expect(out).to.match(new RegExp(`^R194 +line ${late.length}  1\\.012300 s  adapter 0xa1, session 0x1\n`));
    expect(out)
      .to.match(/\n {6}expected {2}\S/)
      .and.match(/\n {6}because {3}\S/);
    expect(out).to.match(new RegExp(`line ${late.length} +out postAssociateCompletion .*win32=ERROR_SUCCESS \\(0x00000000\\)`));
    expect(out).to.match(new RegExp(`line ${clean.length} +in  stopPostAssociate adapter=0xa1`));
    expect(overview(out)).to.equal(`run.ndjson: ${late.length} entries; 1 found: R194`);
  });

  it('prints one object a line as JSON, with the line number of the file', async () => {
    const withBlanks = textOfLines(late).replaceAll('\n', '\n\n');
    const { status, out } = await runOver(withBlanks, ['check', '--json', '-']);
    expect(status).to.equal(1);
    const [violation, ...others] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(others).to.deep.equal([]);
    expect(violation).to.include({ rule: 'R194', event: 2 * late.length - 1, at: 1012300, adapter: '0xa1', session: '0x1' });
    expect(violation).to.include.keys('message', 'expected', 'why', 'related');
  });

  it('checks the rest of a log with broken lines, and says that it could not read all', async () => {
    const { status, out, err } = await runOver(textOfLines(['{', ...late]), ['check', 'run.ndjson']);
    expect(status).to.equal(2);
    expect(err).to.equal('postassoc: run.ndjson:1: not JSON\n');
    expect(out).to.match(/^R194/);
    expect(overview(out)).to.equal(`run.ndjson: ${late.length} entries, 1 could not be read; 1 found: R194`);
    expect((await runOver(textOfLines(['{', ...clean]), ['check', 'run.ndjson'])).status).to.equal(2);
  });

  it('reports twenty broken lines and counts the rest', async () => {
    const { err } = await runOver(`${'x\n'.repeat(50)}${textOfLines(clean)}`, ['check', '-']);
    const lines = err.trimEnd().split('\n');
    expect(lines).to.have.length(21);
    expect(lines[19]).to.equal('postassoc: standard input:20: not JSON');
    expect(lines[20]).to.equal('postassoc: standard input: 30 more lines could not be read');
  });

  it('says of what is no event log that it is none, and not that it is clean', async () => {
    const { status, out, err } = await runOver('x\n'.repeat(2), ['check', 'run.ndjson']);
    expect({ status, out }).to.deep.equal({ status: 2, out: 'run.ndjson: 0 entries, 2 could not be read\n' });
    expect(err).to.match(
      /run\.ndjson: no line of it is of an event log; postassoc explain reads captures, and logs of others\n$/,
    );
  });

  it('takes an empty log for a clean one', async () => {
    expect(await runOver('', ['check', '-'])).to.include({ status: 0, out: 'standard input: 0 entries; no violation\n' });
  });

  it('stops reading when nobody reads what it writes', async () => {
    const text = textOfLines(late).repeat(400);
    const all = await runOver(text, ['check', '-']);
    expect(all.reads).to.be.above(3);
    const { status, err, reads } = await runOver(text, ['check', '-'], { closesAfter: 1 });
    expect({ status, err, reads }).to.deep.equal({ status: 1, err: '', reads: 1 });
  });

  it('quotes evidence only as far back as it keeps it', async () => {
    const filler = '{"v":1,"t":1012250,"dir":"out","kind":"diagnostic","rule":"R1","message":"still here"}';
    const long = [...clean, ...Array.from({ length: 3000 }, () => filler), late.at(-1) ?? ''];
    const { out } = await runOver(textOfLines(long), ['check', '-']);
    expect(out).to.include(`line ${clean.length}   (further back than is kept)`);
  });

  it('is coloured on a terminal, unless told not to', async () => {
    const check = async (options: Parameters<typeof runOver>[2]) =>
      (await runOver(textOfLines(late), ['check', 'run.ndjson'], options)).out.includes(ESCAPE);
    expect(await check({ isTerminal: true })).to.equal(true);
    expect(await check({ isTerminal: true, env: { NO_COLOR: '' } })).to.equal(true);
    expect(await check({ isTerminal: true, env: { NO_COLOR: '1' } })).to.equal(false);
    expect(await check({ isTerminal: true, env: { TERM: 'dumb' } })).to.equal(false);
    expect(await check({})).to.equal(false);
  });

  it('lets no log command the terminal', async () => {
    const down = '{"v":1,"t":1,"dir":"in","kind":"deinitService"}';
    const evil = clean[1]?.replace('"service":"0x51"', '"service":"0x51","description":"\\u001b[2J\\u009b1m"') ?? '';
    const kind = '{"v":1,"t":1,"dir":"in","kind":"\\u001b[2J"}';
    const { out, err } = await runOver(textOfLines([down, evil, kind]), ['check', '-']);
    expect(out).to.include('description=\\x1b[2J\\x9b1m');
    expect(err).to.include('unknown kind "\\x1b[2J"');
    expect(out + err).to.not.match(/[^\P{Cc}\n]/u);
  });

  it('R11: shows no secret of a log that has them', async () => {
    const key = /"secret":"([0-9a-f]{32})"/.exec(clean.join('\n'))?.[1] ?? 'none';
    const doubled = clean.flatMap((line) => (line.includes('"setKeyMappingKey"') ? [line, line] : [line]));
    for (const argv of [
      ['check', '-'],
      ['check', '-', '--json'],
    ]) {
      const { status, out } = await runOver(textOfLines(doubled), argv);
      expect(status).to.equal(1);
      expect(out).to.not.include(key);
    }
  });
});
