import {
  EapCode,
  EapMethod,
  type EapPacket,
  eapMethodName,
  isEapNak,
  isTlsMethod,
  readEap,
  readEapNak,
  readEapTls,
} from '../../../streams/frames/index.js';

const { IDENTITY, NOTIFICATION, NAK, EXPANDED } = EapMethod.codes;
const { REQUEST, RESPONSE } = EapCode.codes;

const tlsWords = (type: number, data: Uint8Array): string => {
  const read = readEapTls(type, data);
  if (read._tag === 'Left') return 'malformed';
  const { isStart, hasMore, fragment } = read.right;
  if (isStart) return 'start';
  if (fragment.length === 0) return 'acknowledgement';
  return `${fragment.length} octets of TLS${hasMore ? ', more to come' : ''}`;
};

const nakWords = ({ type, data }: EapPacket): string => {
  const wishes = readEapNak(data, type === EXPANDED);
  if (wishes._tag === 'Left') return 'Nak';
  return `Nak, asks for ${wishes.right.map((wish) => (wish.type === 0 ? 'nothing' : eapMethodName(wish.type, wish.vendor))).join(', ')}`;
};

const typedWords = (packet: EapPacket): string => {
  const { type = 0, vendor, data } = packet;
  if (isEapNak(packet)) return nakWords(packet);
  const name = eapMethodName(type, vendor);
  if (type === IDENTITY || type === NOTIFICATION || type === NAK) return name;
  return isTlsMethod(type) ? `${name}, ${tlsWords(type, data)}` : `${name}, ${data.length} octets`;
};

const CODES: Readonly<Record<number, string>> = {
  [REQUEST]: 'Request',
  [RESPONSE]: 'Response',
  [EapCode.codes.SUCCESS]: 'Success',
  [EapCode.codes.FAILURE]: 'Failure',
};

/**
 * An EAP packet in a few words, without whom it names: `Request PEAP, start`.
 *
 * @since 0.2.0
 */
export const eapWords = (bytes: Uint8Array): string => {
  const read = readEap(bytes);
  if (read._tag === 'Left') return 'malformed EAP';
  const code = CODES[read.right.code] ?? `code ${read.right.code}`;
  return read.right.type === undefined ? `EAP-${code}` : `${code} ${typedWords(read.right)}`;
};
