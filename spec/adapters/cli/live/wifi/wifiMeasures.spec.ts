import { createServer } from 'node:net';
import { expect } from 'chai';
import { wifiMetrics } from '../../../../../adapters/cli/live/wifi/WifiMetrics.js';
import { notMeasuring, type WifiMeasure, wifiMeasures } from '../../../../../adapters/cli/live/wifi/wifiMeasures.js';
import type { WifiEvent } from '../../../../../adapters/linux/index.js';
import { associationOf } from '../../../../../adapters/linux/wifi/associationOf.js';
import {
  type AdapterHandle,
  AssocStatus,
  type Effect,
  L2Reason,
  type MacAddress,
  type ServiceHandle,
  type SessionHandle,
} from '../../../../../streams/events/index.js';
import { PSK_BEACON, PSK_RSNE } from '../../../linux/wifi/accessPoints.js';

const NOTHING = new Uint8Array(0);
const adapter = '0x3' as AdapterHandle;
const peer = '02:00:00:00:00:00' as MacAddress;
const security = { element: PSK_RSNE, wpaVersion: 2, akm: 0x000fac02, pairwise: 0x000fac04, group: 0x000fac04 };
const candidate = { bss: PSK_BEACON, security };
const chosen: WifiEvent = { kind: 'chosen', candidate, way: 'full' };
const connected: WifiEvent = { kind: 'connected', candidate };
const told = (status: number): WifiEvent => ({
  kind: 'told',
  event: {
    kind: 'associationCompletion',
    adapter,
    association: associationOf(candidate, { request: NOTHING, response: NOTHING }, status),
  },
});
const ended = (reason: number): WifiEvent => ({ kind: 'told', event: { kind: 'disassociation', adapter, peer, reason } });
const failed = (reason?: number): WifiEvent => ({ kind: 'failed', why: 'a secret', ...(reason !== undefined && { reason }) });
const port = { call: 1, adapter, service: '0x1' as ServiceHandle, session: '0x1' as SessionHandle, generation: 1 };
const keyOf = (keyIndex: number | 'pairwise', isDeleted = false): WifiEvent => {
  const key = { ...port, peer, algorithm: 4, direction: 3, delete: isDeleted, static: false, material: { form: 'none' } };
  const effect = keyIndex === 'pairwise' ? { kind: 'setKeyMappingKey', ...key } : { kind: 'setDefaultKey', keyIndex, ...key };
  return { kind: 'done', effect: effect as unknown as Effect };
};

const measures = (...events: ReadonlyArray<readonly [at: number, event: WifiEvent]>): ReadonlyArray<WifiMeasure> => {
  let state = notMeasuring;
  return events.flatMap(([at, event]) => {
    const step = wifiMeasures(state, at, event);
    state = step.state;
    return step.effects;
  });
};

describe('the measures of a station', () => {
  it('are how long a connection took, and its handshake', () => {
    expect(measures([1e6, chosen], [1.5e6, told(0)], [1.75e6, connected])).to.deep.equal([
      { kind: 'connection', akm: 'PSK', seconds: 0.75, handshake: 0.25 },
    ]);
  });

  it('are the causes of failures, which are few', () => {
    const causes = (...events: ReadonlyArray<WifiEvent>) =>
      measures(...events.map((event) => [0, event] as const)).flatMap((one) => (one.kind === 'failure' ? [one.cause] : []));
    expect(causes(failed())).to.deep.equal(['no access point']);
    expect(causes(chosen, told(0x3000c), failed())).to.deep.equal(['association refused']);
    expect(causes(chosen, told(AssocStatus.codes.UNREACHABLE), failed())).to.deep.equal(['unreachable']);
    expect(causes(chosen, told(0), ended(0x10005), failed())).to.deep.equal(['deauthenticated']);
    expect(causes(chosen, told(0), ended(0x20008), failed())).to.deep.equal(['disassociated']);
    expect(causes(chosen, told(0), ended(AssocStatus.codes.DISASSOCIATED_BY_OS), failed())).to.deep.equal(['left']);
    const { MSMSEC_PSK_MISMATCH_SUSPECTED } = L2Reason.codes;
    expect(causes(chosen, told(0), ended(0x1000f), failed(MSMSEC_PSK_MISMATCH_SUSPECTED))).to.deep.equal([
      'MSMSEC_PSK_MISMATCH_SUSPECTED',
    ]);
    expect(causes(chosen, told(0), ended(0x10005), failed(), failed()), 'the next attempt').to.deep.equal([
      'deauthenticated',
      'no access point',
    ]);
  });

  it('are the keys that replace others, not the first ones, nor those that go', () => {
    const first = [keyOf('pairwise'), keyOf(1), keyOf(4)];
    const rekeys = (...events: ReadonlyArray<WifiEvent>) =>
      measures(...[chosen, told(0), ...events].map((event) => [0, event] as const)).flatMap((one) =>
        one.kind === 'rekey' ? [one.of] : [],
      );
    expect(rekeys(...first, connected)).to.deep.equal([]);
    expect(rekeys(...first, connected, keyOf(2), keyOf(5), keyOf('pairwise'), keyOf('pairwise', true))).to.deep.equal([
      'group',
      'pairwise',
    ]);
  });

  it('are where the port and the interface stand, and packets', () => {
    const belief = { adapter, session: port.session, peer, controlled: true } as const;
    expect(
      measures(
        [0, { kind: 'port', port: { ...belief, state: 'authorised' } }],
        [0, { kind: 'port', port: { ...belief, state: 'deleted' } }],
        [0, { kind: 'switched', isOn: false, isBlocked: true }],
        [0, { kind: 'packet', dir: 'out', packet: NOTHING }],
        [0, { kind: 'scanning' }],
      ),
    ).to.deep.equal([
      { kind: 'authorised', is: true },
      { kind: 'authorised', is: false },
      { kind: 'on', is: false },
      { kind: 'packet', dir: 'out' },
    ]);
  });
});

describe('the metrics of a station', () => {
  const freePort = (): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    });

  it('are served, and name no network', async () => {
    const place = { host: '127.0.0.1', port: await freePort() };
    const metrics = await wifiMetrics(place, 'wlan0');
    if (metrics._tag === 'Left') return expect.fail(metrics.left);
    const { event, close } = metrics.right;
    const story: ReadonlyArray<readonly [number, WifiEvent]> = [
      ...([
        [0, chosen],
        [100_000, told(0)],
        [300_000, connected],
        [400_000, keyOf(2)],
      ] as const),
      ...([
        [500_000, ended(0x10005)],
        [500_000, failed()],
      ] as const),
    ];
    for (const [at, each] of story) event(at, each);
    const text = await (await fetch(`http://${place.host}:${place.port}/metrics`)).text();
    close();
    for (const line of [
      'postassoc_interface_on{interface="wlan0"} 1',
      'postassoc_port_authorised{interface="wlan0"} 0',
      'postassoc_connections_total{akm="PSK",interface="wlan0"} 1',
      'postassoc_failures_total{cause="deauthenticated",interface="wlan0"} 1',
      'postassoc_rekeys_total{of="group",interface="wlan0"} 1',
      'postassoc_handshake_seconds_sum{interface="wlan0",akm="PSK"} 0.2',
      'postassoc_connection_seconds_sum{interface="wlan0",akm="PSK"} 0.3',
    ])
      expect(text.split('\n')).to.include(line);
    expect(text).not.to.match(/lab|02:00|secret/);
  });
});
