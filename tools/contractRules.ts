/** A rule of the contract, as one line of `docs/contract/contract.md` states it. */
export interface Rule {
  readonly id: string;
  /** D documented, X follows from it, A our advice, S a sample's behaviour; two of them where a rule is both. */
  readonly tag: string;
  /** `MUST`, `MAY`, … or what kind of fact it is: `Trigger`, `Effect`; empty for a plain sentence. */
  readonly level: string;
  readonly says: string;
}

const RULE = /^(?<id>R\d+) \[(?<tag>[^\]]+)\] (?<text>.+)$/;
const LEVEL =
  /^(?<level>(?:MUST|SHOULD|MAY)(?:[ /](?:NOT|NEVER|MUST))?|Trigger|Effect|Initial|Transition|Meaning|Guarantee|Scope|Window|Order|Timing): /;
const LONGEST = 150;

const shortened = (sentence: string): string => {
  if (sentence.length <= LONGEST) return sentence;
  return `${sentence.slice(0, sentence.lastIndexOf(' ', LONGEST)).replace(/[,;:(]+$/, '')} …`;
};

const firstSentence = (text: string): string => {
  const statement = text.split(/ Src: /)[0] ?? text;
  const end = /(?<!\b[ei]\.[eg])[.](?= [A-Z(])/.exec(statement)?.index;
  return shortened((end === undefined ? statement : statement.slice(0, end)).replace(/[.]$/, ''));
};

const ruleOf = (line: string): ReadonlyArray<Rule> => {
  const groups = RULE.exec(line)?.groups;
  if (groups === undefined) return [];
  const { id = '', tag = '', text = '' } = groups;
  if (/^withdrawn\b/i.test(text)) return [];
  const level = LEVEL.exec(text)?.groups?.['level'] ?? '';
  return [{ id, tag, level, says: firstSentence(level === '' ? text : text.slice(level.length + 2)) }];
};

/** The rules of the contract in their order; a withdrawn rule is none. */
export const rulesOf = (contract: string): ReadonlyArray<Rule> => contract.split('\n').flatMap(ruleOf);

/** The ids a test title begins with (`R34: …`, `R34, R35: …`), or `undefined` when it tries to name rules and fails. */
export const idsOf = (title: string): ReadonlyArray<string> | undefined => {
  const named = /^(?<ids>R\d+(?:, R\d+)*): /.exec(title)?.groups?.['ids'];
  if (named !== undefined) return named.split(', ');
  return /^R\d/.test(title) ? undefined : [];
};
