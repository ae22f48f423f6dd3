import {
  ADAPTER,
  allocate,
  ask,
  BUFFER,
  connected,
  exclude,
  free,
  notify,
  OTHER_ADAPTER,
  OTHER_SERVICE,
  register,
  releaseStation,
  replied,
  requestStation,
  send,
} from './cast.js';
import { psk } from './stories.js';
import { all, api, host, insertAfter, inside, late, move, set, startingAt, upTo, without } from './story.js';
import { allows, breaks } from './verdicts.js';

const buffer = [api('allocate', allocate(900)), host('allocated', replied(900, 0, BUFFER))];
const virtualStation = insertAfter('service', host('virtual', { kind: 'initVirtualStation' }));

describe('contract: lifecycle', () => {
  allows('R1', 'a whole life of the service', psk);
  allows('R1', 'a log that begins in the middle of a life', startingAt('P')(psk));
  breaks('R1', 'a handler before initService', move('service', { after: 'COMPLETION' })(psk), 'adapter');
  breaks(
    'R1',
    'a handler after deinitService',
    insertAfter('down', host('too late', { kind: 'deinitAdapter', adapter: ADAPTER }))(psk),
    'too late',
  );
  allows('R1', 'a second life after a crash', [...upTo('C')(psk), ...psk]);

  breaks('R3', 'a call with the handle of another adapter', set('X', { service: OTHER_SERVICE })(psk), 'X');

  breaks(
    'R6',
    'a call with an adapter that was never initialised',
    insertAfter('C', api('stray', notify({ adapter: OTHER_ADAPTER })))(psk),
    'stray',
  );
  breaks('R6', 'a packet before any Perform', insertAfter('COMPLETION', api('stray', send(77)))(psk), 'stray');
  breaks('R6', 'a pre-association call without a pre-association', move('auth', { after: 'register' })(psk), 'auth');
  breaks('R6', 'exclude-unencrypted after a reset', without('S')(insertAfter('E', api('late', exclude()))(psk)), 'late');

  breaks('R7', 'a registration after deinitAdapter returned', insertAfter('D', api('late', register()))(psk), 'late');
  breaks('R160', 'a notification inside deinitAdapter', insertAfter('D', inside(api('late', notify())))(psk), 'late');
  breaks(
    'R160',
    'a pre-association completed inside deinitAdapter',
    insertAfter('D', inside(api('late', connected())))(psk),
    'late',
  );

  breaks('R8', 'a buffer of the adapter still allocated when deinitAdapter returns', insertAfter('C', ...buffer)(psk), 'D');
  allows(
    'R8',
    'a buffer freed inside deinitAdapter',
    all(insertAfter('C', ...buffer), insertAfter('D', inside(api('free', free()))))(psk),
  );
  allows('R8', 'a refused allocation', insertAfter('C', api('allocate', allocate(900)), host('refused', replied(900, 14)))(psk));
  allows(
    'R8',
    'a buffer that queryUIRequest hands over',
    insertAfter(
      'C',
      host('query', { kind: 'queryUIRequest', adapter: ADAPTER, phase: 1 }),
      inside(api('allocate', allocate(900))),
      host('allocated', replied(900, 0, BUFFER)),
    )(psk),
  );

  breaks(
    'R9',
    'a buffer still allocated when deinitService returns',
    insertAfter(
      'C',
      api('allocate', { kind: 'allocateBuffer', call: 900, size: 8 }),
      host('allocated', replied(900, 0, BUFFER)),
    )(psk),
    'down',
  );
  breaks('R9', 'a call after deinitService returned', insertAfter('down', api('late', free()))(psk), 'late');
  breaks(
    'R9',
    'a call on an adapter inside deinitService',
    all(without('D'), insertAfter('down', inside(api('late', notify()))))(psk),
    'late',
  );

  breaks('R230', 'a GUID used again', insertAfter('C', api('ask', ask()), api('ask again', ask()))(psk), 'ask again');

  breaks(
    'R240',
    'a second virtual station within two minutes',
    all(virtualStation, insertAfter('C', api('request', requestStation()), api('second', requestStation())))(psk),
    'second',
  );
  allows(
    'R240',
    'a new request when the first did not arrive',
    all(virtualStation, insertAfter('C', api('request', requestStation()), late(api('second', requestStation()), 121e6)))(psk),
  );
  allows(
    'R240',
    'a new request after the first was released',
    all(
      virtualStation,
      insertAfter('C', api('request', requestStation()), api('release', releaseStation()), api('second', requestStation())),
    )(psk),
  );
  breaks(
    'R243',
    'a virtual station without initVirtualStation',
    insertAfter('C', api('request', requestStation()))(psk),
    'request',
  );
  breaks(
    'R243',
    'a virtual station inside initVirtualStation',
    insertAfter('register', host('virtual', { kind: 'initVirtualStation' }), inside(api('request', requestStation())))(psk),
    'request',
  );
});
