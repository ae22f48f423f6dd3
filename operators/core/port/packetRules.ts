import { EtherType, type Handler } from '../../../streams/events/index.js';
import type { Packet } from '../method/inputs.js';
import type { PortFacts } from './Port.js';

/** What of a received packet is its peer's doing, or the air's. */
export const packetOf = ({ etherType, payload, protected: isProtected }: Handler<'receivePacket'>): Packet =>
  isProtected === undefined ? { etherType, payload } : { etherType, payload, protected: isProtected };

/** Version, type, and the length of what follows (IEEE 802.1X-2020 11.3). */
const EAPOL_HEADER = 4;

const bodyLength = (payload: Uint8Array): number => ((payload[2] ?? 0) << 8) | (payload[3] ?? 0);

const isWanted = ({ method, mayUseOneX }: PortFacts, etherType: number): boolean =>
  method.etherTypes.includes(etherType) || (method.usesOneX && mayUseOneX && etherType === EtherType.codes.EAPOL);

/** R90: why a packet is none of this port's business, or nothing. */
export const malformation = (facts: PortFacts, { etherType, payload }: Packet): string | undefined => {
  if (!isWanted(facts, etherType)) return `a packet of the EtherType ${EtherType.show(etherType)} was not asked for`;
  if (etherType !== EtherType.codes.EAPOL) return undefined;
  if (payload.length < EAPOL_HEADER) return 'an EAPOL packet is shorter than its header';
  return EAPOL_HEADER + bodyLength(payload) > payload.length ? 'an EAPOL packet is shorter than it says' : undefined;
};
