import type { SecurityMethod } from '../../../operators/core/method/SecurityMethod.js';
import {
  type AkmParameters,
  defaultPolicy,
  type HandshakeVerdict,
  type RsnState,
  verdictOf,
} from '../../../operators/core/rsn/index.js';
import { EtherType, Secret } from '../../../streams/events/index.js';
import { contextOf } from './association.js';
import { type Written, written } from './comparison.js';
import { eapolOfHappening, isProtected, opened } from './ear.js';
import { type Exchange, type Happening, isKeyPacket, keyOf, type Spoken, stationMessage } from './exchange.js';
import { type Knowledge, stationMemory } from './stationMemory.js';
import { runStation, type StationRun } from './stationRun.js';

/** What a method did in the place of a station, and what the station did. */
export interface Shadow extends StationRun<RsnState> {
  /** What the method said at the end, before it was released. */
  readonly verdict: HandshakeVerdict;
  /** The reason a host would be told that gave up then. */
  readonly incomplete: number | undefined;
  readonly sent: ReadonlyArray<Written>;
  /** The EAPOL-Key packets of the station itself. */
  readonly station: ReadonlyArray<Uint8Array>;
  /** How many protected frames there were once keys were in, and how many of them these keys opened. */
  readonly protectedFrames: number;
  readonly openedFrames: number;
  /** Whether nothing that was secret could be read once the method was released. */
  readonly isWiped: boolean;
}

const MSK_HALF = 32;
const EAP = { SUCCESS: 3, FAILURE: 4 } as const;
const MOST_REQUESTS = 8;

const masterKeys = (master: Uint8Array) => {
  const receiveKey = master.subarray(MSK_HALF);
  return {
    sendKey: Secret.of(master.subarray(0, MSK_HALF)),
    ...(receiveKey.length > 0 && { receiveKey: Secret.of(receiveKey) }),
  };
};

/** Runs a method over what happened to a station, in its place: with its secrets and its nonces, and then with its own keys. */
export const shadow = (
  method: SecurityMethod<RsnState>,
  parameters: AkmParameters,
  exchange: Exchange,
  knowledge: Knowledge,
): Shadow => {
  const { station, accessPoint, since, until, happenings } = exchange;
  const memory = stationMemory(exchange, parameters.mic, knowledge);
  const masters = [...(knowledge.masters ?? [])];
  const sent: Written[] = [];
  const said: Uint8Array[] = [];
  let [protectedFrames, openedFrames] = [0, 0];
  const run = runStation(method, contextOf(station, accessPoint, exchange), {
    since,
    answer: memory.answer,
    sends: (packet, state) => sent.push(written(parameters, packet, state)),
  });

  const deliver = ({ packet, time, isProtected: encrypted }: Spoken): void => {
    const input = { kind: 'packet', etherType: EtherType.codes.EAPOL, payload: packet.slice() } as const;
    run.at(time, encrypted === undefined ? input : { ...input, protected: encrypted });
  };

  const authenticated = (time: number): void => {
    if (run.oneXRuns()) run.at(time, { kind: 'oneXSucceeded', ...masterKeys(masters.shift() ?? new Uint8Array(0)) });
  };

  /** EAP is the business of the 802.1X module while that is at work. */
  const hearEap = (spoken: Spoken): void => {
    const code = spoken.packet[4];
    if (!run.oneXRuns()) deliver(spoken);
    else if (code === EAP.SUCCESS) authenticated(spoken.time);
    else if (code === EAP.FAILURE) run.at(spoken.time, { kind: 'oneXFailed', reason: 0 });
  };

  /** When a station asks for new keys is its own affair, and how often it did before too: so the method is made to as well. */
  const follow = ({ packet, time }: Spoken): void => {
    said.push(packet);
    const key = keyOf(packet, parameters.mic);
    if (key === undefined || stationMessage(key) !== 'request') return;
    const before = sent.length;
    const counterOf = ({ packet: ours }: Written): bigint => keyOf(ours, parameters.mic)?.replayCounter ?? 0n;
    for (let i = 0; i < MOST_REQUESTS && !sent.slice(before).some((each) => counterOf(each) === key.replayCounter); i++)
      run.at(time, { kind: 'timer', name: 'lifetime' });
    const asked = sent.splice(before);
    sent.push(...asked.filter((each) => counterOf(each) === key.replayCounter));
  };

  const count = (happening: Happening): void => {
    if (happening.kind !== 'frame' || !isProtected(happening.frame) || run.installed.length === 0) return;
    protectedFrames += 1;
    openedFrames += opened(happening.frame, run.installed) === undefined ? 0 : 1;
  };

  for (const [position, happening] of happenings.entries()) {
    memory.reach(position);
    if (happening.kind === 'oneXSucceeded') authenticated(happening.time);
    count(happening);
    const spoken = eapolOfHappening(happening, run.installed);
    if (spoken === undefined) continue;
    const isKey = isKeyPacket(spoken.packet);
    if (spoken.from === 'accessPoint') (isKey ? deliver : hearEap)(spoken);
    else if (isKey) follow(spoken);
  }
  run.at(until);
  const verdict = verdictOf(run.state(), defaultPolicy.toleratedRepetitions);
  const incomplete = method.incomplete?.(run.state());
  return { ...run, verdict, incomplete, sent, station: said, protectedFrames, openedFrames, isWiped: run.release() };
};
