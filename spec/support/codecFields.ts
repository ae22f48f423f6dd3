import type * as t from 'io-ts';

/** A field of a JSON object: its path, its kinds, and the words it may be if it is one of some. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly words: ReadonlyArray<string>;
}

interface Shape {
  readonly _tag?: string;
  readonly type?: Shape;
  readonly types?: ReadonlyArray<Shape>;
  readonly props?: Readonly<Record<string, Shape>>;
  readonly keys?: Readonly<Record<string, null>>;
  readonly value?: unknown;
  readonly name?: string;
}

interface Described {
  readonly type: string;
  readonly words: ReadonlyArray<string>;
  readonly inner: ReadonlyArray<Field>;
}

const described = (shape: Shape, path: string): Described => {
  switch (shape._tag) {
    case 'ExactType':
    case 'InterfaceType':
      return { type: 'object', words: [], inner: fieldsIn(shape, path) };
    case 'ReadonlyArrayType': {
      const { type, words, inner } = described(shape.type ?? {}, `${path}[]`);
      return { type: `${type} list`, words, inner };
    }
    case 'UnionType': {
      const parts = (shape.types ?? []).map((part) => described(part, path));
      return {
        type: parts.map(({ type }) => type).join(' or '),
        words: parts.flatMap(({ words }) => words),
        inner: parts.flatMap(({ inner }) => inner),
      };
    }
    case 'KeyofType':
      return { type: 'word', words: Object.keys(shape.keys ?? {}), inner: [] };
    case 'LiteralType':
      return { type: JSON.stringify(shape.value), words: [], inner: [] };
    case 'NullType':
      return { type: 'null', words: [], inner: [] };
    default:
      return { type: shape.name ?? 'object', words: [], inner: [] };
  }
};

const fieldsIn = (shape: Shape, path: string): ReadonlyArray<Field> => {
  const props = shape.props ?? shape.type?.props ?? {};
  return Object.entries(props).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const { type, words, inner: fields } = described(inner, at);
    return [{ path: at, type, words }, ...fields];
  });
};

/** Every field a codec of JSON objects knows, in its order: `findings`, `findings[].id`, … */
export const fieldsOf = (codec: t.Any): ReadonlyArray<Field> => fieldsIn(codec as Shape, '');
