import { Effect, equalBytes, Secret, type SecretRequest, SecretValue } from '../../../streams/events/index.js';

/** A field in which two values differ, as JSON would show them; secrets stay `Secret`. */
export interface FieldDifference {
  /** E.g. `material.key`; the empty path is the whole value. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** Also one of another copy of the package, which a method's module may have brought along. */
const isSecret = (value: unknown): value is Pick<Secret, 'reveal'> =>
  value instanceof Secret ||
  (typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function');

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !isSecret(value);

const areEqual = (expected: unknown, actual: unknown): boolean =>
  isSecret(expected) && isSecret(actual) ? equalBytes(expected.reveal(), actual.reveal()) : expected === actual;

const under = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const differenceOf = (expected: unknown, actual: unknown, path: string): FieldDifference | undefined => {
  if (!isFields(expected) || !isFields(actual)) return areEqual(expected, actual) ? undefined : { path, expected, actual };
  // The kind first: effects of different kinds differ in everything else anyway.
  for (const key of new Set(['kind', ...Object.keys(expected), ...Object.keys(actual)])) {
    const found = differenceOf(expected[key], actual[key], under(path, key));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The first field in which two effects differ in their JSON form; an absent field equals an undefined one. */
export const differenceOfEffects = (expected: Effect, actual: Effect): FieldDifference | undefined =>
  differenceOf(Effect.encode(expected), Effect.encode(actual), '');

export const differenceOfRequests = (expected: SecretRequest, actual: SecretRequest): FieldDifference | undefined =>
  differenceOf(expected, actual, 'request');

const isRedacted = (value: unknown): boolean => SecretValue.is(value) && !value.isKnown && value.length > 0;

/** Where a value holds a secret that was redacted when it was written down. An empty one hid nothing. */
export const redactedField = (value: unknown, path = ''): string | undefined => {
  if (isRedacted(value)) return path;
  if (!isFields(value) || value instanceof Uint8Array) return undefined;
  for (const [key, field] of Object.entries(value)) {
    const found = redactedField(field, under(path, key));
    if (found !== undefined) return found;
  }
  return undefined;
};
