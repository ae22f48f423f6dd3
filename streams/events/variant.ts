import * as t from 'io-ts';

/** One member of a discriminated union: its `kind`, the fields it always has, the fields it may have. */
export const variant = <K extends string, R extends t.Props, O extends t.Props = Record<never, never>>(
  kind: K,
  required: R,
  optional: O = {} as O,
) => t.exact(t.intersection([t.type({ kind: t.literal(kind), ...required }), t.partial(optional)], kind));

type Variants = Readonly<Record<string, t.Mixed>>;

/** The union of all variants in a table keyed by kind. */
export type VariantOf<Table extends Variants> = t.TypeOf<Table[keyof Table]>;

const hasKind = (u: unknown): u is { readonly kind: string } =>
  typeof u === 'object' && u !== null && 'kind' in u && typeof u.kind === 'string';

/** A codec that finds its variant by one look-up of `kind` instead of trying each in turn. */
export const variants = <Table extends Variants>(name: string, table: Table): t.Type<VariantOf<Table>, unknown, unknown> => {
  const find = (u: unknown): t.Mixed | undefined => (hasKind(u) && Object.hasOwn(table, u.kind) ? table[u.kind] : undefined);
  return new t.Type<VariantOf<Table>, unknown, unknown>(
    name,
    (u): u is VariantOf<Table> => find(u)?.is(u) ?? false,
    (u, context) => {
      const codec = find(u);
      if (codec !== undefined) return codec.validate(u, context) as t.Validation<VariantOf<Table>>;
      return t.failure(u, context, `no ${name}: ${hasKind(u) ? `unknown kind "${u.kind}"` : 'it has no "kind"'}`);
    },
    (a) => (find(a) as t.Mixed).encode(a) as unknown,
  );
};
