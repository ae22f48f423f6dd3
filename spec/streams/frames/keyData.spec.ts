import { expect } from 'chai';
import fc from 'fast-check';
import type { MacAddress } from '../../../streams/events/index.js';
import {
  type EncodeError,
  type KeyDataItem,
  leadingElements,
  padKeyData,
  readKeyData,
  writeKeyData,
} from '../../../streams/frames/index.js';
import { decoded, expectBytes, expectSame, refusal, written } from './expectations.js';
import { hex } from './hex.js';
import { keyDataItem, keyDataItems } from './keyArbitraries.js';
import { RSN_KEY_DATA_3 } from './keySamples.js';

const read = (text: string): ReadonlyArray<KeyDataItem> => decoded(readKeyData(hex(text)));
const refused = (text: string) => refusal(readKeyData(hex(text)));

const unwritten = (item: KeyDataItem): EncodeError => {
  const result = writeKeyData([item]);
  if (result._tag === 'Right') throw new Error('written, but should have been refused');
  return result.left;
};

const elementItem = (text: string): KeyDataItem => {
  const [element] = leadingElements(hex(text));
  if (element === undefined) throw new Error(`no element: ${text}`);
  return { kind: 'element', element };
};

const ADDRESS = '02:00:00:00:01:00' as MacAddress;
const KEY = '11223344556677889900aabbccddeeff';
const PN = '0102030405 06';

/** One of each kind, and how it is on the air: Table 12-9 of IEEE 802.11-2020, 16 to 19 of IEEE 802.11be. */
const KINDS: ReadonlyArray<readonly [KeyDataItem, string]> = [
  [{ kind: 'gtk', keyId: 2, transmit: true, key: hex(KEY) }, `dd16 000fac01 0600 ${KEY}`],
  [{ kind: 'macAddress', address: ADDRESS }, 'dd0a 000fac03 020000000100'],
  [{ kind: 'pmkid', pmkid: hex(KEY) }, `dd14 000fac04 ${KEY}`],
  [{ kind: 'lifetime', seconds: 0xfedcba98 }, 'dd08 000fac07 fedcba98'],
  [{ kind: 'error', mui: 1, errorType: 4 }, 'dd08 000fac08 0001 0004'],
  [{ kind: 'igtk', keyId: 4, packetNumber: hex(PN), key: hex(KEY) }, `dd1c 000fac09 0400 ${PN} ${KEY}`],
  [{ kind: 'keyId', keyId: 1 }, 'dd06 000fac0a 0100'],
  [{ kind: 'operatingChannel', operatingClass: 81, primaryChannel: 6, frequencySegment1: 0 }, 'dd07 000fac0d 51 06 00'],
  [{ kind: 'bigtk', keyId: 6, packetNumber: hex(PN), key: hex(KEY) }, `dd1c 000fac0e 0600 ${PN} ${KEY}`],
  [
    { kind: 'mloGtk', linkId: 5, keyId: 1, transmit: true, packetNumber: hex(PN), key: hex(KEY) },
    `dd1b 000fac10 55 ${PN} ${KEY}`,
  ],
  [{ kind: 'mloIgtk', linkId: 5, keyId: 4, packetNumber: hex(PN), key: hex(KEY) }, `dd1d 000fac11 0400 ${PN} 50 ${KEY}`],
  [{ kind: 'mloBigtk', linkId: 5, keyId: 7, packetNumber: hex(PN), key: hex(KEY) }, `dd1d 000fac12 0700 ${PN} 50 ${KEY}`],
  [{ kind: 'mloLink', linkId: 3, address: ADDRESS }, 'dd0b 000fac13 03 020000000100'],
  [
    { kind: 'mloLink', linkId: 3, address: ADDRESS, rsne: hex('30 02 0100'), rsnxe: hex('f4 01 20') },
    'dd12 000fac13 33 020000000100 30020100 f40120',
  ],
  [{ kind: 'transitionDisable', bitmap: hex('01') }, 'dd05 506f9a20 01'],
  [{ kind: 'ssid', ssid: hex('74657374') }, '0004 74657374'],
  [elementItem('30 02 0100'), '3002 0100'],
  [elementItem('ff 03 20 1300'), 'ff03 20 1300'],
  // Of the Wi-Fi Alliance and of Microsoft: whether KDE or element, whoever knows the type can tell.
  [elementItem('dd 05 506f9a2d 00'), 'dd05 506f9a2d 00'],
  [elementItem('dd 06 0050f201 0100'), 'dd06 0050f201 0100'],
  [{ kind: 'unknown', bytes: hex('dd 06 000fac19 0102') }, 'dd06 000fac19 0102'],
];

describe('Key Data', () => {
  for (const [item, text] of KINDS) {
    it(`${item.kind}: ${text}`, () => {
      expectSame(read(text), [item]);
      expectBytes(written(writeKeyData([item])), hex(text));
    });
  }

  it('of message 3: an RSNE, a GTK, and padding', () => {
    const [rsne, gtk, ...others] = decoded(readKeyData(RSN_KEY_DATA_3));
    expectSame(rsne, elementItem('30180100000fac020200000fac04000fac020100000fac020000'));
    const key = hex('ee22041a83853263474c38811352282071c122359b7c35a7e7d034f3cd6ac565');
    expectSame(gtk, { kind: 'gtk', keyId: 2, transmit: false, key });
    expect(others).to.deep.equal([]);
  });

  // hostap tests/hwsim/test_ap_psk.py, test_ap_wpa2_psk_supp_proto_*.
  it('as hostap tests it', () => {
    const rsne = elementItem('30140100000fac040100000fac040100000fac020c00');
    const gtk = { kind: 'gtk', keyId: 1, transmit: false, key: hex('dc11188831bf4aa4a8678d2b41498618') };
    const igtk = { kind: 'igtk', keyId: 4, packetNumber: new Uint8Array(6), key: new Uint8Array(16).fill(0x77) };
    expectSame(read('30140100000fac040100000fac040100000fac020c00 dd16000fac010100dc11188831bf4aa4a8678d2b41498618'), [
      rsne,
      gtk,
    ]);
    expectSame(read('dd16000fac010500dc11188831bf4aa4a8678d2b41498618'), [{ ...gtk, transmit: true }]);
    expectSame(read(`dd1c000fac090400 ${'00'.repeat(6)} ${'77'.repeat(16)}`), [igtk]);
    expectSame(read(`dd1c000fac090004 ${'00'.repeat(6)} ${'77'.repeat(16)}`), [{ ...igtk, keyId: 0x0400 }]);
    expectSame(read('dd00dd00dd00dd00dd00dd00dd00dd00'), []);
    expect(refused(`dd27000fac010100 ${'ff'.repeat(33)}`)).to.include({ structure: 'GTK KDE', field: 'Length', offset: 1 });
    expect(refused('dd15000fac010100dc11188831bf4aa4a8678d2b414986').structure).to.equal('GTK KDE');
    expect(refused('5555')).to.include({ code: 'TRUNCATED', offset: 2 });
  });

  it('is read and written in any number and order', () => {
    fc.assert(
      fc.property(keyDataItems, (items) => {
        expectSame(decoded(readKeyData(written(writeKeyData(items)))), items);
      }),
    );
  });

  it('is the same behind padding', () => {
    fc.assert(
      fc.property(keyDataItems, (items) => {
        expectSame(decoded(readKeyData(padKeyData(written(writeKeyData(items))))), items);
      }),
    );
  });

  it('leaves out what follows the elements of an MLO Link KDE', () => {
    expectSame(read('dd0d 000fac13 43 020000000100 0000'), [{ kind: 'mloLink', linkId: 3, address: ADDRESS }]);
  });

  it('keeps nothing of the buffer it was read from', () => {
    for (const buffer of [Buffer.from(RSN_KEY_DATA_3), RSN_KEY_DATA_3.slice()]) {
      const items = decoded(readKeyData(buffer));
      buffer.fill(0xff);
      expectSame(items, decoded(readKeyData(RSN_KEY_DATA_3)));
    }
  });

  it('of no octets has no items', () => {
    expectSame(read(''), []);
    expectBytes(written(writeKeyData([])), hex(''));
  });
});

describe('padding of Key Data', () => {
  it('is 0xdd and zeros, up to 16 octets and a multiple of 8', () => {
    expectBytes(padKeyData(hex('')), hex('dd00000000000000 0000000000000000'));
    expectBytes(padKeyData(hex('3002 0100')), hex('30020100dd000000 0000000000000000'));
    expectBytes(padKeyData(hex(KEY.slice(2))), hex(`${KEY.slice(2)} dd`));
    expectBytes(padKeyData(hex(`${KEY}01`)), hex(`${KEY}01 dd000000000000`));
  });

  it('is not added where none is wanted', () => {
    expectBytes(padKeyData(hex(KEY)), hex(KEY));
    expectBytes(padKeyData(hex(`${KEY}0102030405060708`)), hex(`${KEY}0102030405060708`));
  });

  it('ends the items, be it one octet, a whole run, or zeros alone', () => {
    for (const padding of ['dd', 'dd00', 'dd000000000000', 'dd00ff', '00', '0000', '00000000000000']) {
      expectSame(read(`dd06 000fac0a 0100 ${padding}`), [{ kind: 'keyId', keyId: 1 }]);
    }
  });

  it('is not seen in zeros that something follows', () => {
    expect(refused('0000 dd06 000fac0a 0100')).to.include({ structure: 'SSID', field: 'Length', offset: 1 });
  });
});

describe('Key Data, refused', () => {
  it('when a KDE is not as long as its kind, by its kind and where its length is', () => {
    const wrong: ReadonlyArray<readonly [string, string, string]> = [
      ['dd06 000fac01 0600', 'GTK KDE', '2 octets and a key of 5 or 13 or 16 or 32'],
      ['dd09 000fac03 0200000001', 'MAC_ADDRESS KDE', '6 octets'],
      ['dd0b 000fac03 02000000010000', 'MAC_ADDRESS KDE', '6 octets'],
      [`dd13 000fac04 ${KEY.slice(2)}`, 'PMKID KDE', '16 octets'],
      ['dd07 000fac07 000000', 'LIFETIME KDE', '4 octets'],
      ['dd04 000fac08', 'ERROR KDE', '4 octets'],
      [`dd1b 000fac09 0400 ${PN} ${KEY.slice(2)}`, 'IGTK KDE', '8 octets and a key of 16 or 32'],
      ['dd05 000fac0a 01', 'KEY_ID KDE', '2 octets'],
      ['dd06 000fac0d 5106', 'OPERATING_CHANNEL KDE', '3 octets'],
      [`dd0c 000fac0e 0600 ${PN}`, 'BIGTK KDE', '8 octets and a key of 16 or 32'],
      [`dd0b 000fac10 55 ${PN}`, 'MLO_GTK KDE', '7 octets and a key of 5 or 13 or 16 or 32'],
      [`dd1c 000fac11 0400 ${PN} ${KEY}`, 'MLO_IGTK KDE', '9 octets and a key of 16 or 32'],
      ['dd04 000fac12', 'MLO_BIGTK KDE', '9 octets and a key of 16 or 32'],
      ['dd0a 000fac13 030200000001', 'MLO_LINK KDE', 'at least 7 octets'],
      ['dd04 506f9a20', 'TRANSITION_DISABLE KDE', 'at least 1 octets'],
    ];
    for (const [text, structure, expected] of wrong) {
      // Behind a first item, so that the offset has something to count.
      const error = refused(`3002 0100 ${text}`);
      expect(error, text).to.include({ code: 'LENGTH', structure, field: 'Length', offset: 5 });
      expect(error.message).to.include(`${structure}.Length at byte 5: expected ${expected} after the selector, found `);
    }
  });

  it('when an item reaches beyond the end', () => {
    expect(refused('3002 0100 dd16 000fac01 0600').message).to.equal(
      'Key Data.GTK KDE at byte 6: expected 22 more bytes, found 6',
    );
    expect(refused('30 14 0100').message).to.equal('Key Data.RSN at byte 2: expected 20 more bytes, found 2');
    expect(refused('30 00 07').message).to.equal('Key Data.Length at byte 3: expected 1 more bytes, found 0');
    expect(refused('00 04 7465').message).to.equal('Key Data.SSID at byte 2: expected 4 more bytes, found 2');
  });

  it('when an MLO Link KDE does not hold the elements it announces', () => {
    const link = 'dd0b 000fac13 13 020000000100';
    expect(refused(link)).to.include({ code: 'TRUNCATED', structure: 'MLO_LINK KDE', field: 'RSNE', offset: 13 });
    expect(refused('dd0f 000fac13 13 020000000100 f4020000')).to.include({ code: 'VALUE', field: 'RSNE', offset: 13 });
    expect(refused('dd0f 000fac13 13 020000000100 30030000')).to.include({ code: 'TRUNCATED', field: 'RSNE', offset: 15 });
  });

  it('when an SSID has more than 32 octets', () => {
    expect(refused(`0021 ${'41'.repeat(33)}`)).to.include({ code: 'LENGTH', structure: 'SSID', offset: 1 });
  });

  it('never by an exception, and never with a key in the message', () => {
    const secret = new Uint8Array(16).fill(0xa5);
    const items = keyDataItem.map((item) => ('key' in item ? { ...item, key: secret } : item));
    const damaged = fc.tuple(items, fc.nat(60), fc.nat(255)).map(([item, at, octet]) => {
      const bytes = written(writeKeyData([item]));
      if (at < bytes.length) bytes[at] = octet;
      return bytes;
    });
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 120 }), damaged, fc.uint8Array({ max: 2, maxLength: 60 }));
    fc.assert(
      fc.property(bytes, (keyData) => {
        const result = readKeyData(keyData);
        if (result._tag === 'Right') return;
        expect(result.left.offset).to.be.within(0, keyData.length);
        expect(result.left.message).to.not.match(/a5a5|165,165/);
      }),
    );
  });

  it('at every length that cuts an item', () => {
    fc.assert(
      fc.property(keyDataItem, (item) => {
        const bytes = written(writeKeyData([item]));
        // A KDE of which only the first octet is left is taken for padding.
        for (let length = bytes[0] === 0xdd ? 2 : 1; length < bytes.length; length++) {
          if (bytes.subarray(0, length).every((octet) => octet === 0)) continue;
          expect(refusal(readKeyData(bytes.subarray(0, length))).offset).to.be.within(0, length);
        }
      }),
    );
  });
});

describe('Key Data, not written', () => {
  const gtk: KeyDataItem = { kind: 'gtk', keyId: 1, transmit: false, key: hex(KEY) };
  const igtk: KeyDataItem = { kind: 'igtk', keyId: 4, packetNumber: hex(PN), key: hex(KEY) };
  const link: KeyDataItem = { kind: 'mloLink', linkId: 1, address: ADDRESS };
  const wrong: ReadonlyArray<readonly [string, KeyDataItem, string]> = [
    ['a GTK with key ID 4', { ...gtk, keyId: 4 }, 'GTK KDE.keyId: expected 0 to 3, found 4'],
    ['a GTK with key ID -1', { ...gtk, keyId: -1 }, 'GTK KDE.keyId: expected 0 to 3, found -1'],
    ['a GTK of 33 octets', { ...gtk, key: new Uint8Array(33) }, 'GTK KDE.key: expected 5 or 13 or 16 or 32 octets, found 33'],
    ['a PMKID of 15 octets', { kind: 'pmkid', pmkid: hex(KEY.slice(2)) }, 'PMKID KDE.pmkid: expected 16 octets, found 15'],
    ['half a second', { kind: 'lifetime', seconds: 0.5 }, 'LIFETIME KDE.seconds: expected 0 to 4294967295, found 0.5'],
    [
      'an error of 17 bits',
      { kind: 'error', mui: 0, errorType: 0x10000 },
      'ERROR KDE.errorType: expected 0 to 65535, found 65536',
    ],
    ['an IGTK of 24 octets', { ...igtk, key: new Uint8Array(24) }, 'IGTK KDE.key: expected 16 or 32 octets, found 24'],
    ['a short packet number', { ...igtk, packetNumber: hex('00') }, 'IGTK KDE.packetNumber: expected 6 octets, found 1'],
    ['link 16', { ...igtk, kind: 'mloIgtk', linkId: 16 }, 'MLO_IGTK KDE.linkId: expected 0 to 15, found 16'],
    ['link 16', { ...gtk, kind: 'mloGtk', linkId: 16, packetNumber: hex(PN) }, 'MLO_GTK KDE.linkId: expected 0 to 15, found 16'],
    ['key ID 4', { kind: 'keyId', keyId: 4 }, 'KEY_ID KDE.keyId: expected 0 to 3, found 4'],
    [
      'channel 256',
      { kind: 'operatingChannel', operatingClass: 1, primaryChannel: 256, frequencySegment1: 0 },
      'OPERATING_CHANNEL KDE.primaryChannel: expected 0 to 255, found 256',
    ],
    [
      'no bitmap',
      { kind: 'transitionDisable', bitmap: hex('') },
      'TRANSITION_DISABLE KDE.bitmap: expected at least 1 octet, found 0',
    ],
    ['an empty SSID', { kind: 'ssid', ssid: hex('') }, 'SSID.ssid: expected 1 to 32 octets, found 0'],
    [
      'half an RSNE',
      { ...link, rsne: hex('3003 00') },
      'MLO_LINK KDE.rsne: expected one whole element, RSN (0x30), found 3 octets from ID 48 on',
    ],
    [
      'an RSNE for an RSNXE',
      { ...link, rsnxe: hex('3001 00') },
      'MLO_LINK KDE.rsnxe: expected one whole element, RSNX (0xF4), found 3 octets from ID 48 on',
    ],
    [
      'an MLO link with more than a KDE holds',
      { ...link, rsne: Uint8Array.of(48, 248, ...new Uint8Array(248)) },
      'MLO_LINK KDE.Length: expected at most 255 octets, found 261',
    ],
    [
      'an unknown KDE with another length than it says',
      { kind: 'unknown', bytes: hex('dd05 000fac19') },
      'Key Data.bytes: expected an ID, a length, and that many octets, found 6 octets that are not',
    ],
  ];
  for (const [what, item, message] of wrong) {
    it(`${item.kind}: ${what}`, () => {
      expect(unwritten(item)).to.include({ code: 'UNWRITABLE', message });
    });
  }

  it('among others, when one of them is refused', () => {
    expect(writeKeyData([gtk, { ...gtk, keyId: 4 }, gtk])._tag).to.equal('Left');
  });
});
