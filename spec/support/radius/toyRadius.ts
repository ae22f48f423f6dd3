import {
  joinEapMessage,
  type RadiusAttribute,
  RadiusAttributeType,
  RadiusCode,
  splitEapMessage,
} from '../../../adapters/radius/index.js';
import { equalBytes } from '../../../streams/events/index.js';
import { EapCode, EapMethod, readEap } from '../../../streams/frames/index.js';
import { eapFailure, eapRequest, eapSuccess } from '../eapServer.js';
import { TOY, TOY_PASSWORD, text, toyAnswer, toyMsk } from '../eapToy.js';
import { answerTo, hideKey, vendorSpecific } from './answers.js';
import type { Asked } from './radiusServer.js';
import { rightOf } from './rightOf.js';

const { ACCESS_ACCEPT, ACCESS_CHALLENGE, ACCESS_REJECT } = RadiusCode.codes;
const STATE = RadiusAttributeType.codes.State;
const MICROSOFT = 311;

/** How a server that knows the toy method may differ from a good one. */
export interface ToyRadiusOptions {
  readonly password?: Uint8Array;
  /** Which method it asks for. */
  readonly type?: number;
  /** Whom it refuses by name. */
  readonly refuses?: string;
  /** What becomes of the MSK on the way into the MS-MPPE keys; `undefined` sends none. */
  readonly keys?: (msk: Uint8Array) => Uint8Array | undefined;
  /** What an acceptance, or a refusal, carries instead of its EAP packet. */
  readonly eapOfResult?: (identifier: number) => Uint8Array | undefined;
  readonly alwaysRejects?: boolean;
  readonly attributes?: ReadonlyArray<RadiusAttribute>;
  readonly raw?: ReadonlyArray<Uint8Array>;
}

const CHALLENGE = text('challenge');
const STATE_VALUE = text('a state of the server');

const keyAttributes = ({ request, shared }: Asked, msk: Uint8Array | undefined): ReadonlyArray<Uint8Array> =>
  msk === undefined
    ? []
    : [
        vendorSpecific(MICROSOFT, 16, hideKey(shared, request.authenticator, 0x8001, msk.slice(32))),
        vendorSpecific(MICROSOFT, 17, hideKey(shared, request.authenticator, 0x8002, msk.slice(0, 32))),
      ];

/** A RADIUS server with the toy method, as what a tiny server does with each request. */
export const toyRadius =
  (options: ToyRadiusOptions = {}) =>
  (asked: Asked): void => {
    const { password = TOY_PASSWORD, type = TOY, keys = (msk) => msk, attributes = [], raw = [] } = options;
    const eap = rightOf(readEap(rightOf(joinEapMessage(asked.request)) ?? new Uint8Array(0)));
    const state = { type: STATE, value: STATE_VALUE };
    const say = (
      code: number,
      packet: Uint8Array | undefined,
      more: ReadonlyArray<RadiusAttribute>,
      rest: ReadonlyArray<Uint8Array> = [],
    ): void =>
      asked.reply(
        answerTo(asked.shared, asked.request, {
          code,
          attributes: [...more, ...(packet === undefined ? [] : splitEapMessage(packet))],
          raw: rest,
        }),
      );
    const { eapOfResult } = options;
    const result = (isGood: boolean): void => {
      const packet = (eapOfResult ?? (isGood ? eapSuccess : eapFailure))(eap.identifier);
      if (isGood) say(ACCESS_ACCEPT, packet, attributes, [...keyAttributes(asked, keys(toyMsk(password, CHALLENGE))), ...raw]);
      else say(ACCESS_REJECT, packet, attributes, raw);
    };
    if (eap.type === EapMethod.codes.IDENTITY) {
      if (options.refuses === new TextDecoder().decode(eap.data)) result(false);
      else say(ACCESS_CHALLENGE, eapRequest(eap.identifier + 1, type, CHALLENGE), [state]);
      return;
    }
    const echoed = asked.request.attributes.some((one) => one.type === STATE && equalBytes(one.value, STATE_VALUE));
    const isRight =
      eap.code === EapCode.codes.RESPONSE && eap.type === TOY && equalBytes(eap.data, toyAnswer(password, CHALLENGE));
    result(echoed && isRight && options.alwaysRejects !== true);
  };
