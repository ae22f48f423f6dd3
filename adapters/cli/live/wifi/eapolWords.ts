import { EapolType, readEapol, readKeyInformation } from '../../../../streams/frames/index.js';
import { eapWords } from '../../../radius/conversation/eapWords.js';

const KEY_INFORMATION_AT = 1;
const KEY_DATA_LENGTH_AT = 93;

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** By its flags (IEEE 802.11-2020 12.7.6.1, 12.7.7.1); message 4 of RSN has no data, message 2 has. */
const keyWords = (body: Uint8Array): string => {
  const { pairwise, ack, mic, secure, request } = readKeyInformation(u16(body, KEY_INFORMATION_AT));
  if (request) return 'EAPOL-Key request';
  if (!pairwise) return `group message ${ack ? 1 : 2}`;
  if (ack) return `message ${mic ? 3 : 1} of 4`;
  return `message ${secure || u16(body, KEY_DATA_LENGTH_AT) === 0 ? 4 : 2} of 4`;
};

/** What an EAPOL packet is, in words that show no identity. */
export const eapolWords = (packet: Uint8Array): string => {
  const eapol = readEapol(packet);
  if (eapol._tag === 'Left') return 'malformed EAPOL';
  const { type, body } = eapol.right;
  if (type === EapolType.codes.EAP_PACKET) return eapWords(body);
  if (type === EapolType.codes.KEY) return keyWords(body);
  return `EAPOL-${(EapolType.nameOf(type) ?? String(type)).toLowerCase().replaceAll('_', ' ')}`;
};
