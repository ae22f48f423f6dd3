import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type EapPeerMethod, eapTls, mschapv2, peap, type TlsTurn, ttls } from '../../../../../operators/core/index.js';
import { toHex } from '../../../../../streams/events/index.js';
import { hex } from '../../../../streams/frames/hex.js';
import { MethodRun, secretOf, standing, tlsTurn } from '../../../../support/eap/MethodRun.js';

/** What TLS was told, and what came of it; the keys are those the station's log shows. */
interface RecordedTurn {
  readonly command: 'open' | 'receive' | 'write';
  /** What the server sent, whole. */
  readonly sent?: string;
  readonly plainSent?: string;
  readonly records: string;
  readonly plain?: string;
  readonly established?: true;
}

/** A station and a server of others, of which everything is known. */
interface Recording {
  readonly origin: string;
  readonly inner: 'none' | 'mschapv2' | 'ttls-pap' | 'ttls-chap' | 'ttls-mschap' | 'ttls-mschapv2';
  readonly method: 'TLS' | 'PEAP' | 'TTLS';
  readonly identity: string;
  readonly password: string;
  readonly isResumed: boolean;
  readonly draws: ReadonlyArray<string>;
  readonly keyMaterial: string;
  readonly challenge?: string;
  readonly msk: string;
  readonly sessionId: string;
  readonly turns: ReadonlyArray<RecordedTurn>;
  readonly packets: ReadonlyArray<readonly ['request' | 'response', string]>;
}

const folder = new URL('../../../../fixtures/eap/recorded/', import.meta.url);
const recordings: ReadonlyArray<readonly [string, Recording]> = readdirSync(folder).map((name) => [
  name.replace('.json', ''),
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
]);

/** eapol_test puts 1398 octets into its first fragment. */
const ROOM = 1403;
const EAP_HEADER_SIZE = 5;

const methodOf = ({ inner }: Recording): EapPeerMethod => {
  switch (inner) {
    case 'none':
      return eapTls();
    case 'mschapv2':
      return peap({ inner: [mschapv2()], cryptobinding: 'offer' });
    case 'ttls-pap':
      return ttls({ inner: { kind: 'pap' } });
    case 'ttls-chap':
      return ttls({ inner: { kind: 'chap' } });
    case 'ttls-mschap':
      return ttls({ inner: { kind: 'mschap' } });
    case 'ttls-mschapv2':
      return ttls({ inner: { kind: 'mschapv2' } });
  }
};

/** TLS that says what it said when it was recorded, as long as it is told the same. */
const recordedTls = (recording: Recording) => {
  const left = [...recording.turns];
  const { keyMaterial, challenge, isResumed } = recording;
  const keys = { keyMaterial: hex(keyMaterial), ...(challenge === undefined ? {} : { challenge: hex(challenge) }) };
  return (run: MethodRun<unknown>): TlsTurn => {
    const command = run.tls.at(-1);
    const turn = left.shift();
    expect(command?.do).to.equal(turn?.command);
    if (command?.do === 'receive') expect(toHex(command.records)).to.equal(turn?.sent);
    if (command?.do === 'write') expect(toHex(command.plain)).to.equal(turn?.plainSent);
    return tlsTurn({
      records: hex(turn?.records ?? ''),
      plain: hex(turn?.plain ?? ''),
      ...(turn?.established && { established: standing({ isResumed, keys }) }),
    });
  };
};

const replay = (recording: Recording): MethodRun<unknown> => {
  const draws = recording.draws.map(hex);
  const run = new MethodRun(methodOf(recording), {
    identity: secretOf(recording.identity),
    password: { form: 'text', secret: secretOf(recording.password) },
    draw: (octets) => draws.shift() ?? new Uint8Array(octets),
    room: ROOM,
  });
  const tls = recordedTls(recording);
  for (const [who, packet] of recording.packets) {
    if (who === 'response') continue;
    const octets = hex(packet);
    let wanted = run.feed({ kind: 'request', identifier: octets[1] ?? 0, data: octets.slice(EAP_HEADER_SIZE) });
    while (wanted.some((command) => command.do === 'tls')) wanted = run.feed({ kind: 'tls', session: 'tls', turn: tls(run) });
  }
  return run;
};

describe('recorded conversations of others, TLS taken out of the station log', () => {
  for (const [name, recording] of recordings) {
    describe(`${name} (${recording.origin})`, () => {
      it('are answered octet for octet as the station answered', () => {
        const run = replay(recording);
        const said = recording.packets
          .filter(([who]) => who === 'response')
          .map(([, packet]) => packet.slice(2 * EAP_HEADER_SIZE));
        expect(run.responses.map(toHex)).to.deep.equal(said);
        expect(run.discarded).to.deep.equal([]);
      });

      it('end with the keys of the station, and the session by its name', () => {
        const run = replay(recording);
        expect(run.fault).to.equal(undefined);
        expect(toHex(run.keys?.msk.reveal() ?? hex(''))).to.equal(recording.msk);
        expect(toHex(run.keys?.sessionId ?? hex(''))).to.equal(recording.sessionId);
      });
    });
  }

  it('are there', () => {
    expect(recordings.map(([name]) => name)).to.include.members([
      'peap-hostapd-bound',
      'tls-freeradius',
      'ttls-mschapv2-hostapd',
    ]);
  });
});
