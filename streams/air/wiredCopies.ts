import type { Hearing } from './Hearing.js';
import type { Mac48 } from './Mac48.js';

/** A port of a switch that mirrors others shows a frame where it comes in and where it goes out. Nobody says the same again so soon, in microseconds. */
const LONGEST_COPY = 50_000;
const PLACES = 8;

interface Packet {
  readonly sender: Mac48;
  readonly receiver: Mac48;
  readonly time: number;
  readonly octets: Uint8Array;
}

const isSame = (packet: Packet, { bytes, body, end, sender, receiver }: Hearing): boolean =>
  packet.sender === sender &&
  packet.receiver === receiver &&
  packet.octets.length === end - body &&
  packet.octets.every((octet, i) => octet === bytes[body + i]);

/** Whether the packet in hand was heard already, a moment ago; if not, it is remembered. */
export type IsCopy = (hearing: Hearing) => boolean;

export const createWiredCopies = (): IsCopy => {
  const packets = new Array<Packet | undefined>(PLACES).fill(undefined);
  let newest = 0;
  return (hearing) => {
    const { bytes, body, end, sender, receiver, time } = hearing;
    const isCopyOf = (packet: Packet | undefined): boolean =>
      packet !== undefined && Math.abs(time - packet.time) <= LONGEST_COPY && isSame(packet, hearing);
    if (packets.some(isCopyOf)) return true;
    newest = (newest + 1) % PLACES;
    packets[newest] = { sender, receiver, time, octets: bytes.slice(body, end) };
    return false;
  };
};
