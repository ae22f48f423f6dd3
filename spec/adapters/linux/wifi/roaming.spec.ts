import { expect } from 'chai';
import type { RadioInput } from '../../../../adapters/linux/wifi/stepRadio.js';
import type { WifiEvent } from '../../../../adapters/linux/wifi/WifiEvent.js';
import { wifiSupplicant } from '../../../../adapters/linux/wifi/wifiSupplicant.js';
import { type Effect, Secret, toHex } from '../../../../streams/events/index.js';
import { LogicalClock } from '../../../../streams/sources/index.js';
import { authenticator, receive, start } from '../../../support/authenticator/authenticator.js';
import { octets } from './accessPoints.js';
import {
  announced,
  answerOf,
  associatedAt,
  HERE,
  networkAt,
  PASSPHRASE,
  reassociatedAt,
  secret,
  THERE,
  temporalKey,
} from './domain.js';
import { FakeRadio } from './FakeRadio.js';

const turns = async (): Promise<void> => {
  for (let n = 0; n < 8; n++) await new Promise((resolve) => setImmediate(resolve));
};

const WELCOME = octets('0000 0200 0000');
/** The kernel leaves the access point as soon as it authenticates with another. */
const LEFT: RadioInput = { kind: 'disconnected', reason: 1, byAccessPoint: false };

const isSent = (effect: Effect): effect is Extract<Effect, { kind: 'sendPacket' }> => effect.kind === 'sendPacket';

const begun = () => {
  const radio = new FakeRadio();
  radio.air = [announced(HERE), announced(THERE, { signal: -6000 })];
  const clock = new LogicalClock();
  const seen: WifiEvent[] = [];
  const { events$, end, roam } = wifiSupplicant({
    ...{ radio, scheduler: clock, passphrase: Secret.of(PASSPHRASE.slice()) },
    network: { ssid: octets('6c6162'), credentials: 'passphrase' },
  });
  events$.subscribe((event) => seen.push(event));
  const settle = async (): Promise<void> => {
    await turns();
    clock.advanceTo(clock.now() + 1);
    await turns();
  };
  const handshake = async (at: typeof HERE): Promise<void> => {
    let turn = start(authenticator({ network: networkAt(at), secret }));
    for (const _ of [1, 2]) {
      const before = radio.effects.filter(isSent).length;
      for (const packet of turn.packets) radio.feed({ kind: 'eapol', from: at, packet, isProtected: false });
      await settle();
      const answer = radio.effects.filter(isSent).at(before);
      if (answer !== undefined) turn = receive(turn.ap, answer.payload);
    }
    await settle();
  };
  const kinds = () => seen.map(({ kind }) => kind).filter((kind) => ['chosen', 'connected', 'fellBack', 'failed'].includes(kind));
  const ways = () => seen.flatMap((event) => (event.kind === 'chosen' ? [event.way] : []));
  const fall = () => seen.findLast((event) => event.kind === 'fellBack');
  const pairwise = (): string | undefined => {
    const last = radio.effects.findLast((effect) => effect.kind === 'setKeyMappingKey');
    return last?.kind === 'setKeyMappingKey' && last.material.form === 'ccmp' ? toHex(last.material.key.reveal()) : undefined;
  };
  return { radio, clock, end, roam, settle, handshake, kinds, ways, fall, pairwise };
};

/** Connected to the louder one of the two, the first association in the domain. */
const connected = async () => {
  const played = begun();
  played.radio.scanned();
  played.radio.feed(associatedAt(HERE));
  await played.handshake(HERE);
  expect(played.kinds()).to.deep.equal(['chosen', 'connected']);
  played.radio.log.length = 0;
  return played;
};

/** On its way to the other, the access point of which has to answer. */
const going = async () => {
  const played = await connected();
  played.roam();
  played.radio.scanned();
  played.radio.feed(LEFT);
  return played;
};

const wanted = ({ radio }: Awaited<ReturnType<typeof going>>) => {
  if (radio.associating === undefined) throw new Error('it does not associate');
  return radio.associating;
};

describe('a fast transition of a supplicant', () => {
  it('R211: S13, ends in the keys of the other access point, without a handshake', async () => {
    const played = await going();
    const { radio, settle, kinds, ways, pairwise, end } = played;
    radio.answered(THERE, answerOf(THERE, radio.body));
    const asked = wanted(played);
    const packets = radio.effects.filter(isSent).length;
    radio.feed(reassociatedAt(asked));
    await settle();
    expect(kinds()).to.deep.equal(['chosen', 'connected', 'chosen', 'connected']);
    expect(ways()).to.deep.equal(['full', 'fastTransition']);
    expect(radio.log).to.deep.equal(['scan 2412', 'authenticate 1', `associate ${THERE} from ${HERE}`]);
    expect(pairwise()).to.equal(toHex(temporalKey(THERE, asked.security?.fastTransition ?? octets(''))));
    expect(radio.effects.filter(isSent)).to.have.length(packets);
    end();
  });

  it('goes back as it came, with other nonces', async () => {
    const played = await going();
    const { radio, settle, roam, ways, end } = played;
    radio.answered(THERE, answerOf(THERE, radio.body));
    const first = radio.body;
    radio.feed(reassociatedAt(wanted(played)));
    await settle();
    roam(HERE);
    radio.scanned();
    radio.feed(LEFT);
    radio.answered(HERE, answerOf(HERE, radio.body));
    radio.feed(reassociatedAt(wanted(played)));
    await settle();
    expect(ways()).to.deep.equal(['full', 'fastTransition', 'fastTransition']);
    expect(toHex(radio.body)).not.to.equal(toHex(first));
    end();
  });

  const falls: ReadonlyArray<readonly [string, RegExp, (played: Awaited<ReturnType<typeof going>>) => void]> = [
    ['is refused', /INVALID_PMKID/, ({ radio }) => radio.answered(THERE, answerOf(THERE, radio.body, 53))],
    [
      'has its reassociation refused',
      /status 55/,
      ({ radio }) => {
        radio.answered(THERE, answerOf(THERE, radio.body));
        radio.feed({ kind: 'connected', status: 55, timedOut: false, request: octets(''), response: octets('') });
      },
    ],
    [
      'ends in a response with another MIC',
      /port did not come up/,
      (played) => {
        played.radio.answered(THERE, answerOf(THERE, played.radio.body));
        played.radio.feed(reassociatedAt(wanted(played), (mic) => mic.map((octet) => octet ^ 1)));
      },
    ],
  ];
  for (const [what, why, spoil] of falls)
    it(`that ${what} leads there the long way, and says why`, async () => {
      const played = await going();
      const { radio, settle, handshake, kinds, ways, fall, end } = played;
      spoil(played);
      await settle();
      const fell = fall();
      expect(fell?.kind === 'fellBack' && fell.why).to.match(why);
      radio.answered(THERE, WELCOME);
      expect(wanted(played).security?.fastTransition).to.equal(undefined);
      radio.feed(associatedAt(THERE));
      await handshake(THERE);
      expect(ways()).to.deep.equal(['full', 'fastTransition', 'full']);
      expect(kinds()).to.deep.equal(['chosen', 'connected', 'chosen', 'fellBack', 'chosen', 'connected']);
      end();
    });

  it('that is not answered leads nowhere: the access points are heard anew, for the kernel has forgotten that one', async () => {
    const { radio, settle, kinds, ways, fall, end } = await going();
    radio.answered(THERE);
    await settle();
    const fell = fall();
    expect(fell?.kind === 'fellBack' && fell.why).to.match(/did not answer/);
    expect(radio.log.at(-1)).to.equal('scan');
    radio.air = [announced(HERE)];
    radio.scanned();
    expect([kinds().slice(2), ways()]).to.deep.equal([
      ['chosen', 'fellBack', 'chosen'],
      ['full', 'fastTransition', 'full'],
    ]);
    expect(radio.log.at(-1)).to.equal(`connect ${HERE}`);
    end();
  });

  it('follows when the beacons stop, and not when the access point sends the station away', async () => {
    for (const [reason, byAccessPoint, way] of [
      [4, false, 'fastTransition'],
      [5, true, 'full'],
    ] as const) {
      const { radio, clock, ways, end } = await connected();
      radio.feed({ kind: 'left', frame: 'deauthentication' }, { kind: 'disconnected', reason, byAccessPoint });
      clock.advanceTo(clock.now() + 1000);
      radio.scanned();
      expect(ways()).to.deep.equal(['full', way]);
      end();
    }
  });

  it('leaves no key behind when it is stopped half way', async () => {
    const played = await going();
    played.end();
    played.radio.answered(THERE, answerOf(THERE, played.radio.body));
    expect(played.radio.log.at(-1)).to.equal('leave');
  });
});
