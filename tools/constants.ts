import { type AnyNode, type Node, type Pattern, parse, type VariableDeclaration } from 'acorn';

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const childrenOf = (node: Node): ReadonlyArray<AnyNode> => Object.values(node).flat().filter(isNode);

/** The names a pattern gives values to. */
const namesIn = (pattern: Pattern): ReadonlyArray<string> => {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesIn(property.type === 'Property' ? property.value : property.argument));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
};

const assignedBy = (node: AnyNode): ReadonlyArray<string> => {
  if (node.type === 'AssignmentExpression') return namesIn(node.left);
  if (node.type === 'UpdateExpression') return node.argument.type === 'Identifier' ? [node.argument.name] : [];
  const isLoop = node.type === 'ForOfStatement' || node.type === 'ForInStatement';
  return isLoop && node.left.type !== 'VariableDeclaration' ? namesIn(node.left) : [];
};

/** Every name that is given another value anywhere, whichever variable of that name it is. */
const assignedIn = (root: AnyNode): ReadonlySet<string> => {
  const names = new Set<string>();
  const waiting: AnyNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const name of assignedBy(node)) names.add(name);
    waiting.push(...childrenOf(node));
  }
  return names;
};

/**
 * Makes constants of a bundle constants again.
 *
 * esbuild declares everything at the top of a bundle with `var`. V8 builds the value of a constant into the code it compiles, tables and
 * functions above all, and has to look up that of a variable each time: cryptography in such a bundle takes twice as long.
 */
export const constantsOf = (code: string): string => {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const assigned = assignedIn(program);
  const declared = new Map<string, number>();
  const declarations = program.body.filter((node): node is VariableDeclaration => node.type === 'VariableDeclaration');
  const namesOf = (declaration: VariableDeclaration): ReadonlyArray<string> =>
    declaration.declarations.flatMap(({ id }) => namesIn(id));
  for (const name of declarations.flatMap(namesOf)) declared.set(name, (declared.get(name) ?? 0) + 1);
  const isConstant = (declaration: VariableDeclaration): boolean =>
    declaration.kind === 'var' &&
    declaration.declarations.every(({ init }) => init != null) &&
    namesOf(declaration).every((name) => !assigned.has(name) && declared.get(name) === 1);
  const pieces: string[] = [];
  let at = 0;
  for (const { start } of declarations.filter(isConstant)) {
    pieces.push(code.slice(at, start), 'const');
    at = start + 'var'.length;
  }
  return [...pieces, code.slice(at)].join('');
};
