import { setups } from '../../../../support/stages.js';
import { type At, check } from './badFrame.js';
import { cutAt, endsAt } from './changes.js';

/** Where the fields of an EAPOL-Key frame begin (IEEE 802.11-2020 Figure 12-32), for a MIC of 16 octets. */
const FIELDS = {
  'EAPOL version': 0,
  'packet type': 1,
  'body length': 2,
  'descriptor type': 4,
  'key information': 5,
  'key length': 7,
  'replay counter': 9,
  nonce: 17,
  IV: 49,
  'key RSC': 65,
  reserved: 73,
  MIC: 81,
  'key data length': 97,
} as const;

const KEY_DATA_AT = 99;
const HEADER = 4;

const STAGES: ReadonlyArray<readonly [at: At, setup: keyof typeof setups, name: string]> = [
  ['message 1', 'psk', 'msg_1'],
  ['message 3', 'psk', 'msg_3'],
  ['group message 1', 'psk', 'group_msg'],
  ['message 3', 'wpa', 'wpa_msg_3'],
  ['group message 1', 'wpa', 'wpa_group_msg'],
];

const beginnings = Object.entries(FIELDS);
const named = (field: string): string => field.toLowerCase().replaceAll(' ', '_');

describe('a frame that ends where a field begins', () => {
  for (const [at, setup, name] of STAGES) {
    const scene = { at, setup: setups[setup], outcome: 'dropped' } as const;
    describe(`${at}, ${setup}`, () => {
      for (const [field, start] of beginnings) {
        // The port itself drops what is shorter than it says (R90).
        check({ ...scene, name: `${name}_cut_before_${named(field)}`, modify: cutAt(start) });
        if (start < HEADER) continue;
        check({ ...scene, name: `${name}_ends_before_${named(field)}`, modify: endsAt(start), code: 'MALFORMED' });
      }
      check({ ...scene, name: `${name}_ends_within_the_key_data_length`, modify: endsAt(KEY_DATA_AT - 1), code: 'MALFORMED' });
      if (at === 'message 1') return;
      check({ ...scene, name: `${name}_ends_before_its_key_data`, modify: endsAt(KEY_DATA_AT), code: 'MALFORMED' });
      check({ ...scene, name: `${name}_ends_within_its_key_data`, modify: endsAt(KEY_DATA_AT + 8), code: 'MALFORMED' });
    });
  }
});
