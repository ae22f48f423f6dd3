import { createEapWatch } from '../../../operators/core/shadow/eapWatch.js';
import { Secret } from '../../../streams/events/index.js';
import * as frames from '../../../streams/frames/index.js';
import { observe } from '../features.js';
import { demand, type Target } from '../target.js';
import { oneOf, type Reading, reads, roundTrips, seedOf } from './readers.js';
import { elsewhere } from './rsn/secrets.js';
import { toyCrypto } from './rsn/toyCrypto.js';

const { EXPANDED, PEAP, TEAP, TLS } = frames.EapMethod.codes;

const itemsOf = (bytes: Uint8Array, piece: number): ReadonlyArray<string> => {
  const items: string[] = [];
  const walker = frames.createTlsWalker((item) => items.push(`${item.kind} ${'type' in item ? item.type : ''}`));
  for (let at = 0; at < bytes.length; at += piece) walker.take(bytes.subarray(at, at + piece));
  return items;
};

/** However the transport cuts records, they are the same. */
const recordsStay: Reading = (bytes) => {
  const whole = itemsOf(bytes.subarray(1), bytes.length);
  const cut = itemsOf(bytes.subarray(1), 1 + ((bytes[0] ?? 0) % 16));
  for (const item of whole) observe(item);
  demand(whole.join() === cut.join(), `records read as ${whole.join()} and, cut, as ${cut.join()}`);
  demand(whole.length <= bytes.length, `${whole.length} items of ${bytes.length} bytes`);
};

const realmIsAnEnd: Reading = (bytes) => {
  const { realm } = frames.readEapIdentity(bytes);
  if (realm === undefined) return;
  observe('realm');
  const nul = bytes.indexOf(0);
  const text = new TextDecoder().decode(nul < 0 ? bytes : bytes.subarray(0, nul));
  demand(text.endsWith(`@${realm}`), 'a realm that is not the end of the identity');
};

/** Packets one after the other: who speaks, how many octets, and they; of the station's, EAPOL types too. */
const watched: Reading = (bytes) => {
  const watch = createEapWatch(toyCrypto, { find: () => Secret.of(new Uint8Array(48)) });
  let packets = 0;
  for (let at = 0; at + 2 <= bytes.length; packets++) {
    const [who = 0, size = 0] = bytes.subarray(at, at + 2);
    const body = bytes.subarray(at + 2, at + 2 + size);
    at += 2 + size;
    const packet = frames.writeEapol({ version: 1, type: (who >> 1) % 4, body });
    const from = who % 2 === 0 ? 'ap' : 'station';
    watch.take({
      ...{ kind: 'eapol', station: 2, ap: 1, frame: packets, time: packets, from, packet },
      isProtected: false,
      medium: 'air',
    });
  }
  const facts = watch.facts();
  if (facts === undefined) return;
  observe(
    `watched ${facts.method?.name} ${facts.result} ${facts.tlsVersion} ${facts.tlsAlert?.description} ${facts.msk?.length}`,
  );
  demand(facts.packets <= packets, `${facts.packets} packets of ${packets}`);
  demand(facts.first.frame <= facts.last.frame, 'the last packet is before the first');
};

const readings: ReadonlyArray<Reading> = [
  roundTrips('EAP', frames.readEap, frames.writeEap),
  roundTrips('EAP Nak', frames.readEapNak, frames.writeEapNak),
  roundTrips(
    'EAP expanded Nak',
    (bytes) => frames.readEapNak(bytes, true),
    (wishes) => frames.writeEapNak(wishes, true),
  ),
  ...[TLS, TEAP].map((type) => roundTrips(`EAP-TLS of ${type}`, (bytes) => frames.readEapTls(type, bytes), frames.writeEapTls)),
  reads('ClientHello', frames.readClientHello),
  reads('ServerHello', frames.readServerHello),
  recordsStay,
  realmIsAnEnd,
  watched,
];

/** What is made here is the caller's to destroy. */
export const fuzz = (data: Uint8Array): void => elsewhere(() => oneOf(readings)(data));

const RANDOM = new Array<number>(32).fill(7);
const SERVER_HELLO = [3, 3, ...RANDOM, 0, 0x13, 0x02, 0, 0, 6, 0, 43, 0, 2, 3, 4];
const CLIENT_HELLO = [3, 3, ...RANDOM, 0, 0, 2, 0x13, 0x02, 1, 0, 0, 7, 0, 43, 0, 3, 2, 3, 4];

const record = (type: number, payload: ReadonlyArray<number>): ReadonlyArray<number> => [
  type,
  3,
  3,
  0,
  payload.length,
  ...payload,
];
const hello = (type: number, body: ReadonlyArray<number>): ReadonlyArray<number> =>
  record(22, [type, 0, 0, body.length, ...body]);
const ALERT = record(21, [2, 48]);
const CHANGE = record(20, [1]);

const packet = (who: number, code: number, type: ReadonlyArray<number>): ReadonlyArray<number> => {
  const length = 4 + type.length;
  return [who, length, code, 9, 0, length, ...type];
};

const IDENTITY = [...new TextEncoder().encode('a@lab.example')];
const CONVERSATION = [
  ...packet(0, 1, [1]),
  ...packet(1, 2, [1, ...IDENTITY]),
  ...packet(0, 1, [PEAP, 0x20]),
  ...packet(1, 2, [PEAP, 0, ...hello(1, CLIENT_HELLO)]),
  ...packet(0, 1, [PEAP, 0, ...hello(2, SERVER_HELLO), ...record(23, [0])]),
  ...packet(1, 2, [PEAP, 0, ...record(23, [0])]),
  ...packet(0, 3, []),
];

const seeds = (): ReadonlyArray<Uint8Array> =>
  [
    [0, 2, 1, 0, 14, EXPANDED, 0, 0x37, 0x2a, 0, 0, 0, 1, 1, 0],
    [2, ...[EXPANDED, 0, 0, 0, 0, 0, 0, TLS]],
    [4, 0xb1, 0, 0, 0, 9, 0, 0, 0, 2, 22, 3, 0, 1],
    [5, ...CLIENT_HELLO],
    [6, ...SERVER_HELLO],
    [7, 3, ...hello(2, SERVER_HELLO), ...CHANGE, ...ALERT, ...ALERT],
    [7, 3, ...ALERT, ...CHANGE, ...ALERT],
    [8, ...IDENTITY],
    [9, ...CONVERSATION],
    [9, 3, 0, ...packet(0, 1, [PEAP, 0x20]), ...packet(1, 2, [3, TLS]), ...packet(0, 4, []), 5, 0],
  ].map(([index = 0, ...bytes]) => seedOf(index, Uint8Array.from(bytes)));

export const eap: Target = { name: 'eap', slice: 5000, fuzz, seeds };
