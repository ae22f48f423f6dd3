import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { isZero } from '../../../streams/events/index.js';
import { bornSecrets } from '../../support/bornSecrets.js';
import { eapLink } from '../../support/eap/eapLink.js';
import { type MethodCase, methodCases, peerOfCase, trustingTls } from '../../support/eap/methodCases.js';
import { oneXLink } from '../../support/eap/oneXLink.js';
import { type Moment, stoppingLink } from '../../support/eap/stoppingLink.js';
import { watchedTls } from '../../support/eap/watchedTls.js';
import { newResources } from '../../support/newResources.js';

const QUIET_TURNS = 12;

const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < QUIET_TURNS; turn++) await setImmediate();
};

/** How many packets the server sends when nobody stops it. */
const packetsOf = async (one: MethodCase): Promise<number> => {
  const link = eapLink(peerOfCase(one, trustingTls()));
  const counted = stoppingLink(link, 0, 'answered');
  await one.serve(counted);
  expect(link.end?.do).to.equal('succeed');
  return counted.packets;
};

/** Stops the peer with one packet: what is left of it. */
const leftAfter = async (one: MethodCase, packet: number, moment: Moment) => {
  await quiet();
  const before = process.getActiveResourcesInfo();
  const tls = watchedTls(trustingTls());
  const deps = peerOfCase(one, tls.open);
  const born = bornSecrets();
  const link = eapLink(deps);
  try {
    await one.serve(stoppingLink(link, packet, moment));
    const said = link.events.length;
    await quiet();
    if (link.end?.do === 'succeed') for (const key of [link.end.keys?.msk, link.end.keys?.emsk]) key?.zeroise();
    return {
      later: link.events.length - said,
      sessions: tls.opened - tls.closed,
      keys: tls.keys.filter((key) => !isZero(key)).length,
      secrets: born.readable,
      resources: newResources(before),
    };
  } finally {
    born.end();
  }
};

const NOTHING = { later: 0, sessions: 0, keys: 0, secrets: 0, resources: [] };

describe('a peer that is stopped at any packet says nothing more, and leaves nothing', () => {
  for (const one of methodCases()) {
    it(one.name, async () => {
      const packets = await packetsOf(one);
      for (let packet = 1; packet <= packets; packet++) {
        for (const moment of ['at once', 'at work', 'answered'] as const)
          expect(await leftAfter(one, packet, moment), `${packet} of ${packets}, ${moment}`).to.deep.equal(NOTHING);
      }
    });
  }
});

/** The same through the module of a host. What a success protected is the engine's. */
const leftOfModule = async (one: MethodCase, packet: number, moment: Moment) => {
  await quiet();
  const before = process.getActiveResourcesInfo();
  const tls = watchedTls(trustingTls());
  const deps = peerOfCase(one, tls.open);
  const born = bornSecrets();
  const link = oneXLink(deps);
  try {
    await one.serve(stoppingLink(link, packet, moment));
    const said = link.outputs.length;
    await quiet();
    link.forgetKeys();
    return {
      later: link.outputs.length - said,
      sessions: tls.opened - tls.closed,
      keys: tls.keys.filter((key) => !isZero(key)).length,
      secrets: born.readable,
      resources: [...newResources(before), ...(link.hasTimers ? ['a timer'] : [])],
    };
  } finally {
    born.end();
  }
};

describe('an 802.1X module that is stopped at any packet says nothing more, and leaves nothing', () => {
  for (const one of methodCases()) {
    it(`R117: ${one.name}`, async () => {
      const packets = await packetsOf(one);
      for (let packet = 1; packet <= packets; packet++) {
        for (const moment of ['at once', 'at work', 'answered'] as const)
          expect(await leftOfModule(one, packet, moment), `${packet} of ${packets}, ${moment}`).to.deep.equal(NOTHING);
      }
    });
  }
});
