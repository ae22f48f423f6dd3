import { strict as assert } from 'node:assert';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCacheFolder } from '../../../adapters/cli/compileCache.js';

describe('where the command keeps what was compiled', () => {
  let caches = '';
  beforeEach(() => {
    caches = mkdtempSync(join(tmpdir(), 'postassoc-caches-'));
  });
  afterEach(() => rmSync(caches, { recursive: true }));

  it('is a folder of its own among the caches of the user, for nobody else', () => {
    const folder = compileCacheFolder({ XDG_CACHE_HOME: join(caches, 'not there yet') });
    assert.equal(folder, join(caches, 'not there yet', 'postassoc'));
    if (process.platform !== 'win32') assert.equal(statSync(folder ?? '').mode & 0o777, 0o700);
  });

  it('is the same the next time', () => {
    const first = compileCacheFolder({ XDG_CACHE_HOME: caches });
    assert.notEqual(first, undefined);
    assert.equal(compileCacheFolder({ XDG_CACHE_HOME: caches }), first);
  });

  it('is nowhere if others may write there, because what lies there is run', function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(caches, 'postassoc'));
    chmodSync(join(caches, 'postassoc'), 0o777);
    assert.equal(compileCacheFolder({ XDG_CACHE_HOME: caches }), undefined);
  });

  it('is nowhere if something else lies there', () => {
    writeFileSync(join(caches, 'postassoc'), '');
    assert.equal(compileCacheFolder({ XDG_CACHE_HOME: caches }), undefined);
  });
});
