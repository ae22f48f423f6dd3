import { usesOneX } from '../../operators/core/rsn/akm.js';
import { xxKeyOfMsk } from '../../operators/core/rsn/keys/ft.js';
import type { KeyWatchContext } from '../../operators/core/shadow/index.js';
import { type EapolHeard, type Mac48, mac48At, type Speaker } from '../../streams/air/index.js';
import { type MacAddress, macToBytes } from '../../streams/events/index.js';
import type { TestNetwork } from './associationFor.js';
import type { ApOptions } from './authenticator/Ap.js';
import {
  type Ap,
  authenticator,
  receive,
  rekeyGroup,
  rekeyPairwise,
  retransmit,
  start,
  type Turn,
} from './authenticator/authenticator.js';
import { drawn } from './authenticator/keys.js';
import { type Bench, portBench } from './portBench.js';

/** What a station of ours and an access point said to each other, as somebody hears it who stands between them. */
export interface Conversation {
  readonly network: TestNetwork;
  readonly context: KeyWatchContext;
  readonly events: ReadonlyArray<EapolHeard>;
  /** The PMK, or of a mobility domain what its hierarchy is made of. */
  readonly pmk: Uint8Array;
  readonly ap: Ap;
}

const macOf = (address: MacAddress): Mac48 => mac48At(macToBytes(address), 0);

const MSK_OCTETS = 64;

const secretFor = ({ akm, pmkLength = akm.pmkLengths[0] ?? 32 }: TestNetwork): Uint8Array =>
  drawn('master', 0, usesOneX(akm) ? MSK_OCTETS : pmkLength);

const pmkOf = ({ akm, pmkLength = akm.pmkLengths[0] ?? 32 }: TestNetwork, secret: Uint8Array): Uint8Array => {
  if (!usesOneX(akm)) return secret;
  return akm.fastTransition ? (xxKeyOfMsk(akm, secret) ?? secret) : secret.subarray(0, pmkLength);
};

/** What goes on in a conversation, one after another. */
export type Topic = 'first' | 'group' | 'rekey' | 'repeated message 1' | 'repeated message 3';

const contextOf = ({ context, ssid }: TestNetwork): KeyWatchContext => {
  const { association, peer } = context;
  const { request, response, beacon, reassociationRequest } = association;
  return {
    station: macOf(context.ownAddress ?? peer),
    ap: macOf(peer),
    ssid,
    isReassociation: reassociationRequest,
    medium: 'air',
    ...{ request, response, announcement: beacon },
  };
};

const MILLISECOND = 1000;

/** Lets both talk until neither has anything to say. */
const talk = (bench: Bench, turn: Turn, tell: (from: Speaker, packet: Uint8Array) => void): Ap => {
  let { ap, packets } = turn;
  while (packets.length > 0) {
    const answers: Uint8Array[] = [];
    for (const packet of packets) {
      tell('ap', packet);
      bench.packet(packet);
      answers.push(...bench.takeSent());
    }
    packets = [];
    for (const answer of answers) {
      tell('station', answer);
      const next = receive(ap, answer);
      ap = next.ap;
      packets = [...packets, ...next.packets];
    }
  }
  return ap;
};

const turnFor = (topic: Topic, ap: Ap): Turn => {
  if (topic === 'group') return rekeyGroup(ap);
  return topic === 'rekey' ? rekeyPairwise(ap) : start(ap);
};

/** The first message twice, because its answer got lost. */
const withRepetition = (turn: Turn): Turn => {
  const again = retransmit(turn.ap);
  return { ...again, packets: [...turn.packets, ...again.packets] };
};

export const converse = (
  network: TestNetwork,
  topics: ReadonlyArray<Topic> = ['first'],
  options: Partial<ApOptions> = {},
): Conversation => {
  const secret = secretFor(network);
  const bench = portBench({ network, secret, remembered: {} });
  if (bench.log.includes('startOneX')) bench.oneX(secret);
  const context = contextOf(network);
  const events: EapolHeard[] = [];
  const isFirst = (): boolean => events.length === 0;
  let isProtected = false;
  const tell = (from: Speaker, packet: Uint8Array): void => {
    const frame = events.length + 1;
    const time = frame * MILLISECOND;
    const { station, ap } = context;
    events.push({ kind: 'eapol', frame, time, station, ap, from, packet: packet.slice(), isProtected, medium: 'air' });
  };
  const { akm } = network;
  let ap = authenticator({ network, secret: usesOneX(akm) && !akm.fastTransition ? pmkOf(network, secret) : secret, ...options });
  for (const topic of topics) {
    isProtected = !isFirst();
    const turn = turnFor(topic, ap);
    ap = talk(bench, topic === 'repeated message 1' ? withRepetition(turn) : turn, tell);
  }
  bench.end();
  return { network, context, events, pmk: pmkOf(network, secret), ap };
};
