import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { joinEapMessage, RadiusCode, splitEapMessage } from '../../../adapters/radius/index.js';
import { equalBytes } from '../../../streams/events/index.js';
import { EapMethod, readEap } from '../../../streams/frames/index.js';
import { eapFailure, eapRequest, eapSuccess } from '../eapServer.js';
import { answerTo } from './answers.js';
import type { Asked } from './radiusServer.js';
import { rightOf } from './rightOf.js';

const { ACCESS_ACCEPT, ACCESS_CHALLENGE, ACCESS_REJECT } = RadiusCode.codes;
const { IDENTITY, MD5_CHALLENGE } = EapMethod.codes;
const CHALLENGE = Uint8Array.from({ length: 16 }, (_, n) => n * 3);

/** A RADIUS server that knows one password, and asks for it by MD5-Challenge (RFC 3748 5.4). */
export const md5Radius =
  (password: string) =>
  ({ request, shared, reply }: Asked): void => {
    const eap = rightOf(readEap(rightOf(joinEapMessage(request)) ?? new Uint8Array(0)));
    const say = (code: number, packet: Uint8Array): void =>
      reply(answerTo(shared, request, { code, attributes: splitEapMessage(packet) }));
    if (eap.type === IDENTITY) {
      say(ACCESS_CHALLENGE, eapRequest(eap.identifier + 1, MD5_CHALLENGE, Uint8Array.of(16, ...CHALLENGE)));
      return;
    }
    const input = Uint8Array.of(eap.identifier, ...new TextEncoder().encode(password), ...CHALLENGE);
    const isRight = eap.type === MD5_CHALLENGE && equalBytes(eap.data.subarray(1, 17), nodeCrypto.hash('md5', input));
    if (isRight) say(ACCESS_ACCEPT, eapSuccess(eap.identifier));
    else say(ACCESS_REJECT, eapFailure(eap.identifier));
  };
