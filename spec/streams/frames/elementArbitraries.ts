import fc from 'fast-check';
import type {
  FastTransition,
  FtGroupKey,
  FtIntegrityKey,
  MultiLink,
  RsnElement,
  RsnxElement,
  SaeCommit,
  WpaElement,
} from '../../../streams/frames/index.js';
import { rsnxWith, saeGroupSizes } from '../../../streams/frames/index.js';
import { mac, octets, u8, u16, u32 } from './arbitraries.js';

/** A record as it would be on the air: without what is absent. */
export const withoutAbsent = <A extends object>(record: A): A =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as A;

type Present<A> = { [Name in keyof A]-?: Exclude<A[Name], undefined> };

/** A record cut behind one of the names: what is optional from the end. */
const cutBehind = <A extends object>(record: A, names: ReadonlyArray<keyof A>, kept: number): Partial<A> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.slice(kept).includes(name as keyof A))) as Partial<A>;

const suites = fc.array(u32, { maxLength: 4 });
const some = (max: number) => fc.uint8Array({ minLength: 1, maxLength: max });

const RSN_FIELDS = ['group', 'pairwise', 'akms', 'capabilities', 'pmkids', 'groupManagement', 'rest'] as const;
const fullRsn: fc.Arbitrary<Present<RsnElement>> = fc.record({
  version: fc.constant(1),
  group: u32,
  pairwise: suites,
  akms: suites,
  capabilities: u16,
  pmkids: fc.array(octets(16), { maxLength: 3 }),
  groupManagement: u32,
  rest: some(20),
});
const otherRsn: fc.Arbitrary<RsnElement> = fc.record({
  version: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 0xffff })),
  rest: fc.uint8Array({ maxLength: 40 }),
});
const nothing = new Uint8Array(0);

export const rsn: fc.Arbitrary<RsnElement> = fc.oneof(
  otherRsn,
  fc.tuple(fullRsn, fc.nat(RSN_FIELDS.length)).map(([record, kept]) => ({
    version: 1,
    rest: nothing,
    ...cutBehind(record, RSN_FIELDS, kept),
  })),
);

const WPA_FIELDS = ['group', 'pairwise', 'akms', 'capabilities', 'rest'] as const;
const fullWpa = fc.record({
  version: fc.constant(1),
  group: u32,
  pairwise: suites,
  akms: suites,
  capabilities: u16,
  rest: some(20),
});
export const wpa: fc.Arbitrary<WpaElement> = fc
  .tuple(fullWpa, fc.nat(WPA_FIELDS.length))
  .map(([record, kept]) => ({ version: 1, ...cutBehind(record, WPA_FIELDS, kept) }));

export const rsnx: fc.Arbitrary<RsnxElement> = fc
  .record({ bits: fc.array(fc.integer({ min: 4, max: 127 })), rest: fc.option(some(9), { nil: undefined }) })
  .map(({ bits, rest }) => withoutAbsent({ ...rsnxWith(...bits), rest }) as RsnxElement);

export const mobilityDomain = fc.record({ domain: octets(2), overDs: fc.boolean(), resourceRequest: fc.boolean() });

const wrapped = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.nat(72)).chain(([units, keyLength]) =>
  fc.record({
    keyLength: fc.constant(Math.min(keyLength, 8 * units - 8)),
    wrapped: octets(8 * units),
  }),
);
const groupKey: fc.Arbitrary<FtGroupKey> = fc
  .tuple(wrapped, fc.record({ keyId: fc.nat(3), receiveCounter: octets(8) }))
  .map(([key, rest]) => ({ ...key, ...rest }));
const integrityKey: fc.Arbitrary<FtIntegrityKey> = fc
  .tuple(wrapped, fc.record({ keyId: u16, packetNumber: octets(6) }))
  .map(([key, rest]) => ({ ...key, ...rest }));
const ofLinks = <A extends object>(key: fc.Arbitrary<A>) =>
  fc.array(
    fc.tuple(key, fc.nat(15)).map(([value, linkId]) => ({ ...value, linkId })),
    { minLength: 1, maxLength: 3 },
  );
const maybe = <A>(value: fc.Arbitrary<A>) => fc.option(value, { nil: undefined });

/** Up to three links' keys make an element of more than 255 octets, which is then in fragments. */
export const fastTransition = (micLength: number): fc.Arbitrary<FastTransition> =>
  fc
    .record({
      micControl: u8,
      elementCount: u8,
      mic: octets(micLength),
      anonce: octets(32),
      snonce: octets(32),
      r1KeyHolder: maybe(octets(6)),
      r0KeyHolder: maybe(some(48)),
      gtk: maybe(groupKey),
      igtk: maybe(integrityKey),
      bigtk: maybe(integrityKey),
      mloGtks: maybe(ofLinks(groupKey)),
      mloIgtks: maybe(ofLinks(integrityKey)),
      mloBigtks: maybe(ofLinks(integrityKey)),
      oci: maybe(fc.record({ operatingClass: u8, primaryChannel: u8, frequencySegment1: u8 })),
      unknown: maybe(
        fc.array(fc.record({ id: fc.integer({ min: 11, max: 255 }), body: fc.uint8Array({ maxLength: 40 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
      ),
    })
    .map((record) => withoutAbsent(record) as FastTransition);

const perStation = fc
  .record({ linkId: fc.nat(15), complete: fc.boolean(), address: maybe(mac), bytes: fc.uint8Array({ maxLength: 600 }) })
  .map((record) => withoutAbsent(record) as MultiLink['perStation'][number]);

/** Profiles of up to 600 octets: subelement fragments inside element fragments. */
export const multiLink: fc.Arbitrary<MultiLink> = fc
  .record({
    mldAddress: mac,
    linkId: maybe(fc.nat(15)),
    bssParametersChangeCount: maybe(u8),
    mediumSyncDelay: maybe(u16),
    emlCapabilities: maybe(u16),
    mldCapabilities: maybe(u16),
    apMldId: maybe(u8),
    extendedMldCapabilities: maybe(u16),
    perStation: fc.array(perStation, { maxLength: 3 }),
  })
  .map((record) => withoutAbsent(record) as MultiLink);

export const oweDiffieHellman = fc.record({ group: u16, publicKey: some(96) });

const saeElements = {
  passwordIdentifier: maybe(some(60)),
  rejectedGroups: maybe(fc.array(u16, { maxLength: 6 })),
  antiCloggingToken: maybe(some(80)),
  akmSelector: maybe(u32),
};

const parts = (group: number) => {
  const { scalar, element } = saeGroupSizes(group) ?? { scalar: 0, element: 0 };
  return { group: fc.constant(group), scalar: octets(scalar), element: octets(element) };
};

/** With hash-to-element, by far the more common. */
export const saeCommit: fc.Arbitrary<SaeCommit> = fc
  .constantFrom(15, 19, 20, 21)
  .chain((group) => fc.record({ status: fc.constant(126), ...parts(group), ...saeElements }))
  .map((record) => withoutAbsent(record) as SaeCommit);

/** Without: the token stands bare before the scalar. */
export const loopedSaeCommit: fc.Arbitrary<SaeCommit> = fc
  .constantFrom(19, 20, 21)
  .chain((group) =>
    fc.record({
      status: fc.constant(0),
      ...parts(group),
      token: maybe(some(80)),
      passwordIdentifier: saeElements.passwordIdentifier,
    }),
  )
  .map((record) => withoutAbsent(record) as SaeCommit);
