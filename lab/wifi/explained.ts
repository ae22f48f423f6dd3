import * as t from 'io-ts';
import { commandHere } from './commandHere.js';

const Connection = t.type({ station: t.string, outcome: t.string, cause: t.string, step: t.string, passphrase: t.string });

/** What `postassoc explain` makes of a connection on the air. */
export type Explained = t.TypeOf<typeof Connection>;

/** What it makes of a capture of the air: each connection in turn. */
export const explained = async (capture: string, key: string): Promise<ReadonlyArray<Explained>> => {
  const { out } = await commandHere('explain', capture, '--key', key, '--json');
  return out.split('\n').flatMap((line) => {
    const read = Connection.decode(line.startsWith('{') ? JSON.parse(line) : undefined);
    return read._tag === 'Right' ? [read.right] : [];
  });
};
