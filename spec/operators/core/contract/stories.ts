import { AuthAlgorithm } from '../../../../streams/events/index.js';
import {
  ADAPTER,
  AP,
  CONNECT,
  complete,
  completion,
  connected,
  eapRequest,
  exclude,
  forward,
  group,
  KEY_PACKET,
  NEXT_PORT,
  OTHER_AP,
  PORT,
  pairwise,
  perform,
  preAssociate,
  receive,
  register,
  SERVICE,
  send,
  sent,
  setAuth,
  start,
  startOneX,
  stop,
  stopOneX,
} from './cast.js';
import { api, host, inside, type Story } from './story.js';

/** Service and adapter come up, a connection is begun, and association succeeds. */
const beginning: Story = [
  host('version', { kind: 'getVersionInfo' }),
  host('service', { kind: 'initService', version: 0 }),
  host('adapter', { kind: 'initAdapter', adapter: ADAPTER, service: SERVICE }),
  inside(api('register', register())),
  host('connect', preAssociate(CONNECT)),
  inside(api('auth', setAuth())),
  api('connected', connected()),
  host('START', start(AP)),
  host('COMPLETION', completion(AP)),
];

const handshake: Story = [
  host('1', receive(AP, KEY_PACKET)),
  api('2', send(1)),
  host('u', sent(1)),
  host('3', receive(AP, KEY_PACKET)),
  api('4', send(2)),
  host('v', sent(2)),
  inside(api('K', pairwise(0x11))),
  inside(api('G', group(0x22))),
  inside(api('X', exclude())),
  inside(api('C', complete())),
];

const stopped: Story = [host('S', stop(AP))];

const end: Story = [
  host('Z', { kind: 'adapterReset', adapter: ADAPTER }),
  inside(api('E', register())),
  host('D', { kind: 'deinitAdapter', adapter: ADAPTER }),
  host('down', { kind: 'deinitService' }),
];

/** S1, then S9: a group rekey. Then the port is stopped, the adapter reset, and everything goes. */
export const psk: Story = [
  ...beginning,
  host('P', perform(PORT, AP)),
  ...handshake,
  host('g', receive(AP, KEY_PACKET)),
  api('h', send(3)),
  host('w', sent(3)),
  inside(api('G2', group(0x33, { keyIndex: 2 }))),
  ...stopped,
  ...end,
];

/** S2: 802.1X first. */
export const oneX: Story = [
  ...beginning,
  host('P', perform(PORT, AP, { authAlgorithm: AuthAlgorithm.codes.RSNA })),
  inside(api('s', startOneX())),
  host('e1', receive(AP, eapRequest(1))),
  api('F1', forward(eapRequest(1).subarray(1))),
  host('e2', receive(AP, eapRequest(2))),
  api('F2', forward(eapRequest(2).subarray(1))),
  host('R', { kind: 'oneXIndicateResult', adapter: ADAPTER, result: 0 }),
  ...handshake,
  ...stopped,
  ...end,
];

const nextPort = { session: NEXT_PORT, generation: 2, peer: OTHER_AP };

/** S13: a roam without DISASSOCIATION; the old message 4 completes after the new port began. */
export const roam: Story = [
  ...beginning,
  host('P', perform(PORT, AP)),
  ...handshake,
  host('old 3', receive(AP, KEY_PACKET)),
  api('old 4', send(3)),
  host('START2', start(OTHER_AP)),
  host('S', stop(AP, 8)),
  host('COMPLETION2', completion(OTHER_AP)),
  host('Q', perform(NEXT_PORT, OTHER_AP)),
  host('i', receive(OTHER_AP, KEY_PACKET)),
  api('2b', send(4, nextPort)),
  host('m', sent(4)),
  host('j', receive(OTHER_AP, KEY_PACKET)),
  api('4b', send(5, nextPort)),
  host('old v', sent(3)),
  host('l', sent(5)),
  inside(api('Kb', pairwise(0x44, nextPort))),
  inside(api('Gb', group(0x55, nextPort))),
  inside(api('Cb', complete(nextPort))),
  host('S2', stop(OTHER_AP)),
  ...end,
];

/** S6c: reset while 802.1X runs and the port is pending. */
export const resetPending: Story = [
  ...beginning,
  host('P', perform(PORT, AP)),
  inside(api('s', startOneX())),
  host('e1', receive(AP, eapRequest(1))),
  api('F1', forward(eapRequest(1).subarray(1))),
  host('Z', { kind: 'adapterReset', adapter: ADAPTER }),
  inside(api('z', stopOneX())),
  inside(api('c', complete({ win32: 1223, reason: 0x48011 }))),
  inside(api('E', register())),
  host('D', { kind: 'deinitAdapter', adapter: ADAPTER }),
  host('down', { kind: 'deinitService' }),
];
