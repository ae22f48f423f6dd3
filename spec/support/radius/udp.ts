import { readCapture } from '../pcap.js';

const ETHERNET_HEADER = 14;
const UDP_HEADER = 8;
const IPV4 = 0x45;
const UDP = 17;

/** What the UDP datagrams of a capture carry, in order; of Ethernet and IPv4 without options. */
export const udpPayloads = (file: Uint8Array): ReadonlyArray<Uint8Array> =>
  [...readCapture(file)].flatMap(({ bytes }) => {
    const ip = bytes.subarray(ETHERNET_HEADER);
    if (ip[0] !== IPV4 || ip[9] !== UDP) return [];
    const udp = ip.subarray(20);
    const length = ((udp[4] ?? 0) << 8) | (udp[5] ?? 0);
    return [udp.slice(UDP_HEADER, length)];
  });
