import './agreements.spec.js';
import './announcement.spec.js';
import './association.spec.js';
import './fastTransition.spec.js';
import './filsAssociation.spec.js';
import './groupKey.spec.js';
import './groupMessage1.spec.js';
import './keyData.spec.js';
import './keyInformation.spec.js';
import './message1.spec.js';
import './multiLink.spec.js';
import './quirks.spec.js';
import './rekey.spec.js';
import './truncation.spec.js';
import './wpa.spec.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { L2Reason } from '../../../../../streams/events/index.js';
import { root } from '../../../../house/sources.js';
import { proven } from './badFrame.js';

const page = readFileSync(join(root, 'docs/handshake-faults.md'), 'utf8');

/** The cells of each row of a table. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const unquoted = (cell = ''): string => cell.replaceAll('`', '');

/** What the table says becomes of a fault: `GROUP_KEY MSMSEC_M3_MISSING_GRP_KEY`. */
const documented = rows
  .filter((cells) => cells.length === 5 && cells[0]?.startsWith('`'))
  .map(([fault, , end, reason]) => `${unquoted(fault)} ${end === 'dropped' ? end : unquoted(reason)}`);

/** The codes of the type, from its source: a type has no other form at run time. */
const codes = (readFileSync(join(root, 'operators/core/rsn/fault.ts'), 'utf8').match(/(?<= \| ')[A-Z0-9_]+(?=')/g) ?? []).sort();

const unique = (lines: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(lines)].sort();

describe('docs/handshake-faults.md', () => {
  it('has every fault', () => {
    expect(codes).to.have.length.greaterThan(20);
    expect(unique(documented.map((row) => row.split(' ')[0] ?? ''))).to.deep.equal(codes);
  });

  it('R180: says of each what the tests of bad frames prove, and nothing else', () => {
    expect(unique(documented)).to.deep.equal(unique(proven.map(({ code, outcome }) => `${code} ${outcome}`)));
  });

  it('says nothing twice', () => {
    expect(unique(documented)).to.have.length(documented.length);
  });

  it('names reasons that exist', () => {
    const named = page.match(/`(?:MSMSEC_[A-Z0-9_]+|UNKNOWN)`/g) ?? [];
    expect(named.map(unquoted).filter((name) => !(name in L2Reason.codes))).to.deep.equal([]);
  });
});
