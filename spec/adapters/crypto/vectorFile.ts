import { readFileSync } from 'node:fs';

/** Vectors are kept as lines of JSON: first what they are and where they come from, then one test a line. */
export const vectorFile = <Head, Row>(name: string): { readonly head: Head; readonly tests: ReadonlyArray<Row> } => {
  const [head, ...tests] = readFileSync(new URL(name, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  return { head: head as Head, tests: tests as Row[] };
};
