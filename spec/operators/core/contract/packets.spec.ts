import { replied, send, sent } from './cast.js';
import { psk, roam } from './stories.js';
import { api, host, insertAfter, inside, set, without } from './story.js';
import { allows, breaks } from './verdicts.js';

describe('contract: packets', () => {
  breaks('R71', 'a send handle still in flight', set('4b', { packet: 3 })(without('l', 'Kb', 'Gb', 'Cb')(roam)), '4b');
  allows('R71', 'a send handle used again after its completion', set('h', { packet: 1 })(set('w', { packet: 1 })(psk)));
  allows(
    'R74',
    'the send handle of a refused packet to be used again',
    insertAfter(
      '2',
      inside(host('sent 2', sent(1))),
      api('try', send(8, { call: 700 })),
      host('refused', replied(700, 31)),
      api('retry', send(8)),
      host('sent 8', sent(8)),
    )(psk),
  );
  breaks('R75', 'a packet for a group', set('2', { peer: '01:80:c2:00:00:03' })(psk), '2');
});
