import type { LogLine, NumberedLogEntry } from './LogLine.js';

/** A line that could not be read, and why. */
export interface BrokenLine {
  readonly n: number;
  readonly problem: string;
}

const SHOWN = 20;

/** The lines of a log that could not be read: the first few of them, and how many there were. */
export class BrokenLines {
  readonly #first: BrokenLine[] = [];
  #count = 0;

  get first(): ReadonlyArray<BrokenLine> {
    return this.#first;
  }

  get count(): number {
    return this.#count;
  }

  /** The entry of a line, unless it is one of these. */
  sift(line: LogLine): NumberedLogEntry | undefined {
    if (line.entry._tag === 'Right') return { ...line, entry: line.entry.right };
    this.#count++;
    if (this.#count <= SHOWN) this.#first.push({ n: line.n, problem: line.entry.left });
    return undefined;
  }
}
