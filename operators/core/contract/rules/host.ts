import { BROADCAST, type Handler, type Indication, isUnicast } from '../../../../streams/events/index.js';
import { clause, type DebtRule, type EventRule } from './Rule.js';
import { lines, portName } from './words.js';

type IndicationOf<K extends Indication['kind']> = Extract<Indication, { kind: K }>;

const r210 = clause(
  'R210',
  'for each association START exactly one COMPLETION',
  'Every association that is started is completed once, be it with a failure.',
);

export const R210start: EventRule<IndicationOf<'associationStart'>> = {
  ...r210,
  broken: (world, { adapter }) => {
    const open = world.adapters.get(adapter)?.associating;
    return open && { message: `START while the association started at line ${open.n} is not completed`, related: [open.n] };
  },
};

export const R210completion: EventRule<IndicationOf<'associationCompletion'>> = {
  ...r210,
  broken: (world, { adapter: handle, association: { peer } }) => {
    const adapter = world.adapters.get(handle);
    if (adapter?.showsStarts !== true || adapter.associating?.peer === peer) return;
    return { message: `COMPLETION for ${peer} without a START`, related: lines(adapter.associating?.n) };
  },
};

const r211 = clause(
  'R211',
  'a Stop for the old port at START, and no DISASSOCIATION',
  'A START while a port exists is an implicit disassociation: the port is stopped there and then.',
);

/** A new Perform finds a port that a START has ended and nobody has stopped. */
export const R211: EventRule<Handler<'performPostAssociate'>> = {
  ...r211,
  broken: (world, { adapter, session }, { n }) => {
    for (const port of world.adapters.get(adapter)?.ports.values() ?? [])
      if (port.roamedBy !== undefined && port.session !== session)
        return {
          message: `the START at line ${port.roamedBy.n} ended ${portName(port)}, but no Stop came before the next Perform`,
          line: port.roamedBy,
          session: port.session,
          related: [port.openedBy, n],
        };
    return;
  },
};

export const R211late: EventRule<IndicationOf<'disassociation'>> = {
  ...r211,
  broken: (world, { adapter, peer }) => {
    const left = world.adapters.get(adapter)?.leftBehind;
    return left?.peer === peer
      ? { message: `DISASSOCIATION of ${peer}, which the START at line ${left.n} had already left`, related: [left.n] }
      : undefined;
  },
};

export const R213: EventRule<IndicationOf<'disassociation'>> = {
  ...clause(
    'R213',
    'DISASSOCIATION only from a peer the adapter is associated with',
    'A disassociation follows a completed association with the same address.',
  ),
  broken: (world, { adapter, peer }) => {
    const associated = world.adapters.get(adapter)?.associated ?? 'unknown';
    return associated === 'unknown' || peer === associated || peer === BROADCAST
      ? undefined
      : { message: `DISASSOCIATION of ${peer}, associated is ${associated}` };
  },
};

export const R44: DebtRule = {
  ...clause(
    'R44',
    'an error: the peer is no station',
    'Only infrastructure networks are served, so the peer is a unicast address.',
  ),
  owed: (_, { port }, win32) =>
    win32 === 0 && port !== undefined && !isUnicast(port.peer)
      ? [{ message: `performPostAssociate accepted the peer ${port.peer}`, session: port.session }]
      : [],
};

export const R34: DebtRule = {
  ...clause(
    'R34',
    'an error for an association that failed or is with somebody else',
    "The parameters are checked before they are accepted: status 0, and the association's peer is the port's.",
  ),
  owed: (_, { port }, win32) => {
    if (win32 !== 0 || port === undefined || !isUnicast(port.peer)) return [];
    const { status, peer } = port.association;
    if (status === 0 && peer === port.peer) return [];
    return [{ message: `performPostAssociate accepted an association with ${peer}, status ${status}`, session: port.session }];
  },
};
