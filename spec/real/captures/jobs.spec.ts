import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Answer } from '../../../adapters/cli/explain/Answer.js';
import { credentialsOf } from '../../../adapters/cli/explain/credentialsOf.js';
import type { ExplainRequest } from '../../../adapters/cli/explain/ExplainRequest.js';
import { explainFile } from '../../../adapters/cli/explain/explainFile.js';
import { explainInShares } from '../../../adapters/cli/explain/inShares.js';
import { type Input, openInput } from '../../../adapters/cli/explain/openInput.js';
import { openBytes } from '../../../adapters/event-log/index.js';

const pathOf = (name: string): string => fileURLToPath(new URL(`../../../examples/captures/${name}`, import.meta.url));

const request = (path: string): ExplainRequest => ({
  files: [path],
  keyFiles: [pathOf('lab.keys')],
  keys: [],
  showSecrets: true,
});

interface Told {
  readonly lines: ReadonlyArray<string>;
  readonly frames: number;
  readonly damageCount: number;
}

const form = { isJson: true, terminal: { isTerminal: false, env: {} }, keepsExplanations: false } as const;

const linesOf = (answers: ReadonlyArray<Answer>): ReadonlyArray<string> =>
  answers.map((answer) => (answer.form === 'line' ? answer.line : `${answer.form}?`));

const opened = (path: string): Input => {
  const input = openInput(path, { open: openBytes });
  if (input._tag === 'Left') throw new Error(input.left);
  return input.right;
};

const alone = (path: string): Told => {
  const input = opened(path);
  const { credentials } = credentialsOf(request(path));
  const lines: string[] = [];
  const task = { request: request(path), credentials, form, share: { index: 0, count: 1 } };
  const frames = explainFile(input, task, (answers) => {
    lines.push(...linesOf(answers));
    return true;
  });
  return { lines, frames, damageCount: input.damageCount() };
};

const together = async (path: string, jobs: number): Promise<Told> => {
  const lines: string[] = [];
  const shared = { path, request: request(path), jobs, form };
  const { frames, damageCount } = await explainInShares(shared, opened(path), (answers) => {
    lines.push(...linesOf(answers));
    return true;
  });
  return { lines, frames, damageCount };
};

describe('explaining with several threads', () => {
  for (const [name, ...counts] of [
    ['five-stations.pcap', 1, 2, 3, 5],
    ['fast-transition.pcap', 3],
  ] as const) {
    it(`${name}: the same lines in the same order, keys and all, for ${counts.join(', ')}`, async () => {
      const expected = alone(pathOf(name));
      expect(expected.lines.length).to.be.above(1);
      expect(expected.frames).to.be.above(40);
      for (const jobs of counts) expect(await together(pathOf(name), jobs), `${jobs}`).to.deep.equal(expected);
    });
  }

  it('a capture that is none is a problem of all of them, and is said', async () => {
    let said = '';
    try {
      await together(pathOf('lab.keys'), 3);
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
    }
    expect(said).to.match(/it is no capture/);
  });

  it('ends when nobody reads on', async () => {
    let asked = 0;
    const path = pathOf('five-stations.pcap');
    await explainInShares({ path, request: request(path), jobs: 3, form }, opened(path), () => {
      asked++;
      return false;
    });
    expect(asked).to.equal(1);
  });
});
