import { expect } from 'chai';
import { commands } from '../../../adapters/cli/commands.js';
import { runOver } from './testIo.js';

describe('postassoc', () => {
  const help = (argv: ReadonlyArray<string>) => runOver('', argv);

  it('lists its commands', async () => {
    for (const argv of [['--help'], ['-h'], ['help']]) {
      const { status, out, err } = await help(argv);
      expect({ status, err }).to.deep.equal({ status: 0, err: '' });
      for (const { name, summary } of commands) expect(out).to.include(name).and.include(summary);
      expect(out).to.include('Examples:');
    }
  });

  for (const { name } of commands) {
    it(`explains ${name} with its exit status and examples`, async () => {
      const { status, out } = await help([name, '--help']);
      expect(status).to.equal(0);
      expect(out)
        .to.match(new RegExp(`^Usage: postassoc ${name}`))
        .and.include('Exit status:');
      expect(out).to.match(new RegExp(`Examples:\n  postassoc ${name}`));
      expect((await help(['help', name])).out).to.equal(out);
      expect((await help([name, '-h'])).out).to.equal(out);
    });
  }

  it('says which version it is', async () => {
    expect((await help(['--version'])).out).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  it('without a command tells how it is used, and that this was wrong', async () => {
    const { status, out, err } = await help([]);
    expect({ status, out }).to.deep.equal({ status: 2, out: '' });
    expect(err).to.match(/^Usage: postassoc COMMAND/);
  });

  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [['chekc'], 'there is no command "chekc"; see postassoc --help'],
    [['help', 'chekc'], 'there is no command "chekc"; see postassoc --help'],
    [['--verbose'], 'there is no option --verbose; see postassoc --help'],
    [['check', 'run.ndjson', '--jsn'], "unknown option '--jsn'; see postassoc check --help"],
    [['check', '--json=yes', 'run.ndjson'], "option '--json' does not take an argument; see postassoc check --help"],
    [['check'], 'it needs a log: the name of a file, or - for standard input; see postassoc check --help'],
    [['check', 'a', 'b'], 'it takes one log, not 2; see postassoc check --help'],
    [['check', 'none.ndjson'], 'cannot read none.ndjson: there is no such file'],
    [['replay', 'none.ndjson'], 'cannot read none.ndjson: there is no such file'],
    [
      ['replay', 'run.ndjson', '--pace', 'x0'],
      '--pace is instant, original, or a factor such as x10, not "x0"; see postassoc replay --help',
    ],
    [
      ['replay', 'run.ndjson', '--pace', 'fast'],
      '--pace is instant, original, or a factor such as x10, not "fast"; see postassoc replay --help',
    ],
    [['replay', 'run.ndjson', '--method', './none.js'], 'cannot load the method ./none.js: there is no such file'],
    [['replay', 'run.ndjson', '--method', './testIo.ts'], './testIo.ts exports no security method'],
  ];

  for (const [argv, sentence] of wrong) {
    it(`answers "${argv.join(' ')}" with one sentence`, async () => {
      expect(await help(argv)).to.include({ status: 2, out: '', err: `postassoc: ${sentence}\n` });
    });
  }
});
