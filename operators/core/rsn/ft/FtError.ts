import { type Either, left } from 'fp-ts/lib/Either.js';

export type FtErrorCode =
  /** An element that cannot be read. */
  | 'MALFORMED'
  /** An element or a field that has to be there is not. */
  | 'MISSING'
  /** MIC Control counts other elements than there are. */
  | 'ELEMENT_COUNT'
  | 'MOBILITY_DOMAIN'
  /** It belongs to another exchange. */
  | 'NONCE'
  | 'KEY_HOLDER'
  /** The RSNE does not name the PMK-R1 of this access point. */
  | 'PMK_NAME'
  | 'MIC'
  /** A key in it was not wrapped with our KEK. */
  | 'KEY'
  /** The access point does not want it. */
  | 'REFUSED';

/** What is wrong with a fast transition's frame; `detail` is a sentence, and holds no key. */
export interface FtError {
  readonly code: FtErrorCode;
  readonly detail: string;
}

export const wrong = (code: FtErrorCode, detail: string): Either<FtError, never> => left({ code, detail });
