import { nodeCrypto as crypto } from '../../adapters/crypto/index.js';
import { mppeKeys } from '../../operators/core/eap/mschap/mppeKeys.js';
import { mschapV2Proof, mschapV2Response } from '../../operators/core/eap/mschap/mschapV2.js';
import { toHex } from '../../streams/events/index.js';
import { EapMethod, type EapPacket } from '../../streams/frames/index.js';
import { type EapScript, failure, type Line, request, success } from './eapServer.js';

const { IDENTITY, MSCHAPV2 } = EapMethod.codes;

/** What a server of EAP-MSCHAPv2 knows, and how it speaks. */
export interface Mschapv2ServerOptions {
  readonly ntHash: Uint8Array;
  readonly userName: string;
  /** What it says of a wrong password, e.g. `E=691 R=1 C=…`: one refusal after the other. */
  readonly refusals?: ReadonlyArray<string>;
  /** Changes what it says: `challenge`, `success` or `failure`. */
  readonly change?: (what: string, data: Uint8Array) => Uint8Array;
}

export interface Mschapv2ServerResult {
  msk?: string;
  readonly names: string[];
  /** The last thing the peer said. */
  farewell?: string;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** OpCode, MS-CHAPv2-ID, MS-Length, and the rest. */
const packet = (op: number, id: number, rest: Uint8Array): Uint8Array =>
  Uint8Array.of(op, id, (rest.length + 4) >>> 8, (rest.length + 4) & 0xff, ...rest);

const CHALLENGE = Uint8Array.from({ length: 16 }, (_, at) => 0xa0 + at);

const challengeIn = (refusal: string): Uint8Array =>
  Uint8Array.from(Buffer.from(/C=([0-9a-fA-F]{32})/.exec(refusal)?.[1] ?? '', 'hex'));

/** A server of EAP-MSCHAPv2: draft-kamath-pppext-eap-mschapv2-02. */
export function* mschapv2Script(options: Mschapv2ServerOptions, result: Mschapv2ServerResult): EapScript {
  const { ntHash, userName, refusals = ['E=691 R=0 C=00112233445566778899aabbccddeeff V=3 M=no'] } = options;
  const change = options.change ?? ((_, data) => data);
  const say = (what: string, data: Uint8Array): Line => request(MSCHAPV2, change(what, data));
  yield request(IDENTITY);
  let challenge: Uint8Array = CHALLENGE;
  let answer: EapPacket = yield say('challenge', packet(1, 0x51, Uint8Array.of(16, ...challenge, ...ascii('server'))));
  for (let id = 0x52; ; id++) {
    const { data } = answer;
    result.farewell = toHex(data);
    if (data[0] !== 2 || data.length < 54) return void (yield failure);
    result.names.push(new TextDecoder().decode(data.subarray(54)));
    const ntResponse = data.subarray(29, 53);
    const exchange = {
      authenticatorChallenge: challenge,
      peerChallenge: data.subarray(5, 21),
      userName: ascii(userName),
      ntHash,
    };
    if (toHex(ntResponse) === toHex(mschapV2Response(crypto, exchange))) {
      const proof = toHex(mschapV2Proof(crypto, exchange, ntResponse)).toUpperCase();
      const { send, receive } = mppeKeys(crypto, ntHash, ntResponse);
      result.msk = toHex(send.reveal()) + toHex(receive.reveal());
      send.zeroise();
      receive.zeroise();
      const { data: last } = yield say('success', packet(3, id, ascii(`S=${proof} M=welcome`)));
      result.farewell = toHex(last);
      return void (yield last[0] === 3 ? success : failure);
    }
    const refusal = refusals[result.names.length - 1];
    if (refusal === undefined) return void (yield failure);
    answer = yield say('failure', packet(4, id, ascii(refusal)));
    challenge = challengeIn(refusal);
  }
}
