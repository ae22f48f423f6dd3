/** Rows under a title, printed at the end. */
export class SummaryTable {
  readonly #rows: ReadonlyArray<string>[];

  constructor(titles: ReadonlyArray<string>) {
    this.#rows = [titles];
  }

  add(row: ReadonlyArray<string>): void {
    this.#rows.push(row);
  }

  print(): void {
    const [titles = []] = this.#rows;
    const widths = titles.map((_, i) => Math.max(...this.#rows.map((row) => row[i]?.length ?? 0)) + 2);
    const line = (row: ReadonlyArray<string>): string =>
      `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('')}`.trimEnd();
    process.stdout.write(`\n${this.#rows.map(line).join('\n')}\n`);
  }
}
