import * as t from 'io-ts';
import { Bytes } from './bytes.js';
import { Win32 } from './codes.js';
import { SecretValue } from './Secret.js';
import { AdapterHandle, BufferHandle, Guid, MacAddress, SessionHandle } from './values.js';
import { type VariantOf, variant } from './variant.js';

/**
 * What is asked of a `SecretSource`: randomness, a credential by name, the clear text of a protected blob, or the PMK that was
 * remembered under a PMKID; without one, the latest of that peer.
 */
export const SecretRequest = t.union([
  t.strict({ want: t.literal('entropy'), length: t.number }),
  t.strict({ want: t.literal('credential'), name: t.string }),
  t.strict({ want: t.literal('unprotected'), blob: SecretValue }),
  t.exact(t.intersection([t.type({ want: t.literal('pmk'), peer: MacAddress }), t.partial({ pmkid: Bytes })])),
]);
export type SecretRequest = t.TypeOf<typeof SecretRequest>;

/** What the outside answers, as events: so that an input log holds everything the engine ever depended on. */
export const replyKinds = {
  /** The return of the API call that effect number `call` became, with whatever came back beside the code. */
  reply: variant(
    'reply',
    { call: t.number, win32: Win32 },
    { output: Bytes, secret: SecretValue, buffer: BufferHandle, interface: Guid },
  ),
  /** The answer of a `SecretSource`; without `secret` it had none to give. */
  secretSupplied: variant('secretSupplied', { request: SecretRequest }, { secret: SecretValue }),
  /**
   * A handler returned. In a log that has these, everything between a handler and its return happened inside the call.
   * A return without a call is a call the front door refused; `detail` says why.
   */
  handlerReturned: variant(
    'handlerReturned',
    { handler: t.string, win32: Win32 },
    { adapter: AdapterHandle, session: SessionHandle, detail: t.string },
  ),
};

export type Reply = Extract<VariantOf<typeof replyKinds>, { kind: 'reply' }>;
export type SinkAnswer = VariantOf<typeof replyKinds>;
