import { createHmac } from 'node:crypto';

/** The server's side of cryptobinding, by node:crypto and from [MS-PEAP] 3.1.5.5 alone. */
const hmac = (key: Uint8Array, ...parts: ReadonlyArray<Uint8Array | string>): Uint8Array => {
  const mac = createHmac('sha1', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

const expand = (key: Uint8Array, label: string, seed: Uint8Array, octets: number): Uint8Array => {
  const blocks: Uint8Array[] = [];
  for (let count = 1; 20 * (count - 1) < octets; count++)
    blocks.push(hmac(key, blocks.at(-1) ?? '', label, seed, Uint8Array.of(count, 0, 0)));
  return new Uint8Array(Buffer.concat(blocks)).slice(0, octets);
};

export interface ServerCompound {
  readonly ipmk: Uint8Array;
  readonly cmk: Uint8Array;
}

/** With nothing inside of the tunnel, without `isk`. */
export const serverCompound = (tunnelKey: Uint8Array, isk?: Uint8Array): ServerCompound => {
  const both =
    isk === undefined ? tunnelKey.slice(0, 60) : expand(tunnelKey.slice(0, 40), 'Inner Methods Compound Keys', isk, 60);
  return { ipmk: both.slice(0, 40), cmk: both.slice(40) };
};

export const serverCsk = ({ ipmk }: ServerCompound): Uint8Array =>
  expand(ipmk, 'Session Key Generating Function', Uint8Array.of(0), 128);

/** The TLV of one side: a request has subtype 0, a response 1. */
export const bindingTlv = ({ cmk }: ServerCompound, nonce: Uint8Array, subtype: number, version = 0): Uint8Array => {
  const head = Uint8Array.of(0, 12, 0, 56, 0, version, 0, subtype, ...nonce);
  return Uint8Array.of(...head, ...hmac(cmk, head, new Uint8Array(20), Uint8Array.of(25)));
};

export const resultTlv = (result: number): Uint8Array => Uint8Array.of(0x80, 3, 0, 2, 0, result);

export const extensionsRequest = (identifier: number, ...tlvs: ReadonlyArray<Uint8Array>): Uint8Array => {
  const data = Buffer.concat(tlvs);
  return Uint8Array.of(1, identifier, 0, 5 + data.length, 33, ...data);
};
