import { type AnyNode, type Comment, type Node, parse } from 'acorn';

/** A branch under watch: in which source file, and how its code begins. */
export interface Branch {
  readonly file: string;
  readonly code: string;
}

export interface Instrumented {
  readonly code: string;
  readonly branches: ReadonlyArray<Branch>;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Where the code of which source file begins: the bundler heads each module with its path. */
const modulesIn = (comments: ReadonlyArray<Comment>) =>
  comments
    .filter(({ type, value }) => type === 'Line' && /^ \S+\.[cm]?[jt]s$/.test(value))
    .map(({ start, value }) => ({ start, file: value.trim() }));

const nodesIn = (value: unknown): ReadonlyArray<AnyNode> => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value ? [value as AnyNode] : [];
};

const childrenOf = (node: AnyNode): ReadonlyArray<AnyNode> => Object.values(node).flatMap(nodesIn);

/** How a counter gets in front of each kind of arm: what stands before it, between the two, and behind. */
const BRACKETS = { expression: ['(', ',(', '))'], statement: ['{', ';', '}'], case: ['', ';', ''] } as const;
type Kind = keyof typeof BRACKETS;
type Arm = readonly [kind: Kind, node: Node];

const armsOfIf = ({ consequent, alternate }: Extract<AnyNode, { type: 'IfStatement' }>): ReadonlyArray<Arm> =>
  alternate ? [['statement', consequent] as const, ['statement', alternate] as const] : [['statement', consequent] as const];

/** The parts of a node that run or not, depending on what goes before. */
const armsOf = (node: AnyNode): ReadonlyArray<Arm> => {
  switch (node.type) {
    case 'IfStatement':
      return armsOfIf(node);
    case 'ConditionalExpression':
      return [
        ['expression', node.consequent],
        ['expression', node.alternate],
      ];
    case 'LogicalExpression':
    case 'AssignmentPattern':
      return [['expression', node.right]];
    case 'ArrowFunctionExpression':
      return [[node.body.type === 'BlockStatement' ? 'statement' : 'expression', node.body]];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ForOfStatement':
    case 'ForStatement':
    case 'WhileStatement':
    case 'CatchClause':
      return [['statement', node.body]];
    case 'SwitchCase':
      return node.consequent.slice(0, 1).map((first) => ['case', first]);
    default:
      return [];
  }
};

/** Counts what runs: every branch of the chosen files gets a counter of its own, one octet of `globalThis.branchCounters`. */
export const instrument = (code: string, isUnderTest: (file: string) => boolean): Instrumented => {
  const comments: Comment[] = [];
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments });
  const modules = modulesIn(comments);
  const branches: Branch[] = [];
  const insertions: Insertion[] = [];

  const count = (file: string, node: Node): string => {
    branches.push({ file, code: code.slice(node.start, node.start + 80).replaceAll(/\s+/g, ' ') });
    return `$branches[${branches.length - 1}]++`;
  };

  const visit = (node: AnyNode, file: string): void => {
    const closing: Insertion[] = [];
    for (const [kind, arm] of armsOf(node)) {
      const [before, between, behind] = BRACKETS[kind];
      insertions.push({ at: arm.start, text: before + count(file, arm) + between });
      closing.push({ at: arm.end, text: behind });
    }
    for (const child of childrenOf(node)) visit(child, file);
    insertions.push(...closing);
    if (node.type === 'IfStatement' && !node.alternate) insertions.push({ at: node.end, text: ` else {${count(file, node)}}` });
  };

  for (const statement of program.body) {
    const file = modules.findLast(({ start }) => start < statement.start)?.file ?? '';
    if (isUnderTest(file)) visit(statement, file);
  }
  insertions.sort((a, b) => a.at - b.at);
  const pieces: string[] = [`const $branches = globalThis.branchCounters ??= new Uint8Array(${branches.length});\n`];
  let at = 0;
  for (const insertion of insertions) {
    pieces.push(code.slice(at, insertion.at), insertion.text);
    at = insertion.at;
  }
  return { code: [...pieces, code.slice(at)].join(''), branches };
};
