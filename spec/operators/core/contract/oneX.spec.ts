import {
  ADAPTER,
  AP,
  CONNECT,
  eapRequest,
  forward,
  KEY_PACKET,
  OTHER_AP,
  preAssociate,
  receive,
  register,
  replied,
  send,
  startOneX,
  stopOneX,
} from './cast.js';
import { oneX, psk, resetPending } from './stories.js';
import { api, change, host, insertAfter, insertBefore, inside, move, set, startingAt, upTo, without } from './story.js';
import { allows, breaks } from './verdicts.js';

const progress = host('progress', { kind: 'oneXIndicateResult', adapter: ADAPTER, result: 2 });

describe('contract: 802.1X', () => {
  allows('R38', '802.1X started inside Perform', oneX);
  allows('R38', '802.1X started after Perform', change('s', (line) => ({ ...line, wait: 1000 }))(oneX));
  breaks('R26', 'the Microsoft 802.1X against the profile', set('connect', preAssociate(CONNECT, false))(oneX), 's');
  breaks('R60', '802.1X without the registration of 0x888E', set('register', { registrations: [] })(upTo('2')(oneX)), 's');
  breaks(
    'R60',
    '802.1X after the registration was refused',
    [
      ...upTo('adapter')(oneX),
      inside(api('register', register({ call: 700 }))),
      host('refused', replied(700, 50)),
      ...startingAt('connect')(upTo('2')(oneX)),
    ],
    's',
  );
  breaks('R100', '802.1X started before Perform', move('s', { after: 'COMPLETION' })(upTo('e1')(oneX)), 's');
  breaks('R100', '802.1X started after reset', [...upTo('E')(resetPending), api('again', startOneX())], 'again');
  breaks('R101', '802.1X started while it runs', insertAfter('F1', api('again', startOneX()))(upTo('F1')(oneX)), 'again');
  allows('R118', '802.1X started again after its result', insertAfter('C', api('again', startOneX()))(oneX));
  allows('R101', '802.1X started again after it was refused', [
    ...upTo('P')(oneX),
    ...[inside(api('s', startOneX({ call: 700 }))), host('refused', replied(700, 31)), api('again', startOneX())],
  ]);
  breaks(
    'R102',
    'an EAPOL-Start beside the module’s',
    insertAfter('s', api('start', send(9, { payload: Uint8Array.of(2, 1, 0, 0) })))(oneX),
    'start',
  );
  breaks('R104', 'a packet forwarded ahead of an older one', without('F1')(oneX), 'F2');
  allows('R104', 'packets of another AP kept back', insertAfter('e1', host('other', receive(OTHER_AP, eapRequest(9))))(oneX));
  for (const [what, packet] of [
    ['a header', Uint8Array.of(2, 0, 0)],
    ['it says', eapRequest(9).subarray(0, 8)],
  ] as const)
    allows('R104', `a packet shorter than ${what} dropped (R90)`, insertAfter('e1', host('cut', receive(AP, packet)))(oneX));
  breaks(
    'R104',
    'a packet forwarded ahead of an older one without a body',
    insertAfter('F1', host('logoff', receive(AP, Uint8Array.of(2, 2, 0, 0))))(oneX),
    'F2',
  );
  allows('R104', 'two packets received before the first is forwarded', move('e2', { after: 'e1' })(oneX));
  breaks('R105', 'an EAPOL-Key packet forwarded', insertAfter('F2', api('F3', forward(KEY_PACKET.subarray(1))))(oneX), 'F3');
  breaks(
    'R105',
    'an EAPOL-Key packet forwarded from its version on',
    insertAfter('F2', api('F3', forward(KEY_PACKET)))(oneX),
    'F3',
  );
  breaks(
    'R105',
    'an EAPOL-Key packet forwarded with 802.1X idle',
    insertAfter('C', api('F3', forward(KEY_PACKET.subarray(1))))(oneX),
    'F3',
  );
  breaks('R107', 'a packet forwarded from its version on', insertAfter('F2', api('F3', forward(eapRequest(3))))(oneX), 'F3');
  allows('R107', 'a packet whose body looks like a header', insertAfter('F2', api('F3', forward(Uint8Array.of(2, 0, 0))))(oneX));
  breaks('R108', 'a packet forwarded before startOneX', without('s')(upTo('F1')(oneX)), 'F1');
  breaks(
    'R108',
    'a packet forwarded after the result',
    insertAfter('R', api('F3', forward(eapRequest(3).subarray(1))))(oneX),
    'F3',
  );
  breaks(
    'R108',
    'a packet forwarded after stopOneX',
    [...upTo('F1')(oneX), api('z', stopOneX()), api('F2', forward(eapRequest(2).subarray(1)))],
    'F2',
  );
  allows('R110', 'forwarding to go on after IN_PROGRESS', insertAfter('F1', progress)(oneX));
  breaks('R116', '802.1X stopped after its result', insertAfter('R', api('z', stopOneX()))(oneX), 'z');
  breaks('R116', '802.1X stopped without having run', insertAfter('P', api('z', stopOneX()))(psk), 'z');
  allows('R116', '802.1X stopped while it runs', insertBefore('e2', api('z', stopOneX()), api('again', startOneX()))(oneX));
  breaks(
    'R199',
    'a packet forwarded after Stop',
    [
      ...upTo('F1')(oneX),
      host('S', { kind: 'stopPostAssociate', adapter: ADAPTER, peer: AP, status: 7 }),
      api('F2', forward(eapRequest(2).subarray(1))),
    ],
    'F2',
  );
});
