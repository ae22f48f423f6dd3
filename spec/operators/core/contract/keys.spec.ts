import { Cipher, Secret } from '../../../../streams/events/index.js';
import {
  AP,
  ccmp,
  group,
  KEY_PACKET,
  NEXT_PORT,
  OTHER_AP,
  PORT,
  pairwise,
  perform,
  receive,
  secret,
  send,
  sent,
} from './cast.js';
import { psk } from './stories.js';
import { all, api, host, insertAfter, insertBefore, inside, type Line, move, set, upTo, without } from './story.js';
import { allows, breaks } from './verdicts.js';

const { TKIP, CCMP_256, GCMP_256, BIP } = Cipher.codes;
const bip = (fields: Parameters<typeof group>[1] = {}): Line =>
  inside(
    api(
      'I',
      group(0x66, {
        algorithm: BIP,
        keyIndex: 4,
        material: { form: 'bip', counter: new Uint8Array(6), key: secret(0x66) },
        ...fields,
      }),
    ),
  );
const sealed = (fingerprint: string) => ({
  form: 'ccmp' as const,
  counter: new Uint8Array(6),
  key: Secret.redacted(16, fingerprint),
});
const defaultKeyId = (keyIndex: number) =>
  inside(
    api('id', {
      kind: 'setDefaultKeyId',
      call: 600,
      adapter: '0xa1' as never,
      service: '0x5e1' as never,
      session: PORT,
      generation: 1,
      keyIndex,
    }),
  );
const firstExemptions = (exemptions: ReadonlyArray<object>) => set('register', { exemptions });

/** A whole EAPOL-Key packet of a pairwise handshake with so many octets of key data. */
const keyMessage = (dataLength: number): Uint8Array => {
  const packet = new Uint8Array(99 + dataLength);
  packet.set([2, 3, 0, 95 + dataLength, 2, 0x01, 0x0a]);
  packet[98] = dataLength;
  return packet;
};

describe('contract: keys', () => {
  breaks(
    'R41',
    'a pairwise key for another cipher than negotiated',
    set('P', { association: perform(PORT, OTHER_AP, { unicastCipher: TKIP, peer: '02:00:00:00:01:01' as never }).association })(
      psk,
    ),
    'K',
  );
  breaks('R121', 'a default key with direction OUTBOUND', set('G', { direction: 2 })(psk), 'G');
  allows('R121', 'a default key with direction INBOUND', set('G', { direction: 1 })(psk));
  breaks('R122', 'default key id 4', insertAfter('G', defaultKeyId(4))(psk), 'id');
  allows('R122', 'default key id 3', insertAfter('G', defaultKeyId(3))(psk));
  breaks('R123', 'a data key with index 4', set('G', { keyIndex: 4 })(psk), 'G');
  breaks('R123', 'a management key with index 3', insertAfter('G', bip({ keyIndex: 3 }))(psk), 'I');
  allows('R123', 'a management key with index 5', insertAfter('G', bip({ keyIndex: 5 }))(psk));
  breaks('R124', 'a key of 32 octets for CCMP', set('K', { material: { ...ccmp(0x11), key: secret(0x11, 32) } })(psk), 'K');
  breaks(
    'R124',
    'material in the form of TKIP for CCMP',
    set('K', { material: { form: 'tkip', counter: new Uint8Array(6), key: secret(1), mic: secret(2) } })(psk),
    'K',
  );
  breaks('R124', 'a counter of 8 octets', set('G', { material: { ...ccmp(0x22), counter: new Uint8Array(8) } })(psk), 'G');
  allows(
    'R124',
    'keys of 32 octets for the 256-bit ciphers',
    all(
      set('P', {
        association: perform(PORT, '02:00:00:00:01:01' as never, { unicastCipher: GCMP_256, multicastCipher: CCMP_256 })
          .association,
      }),
      set('K', { algorithm: GCMP_256, material: { form: 'gcmp', counter: new Uint8Array(6), key: secret(0x11, 32) } }),
      set('G', { algorithm: CCMP_256, material: { form: 'ccmp', counter: new Uint8Array(6), key: secret(0x22, 32) } }),
      set('G2', { algorithm: CCMP_256, material: { form: 'ccmp', counter: new Uint8Array(6), key: secret(0x33, 32) } }),
    )(psk),
  );
  breaks('R128', 'a group key with the address of another AP', set('G', { peer: OTHER_AP })(psk), 'G');
  allows('R128', 'a default key without an address', set('G', { peer: '00:00:00:00:00:00' })(psk));
  breaks('R130', 'a handshake key marked static', set('K', { static: true })(psk), 'K');
  breaks('R133', 'the group key before the pairwise key', move('K', { after: 'G' })(psk), 'G');
  breaks('R134', 'the pairwise key while message 4 is in flight', without('v')(psk), 'K');
  allows(
    'R134',
    'the pairwise key when one of two messages 4 has left',
    insertBefore('v', host('3b', receive(AP, KEY_PACKET)), api('4b', send(8)))(psk),
  );
  breaks(
    'R134',
    'the pairwise key when message 2 was repeated and message 4, known by its shape, has not left',
    all(
      set('2', { payload: keyMessage(22) }),
      set('4', { payload: keyMessage(0) }),
      insertBefore('2', api('2b', send(8, { payload: keyMessage(22) }))),
      without('v'),
    )(psk),
    'K',
  );
  allows(
    'R134',
    'the pairwise key when one of two messages 4, known by their shape, has left',
    all(
      set('2', { payload: keyMessage(22) }),
      set('4', { payload: keyMessage(0) }),
      insertBefore('v', api('4b', send(8, { payload: keyMessage(0) }))),
    )(psk),
  );
  breaks(
    'R134',
    'the pairwise key of a rekey while its message 4 is in flight, although an older one has left',
    all(
      set('4', { payload: keyMessage(0) }),
      insertAfter(
        'C',
        api('4b', send(8, { payload: keyMessage(0) })),
        host('x', sent(8)),
        api('2r', send(9, { payload: keyMessage(22) })),
        host('y', sent(9)),
      ),
      insertAfter('y', api('4r', send(10, { payload: keyMessage(0) })), api('Kr', pairwise(0x99))),
    )(psk),
    'Kr',
  );
  breaks('R135', 'the pairwise key downloaded again', insertAfter('C', api('again', pairwise(0x11)))(psk), 'again');
  breaks(
    'R135',
    'the pairwise key downloaded again for one direction',
    insertAfter('C', api('again', pairwise(0x11, { direction: 1 })))(psk),
    'again',
  );
  breaks('R135', 'the group key downloaded again', insertAfter('C', api('again', group(0x22)))(psk), 'again');
  breaks(
    'R135',
    'a redacted key downloaded again',
    all(set('G', { material: sealed('abc') }), insertAfter('C', api('again', group(0, { material: sealed('abc') }))))(psk),
    'again',
  );
  allows(
    'R135',
    'redacted keys with other fingerprints',
    all(set('G', { material: sealed('abc') }), insertAfter('C', api('again', group(0, { material: sealed('abd') }))))(psk),
  );
  allows(
    'R135',
    'redacted keys that show no fingerprint',
    all(set('G', { material: sealed('') }), insertAfter('C', api('again', group(0, { material: sealed('') }))))(psk),
  );
  allows(
    'R135',
    'one key for each direction',
    all(set('K', { direction: 1 }), insertAfter('K', inside(api('K2', pairwise(0x11, { direction: 2 })))))(psk),
  );
  allows('R135', 'a message 4 sent again without a key', insertAfter('C', api('again', send(9)))(psk));
  breaks(
    'R146',
    'exclude-unencrypted before the handshake, EAPOL not exempted',
    all(firstExemptions([]), move('X', { after: 'P' }))(psk),
    'X',
  );
  allows('R146', 'exclude-unencrypted before the handshake, EAPOL exempted', move('X', { after: 'P' })(psk));
  breaks('R137', 'a key for the port before, after a roam', [...upTo('S')(psk), api('K9', pairwise(9))], 'K9');
  breaks('R6', 'a key for a port nobody opened', insertAfter('C', api('K9', pairwise(9, { session: NEXT_PORT })))(psk), 'K9');
});
