import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { hasCaptures } from '../../support/captures.js';
import { capturesReport } from '../../support/capturesReport.js';
import { hasLabCases } from '../../support/labExplanations.js';

const file = fileURLToPath(new URL('../../../docs/captures.md', import.meta.url));

describe('docs/captures.md (../shared/captures and ../shared/lab, where they are)', () => {
  before(function () {
    if (!hasCaptures || !hasLabCases) this.skip();
  });

  it('says what the captures say (UPDATE_CAPTURES=1 writes it anew)', () => {
    const report = capturesReport();
    if (process.env['UPDATE_CAPTURES'] !== undefined) writeFileSync(file, report);
    expect(readFileSync(file, 'utf8')).to.equal(report);
  });
});
