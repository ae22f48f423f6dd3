import { isLeft, right } from 'fp-ts/lib/Either.js';
import * as frames from '../../../streams/frames/index.js';
import { demand, type Target } from '../target.js';
import { oneOf, type Reading, reads, roundTrips, seedOf } from './readers.js';

type Write<A> = (value: A) => frames.Encoded | Uint8Array;

/** Readers take the body of an element, writers make the whole of it, in fragments where one does not hold it. */
const element = <A>(name: string, read: (body: Uint8Array) => frames.Decoded<A>, write: Write<A>, most = 253): Reading =>
  roundTrips(
    name,
    (whole) => {
      const [first] = frames.leadingElements(whole);
      return read((first?.body ?? whole).subarray(0, most));
    },
    write,
  );

/** Long enough for whatever may stand in fragments. */
const FRAGMENTED = 4096;

/** The tolerant reader and the strict one agree wherever the strict one finds nothing wrong. */
const sameElements: Reading = (bytes) => {
  const strict = frames.readElements(bytes);
  const tolerant = frames.leadingElements(bytes);
  if (isLeft(strict)) return;
  demand(strict.right.length === tolerant.length, 'the two readers of elements disagree');
  const octets = tolerant.reduce((sum, { bytes: { length } }) => sum + length, 0);
  demand(octets === bytes.length, `elements of ${octets} octets were read from ${bytes.length}`);
};

const pmkidsReplaced: Reading = (bytes) => {
  const names = [bytes.slice(0, 16)].filter(({ length }) => length === 16);
  const replaced = frames.withPmkids(bytes, names);
  demand(replaced.length <= bytes.length + 2 * 20, 'replacing PMKIDs made an element grow out of all proportion');
};

const announcedLength: Reading = (bytes) => {
  frames.announcedFtMicLength(bytes);
  for (const each of frames.leadingElements(bytes)) {
    frames.isWpaElement(each);
    frames.isRsnOverride(each);
  }
  frames.findMultiLink(frames.leadingElements(bytes));
};

/** What is looked for in place is what the reader of all of them finds, its fragments as well. */
const inPlace: Reading = (bytes) => {
  const [extension = 0] = bytes;
  const elements = { frame: bytes.slice(1), from: 0 };
  const found = frames.findElement(frames.elementsIn(elements), frames.ElementId.codes.EXTENSION, extension);
  const body = frames.copyExtensionBody(elements, extension);
  const end = frames.endOfExtension(elements, extension);
  demand((found === undefined) === (body === undefined), 'an element is found by one reader only');
  demand(end === undefined || end <= elements.frame.length, 'an element ends behind its frame');
  const isSame = found === undefined || Buffer.compare(found.body, body ?? new Uint8Array(0)) === 0;
  demand(isSame, 'the body of an element is another in place');
};

const readings: ReadonlyArray<Reading> = [
  reads('elements', frames.readElements),
  sameElements,
  element('RSNE', frames.readRsnElement, frames.writeRsnElement),
  element('RSNXE', frames.readRsnxElement, frames.writeRsnxElement),
  element('WPA element', frames.readWpaElement, frames.writeWpaElement),
  element('mobility domain', frames.readMobilityDomain, frames.writeMobilityDomain),
  ...([16, 24, 32] as const).map((length) =>
    element(
      `fast transition, MIC of ${length}`,
      (body) => frames.readFastTransition(body, length),
      frames.writeFastTransition,
      FRAGMENTED,
    ),
  ),
  element('multi-link', frames.readMultiLink, frames.writeMultiLink, FRAGMENTED),
  element('RSN override', frames.readRsnOverride, frames.writeRsnOverride),
  element('OWE Diffie-Hellman', frames.readOweDiffieHellman, frames.writeOweDiffieHellman),
  element('FILS session', frames.readFilsSession, frames.writeFilsSession),
  element('FILS nonce', frames.readFilsNonce, frames.writeFilsNonce),
  element('FILS key confirmation', frames.readFilsKeyConfirmation, frames.writeFilsKeyConfirmation),
  element('FILS public key', frames.readFilsPublicKey, frames.writeFilsPublicKey, FRAGMENTED),
  element('FILS HLP container', frames.readFilsHlpContainer, frames.writeFilsHlpContainer, FRAGMENTED),
  element('key delivery', frames.readKeyDelivery, frames.writeKeyDelivery, FRAGMENTED),
  inPlace,
  reads('effective RSN', (body) => {
    const rsn = frames.readRsnElement(body);
    return isLeft(rsn) ? rsn : right(frames.effectiveRsn(rsn.right));
  }),
  reads('effective WPA', (body) => {
    const wpa = frames.readWpaElement(body);
    return isLeft(wpa) ? wpa : right(frames.effectiveWpa(wpa.right));
  }),
  pmkidsReplaced,
  announcedLength,
];

export const fuzz = oneOf(readings);

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** An RSNE with everything, an RSNXE, the element of WPA1, an MDE, an FTE, a Basic Multi-Link element, one of OWE. */
const SEEDS = [
  '30 26 0100 000fac04 0100 000fac04 0100 000fac08 c000 0100 00112233445566778899aabbccddeeff 000fac06',
  'f4 01 20',
  'dd 16 0050f201 0100 0050f202 0100 0050f202 0100 0050f202',
  '36 03 1234 01',
  `37 60 0000 ${'00'.repeat(80)} 0106 020000000001 0304 61622e63`,
  'ff 1c 6b 0001 07 020000000009 00 00 0a 1001 07 020000000011 0000',
  'ff 23 20 1300 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20',
  'dd 0a 506f9a29 0100 000fac04',
  '00 04 74657374',
  'ff 09 04 0102030405060708',
  'ff 11 0d 000102030405060708090a0b0c0d0e0f',
  'ff 21 03 000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f',
  'ff 20 07 0000000000000000 dd16 000fac01 0100 000102030405060708090a0b0c0d0e0f',
].map(hex);

const seeds = (): ReadonlyArray<Uint8Array> => readings.flatMap((_, index) => SEEDS.map((bytes) => seedOf(index, bytes)));

export const elements: Target = { name: 'elements', slice: 5000, fuzz, seeds };
