import fc from 'fast-check';
import type { EapolKey, ItemOf, KeyDataItem, KeyDataKind, KeyInformation } from '../../../streams/frames/index.js';
import { mac, octets, u8, u16, u32 } from './arbitraries.js';

const flag = fc.boolean();
const upTo = (max: number) => fc.integer({ min: 0, max });

export const keyInformation: fc.Arbitrary<KeyInformation> = fc.record({
  descriptorVersion: upTo(7),
  pairwise: flag,
  index: upTo(3),
  install: flag,
  ack: flag,
  mic: flag,
  secure: flag,
  error: flag,
  request: flag,
  encrypted: flag,
  smk: flag,
});

export const eapolKey = (micLength: number): fc.Arbitrary<EapolKey> =>
  fc.record({
    version: u8,
    descriptor: fc.constantFrom(2, 254),
    information: keyInformation,
    keyLength: u16,
    replayCounter: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
    nonce: octets(32),
    iv: octets(16),
    receiveCounter: octets(8),
    reserved: octets(8),
    mic: octets(micLength),
    keyData: fc.uint8Array({ maxLength: 300 }),
  });

const groupKey = fc.constantFrom(5, 13, 16, 32).chain(octets);
const integrityKey = fc.constantFrom(16, 32).chain(octets);
const packetNumber = octets(6);

const kind = <Kind extends KeyDataKind>(name: Kind) => fc.constant(name);

/** An element's bytes; `id` may be anything but what reads as padding or as another kind. */
const elementBytes = (id: number, min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((body) => Uint8Array.of(id, body.length, ...body));

const element: fc.Arbitrary<ItemOf<'element'>> = fc
  .constantFrom(48, 54, 55, 56, 244)
  .chain((id) => elementBytes(id, 0, 40).map((bytes) => ({ kind: 'element', element: { id, body: bytes.subarray(2), bytes } })));

const extensionElement: fc.Arbitrary<ItemOf<'element'>> = elementBytes(255, 1, 40).map((bytes) => ({
  kind: 'element',
  element: { id: 255, extension: bytes[2] ?? 0, body: bytes.subarray(3), bytes },
}));

const mloLink: fc.Arbitrary<ItemOf<'mloLink'>> = fc.record(
  { kind: kind('mloLink'), linkId: upTo(15), address: mac, rsne: elementBytes(48, 0, 60), rsnxe: elementBytes(244, 0, 10) },
  { requiredKeys: ['kind', 'linkId', 'address'] },
);

export const keyDataItem: fc.Arbitrary<KeyDataItem> = fc.oneof<fc.Arbitrary<KeyDataItem>[]>(
  fc.record({ kind: kind('gtk'), keyId: upTo(3), transmit: flag, key: groupKey }),
  fc.record({ kind: kind('macAddress'), address: mac }),
  fc.record({ kind: kind('pmkid'), pmkid: octets(16) }),
  fc.record({ kind: kind('lifetime'), seconds: u32 }),
  fc.record({ kind: kind('error'), mui: u16, errorType: u16 }),
  fc.record({ kind: kind('igtk'), keyId: u16, packetNumber, key: integrityKey }),
  fc.record({ kind: kind('bigtk'), keyId: u16, packetNumber, key: integrityKey }),
  fc.record({ kind: kind('keyId'), keyId: upTo(3) }),
  fc.record({ kind: kind('operatingChannel'), operatingClass: u8, primaryChannel: u8, frequencySegment1: u8 }),
  fc.record({ kind: kind('transitionDisable'), bitmap: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: kind('ssid'), ssid: fc.uint8Array({ minLength: 1, maxLength: 32 }) }),
  fc.record({ kind: kind('mloGtk'), linkId: upTo(15), keyId: upTo(3), transmit: flag, packetNumber, key: groupKey }),
  fc.record({ kind: kind('mloIgtk'), linkId: upTo(15), keyId: u16, packetNumber, key: integrityKey }),
  fc.record({ kind: kind('mloBigtk'), linkId: upTo(15), keyId: u16, packetNumber, key: integrityKey }),
  mloLink,
  element,
  extensionElement,
  // An RSN data type that no standard has given out.
  fc.record({ kind: kind('unknown'), bytes: octets(7).map((rest) => Uint8Array.of(0xdd, 11, 0, 0x0f, 0xac, 200, ...rest)) }),
);

export const keyDataItems = fc.array(keyDataItem, { maxLength: 8 });
