/**
 * Captures as a sniffer would write them, made beforehand: `sessions` is stations that associate, run a WPA2-PSK handshake, send
 * one encrypted frame and leave; `busy` is air full of beacons, data and acknowledgements of others with a few such sessions in
 * it. Every MIC, every wrapped key and every CCMP frame is right.
 */
import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Crypto } from 'postassoc';
import { keyMic, pairwiseKey, parametersOf, wrapKeyData } from 'postassoc/core';
import { type EapolKey, MIC_AT, padKeyData, writeEapolKey, writeKeyData, writeRsnElement } from 'postassoc/frames';
import { CCMP, known, PSK, rightOf } from './handshakes.js';

export const SSID = 'gen-net';
export const PASSPHRASE = 'correct horse battery';

export interface AirOptions {
  readonly sessions: number;
  /** Frames of others around them. */
  readonly background: number;
  readonly crypto: Crypto;
}

const SECONDS_A_SESSION = 0.01;
const START = 1_700_000_000;
const NOTHING = new Uint8Array(0);

/** Octets that are the same in every run. */
const drawing = (seed: string): ((length: number) => Uint8Array) => {
  let n = 0;
  return (length) => createHash('shake256', { outputLength: length }).update(`${seed} ${n++}`).digest();
};

const hexBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const concat = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => new Uint8Array(Buffer.concat(parts));
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

const macOf = (kind: number, n: number): Uint8Array => Uint8Array.of(kind, 0, n >>> 24, n >>> 16, n >>> 8, n);
const AP = macOf(0x02, 1);
const BROADCAST = new Uint8Array(6).fill(0xff);

const RADIOTAP = hexBytes('00000c000480000002006c09');
const LLC_EAPOL = hexBytes('aaaa03000000888e');
const LLC_IP = hexBytes('aaaa030000000800');

const TYPES = { associationRequest: 0x00, associationResponse: 0x10, beacon: 0x80, disassociation: 0xa0, authentication: 0xb0 };
const QOS_DATA = 0x88;
const [TO_DS, FROM_DS, PROTECTED] = [1, 2, 0x40];

/** MAC headers with a sequence number of each transmitter's own. */
const headers = () => {
  const sequences = new Map<string, number>();
  const sequenceOf = (mac: Uint8Array): Uint8Array => {
    const key = Buffer.from(mac).toString('hex');
    const next = ((sequences.get(key) ?? 0) + 1) & 0xfff;
    sequences.set(key, next);
    return Uint8Array.of((next << 4) & 0xff, next >> 4);
  };
  return {
    management: (type: number, to: Uint8Array, from: Uint8Array, bssid: Uint8Array): Uint8Array =>
      concat(Uint8Array.of(type, 0, 0x3a, 1), to, from, bssid, sequenceOf(from)),
    data: (isUp: boolean, station: Uint8Array, ap: Uint8Array, flags = 0): Uint8Array => {
      const [to, from] = isUp ? [ap, station] : [station, ap];
      return concat(
        Uint8Array.of(QOS_DATA, flags | (isUp ? TO_DS : FROM_DS), 0x3a, 1),
        to,
        from,
        ap,
        sequenceOf(from),
        new Uint8Array(2),
      );
    },
  };
};

const rsne = rightOf(
  writeRsnElement({
    ...{ version: 1, group: CCMP.selector, pairwise: [CCMP.selector], akms: [PSK.selector] },
    ...{ capabilities: 0, rest: NOTHING },
  }),
);
const RATES = hexBytes('010882848b960c121824');
const elementsOf = (ssid: string): Uint8Array => concat(Uint8Array.of(0, ssid.length), ascii(ssid), RATES);
const beaconBody = (ssid: string): Uint8Array =>
  concat(new Uint8Array(8), hexBytes('64001104'), elementsOf(ssid), hexBytes('030106'), rsne);

const CCMP_HEADER = 24;
const MIC = 8;

/** IEEE 802.11-2020 12.5.3 for a QoS data frame of priority 0. */
const sealed = (tk: Uint8Array, header: Uint8Array, pn: number, plain: Uint8Array): Uint8Array => {
  const pnBytes = Uint8Array.of(0, 0, pn >>> 24, pn >>> 16, pn >>> 8, pn);
  const nonce = concat(Uint8Array.of(0), header.subarray(10, 16), pnBytes);
  const control = Uint8Array.of((header[0] ?? 0) & 0x8f, ((header[1] ?? 0) & 0x47) | PROTECTED);
  const associated = concat(control, header.subarray(4, 22), new Uint8Array(4));
  const cipher = createCipheriv('aes-128-ccm', tk, nonce, { authTagLength: MIC });
  cipher.setAAD(associated, { plaintextLength: plain.length });
  const text = cipher.update(plain);
  cipher.final();
  const ccmp = Uint8Array.of(pn & 0xff, (pn >> 8) & 0xff, 0, 0x20, (pn >> 16) & 0xff, pn >>> 24, 0, 0);
  return concat(header.subarray(0, CCMP_HEADER + 2), ccmp, text, cipher.getAuthTag());
};

const PLAIN = {
  ...{ descriptorVersion: 2, pairwise: true, index: 0, install: false, ack: false, mic: false, secure: false },
  ...{ error: false, request: false, encrypted: false, smk: false },
};

interface Packet {
  readonly information: Partial<EapolKey['information']>;
  readonly keyLength?: number;
  readonly nonce?: Uint8Array;
  readonly keyData?: Uint8Array;
  readonly version?: number;
}

const packetOf = (counter: bigint, { information, keyLength = 0, nonce = NOTHING, keyData = NOTHING, version = 2 }: Packet) =>
  writeEapolKey({
    ...{ version, descriptor: 2, keyLength, replayCounter: counter, nonce, keyData },
    information: { ...PLAIN, ...information },
    ...{ iv: NOTHING, receiveCounter: new Uint8Array(8), reserved: NOTHING, mic: new Uint8Array(16) },
  });

/** What a capture is made of, each frame with its time. */
type Timed = readonly [time: number, frame: Uint8Array];

const sessionMaker = (crypto: Crypto) => {
  const air = headers();
  const draw = drawing('sessions');
  const pmk = new Uint8Array(pbkdf2Sync(PASSPHRASE, SSID, 4096, 32, 'sha1'));
  const parameters = parametersOf(PSK, pmk.length);
  const gtk = draw(16);

  const handshake = (station: Uint8Array): { readonly packets: ReadonlyArray<Uint8Array>; readonly tk: Uint8Array } => {
    const [anonce, snonce] = [draw(32), draw(32)];
    const addresses = { authenticator: AP, supplicant: station };
    const { kck, kek, tk } = pairwiseKey(crypto, PSK, CCMP, pmk, {
      addresses,
      nonces: { authenticator: anonce, supplicant: snonce },
    });
    const items = rightOf(writeKeyData([{ kind: 'gtk', keyId: 1, transmit: false, key: gtk }]));
    const plain = padKeyData(concat(rsne, items));
    const keyData = known(wrapKeyData(crypto, parameters, 2, kek.reveal(), { iv: new Uint8Array(16), keyData: plain }));
    const proven = (packet: Uint8Array): Uint8Array => {
      packet.set(known(keyMic(crypto, parameters, 2, kck.reveal(), packet)), MIC_AT);
      return packet;
    };
    const third = { install: true, ack: true, mic: true, secure: true, encrypted: true };
    const packets = [
      packetOf(1n, { information: { ack: true }, keyLength: 16, nonce: anonce }),
      proven(packetOf(1n, { information: { mic: true }, nonce: snonce, keyData: rsne, version: 1 })),
      proven(packetOf(2n, { information: third, keyLength: 16, nonce: anonce, keyData })),
      proven(packetOf(2n, { information: { mic: true, secure: true }, version: 1 })),
    ];
    return { packets, tk: tk.reveal() };
  };

  return (n: number): ReadonlyArray<Timed> => {
    const station = macOf(0x06, n + 1);
    const { packets, tk } = handshake(station);
    const [TO_AP, TO_STATION] = [true, false];
    const management = (type: number, isUp: boolean, body: Uint8Array): Uint8Array =>
      concat(isUp ? air.management(type, AP, station, AP) : air.management(type, station, AP, AP), body);
    const frames = [
      management(TYPES.authentication, TO_AP, hexBytes('000001000000')),
      management(TYPES.authentication, TO_STATION, hexBytes('000002000000')),
      management(TYPES.associationRequest, TO_AP, concat(hexBytes('11040a00'), elementsOf(SSID), rsne)),
      management(TYPES.associationResponse, TO_STATION, concat(hexBytes('1104000001c0'), RATES)),
      ...packets.map((packet, i) => concat(air.data(i % 2 === 1, station, AP), LLC_EAPOL, packet)),
      sealed(tk, air.data(TO_AP, station, AP, PROTECTED), 1, concat(LLC_IP, new Uint8Array(60).fill(n))),
      management(TYPES.disassociation, TO_AP, Uint8Array.of(8, 0)),
    ];
    const begun = START + n * SECONDS_A_SESSION;
    return frames.map((frame, i): Timed => [begun + i * 0.0017, frame]);
  };
};

/** A pool of what else is on the air: beacons, probe responses, data of stations nobody has keys of, acks, RTS and CTS. */
const backgroundPool = (count: number): ReadonlyArray<Uint8Array> => {
  const [air, draw] = [headers(), drawing('background')];
  const pick = (list: ReadonlyArray<number>, at: number): number => list[at % list.length] ?? 0;
  return Array.from({ length: count }, () => {
    const [u = 0, a = 0, s = 0, t = 0, size = 0] = draw(5);
    const [ap, station] = [macOf(0x0a, a % 40), macOf(0x0e, (s << 1) | (t & 1))];
    const share = (u + t / 256) / 256;
    const announced = beaconBody(`net-${(a % 40) % 25}`);
    if (share < 0.35) return concat(air.management(TYPES.beacon, BROADCAST, ap, ap), announced);
    if (share < 0.4) return concat(air.management(0x50, station, ap, ap), announced);
    if (share < 0.72) {
      const header = air.data((t & 2) === 0, station, ap, PROTECTED);
      return concat(header, draw(3), Uint8Array.of(0x20), draw(4), draw(pick([60, 84, 120, 340, 700, 1400], size)));
    }
    if (share < 0.75) return concat(Uint8Array.of(0xc8, 1, 0x3a, 1), ap, station, ap, new Uint8Array(4));
    if (share < 0.93) return concat(Uint8Array.of(0xd4, 0, 0, 0), station);
    return share < 0.97 ? concat(Uint8Array.of(0xb4, 0, 0x40, 0), ap, station) : concat(Uint8Array.of(0xc4, 0, 0x30, 0), station);
  });
};

const POOL = 4096;
/** Has no divisor in common with the pool, so that all of it comes by. */
const STRIDE = 2749;
const BUFFER = 1 << 20;

/** Writes a pcap file, little-endian, microseconds, radiotap. */
const pcapWriter = (path: string) => {
  const fd = openSync(path, 'w');
  const buffer = Buffer.alloc(BUFFER);
  let at = 0;
  const put = (value: number): void => {
    at = buffer.writeUInt32LE(value >>> 0, at);
  };
  for (const word of [0xa1b2c3d4, 0x00040002, 0, 0, 262144, 127]) put(word);
  const flush = (): void => {
    writeSync(fd, buffer, 0, at);
    at = 0;
  };
  return {
    write: (time: number, frame: Uint8Array): void => {
      const size = RADIOTAP.length + frame.length;
      if (at + 16 + size > BUFFER) flush();
      const seconds = Math.floor(time);
      for (const word of [seconds, Math.floor((time - seconds) * 1e6), size, size]) put(word);
      buffer.set(RADIOTAP, at);
      buffer.set(frame, at + RADIOTAP.length);
      at += size;
    },
    close: (): void => {
      flush();
      closeSync(fd);
    },
  };
};

/** Writes such a capture, and says how many frames it has. */
export const writeAir = (path: string, { sessions, background, crypto }: AirOptions): number => {
  const [session, pool, file] = [sessionMaker(crypto), backgroundPool(background > 0 ? POOL : 0), pcapWriter(path)];
  const share = background / sessions;
  let [frames, owed, at] = [0, 0, 0];
  const write = (time: number, frame: Uint8Array): void => {
    file.write(time, frame);
    frames++;
  };
  for (let n = 0; n < sessions; n++) {
    if (n % 100 === 0)
      write(START + n * SECONDS_A_SESSION, concat(headers().management(TYPES.beacon, BROADCAST, AP, AP), beaconBody(SSID)));
    for (const [time, frame] of session(n)) {
      write(time, frame);
      for (owed += share / 10; owed >= 1; owed--) {
        at = (at + STRIDE) % POOL;
        write(time, pool[at] ?? NOTHING);
      }
    }
  }
  file.close();
  return frames;
};
