import type { Mark } from '../../../streams/air/index.js';
import { equalBytes, toHex } from '../../../streams/events/index.js';
import { CipherSuite } from '../../../streams/frames/index.js';
import type { ElementMismatch } from './Connection.js';
import { type Offer, type Suites, suitesOf } from './offer.js';

/** A selector as the standard prints it, e.g. `00-0F-AC:4`. */
export const showSelector = (selector: number): string => {
  const digits = (selector >>> 8).toString(16).toUpperCase().padStart(6, '0');
  return `${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}:${selector & 0xff}`;
};

/** The name a person knows a cipher by, e.g. `CCMP`; its selector where it has none. */
export const showCipher = (selector: number): string =>
  CipherSuite.nameOf(selector)?.replace(/^WPA_/, '').replaceAll('_', '-') ?? showSelector(selector);

const listed = (selectors: ReadonlyArray<number>, show: (selector: number) => string): string =>
  selectors.length === 0 ? 'none' : selectors.map(show).join(', ');

type Difference = Pick<ElementMismatch, 'element' | 'said' | 'repeated'>;

const difference = (element: ElementMismatch['element'], said: string, repeated: string): Difference => ({
  element,
  said,
  repeated,
});

const within = (chosen: ReadonlyArray<number>, offered: ReadonlyArray<number>): boolean =>
  chosen.every((selector) => offered.includes(selector));

const suiteDifferences = (offered: Suites, chosen: Suites): ReadonlyArray<Difference> => {
  const differences: Difference[] = [];
  if (!within(chosen.akms, offered.akms)) {
    differences.push(difference('AKM', listed(offered.akms, showSelector), listed(chosen.akms, showSelector)));
  }
  if (!within(chosen.pairwise, offered.pairwise)) {
    differences.push(difference('pairwise cipher', listed(offered.pairwise, showCipher), listed(chosen.pairwise, showCipher)));
  }
  if (chosen.group !== offered.group) {
    differences.push(difference('group cipher', showCipher(offered.group), showCipher(chosen.group)));
  }
  const isProtected = offered.pmf !== 'none' && chosen.pmf !== 'none';
  if (isProtected && chosen.groupManagement !== offered.groupManagement) {
    const [said, repeated] = [showCipher(offered.groupManagement), showCipher(chosen.groupManagement)];
    differences.push(difference('group management cipher', said, repeated));
  }
  const isRefused = (a: Suites, b: Suites): boolean => a.pmf === 'required' && b.pmf === 'none';
  if (isRefused(offered, chosen) || isRefused(chosen, offered)) {
    differences.push(difference('PMF', offered.pmf, chosen.pmf));
  }
  return differences;
};

const nameOfProto = (offer: Offer): string => {
  if (offer.rsn !== undefined) return offer.wpa === undefined ? 'RSN' : 'RSN, WPA';
  if (offer.wpa !== undefined) return 'WPA';
  return offer.privacy ? 'WEP' : 'none';
};

/** Both have to speak the same protocol before their suites can be compared. */
const protoDifference = (offered: Offer, asked: Offer): Difference | undefined => {
  if (asked.isSetup) return undefined;
  const element = (asked.rsn ?? offered.rsn) === undefined ? 'WPA' : 'RSNE';
  const isMet = asked.rsn === undefined ? asked.wpa !== undefined && offered.wpa !== undefined : offered.rsn !== undefined;
  const isPlain = suitesOf(asked) === undefined && suitesOf(offered) === undefined;
  return isMet || isPlain ? undefined : difference(element, nameOfProto(offered), nameOfProto(asked));
};

const pairOf = (offered: Offer, asked: Offer): readonly [Suites, Suites] | undefined => {
  if (asked.rsn !== undefined) return offered.rsn && [offered.rsn, asked.rsn];
  return asked.wpa !== undefined && offered.wpa !== undefined ? [offered.wpa, asked.wpa] : undefined;
};

const domainDifference = (offered: Offer, asked: Offer): Difference | undefined => {
  const [said, repeated] = [offered.mobilityDomain, asked.mobilityDomain];
  if (repeated === undefined || (said !== undefined && equalBytes(said, repeated))) return undefined;
  return difference('MDE', said === undefined ? 'none' : toHex(said), toHex(repeated));
};

/** What a station asked for and its access point does not announce. */
export interface Question {
  readonly offered: Offer;
  readonly asked: Offer;
  /** Whether its SAE hashed to an element. */
  readonly hashedToElement: boolean;
}

const differencesIn = ({ offered, asked, hashedToElement }: Question): ReadonlyArray<Difference> => {
  const pair = pairOf(offered, asked);
  const differences = [
    protoDifference(offered, asked),
    ...(pair === undefined ? [] : suiteDifferences(...pair)),
    hashedToElement && !offered.hashToElement ? difference('RSNXE', 'no hash-to-element', 'hash-to-element') : undefined,
    domainDifference(offered, asked),
  ];
  return differences.flatMap((each) => each ?? []);
};

interface Answered extends Question {
  readonly differences: ReadonlyArray<Difference>;
}

/** Stations of one make ask the same of one access point: what was said is the same object then. */
const lastAnswers = new WeakMap<Offer, Answered>();

const differencesOf = (question: Question): ReadonlyArray<Difference> => {
  const { offered, asked, hashedToElement } = question;
  const last = lastAnswers.get(asked);
  if (last?.offered === offered && last.hashedToElement === hashedToElement) return last.differences;
  const differences = differencesIn(question);
  lastAnswers.set(asked, { offered, asked, hashedToElement, differences });
  return differences;
};

export const associationMismatches = (question: Question, { frame, time }: Mark, here: string): ReadonlyArray<ElementMismatch> =>
  differencesOf(question).map((each) => ({ frame, time, here, there: 'association request', ...each }));
