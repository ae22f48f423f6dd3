import { ManagementSubtype } from '../../../streams/air/index.js';
import { isGroupAddress, type MacAddress } from '../../../streams/events/index.js';
import { type AirFrame, DATA, eapolOf, FROM_DS, hasData, MANAGEMENT, PROTECTED, RETRY, TO_DS } from '../airFrames.js';

/** The frames of an association, without their MAC headers; a capture may have missed any of them. */
export interface AssociationFrames {
  readonly request?: Uint8Array;
  readonly isReassociation: boolean;
  readonly response?: Uint8Array;
  /** Or a probe response, where no beacon was captured. */
  readonly beacon?: Uint8Array;
}

/** What a station and its access point sent each other, from an association to its end. */
export interface Recording extends AssociationFrames {
  readonly station: MacAddress;
  readonly accessPoint: MacAddress;
  /** Their data frames and those the access point sent to all, in order; a frame sent again is one frame. */
  readonly frames: ReadonlyArray<AirFrame>;
  /** When the association was asked for, or first heard of. */
  readonly since: number;
  /** When one of them took its leave, or was last heard of. */
  readonly until: number;
}

interface Growing extends Recording {
  readonly frames: AirFrame[];
  response?: Uint8Array;
  until: number;
  isOver: boolean;
}

interface Air {
  readonly open: Map<string, Growing>;
  readonly all: Growing[];
  readonly beacons: AirFrame[];
}

/** Leaves out what was sent again because nobody acknowledged it (IEEE 802.11-2020 10.3.2.14). */
const withoutRetries = (frames: ReadonlyArray<AirFrame>): ReadonlyArray<AirFrame> => {
  const latest = new Map<string, string>();
  return frames.filter(({ header, address1, address2, flags }) => {
    const [queue, sequence] = [`${header[0]} ${address2} ${address1}`, `${header[22]} ${header[23]}`];
    const isAgain = (flags & RETRY) !== 0 && latest.get(queue) === sequence;
    latest.set(queue, sequence);
    return !isAgain;
  });
};

const RSNE = 48;
const MFPC = 0x80;

/** A station that protects management frames believes no farewell in the clear. */
const protectsManagement = (request: Uint8Array = new Uint8Array(0)): boolean => {
  for (let at = 4; at + 2 <= request.length; at += 2 + (request[at + 1] ?? 0)) {
    if (request[at] !== RSNE) continue;
    const body = request.subarray(at + 2);
    const akmCountAt = 8 + 4 * (body[6] ?? 0);
    const capabilitiesAt = akmCountAt + 2 + 4 * (body[akmCountAt] ?? 0);
    return ((body[capabilitiesAt] ?? 0) & MFPC) !== 0;
  }
  return false;
};

const pairOf = (station: MacAddress, accessPoint: MacAddress): string => `${station} ${accessPoint}`;

type Ends = Pick<Recording, 'station' | 'accessPoint'>;

const begin = ({ open, all }: Air, { station, accessPoint }: Ends, since: number, asked: AssociationFrames): Growing => {
  const begun: Growing = { station, accessPoint, ...asked, frames: [], since, until: since, isOver: false };
  open.set(pairOf(station, accessPoint), begun);
  all.push(begun);
  return begun;
};

const takeLeave = ({ open }: Air, { flags, address1, address2, address3, time }: AirFrame): void => {
  const station = address2 === address3 ? address1 : address2;
  const left = open.get(pairOf(station, address3));
  if (left === undefined || left.isOver) return;
  if ((flags & PROTECTED) === 0 && protectsManagement(left.request)) return;
  left.isOver = true;
  left.until = time;
};

const takeManagement = (air: Air, frame: AirFrame): void => {
  const { subtype, address1, address2, body, time } = frame;
  switch (subtype) {
    case ManagementSubtype.BEACON:
    case ManagementSubtype.PROBE_RESPONSE:
      air.beacons.push(frame);
      return;
    case ManagementSubtype.ASSOCIATION_REQUEST:
    case ManagementSubtype.REASSOCIATION_REQUEST: {
      const isReassociation = subtype === ManagementSubtype.REASSOCIATION_REQUEST;
      begin(air, { station: address2, accessPoint: address1 }, time, { request: body, isReassociation });
      return;
    }
    case ManagementSubtype.ASSOCIATION_RESPONSE:
    case ManagementSubtype.REASSOCIATION_RESPONSE: {
      const asked = air.open.get(pairOf(address1, address2));
      if (asked !== undefined && asked.frames.length === 0) asked.response = body;
      return;
    }
    case ManagementSubtype.DISASSOCIATION:
    case ManagementSubtype.DEAUTHENTICATION:
      takeLeave(air, frame);
  }
};

const append = (growing: Growing, frame: AirFrame): void => {
  growing.frames.push(frame);
  growing.until = frame.time;
};

const takeData = (air: Air, frame: AirFrame): void => {
  const { flags, address1, address2, time } = frame;
  const ds = flags & (TO_DS | FROM_DS);
  if (ds !== TO_DS && ds !== FROM_DS) return;
  if (ds === FROM_DS && isGroupAddress(address1)) {
    for (const each of air.open.values()) if (each.accessPoint === address2 && !each.isOver) append(each, frame);
    return;
  }
  const [station, accessPoint] = ds === TO_DS ? [address2, address1] : [address1, address2];
  const growing = air.open.get(pairOf(station, accessPoint));
  if (growing?.isOver === false) append(growing, frame);
  // The association itself was not captured.
  else if (eapolOf(frame) !== undefined) append(begin(air, { station, accessPoint }, time, { isReassociation: false }), frame);
};

const beaconOf = ({ beacons }: Air, { accessPoint, since }: Growing): Uint8Array | undefined => {
  const own = beacons.filter(({ address3 }) => address3 === accessPoint);
  const proper = own.filter(({ subtype }) => subtype === ManagementSubtype.BEACON);
  return (proper.findLast(({ time }) => time <= since) ?? proper[0] ?? own[0])?.body;
};

/** The associations of a capture that came to something; one that was captured halfway begins in the middle. */
export const recordingsIn = (frames: ReadonlyArray<AirFrame>): ReadonlyArray<Recording> => {
  const air: Air = { open: new Map(), all: [], beacons: [] };
  for (const frame of withoutRetries(frames)) {
    if (frame.type === MANAGEMENT) takeManagement(air, frame);
    else if (frame.type === DATA && hasData(frame)) takeData(air, frame);
  }
  return air.all
    .filter((each) => each.frames.length > 0)
    .map((each) => {
      const beacon = beaconOf(air, each);
      return { ...each, ...(beacon && { beacon }) };
    });
};
