import * as t from 'io-ts';
import { Secret } from '../../streams/events/index.js';
import { expected, sealedRecord, text } from './sealedRecord.js';

/** Where a secret is, or the secret itself. */
export type SecretReference =
  | { readonly from: 'profile'; readonly secret: Secret }
  | { readonly from: 'file'; readonly file: string }
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'prompt'; readonly question: string }
  | { readonly from: 'command'; readonly command: ReadonlyArray<string> };

const FORMS = 'text, { file }, { env }, { prompt }, { command: [program, argument …] }';

const command = new t.Type<ReadonlyArray<string>, ReadonlyArray<string>, unknown>(
  'command',
  t.readonlyArray(t.string).is,
  (u, c) =>
    Array.isArray(u) && u.length > 0 && u.every((word) => typeof word === 'string')
      ? t.success(u)
      : t.failure(u, c, 'expected the program and its arguments as a list of texts; no shell reads it'),
  t.identity,
);

const isReference = (u: unknown): u is SecretReference => typeof u === 'object' && u !== null && 'from' in u;

const FIELDS = sealedRecord({}, { file: text, env: text, prompt: text, command });

/** Text is the secret itself, any other form says where it is. */
export const secretReference: t.Type<SecretReference, SecretReference, unknown> = new t.Type(
  'secret',
  isReference,
  (u, c) => {
    if (typeof u === 'string') return t.success({ from: 'profile', secret: Secret.of(new TextEncoder().encode(u)) });
    if (typeof u === 'number') return t.failure(u, c, 'expected text, found a number; put it in quotes');
    if (typeof u !== 'object' || u === null || Array.isArray(u)) return t.failure(u, c, expected(FORMS, u));
    const fields = FIELDS.validate(u, c);
    if (fields._tag === 'Left') return fields;
    const { file, env, prompt, command: words } = fields.right;
    const forms: ReadonlyArray<SecretReference | undefined> = [
      file === undefined ? undefined : { from: 'file', file },
      env === undefined ? undefined : { from: 'environment', variable: env },
      prompt === undefined ? undefined : { from: 'prompt', question: prompt },
      words === undefined ? undefined : { from: 'command', command: words },
    ];
    const [reference, ...others] = forms.filter((form) => form !== undefined);
    if (reference === undefined || others.length > 0) return t.failure(u, c, `expected one of ${FORMS}`);
    return t.success(reference);
  },
  t.identity,
);
