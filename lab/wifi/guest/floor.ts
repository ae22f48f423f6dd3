/**
 * The least that a WPA2-PSK handshake can cost in this runtime: `node floor.mjs INTERFACE SSID BSSID MHZ PASSPHRASE-FILE` connects, derives
 * keys, answers messages 1 and 3, gives the kernel its keys, and connects again when it has been sent away. Nothing is chosen, told, recorded, judged or
 * retried, and nothing is expected to go wrong: no other cipher, no copy, no forged packet. Fields are where they always are in what this
 * access point sends. It is what `postassoc live wifi` is held against, and no program for anybody.
 */
import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Either, isLeft } from 'fp-ts/lib/Either.js';
import type { LibC } from '../../../adapters/linux/ffi/LibC.js';
import { loadLibC } from '../../../adapters/linux/ffi/loadLibC.js';
import { type GenericRequest, genericBody } from '../../../adapters/linux/genetlink/GenericMessage.js';
import { GenericSocket } from '../../../adapters/linux/genetlink/GenericSocket.js';
import { resolveFamily } from '../../../adapters/linux/genetlink/resolveFamily.js';
import { netlinkAddress, writeNetlinkMessage } from '../../../adapters/linux/netlink/netlinkMessage.js';
import { Attribute, Command } from '../../../adapters/linux/nl80211/names.js';
import { authoriseRequest, connectRequest, eapolRequest, newKeyRequest } from '../../../adapters/linux/nl80211/requests.js';
import { type MacAddress, macToBytes } from '../../../streams/events/index.js';

const [interfaceName = '', ssid = '', peer = '', mhz = '', passphraseFile = ''] = process.argv.slice(2);

const got = <A>(result: Either<unknown, A>): A => {
  if (isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

const ofInterface = (name: string): string => readFileSync(`/sys/class/net/${interfaceName}/${name}`, 'utf8').trim();

const c: LibC = got(await loadLibC());
const commands = got(GenericSocket.open(c));
const family = got(resolveFamily(commands, 'nl80211'));
const index = Number(ofInterface('ifindex'));
const bssid = peer as MacAddress;
const addresses = [macToBytes(bssid), macToBytes(ofInterface('address') as MacAddress)];
const pmk = pbkdf2Sync(readFileSync(passphraseFile, 'utf8').trim(), ssid, 4096, 32, 'sha1');

const [AF_NETLINK, SOCK_RAW, NONBLOCK, GENERIC] = [16, 3, 0o4000, 16];
const [SOL_NETLINK, ADD_MEMBERSHIP, DONTWAIT, ROOM] = [270, 1, 0x40, 0x4000];
const CCMP = 0x000fac04;
const PSK = 0x000fac02;
const ELEMENT = Buffer.from('30140100000fac040100000fac040100000fac020000', 'hex');

const toKernel = netlinkAddress();
const own = c.socket(AF_NETLINK, SOCK_RAW | NONBLOCK, GENERIC);
c.bind(own, toKernel, toKernel.length);
const group = new Uint8Array(Uint32Array.of(family.groups.get('mlme') ?? 0).buffer);
c.setsockopt(own, SOL_NETLINK, ADD_MEMBERSHIP, group, group.length);

const [REQUEST, SEQUENCE] = [1, 1];
const messageOf = (request: GenericRequest): Uint8Array =>
  writeNetlinkMessage({ type: family.id, flags: REQUEST, sequence: SEQUENCE, body: genericBody(request) });
const send = (message: Uint8Array): unknown => c.sendto(own, message, message.length, DONTWAIT, toKernel, toKernel.length);

/** Where the fields of an EAPOL-Key packet are (IEEE 802.11-2020 12.7.2). */
const [INFORMATION, COUNTER, NONCE, MIC, KEY_DATA_LENGTH, KEY_DATA] = [5, 9, 17, 81, 97, 99];
const HAS_MIC = 0x01;
const MIC_SIZE = 16;

const keyPacket = (length: number, information: number): Buffer => {
  const packet = Buffer.alloc(KEY_DATA + length);
  packet.set([1, 3, 0, KEY_DATA - 4 + length, 2, information >> 8, information & 0xff]);
  packet.writeUInt16BE(length, KEY_DATA_LENGTH);
  return packet;
};

/** Behind the last attribute but one of a request stands the packet; its padding is zero. */
const messageAround = (packet: Uint8Array): { readonly message: Uint8Array; readonly packet: Buffer } => {
  const message = messageOf(eapolRequest(index, bssid, packet));
  const padded = (packet.length + 3) & ~3;
  return { message, packet: Buffer.from(message.buffer, message.length - padded, packet.length) };
};

const message2 = keyPacket(ELEMENT.length, 0x010a);
message2.set(ELEMENT, KEY_DATA);
const second = messageAround(message2);
const fourth = messageAround(keyPacket(0, 0x030a));

/** The PRF's message: label, 0, addresses and nonces in their order, counter. */
const expansion = Buffer.alloc(100);
expansion.write('Pairwise key expansion');
expansion.set(
  [...addresses].sort(Buffer.compare).flatMap((address) => [...address]),
  23,
);
const snonce = Buffer.alloc(32);
const ptk = Buffer.alloc(60);

const sign = (packet: Buffer): void => {
  packet.fill(0, MIC, MIC + MIC_SIZE);
  createHmac('sha1', ptk.subarray(0, 16)).update(packet).digest().copy(packet, MIC, 0, MIC_SIZE);
};

const answer1 = (packet: Buffer): void => {
  randomBytes(32).copy(snonce);
  const anonce = packet.subarray(NONCE, NONCE + 32);
  const isFirst = anonce.compare(snonce) < 0;
  (isFirst ? anonce : snonce).copy(expansion, 35);
  (isFirst ? snonce : anonce).copy(expansion, 67);
  for (let i = 0; i < 3; i++) {
    expansion[99] = i;
    createHmac('sha1', pmk)
      .update(expansion)
      .digest()
      .copy(ptk, 20 * i);
  }
  packet.copy(second.packet, COUNTER, COUNTER, COUNTER + 8);
  snonce.copy(second.packet, NONCE);
  sign(second.packet);
};

/** RFC 3394 2.2.3.1. */
const INITIAL = Buffer.alloc(8, 0xa6);
const GROUP_KEY = Buffer.from('000fac01', 'hex');

/** The group key of message 3 and its number, if it is the access point's. */
const answer3 = (packet: Buffer): { readonly key: Buffer; readonly id: number } | undefined => {
  const mic = Buffer.from(packet.subarray(MIC, MIC + MIC_SIZE));
  sign(packet);
  if (!mic.equals(packet.subarray(MIC, MIC + MIC_SIZE))) return undefined;
  const wrapped = packet.subarray(KEY_DATA, KEY_DATA + packet.readUInt16BE(KEY_DATA_LENGTH));
  const keyData = createDecipheriv('id-aes128-wrap', ptk.subarray(16, 32), INITIAL).update(wrapped);
  const at = keyData.indexOf(GROUP_KEY);
  packet.copy(fourth.packet, COUNTER, COUNTER, COUNTER + 8);
  sign(fourth.packet);
  return { key: keyData.subarray(at + 6, at + 22), id: (keyData[at + 4] ?? 0) & 3 };
};

const install = ({ key, id }: { readonly key: Buffer; readonly id: number }): void => {
  const requests = [
    newKeyRequest(index, { peer: bssid, index: 0, cipher: CCMP, key: ptk.subarray(32, 48) }),
    newKeyRequest(index, { index: id, cipher: CCMP, key }),
    authoriseRequest(index, bssid),
  ];
  for (const request of requests) got(commands.request(family.id, request));
};

const heard = (packet: Buffer): void => {
  if (((packet[INFORMATION] ?? 0) & HAS_MIC) === 0) {
    answer1(packet);
    send(second.message);
    return;
  }
  const groupKey = answer3(packet);
  if (groupKey === undefined) return;
  send(fourth.message);
  install(groupKey);
};

const security = { element: ELEMENT, wpaVersion: 2, akm: PSK, pairwise: CCMP, group: CCMP };
const connecting = messageOf(
  connectRequest(index, { ssid: Buffer.from(ssid), bssid, frequency: Number(mhz), security, usesControlPort: true }),
);

const room = Buffer.alloc(ROOM);
const [from, fromSize] = [new Uint8Array(128), new Uint32Array(1)];
const [NETLINK_HEADER, GENERIC_HEADER, ATTRIBUTE_HEADER] = [16, 4, 4];
const AGAIN_MS = 20;

const tell = (at: number, end: number): void => {
  const command = room[at + NETLINK_HEADER];
  if (command === Command.DISCONNECT) setTimeout(send, AGAIN_MS, connecting);
  if (command !== Command.CONTROL_PORT_FRAME) return;
  let next = at + NETLINK_HEADER + GENERIC_HEADER;
  while (next < end) {
    const size = room.readUInt16LE(next);
    if (room.readUInt16LE(next + 2) === Attribute.FRAME) {
      heard(room.subarray(next + ATTRIBUTE_HEADER, next + size));
      return;
    }
    next += (size + 3) & ~3;
  }
};

const read = (): void => {
  for (;;) {
    fromSize[0] = from.length;
    const size = c.recvfrom(own, room, ROOM, DONTWAIT, from, fromSize);
    if (size < 0) return;
    for (let at = 0; at < size; at += (room.readUInt32LE(at) + 3) & ~3) tell(at, at + room.readUInt32LE(at));
  }
};

/** As often as V8 wants to see it before it compiles it. */
const REHEARSALS = 1000;
const GROUP_KEY_DATA = Buffer.concat([
  ELEMENT,
  Buffer.from('dd16', 'hex'),
  GROUP_KEY,
  Buffer.alloc(18),
  Buffer.from('dd00', 'hex'),
]);
const [fake1, fake3] = [keyPacket(0, 0x008a), keyPacket(GROUP_KEY_DATA.length + 8, 0x13ca)];
for (let n = 0; n < REHEARSALS; n++) {
  answer1(fake1);
  createCipheriv('id-aes128-wrap', ptk.subarray(16, 32), INITIAL).update(GROUP_KEY_DATA).copy(fake3, KEY_DATA);
  sign(fake3);
  answer3(fake3);
}

c.watch(own, read);
send(connecting);
