import * as frames from '../../../streams/frames/index.js';
import type { Target } from '../target.js';
import { oneOf, type Reading, reads, roundTrips, seedOf } from './readers.js';

const { SAE_HASH_TO_ELEMENT = 126 } = frames.StatusCode.codes as Readonly<Record<string, number>>;

const readings: ReadonlyArray<Reading> = [
  roundTrips('authentication', frames.readAuthenticationFrame, frames.writeAuthenticationFrame),
  roundTrips('SAE commit', (bytes) => frames.readSaeCommit(bytes, 0), frames.writeSaeCommit),
  roundTrips('SAE commit, H2E', (bytes) => frames.readSaeCommit(bytes, SAE_HASH_TO_ELEMENT), frames.writeSaeCommit),
  reads('SAE group', frames.readSaeGroup),
  ...[32, 48, 64].map((size) =>
    roundTrips(`SAE confirm of ${size}`, (bytes) => frames.readSaeConfirm(bytes, size), frames.writeSaeConfirm),
  ),
  ...[false, true].map((h2e) =>
    roundTrips(
      `SAE token request, ${h2e ? 'H2E' : 'plain'}`,
      (bytes) => frames.readSaeTokenRequest(bytes, h2e),
      (value) => frames.writeSaeTokenRequest(value, h2e),
    ),
  ),
  ...[false, true].map((again) =>
    roundTrips(
      again ? 'reassociation request' : 'association request',
      (bytes) => frames.readAssociationRequest(bytes, again),
      frames.writeAssociationRequest,
    ),
  ),
  ...[false, true].map((hasKeyShare) =>
    roundTrips(
      hasKeyShare ? 'FILS authentication with a key share' : 'FILS authentication',
      (bytes) => frames.readFilsAuthentication(bytes, hasKeyShare),
      frames.writeFilsAuthentication,
    ),
  ),
  roundTrips('association response', frames.readAssociationResponse, frames.writeAssociationResponse),
  roundTrips('beacon', frames.readBeaconBody, frames.writeBeaconBody),
];

export const fuzz = oneOf(readings);

const commit = (group: number, scalar: number): Uint8Array => Uint8Array.of(group, 0, ...new Uint8Array(3 * scalar).fill(1));
const ELEMENTS = [0xff, 5, 33, 1, 2, 3, 4, 0xff, 3, 92, 20, 0, 0xff, 5, 93, 9, 9, 9, 9];

const FILS = Uint8Array.of(
  ...[48, 6, 1, 0, 0, 15, 172, 4, 54, 3, 18, 52, 0, 55, 6, 0, 0, 1, 2, 3, 4, 0xff, 17, 13, ...new Uint8Array(16).fill(7)],
  ...[0xff, 9, 4, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, 5, 8, 5, 1, 0, 4],
);

const seeds = (): ReadonlyArray<Uint8Array> => [
  ...readings.map((_, index) => seedOf(index, new Uint8Array(120).fill(1))),
  ...readings.flatMap((_, index) =>
    [FILS, Uint8Array.of(...commit(19, 32).subarray(0, 66), ...FILS)].map((bytes) => seedOf(index, bytes)),
  ),
  ...[1, 2, 3].flatMap((index) =>
    [
      [19, 32],
      [20, 48],
      [21, 66],
    ].flatMap(([group = 0, scalar = 0]) => [
      seedOf(index, commit(group, scalar)),
      seedOf(index, Uint8Array.of(...commit(group, scalar), ...ELEMENTS)),
    ]),
  ),
];

export const management: Target = { name: 'management', slice: 5000, fuzz, seeds };
