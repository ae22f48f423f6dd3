/** What stands in a line where the pattern has a name. */
export type Parts = Readonly<Record<string, string | undefined>>;

/** A line that says something, and what follows from it. */
export interface Rule<Subject, Line> {
  readonly pattern: RegExp;
  readonly follow: (subject: Subject, parts: Parts, line: Line) => void;
}

/** Follows the first rule whose pattern fits, and says whether there was one. */
export const followRule = <Subject, Line extends { readonly text: string }>(
  rules: ReadonlyArray<Rule<Subject, Line>>,
  subject: Subject,
  line: Line,
): boolean => {
  for (const { pattern, follow } of rules) {
    const found = pattern.exec(line.text);
    if (found === null) continue;
    follow(subject, found.groups ?? {}, line);
    return true;
  }
  return false;
};
