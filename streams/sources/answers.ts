import { type Guid, type Handler, Win32 } from '../events/index.js';

/** What is answered at once, by handlers whose answer is more than "accepted". */
export interface Answers {
  /** The range of interface versions spoken; 0..0 is Windows Vista (R1). */
  readonly versions: { readonly min: number; readonly max: number };
  /** R232: the truth about one request. */
  readonly isUIRequestPending: (request: Guid) => boolean;
  readonly validateProfile: (call: Handler<'validateProfile'>) => number;
  readonly performCapabilityMatch: (call: Handler<'performCapabilityMatch'>) => number;
  readonly createDiscoveryProfiles: (call: Handler<'createDiscoveryProfiles'>) => number;
  readonly queryUIRequest: (call: Handler<'queryUIRequest'>) => { readonly win32: number; readonly request?: Uint8Array };
  readonly control: (call: Handler<'control'>) => { readonly win32: number; readonly output: Uint8Array };
}

const { ERROR_SUCCESS, ERROR_NOT_SUPPORTED, ERROR_INSUFFICIENT_BUFFER } = Win32.codes;

const defaults: Answers = {
  versions: { min: 0, max: 0 },
  isUIRequestPending: () => false,
  validateProfile: () => ERROR_SUCCESS,
  performCapabilityMatch: () => ERROR_SUCCESS,
  createDiscoveryProfiles: () => ERROR_NOT_SUPPORTED,
  queryUIRequest: () => ({ win32: ERROR_NOT_SUPPORTED }),
  control: () => ({ win32: ERROR_NOT_SUPPORTED, output: new Uint8Array(0) }),
};

export const answersOf = (own: Partial<Answers> | undefined): Answers => ({ ...defaults, ...own });

/** The answer to `control`, cut to what the caller has room for. */
export interface Fit {
  readonly win32: number;
  readonly returned: number;
  readonly output?: Uint8Array;
}

/** The count always, the bytes only when all of them fit (R256). */
export const fitting = ({ win32, output }: ReturnType<Answers['control']>, room: number): Fit => {
  const returned = output.length;
  if (returned === 0) return { win32, returned };
  return returned <= room ? { win32, returned, output } : { win32: ERROR_INSUFFICIENT_BUFFER, returned };
};
