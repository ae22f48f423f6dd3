/** The station's half of the example's protocol: what each message of the access point means in each phase. */
import { Cipher, emit, equalBytes, type KeyDownload, L2Reason, type MethodCommand, Secret, Win32 } from 'postassoc';
import { deriveKeys, isProven, type Nonces, type VendorCrypto, type VendorKeys, writeProven, zeroiseKeys } from './vendorKeys.js';
import {
  type Answered,
  DEADLINE,
  fail,
  type Keyed,
  mismatch,
  type Phase,
  type VendorState,
  type VendorStep,
} from './vendorState.js';
import { type MessageOf, readMessage, VENDOR_ETHERTYPE, type VendorMessage } from './vendorWire.js';

const AT_MOST_REFUSALS = 3;

const remark = (message: string, rule = 'vendor'): MethodCommand => ({ do: 'report', rule, message });
const ignore = (state: VendorState, message: string): VendorStep => emit(state, remark(message));

const tagFor = (counter: number): string => `answer to ${counter}`;
const answer = ({ counter, reply }: Answered): MethodCommand => ({
  do: 'send',
  tag: tagFor(counter),
  etherType: VENDOR_ETHERTYPE,
  payload: reply.slice(),
});

/** What the station does with each message. `crypto` is passed in, so that the machine stays pure. */
export class VendorMachine {
  readonly #crypto: VendorCrypto;

  constructor(crypto: VendorCrypto) {
    this.#crypto = crypto;
  }

  receive(state: VendorState, payload: Uint8Array): VendorStep {
    const message = readMessage(payload);
    if (message._tag === 'Left') return emit(state, remark(message.left.message, 'R90'));
    switch (state.phase) {
      case 'waiting':
      case 'proving':
        return this.#authenticate(state, message.right, payload);
      case 'confirmed':
        return this.#rekey(state, message.right, payload);
      default:
        return ignore(state, `a ${message.right.type} came out of place`);
    }
  }

  #authenticate(state: Phase<'waiting' | 'proving'>, message: VendorMessage, bytes: Uint8Array): VendorStep {
    if (message.type === 'challenge') return this.#respond(state, message, bytes);
    if (state.phase === 'waiting') return ignore(state, `a ${message.type} came before any challenge`);
    if (message.type === 'refuse') return refused(state, message);
    if (message.type === 'confirm') return this.#confirm(state, message, bytes);
    return ignore(state, `a ${message.type} came out of place`);
  }

  /** A challenge proves nothing: any new one is answered, and none touches a key that is in use. */
  #respond(state: Phase<'waiting' | 'proving'>, { counter, nonce }: MessageOf<'challenge'>, bytes: Uint8Array): VendorStep {
    if (state.phase === 'proving') {
      if (equalBytes(bytes, state.answered.message)) return emit(state, answer(state.answered));
      zeroiseKeys(state.keys);
    }
    const { peer, credential, nonce: station } = state;
    const nonces: Nonces = { accessPoint: nonce, station };
    const keys = deriveKeys(this.#crypto, credential, peer, nonces);
    const reply = writeProven(this.#crypto, keys, nonces, { type: 'response', counter, nonce: station });
    const answered: Answered = { counter, message: bytes, reply };
    const refusals = state.phase === 'proving' ? state.refusals : 0;
    return emit<VendorState, MethodCommand>(
      { phase: 'proving', peer, credential, nonce: station, nonces, keys, answered, refusals },
      answer(answered),
    );
  }

  #confirm(state: Phase<'proving'>, message: MessageOf<'confirm'>, bytes: Uint8Array): VendorStep {
    const { keys, nonces, answered, credential } = state;
    if (message.counter <= answered.counter) return ignore(state, `the confirm ${message.counter} is a replay`);
    if (!isProven(this.#crypto, keys, nonces, message)) return ignore(state, 'a confirm without proof was dropped');
    const group = this.#groupKey(keys, message);
    if (group === undefined) return fail(state, L2Reason.codes.MSMSEC_M3_MISSING_GRP_KEY, Win32.codes.ERROR_INVALID_DATA);
    const acknowledged = this.#answered(state, message, bytes, 'acknowledge');
    // The engine owns what it is handed to install: of the pairwise key the method keeps nothing.
    const pairwise: KeyDownload = { slot: 'pairwise', algorithm: Cipher.codes.CCMP, material: ccmp(keys.pairwise.copy()) };
    keys.pairwise.zeroise();
    credential.zeroise();
    return emit<VendorState, MethodCommand>(
      { phase: 'confirmed', nonces, keys, answered: acknowledged },
      { do: 'clearTimer', name: DEADLINE },
      answer(acknowledged),
      {
        do: 'install',
        keys: [pairwise, group, { slot: 'excludeUnencrypted', exclude: true }],
        after: tagFor(message.counter),
      },
      { do: 'succeed' },
    );
  }

  #rekey(state: Phase<'confirmed'>, message: VendorMessage, bytes: Uint8Array): VendorStep {
    const { answered, keys, nonces } = state;
    if (equalBytes(bytes, answered.message)) return emit(state, answer(answered));
    if (message.type !== 'rekey') return ignore(state, `a ${message.type} came out of place`);
    if (message.counter <= answered.counter) return ignore(state, `the rekey ${message.counter} is a replay`);
    if (!isProven(this.#crypto, keys, nonces, message)) return ignore(state, 'a rekey without proof was dropped');
    const group = this.#groupKey(keys, message);
    if (group === undefined) return ignore(state, 'a rekey without a group key was dropped');
    const rekeyed = this.#answered(state, message, bytes, 'rekeyed');
    return emit<VendorState, MethodCommand>({ ...state, answered: rekeyed }, answer(rekeyed), {
      do: 'install',
      keys: [group],
      after: tagFor(message.counter),
    });
  }

  #answered({ keys, nonces }: Keyed, { counter }: VendorMessage, message: Uint8Array, type: 'acknowledge' | 'rekeyed'): Answered {
    return { counter, message, reply: writeProven(this.#crypto, keys, nonces, { type, counter }) };
  }

  #groupKey({ wrapping }: VendorKeys, message: MessageOf<'confirm' | 'rekey'>): KeyDownload | undefined {
    const key = this.#crypto.unwrapKey(wrapping.reveal(), message.wrapped);
    if (key === undefined) return undefined;
    const material = ccmp(Secret.of(key), message.receiveCounter);
    key.fill(0);
    return { slot: 'group', keyIndex: message.keyIndex, algorithm: Cipher.codes.CCMP, material };
  }
}

const ccmp = (key: Secret, counter: Uint8Array = new Uint8Array(6)) => ({ form: 'ccmp', counter, key }) as const;

/** Anybody can write a refusal: it is evidence, and only several of them are enough. */
const refused = (state: Phase<'proving'>, { counter, nonce }: MessageOf<'refuse'>): VendorStep => {
  if (counter !== state.answered.counter || !equalBytes(nonce, state.nonce)) return ignore(state, 'a refusal of something else');
  const refusals = state.refusals + 1;
  return refusals < AT_MOST_REFUSALS
    ? ignore({ ...state, refusals }, `the access point refused the proof (${refusals} of ${AT_MOST_REFUSALS})`)
    : mismatch(state);
};
