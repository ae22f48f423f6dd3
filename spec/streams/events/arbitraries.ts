import fc, { type Arbitrary } from 'fast-check';
import * as t from 'io-ts';
import { effectKinds } from '../../../streams/events/Effect.js';
import { hostEventKinds } from '../../../streams/events/HostEvent.js';
import type { LogEntry } from '../../../streams/events/LogEntry.js';
import type { CodeSpace } from '../../../streams/events/namedCode.js';
import { Secret } from '../../../streams/events/Secret.js';

const hexOf = (digits: number): Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });

const handle = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => `0x${value.toString(16)}`);

/** The leaves: every codec of the vocabulary that is not put together from others. */
const leaves: Readonly<Record<string, Arbitrary<unknown>>> = {
  number: fc.integer(),
  string: fc.string(),
  boolean: fc.boolean(),
  Bytes: fc.uint8Array({ maxLength: 24 }),
  Secret: fc.uint8Array({ maxLength: 24 }).map((bytes) => Secret.of(bytes)),
  AdapterHandle: handle,
  ServiceHandle: handle,
  SessionHandle: handle,
  ConnectHandle: handle,
  BufferHandle: handle,
  MacAddress: fc.tuple(...Array.from({ length: 6 }, () => hexOf(2))).map((octets) => octets.join(':')),
  Guid: fc.tuple(hexOf(8), hexOf(4), hexOf(4), hexOf(4), hexOf(12)).map((groups) => groups.join('-')),
};

const isCodeSpace = (codec: t.Mixed): codec is CodeSpace => 'codes' in codec;

const codeOf = (space: CodeSpace): Arbitrary<number> =>
  fc.oneof(fc.constantFrom(...Object.values(space.codes)), fc.integer({ min: 0, max: 0xffffffff }));

/** Values of an io-ts codec, read off its structure, so that a new event is covered the day it is written. */
export const valuesOf = (codec: t.Mixed, leaf = leaves): Arbitrary<unknown> => {
  if (isCodeSpace(codec)) return codeOf(codec);
  if (codec instanceof t.ExactType) return valuesOf(codec.type, leaf);
  if (codec instanceof t.LiteralType) return fc.constant(codec.value);
  if (codec instanceof t.ReadonlyArrayType) return fc.array(valuesOf(codec.type, leaf), { maxLength: 12 });
  if (codec instanceof t.UnionType) return fc.oneof(...codec.types.map((member: t.Mixed) => valuesOf(member, leaf)));
  if (codec instanceof t.InterfaceType) return fieldsOf(codec.props, leaf);
  if (codec instanceof t.PartialType) return fieldsOf(codec.props, leaf, []);
  if (codec instanceof t.IntersectionType) {
    const parts: ReadonlyArray<Arbitrary<unknown>> = codec.types.map((part: t.Mixed) => valuesOf(part, leaf));
    return fc.tuple(...parts).map((values) => Object.assign({}, ...values));
  }
  const known = leaf[codec.name];
  if (known === undefined) throw new Error(`no arbitrary for the codec ${codec.name}`);
  return known;
};

const fieldsOf = (props: t.Props, leaf: typeof leaves, requiredKeys = Object.keys(props)): Arbitrary<object> => {
  const fields = Object.entries(props).map(([key, codec]) => [key, valuesOf(codec, leaf)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys });
};

export const at = fc.nat();

/** Log entries of one kind, for each kind there is. */
export const entriesByKind = (
  secret = leaves['Secret'] as Arbitrary<unknown>,
): ReadonlyArray<readonly [string, Arbitrary<LogEntry>]> => {
  const leaf = { ...leaves, Secret: secret };
  const entries = (dir: 'in' | 'out', table: Readonly<Record<string, t.Mixed>>) =>
    Object.entries(table).map(([kind, codec]) => {
      const entry: Arbitrary<unknown> = fc.record({ at, dir: fc.constant(dir), event: valuesOf(codec, leaf) });
      return [kind, entry as Arbitrary<LogEntry>] as const;
    });
  return [...entries('in', hostEventKinds), ...entries('out', effectKinds)];
};
