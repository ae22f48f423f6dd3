import { connected, NEXT_CONNECT, preAssociate, register, returned, saveUserData, setAuth } from './cast.js';
import { psk } from './stories.js';
import { all, api, change, host, insertAfter, insertBefore, inside, upTo } from './story.js';
import { allows, breaks } from './verdicts.js';

const connecting = upTo('auth')(psk);
const cancelled = { win32: 1223, reason: 0x48011 };
const reset = host('Z', { kind: 'adapterReset', adapter: '0xa1' as never });
const registered = inside(api('E', register()));

describe('contract: pre-association', () => {
  breaks('R20', 'a completion inside performPreAssociate', change('connected', inside)(psk), 'connected');
  breaks('R20', 'a second completion', insertAfter('connected', api('again', connected()))(psk), 'again');
  breaks(
    'R20',
    'a completion of a refused operation',
    [...connecting, inside(host('refused', returned('performPreAssociate', 87))), api('late', connected())],
    'late',
  );
  breaks('R23', 'EtherTypes registered after its completion', insertBefore('C', inside(api('late', register())))(psk), 'late');
  allows('R23', 'EtherTypes registered before its completion', insertBefore('connected', api('again', register()))(psk));
  breaks('R25', 'a connect handle used after its completion', insertAfter('connected', api('late', setAuth()))(psk), 'late');
  breaks(
    'R25',
    'the connect handle of an older connection',
    all(
      insertAfter(
        'S',
        host('next', preAssociate(NEXT_CONNECT)),
        api('late', setAuth()),
        api('next done', connected({ connect: NEXT_CONNECT })),
      ),
    )(psk),
    'late',
  );
  breaks(
    'R27',
    'custom user data saved inside performPreAssociate',
    insertAfter('auth', inside(api('save', saveUserData())))(psk),
    'save',
  );
  allows('R27', 'custom user data saved on a later turn', insertBefore('connected', api('save', saveUserData()))(psk));

  allows('R151', 'a pending pre-association cancelled by a reset', [
    ...connecting,
    reset,
    inside(api('c', connected(cancelled))),
    registered,
  ]);
  breaks('R151', 'a pending pre-association forgotten by a reset', [...connecting, reset, registered], 'Z');
  breaks(
    'R151',
    'a pending pre-association cancelled with another code',
    [...connecting, reset, inside(api('c', connected({ ...cancelled, win32: 5 }))), registered],
    'c',
  );
  breaks(
    'R20',
    'a pre-association cancelled twice by a reset',
    [...connecting, reset, inside(api('c', connected(cancelled))), inside(api('c2', connected(cancelled))), registered],
    'c2',
  );
});
