import { AP, completion, disassociation, OTHER_AP, start } from './cast.js';
import { psk, roam } from './stories.js';
import { all, host, insertAfter, insertBefore, without } from './story.js';
import { allows, breaks } from './verdicts.js';

describe('contract: what the host and the miniport say', () => {
  breaks('R210', 'a START while another is not completed', insertAfter('START', host('again', start(AP)))(psk), 'again');
  breaks('R210', 'a COMPLETION without a START', insertAfter('COMPLETION', host('again', completion(AP)))(psk), 'again');
  breaks(
    'R210',
    'a COMPLETION for another peer',
    insertAfter('START', host('other', completion(OTHER_AP, 1)))(without('COMPLETION')(psk)),
    'other',
  );
  allows(
    'R210',
    'COMPLETIONs of a feed that has no STARTs',
    without('START')(insertAfter('COMPLETION', host('again', completion(AP, 1)))(psk)),
  );
  breaks('R211', 'a roam without the Stop of the old port', without('S')(roam), 'START2');
  breaks(
    'R211',
    'a DISASSOCIATION of the peer that a START has left',
    insertAfter('START2', host('x', disassociation(AP)))(roam),
    'x',
  );
  breaks(
    'R213',
    'a DISASSOCIATION of a peer that was never associated',
    insertBefore('S', host('x', disassociation(OTHER_AP)))(psk),
    'x',
  );
  breaks(
    'R213',
    'a DISASSOCIATION of a peer whose association failed',
    all(insertAfter('START', host('no', completion(AP, 1)), host('x', disassociation(AP)), host('START again', start(AP))))(psk),
    'x',
  );
  allows('R213', 'a DISASSOCIATION before Stop', insertBefore('S', host('x', disassociation(AP)))(psk));
  allows(
    'R216',
    'a roam that fails',
    insertAfter('S', host('START2', start(OTHER_AP)), host('no', completion(OTHER_AP, 2)))(psk),
  );
});
