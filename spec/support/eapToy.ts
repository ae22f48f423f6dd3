import type { EapKeys, EapMethodCommand, EapMethodInput, EapPeerMethod } from '../../operators/core/index.js';
import { emit, stay } from '../../operators/core/index.js';
import { Secret } from '../../streams/events/index.js';
import { EapMethod } from '../../streams/frames/index.js';
import { type EapScript, failure, request, success } from './eapServer.js';

/** What a toy can be made to do, beside what it does anyway. */
export interface ToyOptions {
  readonly type?: number;
  readonly name?: string;
  readonly hasKeys?: boolean;
  /** What it does with a request, instead of answering a challenge. */
  readonly onRequest?: (data: Uint8Array) => ReadonlyArray<EapMethodCommand>;
  /** What it does with a turn of TLS or an answer of a person. */
  readonly onOther?: (input: Exclude<EapMethodInput, { kind: 'request' }>) => ReadonlyArray<EapMethodCommand>;
}

/** Of what a toy was, and whether anybody let go of it. */
export interface Toy extends EapPeerMethod<ToyState> {
  readonly inputs: ReadonlyArray<EapMethodInput>;
  begun(): number;
  released(): number;
}

export interface ToyState {
  readonly password: Uint8Array;
}

export const TOY = EapMethod.codes.EXPERIMENTAL;
export const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const PASSWORD = text('a toy password');

/** Not cryptography: what both sides can say who know the password. */
export const toyAnswer = (password: Uint8Array, challenge: Uint8Array): Uint8Array =>
  challenge.map((octet, at) => octet ^ (password[at % password.length] ?? 0));

export const toyMsk = (password: Uint8Array, challenge: Uint8Array): Uint8Array =>
  Uint8Array.from(
    { length: 64 },
    (_, at) => (password[at % password.length] ?? 0) * 3 + (challenge[at % challenge.length] ?? 0) + at,
  );

export const toyKeys = (password: Uint8Array, challenge: Uint8Array): EapKeys => ({
  msk: Secret.of(toyMsk(password, challenge)),
});

/** A method of one challenge and one answer, as MD5-Challenge is, but with keys. It hides nothing, and is for tests only. */
export const toyMethod = (options: ToyOptions = {}): Toy => {
  const { type = TOY, name = 'Toy', hasKeys = true } = options;
  const inputs: EapMethodInput[] = [];
  let [begun, released] = [0, 0];
  const answerTo = (password: Uint8Array, challenge: Uint8Array): ReadonlyArray<EapMethodCommand> => [
    { do: 'accept', isFinal: true, ...(hasKeys && { keys: toyKeys(password, challenge) }) },
    { do: 'respond', data: toyAnswer(password, challenge) },
  ];
  return {
    name,
    type,
    yieldsKeys: hasKeys,
    begin: ({ password }) => {
      begun++;
      return { password: password?.secret.reveal() ?? new Uint8Array(1) };
    },
    step: (state, input) => {
      inputs.push(input);
      if (input.kind === 'request')
        return emit(state, ...(options.onRequest?.(input.data) ?? answerTo(state.password, input.data)));
      return options.onOther === undefined ? stay(state) : emit(state, ...options.onOther(input));
    },
    release: () => {
      released++;
    },
    inputs,
    begun: () => begun,
    released: () => released,
  };
};

/** The server of a toy: identity, challenge, result. */
export function* toyScript(password: Uint8Array = PASSWORD, challenge: Uint8Array = text('challenge')): EapScript {
  yield request(EapMethod.codes.IDENTITY);
  const { type, data } = yield request(TOY, challenge);
  const expected = toyAnswer(password, challenge);
  yield type === TOY && data.join() === expected.join() ? success : failure;
}

export const TOY_PASSWORD = PASSWORD;
