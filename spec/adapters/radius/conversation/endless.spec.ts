import { expect } from 'chai';
import { lastValueFrom, toArray } from 'rxjs';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import {
  authenticate,
  createRadiusClient,
  joinEapMessage,
  nasAttributes,
  RadiusAttributeType,
  RadiusCode,
  splitEapMessage,
  udpChannel,
} from '../../../../adapters/radius/index.js';
import { type EapPeerMethod, eapTls, md5 } from '../../../../operators/core/index.js';
import { Secret } from '../../../../streams/events/index.js';
import { EapMethod } from '../../../../streams/frames/index.js';
import { eapRequest } from '../../../support/eapServer.js';
import { TOY, text, toyMethod } from '../../../support/eapToy.js';
import { answerTo } from '../../../support/radius/answers.js';
import { tinyServer } from '../../../support/radius/radiusServer.js';
import { rightOf } from '../../../support/radius/rightOf.js';
import { ScriptedTls } from '../../../support/scriptedTls.js';

const { IDENTITY, NOTIFICATION, NAK } = EapMethod.codes;
const FOREVER = 3000;
const HOUR = 3_600_000;

const nas = nasAttributes({
  ...{ identifier: 'spec', address: '192.0.2.7', port: 'wireless', framedMtu: 1400, more: [] },
  ...{ callingStation: '02-00-00-00-00-01', calledStation: '02-00-00-00-00-02:lab' },
});

const methods: ReadonlyArray<EapPeerMethod> = [toyMethod(), md5(), eapTls()];

/** A server that sends an Access-Challenge for ever; what comes of it, and after how many. */
const challenged = async (eapOf: (number: number, identifier: number) => Uint8Array) => {
  const tiny = await tinyServer(({ request, shared, reply, before }) => {
    if (before > FOREVER) return;
    const eap = rightOf(joinEapMessage(request)) ?? new Uint8Array(4);
    const state = { type: RadiusAttributeType.codes.State, value: Uint8Array.of(before >>> 8, before & 0xff) };
    const attributes = [state, ...splitEapMessage(eapOf(before, eap[1] ?? 0))];
    reply(answerTo(shared, request, { code: RadiusCode.codes.ACCESS_CHALLENGE, attributes }));
  });
  const client = createRadiusClient({
    ...{
      crypto: nodeCrypto,
      draw: (octets: number) => new Uint8Array(octets).fill(7),
      channels: { udp: udpChannel, tls: udpChannel },
    },
    policy: { initialMs: HOUR, longestMs: HOUR, repetitions: 1, durationMs: HOUR },
  });
  const identity = () => Secret.of(text('someone@example.org'));
  const peer = {
    options: {
      ...{ identity: identity(), shownIdentity: identity(), methods, crypto: nodeCrypto, room: 1000 },
      draw: (octets: number) => new Uint8Array(octets),
    },
    openTls: new ScriptedTls().open,
  };
  try {
    const events = await lastValueFrom(authenticate({ client, servers: [tiny.server], peer, nas, now: () => 0 }).pipe(toArray()));
    const last = events.at(-1);
    return { verdict: last?.kind === 'result' ? last.result.verdict : undefined, requests: tiny.requests.length };
  } finally {
    client.close();
    tiny.close();
  }
};

const endless: Readonly<Record<string, readonly [atMost: number, (number: number, identifier: number) => Uint8Array]>> = {
  'for the identity': [12, (_, identifier) => eapRequest((identifier + 1) & 0xff, IDENTITY)],
  'with the same request for the identity': [1001, () => eapRequest(9, IDENTITY)],
  'with a notification': [101, (_, identifier) => eapRequest((identifier + 1) & 0xff, NOTIFICATION, text('wait'))],
  'with ever other methods': [101, (number, identifier) => eapRequest((identifier + 1) & 0xff, 100 + (number % 100))],
  'with ever other tasks': [101, (number, identifier) => eapRequest((identifier + 1) & 0xff, TOY, Uint8Array.of(1, number))],
  'with a Nak': [3, (_, identifier) => eapRequest((identifier + 1) & 0xff, NAK)],
};

describe('an Access-Challenge for ever', () => {
  for (const [name, [atMost, eapOf]] of Object.entries(endless)) {
    it(`is over, and has a verdict: ${name}`, async () => {
      const { verdict, requests } = await challenged(eapOf);
      expect(verdict?.kind).to.not.equal('authenticated');
      expect(verdict?.message).to.match(/went on|who this is|no place/);
      expect(requests).to.be.at.most(atMost);
    });
  }
});
