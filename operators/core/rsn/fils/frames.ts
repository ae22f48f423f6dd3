import { isLeft } from 'fp-ts/lib/Either.js';
import {
  copyExtensionBody,
  ElementExtension,
  type ElementRange,
  endOfExtension,
  readFilsSession,
} from '../../../../streams/frames/index.js';

/** An association response of FILS, taken apart. */
export interface FilsResponse {
  /** Its body up to and with the FILS Session element; all of it, where it has none. */
  readonly clear: Uint8Array;
  /** What AES-SIV encrypts. */
  readonly sealed: Uint8Array;
  readonly session?: Uint8Array;
  /** The elements that are not encrypted. */
  readonly elements: ElementRange;
}

/** The two frames of an association that FILS authentication came before. */
export interface FilsFrames {
  /** The elements of the request that are not encrypted. */
  readonly request: ElementRange;
  readonly session: Uint8Array;
  readonly response: FilsResponse;
}

const { FILS_SESSION } = ElementExtension.codes;

const split = ({ frame, from }: ElementRange): FilsResponse => {
  const end = endOfExtension({ frame, from }, FILS_SESSION) ?? frame.length;
  const [clear, sealed] = [frame.slice(0, end), frame.slice(end)];
  const elements = { frame: clear, from };
  const body = copyExtensionBody(elements, FILS_SESSION);
  const session = body && readFilsSession(body);
  return { clear, sealed, elements, ...(session && !isLeft(session) && { session: session.right }) };
};

/** Our own request decides: what the response says of itself might be anybody's. `undefined` where there was no FILS. */
export const filsFramesOf = (request: ElementRange, response: ElementRange): FilsFrames | undefined => {
  if (endOfExtension(request, FILS_SESSION) === undefined) return undefined;
  const { elements, session } = split(request);
  return session && { request: elements, session, response: split(response) };
};
