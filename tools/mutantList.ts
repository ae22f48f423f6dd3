/** One deliberate fault, and the specs that must notice it. */
export interface Mutant {
  /** What the fault does, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Spec files or globs, at least one of which fails under the fault. */
  readonly specs: ReadonlyArray<string>;
}

const secretSpec = ['spec/streams/events/Secret.spec.ts'];

export const mutants: ReadonlyArray<Mutant> = [
  {
    name: 'a secret prints its bytes',
    file: 'streams/events/Secret.ts',
    find: 'return `[redacted ${this.length} B]`;',
    replace: 'return String(this.#bytes);',
    specs: secretSpec,
  },
  {
    name: 'zeroising a secret leaves its bytes',
    file: 'streams/events/Secret.ts',
    find: 'this.#bytes?.fill(0);',
    replace: 'this.#bytes?.slice().fill(0);',
    specs: secretSpec,
  },
  {
    name: 'a redacted log shows secrets',
    file: 'streams/events/LogEntry.ts',
    find: 'return original instanceof Secret ? policy(original) : value;',
    replace: 'return original instanceof Secret ? revealSecrets(original) : value;',
    specs: ['spec/streams/events/LogEntry.spec.ts'],
  },
];
