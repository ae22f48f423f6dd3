import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openBytes, openLogFile, readLog, replay } from '../../../adapters/event-log/index.js';
import { symbolic } from '../../support/symbolicMethod.js';
import { handshake, recordedRun } from './recordedRun.js';

describe('openLogFile', () => {
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postassoc-'));
  });

  after(() => rmSync(folder, { recursive: true }));

  it('writes a log for its owner alone, line by line, that can be read back and replayed', () => {
    const path = join(folder, 'run.ndjson');
    const lines = recordedRun(handshake);
    const file = openLogFile(path);
    for (const [i, line] of lines.entries()) {
      file.write(line);
      expect(readFileSync(path, 'utf8')).to.equal(
        lines
          .slice(0, i + 1)
          .map((one) => `${one}\n`)
          .join(''),
      );
    }
    file.close();
    expect(statSync(path).mode & 0o777).to.equal(process.platform === 'win32' ? 0o666 : 0o600);
    const source = openBytes(path);
    expect(source._tag === 'Right' && replay(readLog(source.right), { methods: [symbolic()] }).same).to.equal(true);
  });

  it('does not overwrite what is there', () => {
    const path = join(folder, 'evidence.ndjson');
    openLogFile(path).close();
    expect(() => openLogFile(path)).to.throw(/EEXIST/);
  });
});

describe('openBytes', () => {
  it('says what is wrong with what it cannot open', () => {
    expect(openBytes('/no/such/file')).to.deep.include({ left: 'cannot read /no/such/file: there is no such file' });
    expect(openBytes(tmpdir())).to.deep.include({ left: `cannot read ${tmpdir()}: it is a folder` });
  });
});
