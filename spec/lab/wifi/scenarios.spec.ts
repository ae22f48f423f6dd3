import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { scenarios } from '../../../lab/wifi/scenarios.js';

const names = scenarios.map(({ name }) => name);

/** What the tables of the documentation name; an ellipsis stands for what follows or comes between, if anything. */
const documented = (() => {
  const text = readFileSync(new URL('../../../docs/linux.md', import.meta.url), 'utf8');
  const [, lab = ''] = text.split('### The lab of Wi-Fi');
  const cells = lab.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.split('|').at(-2) ?? ''] : []));
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
})();

const isNamed = (name: string, by: string): boolean => new RegExp(`^${by.replaceAll('…', '.*')}$`).test(name);

describe('the scenarios of the lab of Wi-Fi', () => {
  it('are each named in the documentation', () => {
    expect(names.filter((name) => !documented.some((by) => isNamed(name, by)))).to.deep.equal([]);
  });

  it('are all that the documentation names', () => {
    expect(documented.filter((by) => !names.some((name) => isNamed(name, by)))).to.deep.equal([]);
  });

  it('have a name of their own', () => {
    expect(new Set(names).size).to.equal(names.length);
  });
});
