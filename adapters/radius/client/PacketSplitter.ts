import { HEADER_SIZE, MAX_PACKET } from '../packet/RadiusPacket.js';

const LENGTH_AT = 2;

/** Finds the packets in a stream of octets (RFC 6613 2.6.4), holding at most one that is not yet whole. */
export class PacketSplitter {
  #rest: Uint8Array = new Uint8Array(0);

  /** The packets that have become whole, or `undefined` when the stream is none of RADIUS. */
  push(octets: Uint8Array): ReadonlyArray<Uint8Array> | undefined {
    const all = this.#rest.length === 0 ? octets : Buffer.concat([this.#rest, octets]);
    const packets: Uint8Array[] = [];
    let at = 0;
    while (all.length - at >= LENGTH_AT + 2) {
      const length = ((all[at + LENGTH_AT] ?? 0) << 8) | (all[at + LENGTH_AT + 1] ?? 0);
      if (length < HEADER_SIZE || length > MAX_PACKET) return undefined;
      if (all.length - at < length) break;
      packets.push(all.subarray(at, at + length));
      at += length;
    }
    this.#rest = all.slice(at);
    return packets;
  }
}
