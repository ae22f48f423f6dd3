const none = '–';

const row = (cells: ReadonlyArray<string>): string => `| ${cells.map((cell) => cell || none).join(' | ')} |`;

/** A table of Markdown; an empty cell has a dash. */
export const table = (columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [row(columns), `|${'---|'.repeat(columns.length)}`, ...rows.map(row)].join('\n');

/** Each name once, in the order of the first of its kind, with how many there are of it. */
export const counted = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(names)]
    .map((name) => [name, names.filter((each) => each === name).length] as const)
    .map(([name, count]) => (count === 1 ? name : `${count} × ${name}`));
