/** The access point's half of the example's protocol, as a pure machine: for tests, and for the demonstration. */
import { emit, type MacAddress, type Secret, type Step, stay } from 'postassoc';
import { deriveKeys, isProven, type Nonces, type VendorCrypto, type VendorKeys, writeProven, zeroiseKeys } from './vendorKeys.js';
import { type MessageOf, readMessage, type VendorMessage, writeMessage } from './vendorWire.js';

export interface GroupKey {
  readonly keyIndex: number;
  readonly key: Secret;
}

export interface AuthenticatorOptions {
  readonly crypto: VendorCrypto;
  readonly address: MacAddress;
  readonly credential: Secret;
  readonly nonce: Uint8Array;
  readonly group: GroupKey;
  /** How long it waits for an answer before it repeats itself, and how often it does. */
  readonly retryMs?: number;
  readonly attempts?: number;
}

export type AuthenticatorInput =
  | { readonly kind: 'associated' }
  | { readonly kind: 'packet'; readonly payload: Uint8Array }
  | { readonly kind: 'timer' }
  | { readonly kind: 'rekey'; readonly group: GroupKey };

export type AuthenticatorCommand =
  | { readonly do: 'send'; readonly payload: Uint8Array }
  /** There is one timer: setting it anew forgets the old one. */
  | { readonly do: 'setTimer'; readonly ms: number }
  | { readonly do: 'clearTimer' }
  | { readonly do: 'authenticated'; readonly pairwise: Secret }
  | { readonly do: 'rekeyed'; readonly keyIndex: number }
  | { readonly do: 'gaveUp' };

/** A message that waits for its answer. */
interface Sent {
  readonly counter: number;
  readonly payload: Uint8Array;
  readonly tries: number;
}

interface Keyed {
  readonly nonces: Nonces;
  readonly keys: VendorKeys;
}

export type AuthenticatorState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'challenging'; readonly sent: Sent }
  | ({ readonly phase: 'confirming'; readonly sent: Sent } & Keyed)
  | ({ readonly phase: 'up'; readonly counter: number } & Keyed)
  | ({ readonly phase: 'rekeying'; readonly sent: Sent; readonly keyIndex: number } & Keyed)
  | { readonly phase: 'gone' };

type AuthenticatorStep = Step<AuthenticatorState, AuthenticatorCommand>;
type Phase<P extends AuthenticatorState['phase']> = Extract<AuthenticatorState, { phase: P }>;

/** An access point that has one station: a state to begin with, and a step. */
export interface Authenticator {
  readonly idle: AuthenticatorState;
  readonly step: (state: AuthenticatorState, input: AuthenticatorInput) => AuthenticatorStep;
}

const zeroise = (state: AuthenticatorState): void => {
  if ('keys' in state) zeroiseKeys(state.keys);
};

class Machine {
  readonly #options: Required<AuthenticatorOptions>;

  constructor(options: Required<AuthenticatorOptions>) {
    this.#options = options;
  }

  readonly step = (state: AuthenticatorState, input: AuthenticatorInput): AuthenticatorStep => {
    switch (input.kind) {
      case 'associated':
        zeroise(state);
        return this.#challenge(1, 1);
      case 'timer':
        return this.#repeat(state);
      case 'rekey':
        return state.phase === 'up' ? this.#rekey(state, input.group) : stay(state);
      case 'packet': {
        const message = readMessage(input.payload);
        return message._tag === 'Left' ? stay(state) : this.#receive(state, message.right);
      }
    }
  };

  #receive(state: AuthenticatorState, message: VendorMessage): AuthenticatorStep {
    switch (message.type) {
      case 'response':
        return state.phase === 'challenging' ? this.#judge(state, message) : stay(state);
      case 'acknowledge':
        return state.phase === 'confirming' ? this.#acknowledged(state, message) : stay(state);
      case 'rekeyed':
        return state.phase === 'rekeying' ? this.#rekeyed(state, message) : stay(state);
      default:
        return stay(state);
    }
  }

  #send(payload: Uint8Array): ReadonlyArray<AuthenticatorCommand> {
    return [
      { do: 'send', payload: payload.slice() },
      { do: 'setTimer', ms: this.#options.retryMs },
    ];
  }

  #challenge(counter: number, tries: number): AuthenticatorStep {
    const payload = writeMessage({ type: 'challenge', counter, nonce: this.#options.nonce });
    return emit<AuthenticatorState, AuthenticatorCommand>(
      { phase: 'challenging', sent: { counter, payload, tries } },
      ...this.#send(payload),
    );
  }

  #repeat(state: AuthenticatorState): AuthenticatorStep {
    if (!('sent' in state)) return stay(state);
    const { sent } = state;
    if (sent.tries >= this.#options.attempts) return this.#giveUp(state);
    return emit<AuthenticatorState, AuthenticatorCommand>(
      { ...state, sent: { ...sent, tries: sent.tries + 1 } },
      ...this.#send(sent.payload),
    );
  }

  #giveUp(state: AuthenticatorState): AuthenticatorStep {
    zeroise(state);
    return emit<AuthenticatorState, AuthenticatorCommand>({ phase: 'gone' }, { do: 'clearTimer' }, { do: 'gaveUp' });
  }

  #judge(state: Phase<'challenging'>, message: MessageOf<'response'>): AuthenticatorStep {
    const { crypto, credential, address, nonce, group } = this.#options;
    const { sent } = state;
    if (message.counter !== sent.counter) return stay(state);
    const nonces: Nonces = { accessPoint: nonce, station: message.nonce };
    const keys = deriveKeys(crypto, credential, address, nonces);
    if (!isProven(crypto, keys, nonces, message)) {
      zeroiseKeys(keys);
      return this.#refuse(state, message);
    }
    const counter = sent.counter + 1;
    const payload = this.#groupMessage({ nonces, keys }, 'confirm', counter, group);
    return emit<AuthenticatorState, AuthenticatorCommand>(
      { phase: 'confirming', nonces, keys, sent: { counter, payload, tries: 1 } },
      ...this.#send(payload),
    );
  }

  /** Says no, and asks again: it may have been the air. */
  #refuse(state: Phase<'challenging'>, { counter, nonce }: MessageOf<'response'>): AuthenticatorStep {
    const refusal: AuthenticatorCommand = { do: 'send', payload: writeMessage({ type: 'refuse', counter, nonce }) };
    const { tries } = state.sent;
    const next = tries >= this.#options.attempts ? this.#giveUp(state) : this.#challenge(counter + 1, tries + 1);
    return { state: next.state, effects: [refusal, ...next.effects] };
  }

  #acknowledged(state: Phase<'confirming'>, message: MessageOf<'acknowledge'>): AuthenticatorStep {
    const { nonces, keys, sent } = state;
    if (message.counter !== sent.counter || !isProven(this.#options.crypto, keys, nonces, message)) return stay(state);
    return emit<AuthenticatorState, AuthenticatorCommand>(
      { phase: 'up', nonces, keys, counter: sent.counter },
      { do: 'clearTimer' },
      { do: 'authenticated', pairwise: keys.pairwise.copy() },
    );
  }

  #rekey(state: Phase<'up'>, group: GroupKey): AuthenticatorStep {
    const { nonces, keys } = state;
    const counter = state.counter + 1;
    const payload = this.#groupMessage(state, 'rekey', counter, group);
    return emit<AuthenticatorState, AuthenticatorCommand>(
      { phase: 'rekeying', nonces, keys, keyIndex: group.keyIndex, sent: { counter, payload, tries: 1 } },
      ...this.#send(payload),
    );
  }

  #rekeyed(state: Phase<'rekeying'>, message: MessageOf<'rekeyed'>): AuthenticatorStep {
    const { nonces, keys, sent, keyIndex } = state;
    if (message.counter !== sent.counter || !isProven(this.#options.crypto, keys, nonces, message)) return stay(state);
    return emit<AuthenticatorState, AuthenticatorCommand>(
      { phase: 'up', nonces, keys, counter: sent.counter },
      { do: 'clearTimer' },
      { do: 'rekeyed', keyIndex },
    );
  }

  #groupMessage({ nonces, keys }: Keyed, type: 'confirm' | 'rekey', counter: number, { keyIndex, key }: GroupKey): Uint8Array {
    const { crypto } = this.#options;
    const wrapped = crypto.wrapKey(keys.wrapping.reveal(), key.reveal());
    return writeProven(crypto, keys, nonces, { type, counter, keyIndex, receiveCounter: new Uint8Array(6), wrapped });
  }
}

export const vendorAuthenticator = (options: AuthenticatorOptions): Authenticator => {
  const { step } = new Machine({ retryMs: 1_000, attempts: 5, ...options });
  return { idle: { phase: 'idle' }, step };
};
