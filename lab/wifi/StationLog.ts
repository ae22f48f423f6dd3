import { readFileSync } from 'node:fs';
import * as t from 'io-ts';

/** What of a line of an event log matters here. */
const Line = t.intersection([t.type({ kind: t.string }), t.partial({ address: t.string, delete: t.boolean })]);

/** A station's own account of its keys. */
export interface StationLog {
  readonly address: string;
  /** Pairwise keys that took the place of another within an association. */
  readonly renewals: number;
}

const eventsIn = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const read = Line.decode(line.endsWith('}') ? JSON.parse(line) : undefined);
      return read._tag === 'Right' ? [read.right] : [];
    });

export const readStationLog = (path: string): StationLog => {
  let address = '';
  let renewals = 0;
  let installed = 0;
  for (const event of eventsIn(path)) {
    if (event.kind === 'initAdapter') address = event.address ?? '';
    if (event.kind === 'associationCompletion') installed = 0;
    if (event.kind === 'setKeyMappingKey' && event.delete !== true && installed++ > 0) renewals++;
  }
  return { address, renewals };
};
