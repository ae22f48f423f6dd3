import * as node from 'node:crypto';
import { createRequire } from 'node:module';
import { aeskw } from '@noble/ciphers/aes.js';
import { p256 } from '@noble/curves/nist.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import type { Crypto } from 'postassoc/core';
import { bulkCrypto, nodeCrypto, portableCrypto } from 'postassoc/crypto';
import { median } from './median.js';

/**
 * What a verified WPA2-PSK handshake asks of its cryptography: the pairwise key is three HMAC-SHA1 of 100 octets under the PMK,
 * the key frames are authenticated by three more under the KCK, and the group key is unwrapped.
 */
interface Contender {
  readonly prf?: () => unknown;
  readonly mics?: () => unknown;
  readonly unwrap?: () => unknown;
  /** A passphrase's 4096 iterations. */
  readonly passphrase?: () => unknown;
  /** A point of P-256, not the generator, times a scalar. */
  readonly multiply?: () => unknown;
}
type Task = keyof Contender;
type Bytes = Uint8Array;

const bytes = (length: number): Bytes => new Uint8Array(node.randomBytes(length));

const PMK = bytes(32);
const KCK = bytes(16);
const KEK = bytes(16);
const MESSAGES = [bytes(100), bytes(100), bytes(100)];
const FRAMES = [bytes(121), bytes(155), bytes(99)];
const PASSPHRASE = bytes(12);
const SSID = bytes(8);
const IV = Buffer.alloc(8, 0xa6);
const WRAPPED = new Uint8Array(node.createCipheriv('aes128-wrap', KEK, IV).update(bytes(48)));
const SCALAR = p256.Point.Fn.fromBytes(p256.utils.randomSecretKey());
const POINT = p256.Point.BASE.multiply(3n).toAffine();

const underEach = (authenticate: (key: Bytes, message: Bytes) => unknown): Pick<Contender, 'prf' | 'mics'> => ({
  prf: () => MESSAGES.map((message) => authenticate(PMK, message)),
  mics: () => FRAMES.map((frame) => authenticate(KCK, frame)),
});

const ours = (crypto: Crypto): Contender => {
  const curve = crypto.curve(19);
  return {
    prf: () => crypto.hmacs('sha1', PMK, MESSAGES),
    mics: () => FRAMES.map((frame) => crypto.hmac('sha1', KCK, frame)),
    unwrap: () => crypto.aesUnwrap(KEK, WRAPPED),
    passphrase: () => crypto.pbkdf2('sha1', PASSPHRASE, SSID, 4096, 32),
    multiply: () => curve?.multiply(POINT, SCALAR),
  };
};

const nodeObjects: Contender = {
  ...underEach((key, message) => node.createHmac('sha1', key).update(message).digest()),
  unwrap: () => node.createDecipheriv('aes128-wrap', KEK, IV).update(WRAPPED),
  passphrase: () => node.pbkdf2Sync(PASSPHRASE, SSID, 4096, 32, 'sha1'),
  // Gives away x alone.
  multiply: () => {
    const ecdh = node.createECDH('prime256v1');
    ecdh.setPrivateKey(p256.Point.Fn.toBytes(SCALAR));
    return ecdh.computeSecret(p256.Point.fromAffine(POINT).toBytes(false));
  },
};

const noble: Contender = {
  ...underEach((key, message) => hmac(sha1, key, message)),
  unwrap: () => aeskw(KEK).decrypt(WRAPPED),
  passphrase: () => pbkdf2(sha1, PASSPHRASE, SSID, { c: 4096, dkLen: 32 }),
  multiply: () => p256.Point.fromAffine(POINT).multiply(SCALAR).toAffine(),
};

const padded = (key: Bytes, pad: number): Bytes => {
  const block = new Uint8Array(64).fill(pad);
  for (let i = 0; i < key.length; i++) block[i] = (key[i] as number) ^ pad;
  return block;
};

/** HMAC over a hash that has none. */
const overHash = (hash: (first: Bytes, second: Bytes) => Bytes): Contender => ({
  ...underEach((key, message) => hash(padded(key, 0x5c), hash(padded(key, 0x36), message))),
});

type OneShot = (algorithm: string, data: Bytes, encoding: 'buffer') => Buffer;

/** Node 20.12 and 21.7 brought it. */
const nodeOneShot = (): Contender => {
  const hash = (node as { readonly hash?: OneShot }).hash;
  return hash === undefined ? {} : overHash((first, second) => hash('sha1', Buffer.concat([first, second]), 'buffer'));
};

interface Hasher {
  init(): Hasher;
  update(data: Bytes): Hasher;
  digest(form: 'binary'): Bytes;
}

/** No dependency: `node dist-bench/crypto.js <folder>` finds it in that folder's node_modules. */
const hashWasm = async (folder: string | undefined): Promise<Contender> => {
  if (folder === undefined) return {};
  try {
    const load = createRequire(`${folder}/`) as (name: string) => { createSHA1(): Promise<Hasher> };
    const hasher = await load('hash-wasm').createSHA1();
    return overHash((first, second) => hasher.init().update(first).update(second).digest('binary'));
  } catch {
    return {};
  }
};

const ROUNDS = 9;
const REPEATS: Readonly<Record<Task, number>> = { prf: 10_000, mics: 10_000, unwrap: 5_000, passphrase: 5, multiply: 10 };

const micros = (run: () => unknown, times: number): number => {
  const start = process.hrtime.bigint();
  for (let i = 0; i < times; i++) run();
  return Number(process.hrtime.bigint() - start) / 1_000 / times;
};

const rounded = (value: number): number => Number(value.toPrecision(3));

/** In turns, so that a busy machine slows all of them alike. */
const compared = (task: Task, contenders: ReadonlyMap<string, Contender>): ReadonlyMap<string, number> => {
  const times = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [who, { [task]: run }] of contenders) {
      if (run === undefined) continue;
      const taken = micros(run, REPEATS[task]);
      // The first round warms up.
      if (round > 0) times.set(who, [...(times.get(who) ?? []), taken]);
    }
  }
  return new Map([...times].map(([who, taken]) => [who, median(taken)]));
};

const figures: Record<string, number> = {};

const show = (what: string, taken: ReadonlyMap<string, number>, contenders: Iterable<string>): void => {
  const reference = taken.get('bulkCrypto') ?? Number.NaN;
  console.log(what);
  for (const who of contenders) {
    const time = taken.get(who);
    if (time !== undefined) figures[`${what}, ${who}`] = rounded(time);
    const cells = time === undefined ? ['skipped'] : [`${rounded(time)} us`.padEnd(12), `${rounded(time / reference)}x`];
    console.log(`  ${who.padEnd(22)} ${cells.join('  ')}`);
  }
};

const contendersOf = async (folder: string | undefined): Promise<ReadonlyMap<string, Contender>> =>
  new Map<string, Contender>([
    ['bulkCrypto', ours(bulkCrypto)],
    ['portableCrypto', ours(portableCrypto)],
    ['nodeCrypto', ours(nodeCrypto)],
    ['node:crypto objects', nodeObjects],
    ['crypto.hash by hand', nodeOneShot()],
    ['noble', noble],
    ['hash-wasm by hand', await hashWasm(folder)],
  ]);

const TASKS: Readonly<Record<Task, string>> = {
  prf: 'three HMAC-SHA1 of 100 octets under one key of 32',
  mics: 'HMAC-SHA1 of 121, 155 and 99 octets under a key of 16',
  unwrap: 'AES-128 key unwrap of 56 octets',
  passphrase: 'PBKDF2 of 4096 iterations, 32 octets',
  multiply: 'P-256, a point times a scalar',
};

const report = async (folder: string | undefined): Promise<void> => {
  const contenders = await contendersOf(folder);
  console.log(
    `node ${process.version}, median of ${ROUNDS} rounds, ratios to bulkCrypto; skipped: not offered, or not installed`,
  );
  const sums = new Map<string, number>();
  for (const task of Object.keys(TASKS) as Task[]) {
    const taken = compared(task, contenders);
    show(TASKS[task], taken, contenders.keys());
    if (task === 'passphrase' || task === 'multiply') continue;
    for (const who of contenders.keys()) sums.set(who, (sums.get(who) ?? 0) + (taken.get(who) ?? Number.NaN));
  }
  const whole = new Map([...sums].filter(([, time]) => !Number.isNaN(time)));
  show('a handshake: the first three', whole, contenders.keys());
  console.log(JSON.stringify({ bench: 'crypto', figures }));
};

await report(process.argv[2]);
