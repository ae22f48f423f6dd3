import type { Effect, HostEvent, MacAddress } from '../../../../streams/events/index.js';
import * as cast from './cast.js';
import { api, host, inside, type Line, type Story } from './story.js';

/** What the players remember while a lane is read. */
interface Scene {
  session: typeof cast.PORT;
  peer: MacAddress;
  readonly next: MacAddress;
  packets: ReadonlyArray<number>;
  waiting: ReadonlyArray<Uint8Array>;
  serial: number;
}

type Player = (scene: Scene, say: { in: (event: HostEvent) => Line; out: (event: Effect) => Line }) => Line;

const { ADAPTER } = cast;
const port = ({ session, peer }: Scene) => ({ session, peer });
const send: Player = (scene, say) => {
  const packet = ++scene.serial;
  scene.packets = [...scene.packets, packet];
  return say.out(cast.send(packet, port(scene)));
};
const sent: Player = (scene, say) => {
  const [packet = 0, ...rest] = scene.packets;
  scene.packets = rest;
  return say.in(cast.sent(packet));
};
/** The packet sent last completes first. */
const sentLast: Player = (scene, say) => {
  const packet = scene.packets.at(-1) ?? 0;
  scene.packets = scene.packets.slice(0, -1);
  return say.in(cast.sent(packet));
};
const keyFrame: Player = (scene, say) => say.in(cast.receive(scene.peer, cast.KEY_PACKET));
const eap: Player = (scene, say) => {
  const packet = cast.eapRequest(++scene.serial);
  scene.waiting = [...scene.waiting, packet];
  return say.in(cast.receive(scene.peer, packet));
};
const result =
  (code: number): Player =>
  (scene, say) => {
    scene.waiting = [];
    return say.in({ kind: 'oneXIndicateResult', adapter: ADAPTER, result: code });
  };
const completion =
  (win32: number, reason: number): Player =>
  (scene, say) =>
    say.out(cast.complete({ ...port(scene), win32, reason }));
const perform =
  (negotiated: object): Player =>
  (scene, say) =>
    say.in(cast.perform(scene.session, scene.peer, negotiated));

/** The legend of the sequences: one symbol, one event. `Y` opens a port without a cipher. */
const players: Readonly<Record<string, Player>> = {
  P: perform({}),
  Y: perform({ unicastCipher: 0, multicastCipher: 0 }),
  Q: (scene, say) => {
    Object.assign(scene, { session: cast.NEXT_PORT, peer: scene.next });
    return perform({})(scene, say);
  },
  S: (scene, say) => say.in(cast.stop(scene.peer)),
  Z: (_, say) => say.in({ kind: 'adapterReset', adapter: ADAPTER }),
  D: (_, say) => say.in({ kind: 'deinitAdapter', adapter: ADAPTER }),
  ...{ 1: keyFrame, 3: keyFrame, g: keyFrame, i: keyFrame, j: keyFrame },
  o: (_, say) => say.in(cast.receive(cast.AP, cast.KEY_PACKET)),
  ...{ 2: send, 4: send, h: send, u: sent, v: sent, w: sent, l: sent, n: sentLast, e: eap },
  ...{ R: result(0), N: result(1), I: (_, say) => say.in({ kind: 'oneXIndicateResult', adapter: ADAPTER, result: 2 }) },
  a: (_, say) => say.in(cast.start(cast.AP)),
  b: (scene, say) => say.in(cast.start(scene.next)),
  k: (_, say) => say.in(cast.completion(cast.AP)),
  m: (scene, say) => say.in(cast.completion(scene.next)),
  x: (scene, say) => say.in(cast.disassociation(scene.peer)),
  L: (_, say) => say.in({ kind: 'processSessionChange', event: 6, userSession: 1 }),
  y: (_, say) => say.in({ kind: 'processUIResponse', request: cast.REQUEST, response: cast.secret(1) }),
  q: (scene, say) => say.out(cast.ask({ session: scene.session })),
  s: (scene, say) => say.out(cast.startOneX({ session: scene.session })),
  z: (scene, say) => say.out(cast.stopOneX({ session: scene.session })),
  F: (scene, say) => {
    const [packet = new Uint8Array(0), ...rest] = scene.waiting;
    scene.waiting = rest;
    return say.out(cast.forward(packet.subarray(1), { session: scene.session }));
  },
  K: (scene, say) => say.out(cast.pairwise(++scene.serial, port(scene))),
  G: (scene, say) => say.out(cast.group(++scene.serial, port(scene))),
  X: (scene, say) => say.out(cast.exclude({ session: scene.session })),
  d: (scene, say) => say.out(cast.pairwise(0, { ...port(scene), delete: true })),
  C: completion(0, 0),
  B: completion(1460, 0x48005),
  c: completion(1223, 0x48011),
  E: (_, say) => say.out(cast.register()),
};

interface Mark {
  readonly frame: number;
  readonly symbol: string;
}

const marksOf = (lane: string): ReadonlyArray<Mark> => {
  let group: number | undefined;
  return [...lane].flatMap((symbol, frame) => {
    if (symbol === '(') group = frame;
    else if (symbol === ')') group = undefined;
    else if (symbol !== '-' && symbol !== ' ') return [{ frame: group ?? frame, symbol }];
    return [];
  });
};

/** Reads aligned lanes of the sequences; within a frame the upper lane comes first. */
export const lanes = (earlier: Story, next: MacAddress, ...drawn: ReadonlyArray<string>): Story => {
  const scene: Scene = { session: cast.PORT, peer: cast.AP, next, packets: [], waiting: [], serial: 0x80 };
  const marks = drawn.flatMap(marksOf).sort((a, b) => a.frame - b.frame);
  let last = -1;
  const drawnStory = marks.map(({ frame, symbol }) => {
    const line = (players[symbol] as Player)(scene, { in: (event) => host(symbol, event), out: (event) => api(symbol, event) });
    const isSame = frame === last;
    last = frame;
    return isSame ? inside(line) : line;
  });
  return [...earlier, ...drawnStory];
};
