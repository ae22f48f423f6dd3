import { akmOf, type Connection, cipherOf, type Tape } from '../../../operators/core/index.js';
import { mac48ToAddress } from '../../../streams/air/index.js';
import { type AssociationCompletion, Cipher } from '../../../streams/events/index.js';
import { ElementId, writeAssociationRequest, writeElement } from '../../../streams/frames/index.js';
import { associationWith } from '../../memory/associationWith.js';

const NOTHING = new Uint8Array(0);
const CAPABILITIES = 0x0431;
const KEY_DATA_AT = 99;
const KEY_DATA_LENGTH_AT = 97;

/** What a station says of itself in its message 2, which repeats its association request. */
const elementsRepeated = ({ packets }: Tape): Uint8Array => {
  for (const { from, packet } of packets) {
    const length = ((packet[KEY_DATA_LENGTH_AT] ?? 0) << 8) | (packet[KEY_DATA_LENGTH_AT + 1] ?? 0);
    if (from === 'station' && packet[1] === 3 && length > 0) return packet.subarray(KEY_DATA_AT, KEY_DATA_AT + length);
  }
  return NOTHING;
};

/** An association that was not captured, as far as message 2 and the network's name tell. */
const requestWritten = (tape: Tape, ssid: Uint8Array): Uint8Array => {
  const name = writeElement('SSID element', ElementId.codes.SSID, ssid);
  const elements = Uint8Array.of(...(name._tag === 'Right' ? name.right : NOTHING), ...elementsRepeated(tape));
  return writeAssociationRequest({ capabilities: CAPABILITIES, listenInterval: 1, elements });
};

const windowsCipher = (selector: number | undefined): number =>
  (selector === undefined ? undefined : cipherOf(selector)?.windows) ?? Cipher.codes.NONE;

/** What a miniport would have reported of a connection's association. */
export const associationOf = ({ ap, ssid, security, association }: Connection, tape: Tape): AssociationCompletion =>
  associationWith(mac48ToAddress(ap), {
    reassociationRequest: tape.request !== undefined && association?.isReassociation === true,
    reassociationResponse: association?.isReassociation === true,
    request: tape.request ?? requestWritten(tape, ssid ?? NOTHING),
    response: tape.response ?? NOTHING,
    beacon: tape.announcement ?? NOTHING,
    authAlgorithm: akmOf(security?.akm ?? 0)?.windows[0] ?? 0,
    unicastCipher: windowsCipher(security?.pairwise),
    multicastCipher: windowsCipher(security?.group),
    managementCipher: security?.pmf === 'none' ? Cipher.codes.NONE : windowsCipher(security?.groupManagement),
  });
