import * as t from 'io-ts';
import { nearest } from './nearest.js';

type Output<R extends t.Props, O extends t.Props> = { [K in keyof R]: t.TypeOf<R[K]> } & { [K in keyof O]?: t.TypeOf<O[K]> };

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> => typeof u === 'object' && u !== null && !Array.isArray(u);

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return (
    { string: 'text', number: 'a number', boolean: 'true or false', object: 'fields' }[String(typeof value)] ?? 'something else'
  );
};

/** Never what was found, which may be a secret. */
export const expected = (what: string, found: unknown): string => `expected ${what}, found ${kindOf(found)}`;

export const text: t.Type<string, string, unknown> = new t.Type(
  'text',
  (u): u is string => typeof u === 'string',
  (u, c) => {
    if (typeof u === 'number') return t.failure(u, c, 'expected text, found a number; put it in quotes');
    if (u === '') return t.failure(u, c, 'expected text, found none between the quotes');
    return typeof u === 'string' ? t.success(u) : t.failure(u, c, expected('text', u));
  },
  t.identity,
);

export const flag: t.Type<boolean, boolean, unknown> = new t.Type(
  'flag',
  t.boolean.is,
  (u, c) => (typeof u === 'boolean' ? t.success(u) : t.failure(u, c, expected('true or false', u))),
  t.identity,
);

export const whole = (min: number, max: number): t.Type<number, number, unknown> => {
  const isFit = (u: unknown): u is number => typeof u === 'number' && Number.isInteger(u) && u >= min && u <= max;
  return new t.Type(
    'number',
    isFit,
    (u, c) => (isFit(u) ? t.success(u) : t.failure(u, c, `expected a whole number from ${min} to ${max}`)),
    t.identity,
  );
};

/** One of some words; capitals do not matter. */
export const oneOf = <W extends string>(...words: ReadonlyArray<W>): t.Type<W, W, unknown> =>
  new t.Type<W, W, unknown>(
    'word',
    (u): u is W => words.some((word) => word === u),
    (u, c) => {
      const said = typeof u === 'number' ? String(u) : u;
      const word = typeof said === 'string' ? words.find((one) => one.toLowerCase() === said.toLowerCase()) : undefined;
      if (word !== undefined) return t.success(word);
      const close = typeof said === 'string' ? nearest(said, words) : undefined;
      const meant = close === undefined ? '' : `; is ${close} meant?`;
      return t.failure(u, c, `expected one of ${words.join(', ')}${meant}`);
    },
    t.identity,
  );

/** A list that is not empty; one thing alone may stand without its list. */
export const listOf = <A>(item: t.Type<A, A, unknown>): t.Type<ReadonlyArray<A>, ReadonlyArray<A>, unknown> => {
  const list = t.readonlyArray(item);
  return new t.Type(
    'list',
    list.is,
    (u, c) => {
      if (!Array.isArray(u)) {
        const alone = item.validate(u, c);
        return alone._tag === 'Left' ? alone : t.success([alone.right]);
      }
      return u.length === 0 ? t.failure(u, c, 'expected at least one, found an empty list') : list.validate(u, c);
    },
    t.identity,
  );
};

/** What `found` says under its fields, which are these and no others. */
export const sealedRecord = <R extends t.Props, O extends t.Props>(
  required: R,
  optional: O,
): t.Type<Output<R, O>, Output<R, O>, unknown> => {
  const fields: t.Props = { ...required, ...optional };
  const known = Object.keys(fields);
  const is = (u: unknown): u is Output<R, O> =>
    isRecord(u) && known.every((key) => (u[key] === undefined ? Object.hasOwn(optional, key) : fields[key]?.is(u[key]) === true));
  const stranger = (key: string, c: t.Context): t.ValidationError => {
    const close = nearest(key, known);
    const advice = close === undefined ? `; the fields here are ${known.join(', ')}` : `; is ${close} meant?`;
    return { value: undefined, context: t.appendContext(c, key, t.unknown), message: `unknown field${advice}` };
  };
  const fieldOf = (u: Readonly<Record<string, unknown>>, key: string, type: t.Mixed, c: t.Context): t.Validation<unknown> => {
    const at = t.appendContext(c, key, type);
    if (Object.hasOwn(u, key)) return type.validate(u[key], at);
    return Object.hasOwn(required, key) ? t.failure(undefined, at, 'is missing') : t.success(undefined);
  };
  return new t.Type<Output<R, O>, Output<R, O>, unknown>(
    'fields',
    is,
    (u, c) => {
      if (!isRecord(u)) return t.failure(u, c, expected(`fields such as ${known.slice(0, 3).join(', ')}`, u));
      const strangers = Object.keys(u).filter((key) => !Object.hasOwn(fields, key));
      const errors = strangers.map((key) => stranger(key, c));
      const found: Record<string, unknown> = {};
      for (const [key, type] of Object.entries(fields)) {
        const read = fieldOf(u, key, type, c);
        if (read._tag === 'Left') errors.push(...read.left);
        else if (read.right !== undefined) found[key] = read.right;
      }
      return errors.length === 0 && is(found) ? t.success(found) : t.failures(errors);
    },
    t.identity,
  );
};
