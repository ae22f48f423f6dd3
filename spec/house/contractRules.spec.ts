import { expect } from 'chai';
import { idsOf, rulesOf } from '../../tools/contractRules.js';

describe('how the contract is read', () => {
  const ruleIn = (line: string) => rulesOf(`## 3. A section\n\n${line}\n`)[0];

  it('splits a rule into id, tag, level and first sentence', () => {
    expect(ruleIn('R36 [D] MUST: return 0 if and only if it was started. Then more. Src: PERF. Test: reject.')).to.deep.equal({
      id: 'R36',
      tag: 'D',
      level: 'MUST',
      says: 'return 0 if and only if it was started',
    });
  });

  it('knows two-word levels, kinds of fact, and plain sentences', () => {
    expect(ruleIn('R105 [D] MUST NEVER: forward a key packet. Src: ONEX.')).to.include({ level: 'MUST NEVER' });
    expect(ruleIn('R175 [D] MAY/MUST: call again. Src: PERF.')).to.include({ level: 'MAY/MUST' });
    expect(ruleIn('R55 [D] Transition: port deleted. Src: POA.')).to.include({ level: 'Transition', says: 'port deleted' });
    expect(ruleIn('R191 [D] Called in both cases. Src: STOP.')).to.include({ level: '', says: 'Called in both cases' });
  });

  it('is not stopped by an abbreviation, and shortens at a word', () => {
    expect(ruleIn('R265 [X] Re-entered from inside calls (e.g. InitAdapter). Src: x.')?.says).to.contain('InitAdapter');
    expect(ruleIn(`R1 [D/X] MUST: ${'word '.repeat(60)}. Src: x.`)?.says).to.match(/^(?:word )+…$/);
  });

  it('leaves out withdrawn rules and everything else', () => {
    expect(rulesOf('R7 [X] withdrawn\nRn [tag] LEVEL: text\n| C1 | a | b |\nR8 is mentioned')).to.deep.equal([]);
  });

  it('takes the rules of a title from its beginning', () => {
    expect(idsOf('R34: refuses')).to.deep.equal(['R34']);
    expect(idsOf('R34, R35: refuses')).to.deep.equal(['R34', 'R35']);
    expect(idsOf('refuses, as R34: says')).to.deep.equal([]);
    expect(idsOf('Refuses')).to.deep.equal([]);
  });

  it('refuses a title that names rules in another form', () => {
    for (const title of ['R150-R153: refuses', 'R34 refuses', 'R34,R35: refuses'])
      expect(idsOf(title), title).to.equal(undefined);
  });
});
