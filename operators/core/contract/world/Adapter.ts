import type { AdapterHandle, ConnectHandle, MacAddress, ServiceHandle, SessionHandle } from '../../../../streams/events/index.js';
import type { Port } from './Port.js';

/** The latest pre-association operation; older handles live on in `pastConnects` (R25). */
export interface PreAssociation {
  readonly connect: ConnectHandle;
  readonly by: number;
  phase: 'open' | 'completed' | 'refused' | 'cancelling' | 'cancelled';
  completedBy: number | undefined;
}

/** A run of the host's 802.1X module, and the packets it was not given yet (R104). */
export interface OneXRun {
  readonly session: SessionHandle;
  readonly n: number;
  readonly call: number;
  waiting: ReadonlyArray<{ readonly n: number; readonly payload: Uint8Array }>;
}

type EtherTypes = ReadonlySet<number>;
export const NO_ETHER_TYPES: EtherTypes = new Set();

/** What the host holds for the adapter; `undefined` where the log began too late to know. */
export interface Registrations {
  readonly registered: EtherTypes | undefined;
  readonly exempted: EtherTypes | undefined;
}

export interface Adapter {
  readonly handle: AdapterHandle;
  /** The line of its InitAdapter; `undefined` when the adapter is older than the log. */
  readonly since: number | undefined;
  readonly service: ServiceHandle | undefined;
  readonly ports: Map<SessionHandle, Port>;
  etherTypes: Registrations;
  /** What was registered outside of a connection, and so belongs to the state a reset returns to (R153). */
  baseline: EtherTypes;
  registrationWindow: 'open' | 'closed' | 'unknown';
  /** The line that closed the registration window. */
  registrationClosedBy: number | undefined;
  excludes: { readonly n: number } | undefined;
  preAssociation: PreAssociation | undefined;
  readonly pastConnects: Map<ConnectHandle, number>;
  /** The connection profile's choice of 802.1X implementation, and where it was made (R26). */
  oneXChoice: { readonly n: number; readonly microsoft: boolean } | undefined;
  oneX: OneXRun | undefined;
  /** The association START that waits for its COMPLETION (R210). */
  associating: { readonly n: number; readonly peer: MacAddress } | undefined;
  /** A feed from WDI has no START at all: only an adapter that has shown one owes one (S18). */
  showsStarts: boolean;
  associated: MacAddress | 'none' | 'unknown';
  /** The peer an association START has left, which must not be reported again as a DISASSOCIATION (R211). */
  leftBehind: { readonly n: number; readonly peer: MacAddress } | undefined;
}

const base = (handle: AdapterHandle) => ({
  handle,
  ports: new Map<SessionHandle, Port>(),
  baseline: NO_ETHER_TYPES,
  registrationClosedBy: undefined,
  excludes: undefined,
  preAssociation: undefined,
  pastConnects: new Map<ConnectHandle, number>(),
  oneXChoice: undefined,
  oneX: undefined,
  associating: undefined,
  showsStarts: false,
  leftBehind: undefined,
});

/** An adapter whose whole life is in the log. */
export const newAdapter = (handle: AdapterHandle, service: ServiceHandle, since: number): Adapter => ({
  ...base(handle),
  since,
  service,
  etherTypes: { registered: NO_ETHER_TYPES, exempted: NO_ETHER_TYPES },
  registrationWindow: 'open',
  associated: 'none',
});

/** An adapter the log finds in the middle of its life. */
export const olderAdapter = (handle: AdapterHandle): Adapter => ({
  ...base(handle),
  since: undefined,
  service: undefined,
  etherTypes: { registered: undefined, exempted: undefined },
  registrationWindow: 'unknown',
  associated: 'unknown',
});
