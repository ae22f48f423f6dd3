import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { isRight } from 'fp-ts/lib/Either.js';
import { Subject } from 'rxjs';
import { type EapPeerMethod, emit, type PaeOrder, stay } from '../../operators/core/index.js';
import { type SupplicantEvent, supplicant } from '../../operators/index.js';
import type { EapolHeard } from '../../streams/air/index.js';
import { Secret, toHex } from '../../streams/events/index.js';
import {
  EapCode,
  EapMethod,
  EapolType,
  type EapPacket,
  isEapNak,
  readEap,
  readEapol,
  writeEap,
} from '../../streams/frames/index.js';
import { LogicalClock } from '../../streams/sources/index.js';
import { airEvents } from '../support/airEvents.js';
import { captureFile, hasCaptures } from '../support/captures.js';
import { peerOptions } from '../support/eapPeerRun.js';
import { ScriptedTls } from '../support/scriptedTls.js';
import { hasLab } from '../support/shadow/lab.js';

const { EAP_PACKET, LOGOFF, START } = EapolType.codes;
const { RESPONSE } = EapCode.codes;
const { IDENTITY, NOTIFICATION } = EapMethod.codes;
const cases = fileURLToPath(new URL('../../../shared/lab/cases/', import.meta.url));

const labFile = (name: string): Uint8Array => {
  const wire = `${cases}${name}/wire.pcap`;
  return readFileSync(existsSync(wire) ? wire : `${cases}${name}/air.pcap`);
};

/** A packet of a recording, and what it says where it is EAP. */
interface Heard {
  readonly from: EapolHeard['from'];
  readonly type: number;
  readonly packet: Uint8Array;
  readonly eap?: EapPacket;
}

const heardOf = ({ packet, from, medium }: EapolHeard): ReadonlyArray<Heard> => {
  const read = readEapol(packet);
  if (!isRight(read)) return [];
  const { type, body } = read.right;
  const eap = type === EAP_PACKET ? readEap(body) : undefined;
  const said = eap !== undefined && isRight(eap) ? eap.right : undefined;
  // On a wire both ends speak to a group address; what they say tells them apart.
  const isStation = type === START || type === LOGOFF || said?.code === RESPONSE;
  const speaker = medium === 'wire' ? (isStation ? 'station' : 'ap') : from;
  return [{ from: speaker, type, packet, ...(said && { eap: said }) }];
};

const heardIn = (file: Uint8Array): ReadonlyArray<Heard> =>
  airEvents(file).flatMap((event) => (event.kind === 'eapol' ? heardOf(event) : []));

/** An EAP packet without what a link may put behind it. */
const octetsOf = (eap: EapPacket): string => {
  const written = writeEap(eap);
  return isRight(written) ? toHex(written.right) : '';
};

const isMethod = ({ type }: EapPacket): boolean => type !== undefined && type !== IDENTITY && type !== NOTIFICATION;

/** The station's methods, which say what the station said; all around them is ours. */
const methodsOf = (responses: ReadonlyArray<EapPacket>): ReadonlyArray<EapPeerMethod> => {
  const spoken = responses.filter((response) => isMethod(response) && !isEapNak(response));
  const naks = responses.filter(isEapNak).flatMap(({ data }) => [...data]);
  // A Nak shows what the station was allowed, in the order it wished for.
  const types = new Set([...naks, ...spoken.map(({ type = 0 }) => type)]);
  return [...types].map((type): EapPeerMethod<null> => {
    const own = spoken.filter((response) => response.type === type);
    return {
      ...{ name: `${type}`, type, yieldsKeys: false, begin: () => null, release: () => {} },
      step: (state, input) => {
        if (input.kind !== 'request') return stay(state);
        const at = own.findIndex(({ identifier }) => identifier === input.identifier);
        const [response] = at < 0 ? [] : own.splice(at, 1);
        return response === undefined
          ? emit(state, { do: 'discard', why: 'the station did not answer' })
          : emit(state, { do: 'accept', isFinal: false }, { do: 'respond', data: response.data });
      },
    };
  });
};

interface Told {
  readonly sent: ReadonlyArray<string>;
  readonly results: ReadonlyArray<string>;
}

/** What our supplicant says to the server of a recording. */
const ours = (heard: ReadonlyArray<Heard>): Told => {
  const responses = heard.flatMap(({ from, eap }) => (from === 'station' && eap?.code === RESPONSE ? [eap] : []));
  const identity = responses.find(({ type }) => type === IDENTITY)?.data ?? new Uint8Array(0);
  const order$ = new Subject<PaeOrder>();
  const events: SupplicantEvent[] = [];
  const tls = new ScriptedTls();
  const options = peerOptions({ shownIdentity: Secret.of(identity), methods: methodsOf(responses) });
  const peer = () => ({ options, openTls: tls.open });
  const subscription = order$.pipe(supplicant({ peer, scheduler: new LogicalClock() })).subscribe((event) => events.push(event));
  // A station that begins by itself does not hear what comes before.
  if (!heard.some(({ type }) => type === START)) order$.next({ kind: 'start' });
  for (const { from, type, packet } of heard) {
    if (from === 'ap') order$.next({ kind: 'packet', packet });
    else if (type === START) order$.next({ kind: 'start' });
    else if (type === LOGOFF) order$.next({ kind: 'logoff' });
  }
  subscription.unsubscribe();
  const sent = events.flatMap((event) =>
    event.do === 'transmit' && event.packet[1] === EAP_PACKET ? [event.packet.subarray(4)] : [],
  );
  const results = events.flatMap((event) => (event.do === 'result' && event.result !== 'inProgress' ? [event.result] : []));
  return { sent: sent.map((packet) => toHex(packet)), results };
};

/** What the station said, each packet once: a sniffer hears repetitions of the link as well. */
const theirs = (heard: ReadonlyArray<Heard>): ReadonlyArray<string> => [
  ...new Set(heard.flatMap(({ from, eap }) => (from === 'station' && eap?.code === RESPONSE ? [octetsOf(eap)] : []))),
];

const LAB = {
  'eap-tls': 'success',
  'eap-peap-mschapv2': 'success',
  'eap-peap-radius-air': 'success',
  'eap-peap-wrongpass': 'failure',
  'eap-disconnect-mid-eap': '',
  'eap-sta-leaves-mid-eap': '',
  'eap-suite-b-192': 'success',
  'eap-ttls-pap': 'success',
  'eap-pmksa-cache': 'success',
  'wired-eap-peap': 'success',
  'wired-eap-peap-radius': 'success',
  'wired-eap-tls': 'success',
  'wired-eap-tls-radius': 'success',
  'wired-eap-ttls-radius': 'success',
} as const;

const CAPTURES = {
  'wireshark__wpa-eap-tls.pcap': 'success',
  // The Success of this access point bears the identifier 0, and not that of the response it belongs to (RFC 3748 4.2).
  'tcpdump__eapon1.pcap': '',
} as const;

const compare = (file: Uint8Array, result: string): void => {
  const heard = heardIn(file);
  const { sent, results } = ours(heard);
  const expected = theirs(heard);
  expect(expected.length).to.be.above(1);
  expect([...new Set(sent)]).to.deep.equal(expected);
  expect(results.join()).to.equal(result);
};

describe('real servers: what our peer says around the methods is what the station said, octet for octet', () => {
  for (const [name, result] of Object.entries(LAB)) {
    it(name, function () {
      if (!hasLab) this.skip();
      compare(labFile(name), result);
    });
  }

  for (const [name, result] of Object.entries(CAPTURES)) {
    it(name, function () {
      if (!hasCaptures) this.skip();
      compare(captureFile(name), result);
    });
  }
});
