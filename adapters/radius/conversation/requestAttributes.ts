import { EapMethod, readEap } from '../../../streams/frames/index.js';
import { splitEapMessage } from '../packet/eapMessage.js';
import { RadiusAttributeType } from '../packet/RadiusAttributeType.js';
import type { RadiusAttribute } from '../packet/RadiusPacket.js';

const { codes } = RadiusAttributeType;
const TYPE_AT = 4;

/** What an identity response says; nothing for any other packet. */
export const identityIn = (eap: Uint8Array): Uint8Array | undefined => {
  // Most say none, which takes no reading to see.
  if (eap[TYPE_AT] !== EapMethod.codes.IDENTITY) return undefined;
  const read = readEap(eap);
  return read._tag === 'Right' && read.right.type === EapMethod.codes.IDENTITY ? read.right.data : undefined;
};

/**
 * The attributes of an Access-Request: the identity as the user's name (RFC 3579 2.1), what the NAS says of itself, the State of the
 * challenge before, and the EAP packet.
 */
export const requestAttributes = (
  identity: Uint8Array,
  nas: ReadonlyArray<RadiusAttribute>,
  eap: Uint8Array,
  state: Uint8Array | undefined,
): ReadonlyArray<RadiusAttribute> => [
  { type: codes['User-Name'], value: identity },
  ...nas,
  ...(state === undefined ? [] : [{ type: codes.State, value: state }]),
  ...splitEapMessage(eap),
];
