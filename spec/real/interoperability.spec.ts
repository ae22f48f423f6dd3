import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { hasCaptures } from '../support/captures.js';
import { interoperability } from '../support/shadow/interoperability.js';
import { hasLab } from '../support/shadow/lab.js';

const file = fileURLToPath(new URL('../../docs/interoperability.md', import.meta.url));

describe('docs/interoperability.md', () => {
  before(function () {
    if (!hasLab || !hasCaptures) this.skip();
  });

  it('says what the exchanges say (UPDATE_INTEROP=1 writes it anew)', () => {
    if (process.env['UPDATE_INTEROP'] !== undefined) writeFileSync(file, interoperability());
    expect(readFileSync(file, 'utf8')).to.equal(interoperability());
  });
});
