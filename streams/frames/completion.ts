import type { Decoded } from './DecodeError.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, u32 } from './pack.js';
import { decode } from './Reader.js';

/** How a connection or a roam ended. */
export interface Completion {
  /** A DOT11_ASSOC_STATUS. */
  readonly status: number;
}

const COMPLETION_SIZE = 8;

const readCompletion =
  (structure: string) =>
  (bytes: Uint8Array): Decoded<Completion> =>
    decode(structure, bytes, (reader) => {
      reader.need(COMPLETION_SIZE);
      objectHeader(reader, COMPLETION_SIZE);
      return { status: reader.u32('uStatus') };
    });

/** DOT11_ROAMING_COMPLETION_PARAMETERS */
export const readRoamingCompletion = readCompletion('DOT11_ROAMING_COMPLETION_PARAMETERS');

/** DOT11_CONNECTION_COMPLETION_PARAMETERS */
export const readConnectionCompletion = readCompletion('DOT11_CONNECTION_COMPLETION_PARAMETERS');

/** The two completions have one layout. */
export const writeCompletion = ({ status }: Completion): Uint8Array => pack(defaultHeader(COMPLETION_SIZE), u32(status));
