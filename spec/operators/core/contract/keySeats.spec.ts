import { Cipher } from '../../../../streams/events/index.js';
import { forgetPmk, group, NEXT_PORT, OTHER_AP, offloadRekeys, pairwise, rememberPmk, secret, transmitWith } from './cast.js';
import { psk } from './stories.js';
import { all, api, insertAfter, inside, set, without } from './story.js';
import { allows, breaks } from './verdicts.js';

const bip = (octet: number, keyIndex: number, link?: number) =>
  group(octet, {
    algorithm: Cipher.codes.BIP,
    keyIndex,
    material: { form: 'bip', counter: new Uint8Array(6), key: secret(octet) },
    ...(link !== undefined && { link, peer: OTHER_AP }),
  });

describe('contract: keys beyond the documented interface', () => {
  allows(
    'R123',
    'a beacon key with index 6 or 7',
    insertAfter('G', inside(api('B6', bip(6, 6))), inside(api('B7', bip(7, 7))))(psk),
  );
  breaks('R123', 'a management key with index 8', insertAfter('G', api('B8', bip(8, 8)))(psk), 'B8');
  breaks('R123', 'a data key with index 6', set('G', { keyIndex: 6 })(psk), 'G');

  allows('R128', 'a group key with the address of its link', set('G', { peer: OTHER_AP, link: 1 })(psk));
  breaks('R128', 'a group key of a link with a group address', set('G', { peer: 'ff:ff:ff:ff:ff:ff', link: 1 })(psk), 'G');

  allows('R135', 'one key for each of two links', insertAfter('G', api('G1', group(0x22, { link: 1, peer: OTHER_AP })))(psk));
  breaks(
    'R135',
    'the key of a link downloaded again for it',
    all(set('G', { link: 1 }), insertAfter('G', api('again', group(0x22, { link: 1, keyIndex: 2 }))))(psk),
    'again',
  );
  allows(
    'R135',
    'the octets of a management key as a beacon key',
    insertAfter('G', inside(api('I', bip(5, 4))), inside(api('B', bip(5, 6))))(psk),
  );
  breaks('R135', 'a beacon key downloaded again', insertAfter('G', api('B', bip(5, 6)), api('again', bip(5, 7)))(psk), 'again');
  breaks(
    'R135',
    'the pairwise key downloaded again under another id',
    all(set('K', { keyId: 0 }), insertAfter('C', api('again', pairwise(0x11, { keyId: 1 }))))(psk),
    'again',
  );

  allows(
    'R134',
    'a pairwise key with an id before message 4 has left',
    all(without('v', 'K'), insertAfter('4', api('K', pairwise(0x11, { keyId: 0 }))))(psk),
  );
  breaks(
    'R134',
    'a pairwise key without one while a key frame is in flight',
    all(without('v', 'K'), insertAfter('4', api('K', pairwise(0x11))))(psk),
    'K',
  );

  allows('R137', 'the choice of the key to transmit with', insertAfter('K', inside(api('T', transmitWith(0))))(psk));
  breaks('R137', 'that choice after the Stop', insertAfter('S', api('T', transmitWith(0)))(psk), 'T');
  breaks(
    'R6',
    'that choice for a port nobody opened',
    insertAfter('C', api('T', transmitWith(0, { session: NEXT_PORT })))(psk),
    'T',
  );
  breaks('R7', 'that choice after the deinit', insertAfter('D', api('T', transmitWith(0)))(psk), 'T');

  allows('R199', 'PMKs of the port', insertAfter('C', api('r', rememberPmk()), api('f', forgetPmk()))(psk));
  allows(
    'R199',
    'keys to renew group keys with, as often as they change',
    insertAfter('C', api('r', offloadRekeys()), api('f', offloadRekeys()))(psk),
  );
  for (const [what, call] of [
    ['a PMK remembered', rememberPmk],
    ['a PMK forgotten', forgetPmk],
    ['keys to renew group keys with', offloadRekeys],
  ] as const) {
    breaks('R199', `${what} after the Stop`, insertAfter('S', api('r', call()))(psk), 'r');
    breaks('R6', `${what} for a port nobody opened`, insertAfter('C', api('r', call({ session: NEXT_PORT })))(psk), 'r');
    breaks(
      'R3',
      `${what} by another handle of the host`,
      insertAfter('C', api('r', call({ service: '0xbad' as never })))(psk),
      'r',
    );
  }

  // What is said of one link says nothing of the port itself.
  breaks(
    'R128',
    'a key of the port itself with the address of a link',
    insertAfter('G', api('G1', group(9, { peer: OTHER_AP })))(psk),
    'G1',
  );
});
