import { expect } from 'chai';
import { loadMethods } from '../../../adapters/cli/methods.js';

const namesOf = async (...names: ReadonlyArray<string>): Promise<ReadonlyArray<string> | string> => {
  const loaded = await loadMethods(names, import.meta.dirname);
  return loaded._tag === 'Left' ? loaded.left : loaded.right.map(({ name }) => name);
};

/** How long a method rests after a failure, in milliseconds. */
const restOf = async (name: string): Promise<number | undefined> => {
  const loaded = await loadMethods([name], import.meta.dirname);
  const method = loaded._tag === 'Right' ? loaded.right[0] : undefined;
  const [command] = method?.step({ phase: 'authenticating' }, { kind: 'oneXFailed', reason: 1 }).effects ?? [];
  return command?.do === 'setTimer' ? command.ms : undefined;
};

describe('the methods a command line names', () => {
  it('are those of wires, with open behind', async () => {
    expect(await namesOf('wired')).to.deep.equal(['wired', 'open']);
    expect(await namesOf('wired:10', 'open')).to.deep.equal(['wired', 'open']);
  });

  it('are those of all key handshakes, of a radio that renews group keys by itself, too', async () => {
    expect(await namesOf('rsn:offload')).to.deep.equal(await namesOf('rsn'));
  });

  it('may say how long a wire rests after a refusal, in seconds', async () => {
    expect(await restOf('wired')).to.equal(60_000);
    expect(await restOf('wired:10')).to.equal(10_000);
    expect(await restOf('wired:1.5')).to.equal(1500);
  });

  it('are files where they are nothing else', async () => {
    for (const name of ['wired:soon', 'wired10', 'wireless'])
      expect(await namesOf(name)).to.equal(`cannot load the method ${name}: there is no such file`);
  });
});
