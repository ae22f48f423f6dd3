/** An event of a Windows log, as its XML has it. */
export interface EventRecord {
  readonly provider: string;
  readonly id: number;
  /** Microseconds since 1970; 0 where the XML does not tell. */
  readonly time: number;
  /** By their names. */
  readonly data: ReadonlyMap<string, string>;
}
