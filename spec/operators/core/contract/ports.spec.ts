import {
  ADAPTER,
  AP,
  ask,
  complete,
  exclude,
  group,
  NEXT_PORT,
  notify,
  OTHER_AP,
  PORT,
  pairwise,
  perform,
  register,
  replied,
  returned,
  secret,
  send,
  startOneX,
  stop,
  stopOneX,
} from './cast.js';
import { oneX, psk, resetPending, roam } from './stories.js';
import { all, api, change, host, insertAfter, insertBefore, inside, late, set, startingAt, upTo, without } from './story.js';
import { allows, breaks } from './verdicts.js';

/** A story that ends with the Stop of a port still pending, or already completed. */
const stoppedPending = [...upTo('4')(psk), host('S', stop(AP))];
const stoppedCompleted = upTo('S')(psk);
const afterStop = (line: ReturnType<typeof api>) => [...stoppedPending, line];
const failure = { win32: 1460, reason: 0x48005 };
const NO_KEY = secret(0, 0);
const cancelled = { win32: 1223, reason: 0x48011 };

const roamTo = (negotiated: Parameters<typeof perform>[2]) => [
  ...upTo('COMPLETION2')(roam),
  host('Q', perform(NEXT_PORT, OTHER_AP, negotiated)),
];

const failedOneX = () => {
  const parameters = { status: 4, reason: 0x50005, sendKey: NO_KEY, receiveKey: NO_KEY };
  return [...upTo('F2')(oneX), host('N', { kind: 'oneXIndicateResult', adapter: ADAPTER, result: 1, parameters })];
};

/** The registration made during pre-association: no reset has to bring it back (C13). */
const moveRegistration = () => {
  const registration = psk.find(({ as }) => as === 'register');
  return registration === undefined ? psk : insertAfter('auth', registration)(without('register')(psk));
};

describe('contract: Perform', () => {
  breaks('R31', 'a completion with a session that is not the port’s', set('C', { session: NEXT_PORT })(upTo('C')(psk)), 'C');
  breaks('R34', 'an association accepted although it failed', set('P', perform(PORT, AP, { status: 1 }))(psk), 'P');
  allows('R34', 'such an association refused', [
    ...upTo('COMPLETION')(psk),
    host('P', perform(PORT, AP, { status: 1 })),
    inside(host('r', returned('performPostAssociate', 87))),
  ]);
  breaks(
    'R44',
    'a broadcast peer accepted',
    [...upTo('COMPLETION')(psk), host('P', perform(PORT, 'ff:ff:ff:ff:ff:ff' as never))],
    'P',
  );
  breaks(
    'R36',
    'a completion after a refused Perform',
    [...upTo('P')(psk), inside(host('r', returned('performPostAssociate', 87, PORT))), api('C', complete(failure))],
    'C',
  );
  breaks(
    'R36',
    'a completion after a Perform whose refusal was recorded late',
    [
      ...upTo('P')(psk),
      api('notify', notify()),
      host('r', returned('performPostAssociate', 87, PORT)),
      api('C', complete(failure)),
    ],
    'C',
  );
  breaks(
    'R37',
    'a completion inside Perform',
    [...upTo('COMPLETION')(psk), host('P', perform(PORT, AP, { unicastCipher: 0 })), inside(api('C', complete()))],
    'C',
  );
  breaks(
    'R37',
    'a completion before the recorded return of Perform, however much later',
    [
      ...[
        host('adapter', { kind: 'initAdapter', adapter: ADAPTER, service: '0x5e1' as never }),
        inside(host('r', returned('initAdapter'))),
      ],
      ...[
        host('P', perform(PORT, AP, { unicastCipher: 0 })),
        api('C', complete()),
        host('q', returned('performPostAssociate', 0, PORT)),
      ],
    ],
    'C',
  );
  allows('R37', 'a completion on the next turn of an open network', [
    ...upTo('COMPLETION')(psk),
    host('P', perform(PORT, AP, { unicastCipher: 0, multicastCipher: 0 })),
    api('C', complete()),
  ]);
  allows('R43', 'a second Perform with the session that is live, refused', [
    ...upTo('2')(psk),
    ...[host('again', perform(PORT, AP)), inside(host('r', returned('performPostAssociate', 87, PORT)))],
    ...startingAt('u')(psk),
  ]);
  breaks(
    'R193',
    'a completion of the port that gave way to a new one',
    [...upTo('4')(psk), host('Q', perform(NEXT_PORT, AP)), api('C', complete(failure))],
    'C',
  );
});

describe('contract: completion', () => {
  breaks('R170', 'a completion with the address of another AP', set('C', { peer: OTHER_AP })(psk), 'C');
  breaks('R171', 'success with a failure reason', set('C', { reason: 0x10001 })(psk), 'C');
  allows('R171', 'success with a reason of the vendor', set('C', { reason: 0x90001 })(psk));
  breaks('R172', 'failure without a reason', set('C', { win32: 5 })(psk), 'C');
  breaks('R173', 'ERROR_CANCELLED outside of a reset', set('C', cancelled)(psk), 'C');
  breaks('R176', 'success repeated at a group rekey', insertAfter('G2', api('again', complete()))(psk), 'again');
  breaks('R176', 'failure repeated', [...upTo('2')(psk), api('B', complete(failure)), api('again', complete(failure))], 'again');
  allows(
    'R175',
    'authorisation lost and regained',
    insertAfter('G2', api('B', complete(failure)), api('again', complete()))(psk),
  );
  breaks('R58', 'success without the pairwise key', without('K', 'G')(psk), 'C');
  breaks(
    'R58',
    'success before the pairwise key was accepted',
    all(
      set('K', pairwise(0x11, { call: 800 })),
      insertAfter('register', inside(host('r', replied(1)))),
      insertAfter('C', host('accepted', replied(800))),
    )(psk),
    'C',
  );
  allows(
    'R58',
    'success after the pairwise key was accepted',
    all(
      set('K', pairwise(0x11, { call: 800 })),
      insertAfter('register', inside(host('r', replied(1)))),
      insertAfter('K', inside(host('accepted', replied(800)))),
    )(psk),
  );
  allows('R52', 'success without keys of a port the driver has authenticated', [
    ...upTo('COMPLETION')(psk),
    host('P', perform(PORT, AP, { portAuthorized: true })),
    api('C', complete()),
  ]);
  breaks(
    'R136',
    'success after the pairwise key was refused',
    all(set('K', pairwise(0x11, { call: 800 })), insertAfter('K', inside(host('refused', replied(800, 31)))))(psk),
    'C',
  );
  breaks(
    'R136',
    'success after the group key was refused',
    all(set('G', group(0x22, { call: 801 })), insertAfter('G', inside(host('refused', replied(801, 31)))))(psk),
    'C',
  );
  allows('R136', 'failure after a refused key, and success of the next attempt', [
    ...upTo('v')(psk),
    ...[
      inside(api('K', pairwise(0x11, { call: 800 }))),
      inside(host('refused', replied(800, 31))),
      inside(api('B', complete(failure))),
    ],
    ...[api('K2', pairwise(0x12)), inside(api('C2', complete()))],
  ]);
  breaks(
    'R147',
    'an open network authorised while exclude-unencrypted is on',
    [...roamTo({ unicastCipher: 0, multicastCipher: 0 }), api('Cb', complete({ session: NEXT_PORT, peer: OTHER_AP }))],
    'Cb',
  );
  allows('R147', 'an open network after exclude-unencrypted was taken back', [
    ...roamTo({ unicastCipher: 0, multicastCipher: 0 }),
    api('X2', exclude({ session: NEXT_PORT, exclude: false })),
    api('Cb', complete({ session: NEXT_PORT, peer: OTHER_AP })),
  ]);
  breaks('R114', 'another reason than 802.1X gave', [...failedOneX(), api('B', complete({ win32: 1326, reason: 0x10001 }))], 'B');
  allows('R114', 'the reason that 802.1X gave', [...failedOneX(), api('B', complete({ win32: 1326, reason: 0x50005 }))]);
  breaks('R174', 'a port pending for more than two minutes, once', change('3', (line) => late(line, 121e6))(psk), 'P');
  allows('R174', 'a longer limit', change('3', (line) => late(line, 121e6))(psk), { pendingLimit: 300e6 });
});

describe('contract: Stop', () => {
  allows('R193', 'silence', stoppedPending);
  breaks(
    'R193',
    'a completion inside the Stop of a pending port',
    [...stoppedPending, inside(api('c', complete(cancelled)))],
    'c',
  );
  breaks('R193', 'a completion after the Stop of a pending port', afterStop(api('C', complete())), 'C');
  breaks(
    'R193',
    'a completion after a Stop for every peer',
    [...upTo('4')(psk), host('S', stop('ff:ff:ff:ff:ff:ff' as never)), api('C', complete(failure))],
    'C',
  );
  allows('R195', 'a port to go on after a Stop for another peer', insertBefore('3', host('other', stop(OTHER_AP)))(psk));
  breaks('R194', 'a completion after the Stop of a completed port', [...stoppedCompleted, api('B', complete(failure))], 'B');
  breaks('R80', 'a packet after Stop', afterStop(api('send', send(9))), 'send');
  breaks('R80', 'a packet after reset', [...upTo('E')(resetPending), api('send', send(9))], 'send');
  breaks('R80', 'a packet after deinit', insertAfter('D', api('send', send(9)))(psk), 'send');
  breaks('R137', 'a pairwise key after Stop', afterStop(api('K', pairwise(1))), 'K');
  breaks('R137', 'a group key after reset', [...upTo('E')(resetPending), api('G', group(1))], 'G');
  breaks(
    'R138',
    'a delete after the Stop handler',
    [...stoppedCompleted, api('delete', pairwise(0x11, { delete: true }))],
    'delete',
  );
  allows('R138', 'a delete inside the Stop handler', [
    ...stoppedCompleted,
    inside(api('delete', pairwise(0x11, { delete: true }))),
  ]);
  breaks('R199', 'exclude-unencrypted after Stop', afterStop(api('X', exclude())), 'X');
  breaks(
    'R199',
    'a question of the stopped port to the user',
    afterStop(api('ask', ask({ session: PORT, generation: 1 }))),
    'ask',
  );
  breaks('R199', '802.1X stopped after the Stop handler', [...upTo('F2')(oneX), host('S', stop(AP)), api('z', stopOneX())], 'z');
  allows('R117', '802.1X stopped inside the Stop handler', [
    ...upTo('F2')(oneX),
    host('S', stop(AP)),
    inside(api('z', stopOneX())),
  ]);
  breaks('R100', '802.1X started after Stop', afterStop(api('s', startOneX())), 's');
  allows('S19', 'the same AP again after its Stop', [
    ...stoppedCompleted,
    host('Q', perform(NEXT_PORT, AP)),
    api('K2', pairwise(0x66, { session: NEXT_PORT })),
    api('C2', complete({ session: NEXT_PORT })),
  ]);
});

describe('contract: reset and deinit', () => {
  allows('R151', 'a pending port cancelled inside the reset handler', resetPending);
  breaks('R151', 'a pending port not completed by a reset', without('c')(resetPending), 'Z');
  breaks(
    'R151',
    'a pending port cancelled twice',
    insertAfter('c', inside(api('again', complete(cancelled))))(resetPending),
    'again',
  );
  breaks('R151', 'a pending port cancelled with another Win32 code', set('c', { win32: 995 })(resetPending), 'c');
  breaks('R151', 'a pending port cancelled without a reason', set('c', { reason: 0 })(resetPending), 'c');
  breaks(
    'R152',
    'a completion of an authorised port inside a reset',
    without('S')(insertBefore('E', inside(api('c', complete(cancelled))))(psk)),
    'c',
  );
  breaks(
    'R152',
    'a completion after the reset handler',
    insertAfter('E', api('again', complete(cancelled)))(resetPending),
    'again',
  );
  breaks(
    'R178',
    'a completion by reset of a port that had failed',
    [
      ...upTo('2')(psk),
      api('B', complete(failure)),
      host('Z', { kind: 'adapterReset', adapter: ADAPTER }),
      inside(api('c', complete(cancelled))),
      inside(api('E', register())),
    ],
    'c',
  );
  breaks('R153', 'a reset that does not register again', without('E')(psk), 'Z');
  allows('R153', 'a reset without registrations of initAdapter', without('E')(moveRegistration()));
  breaks(
    'R177',
    'a completion after deinitAdapter',
    [...upTo('2')(psk), host('D', { kind: 'deinitAdapter', adapter: ADAPTER }), api('c', complete(cancelled))],
    'c',
  );
  breaks(
    'R177',
    'a completion for a session nobody opened',
    insertAfter('S', api('C', complete({ session: NEXT_PORT })))(psk),
    'C',
  );
  allows('S6d', 'Stop first, then reset', psk);
  allows('S6d', 'reset first, then Stop', insertAfter('E', host('S', stop(AP)))(resetPending));
  allows('S7', 'deinit without Stop', without('S', 'Z', 'E')(psk));
});
