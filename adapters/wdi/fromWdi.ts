import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { AssocStatus, type Handler, type Indication, IndicationType } from '../../streams/events/index.js';
import { assocStatusFromWdi, WdiAssocStatus } from './WdiAssocStatus.js';
import type { WdiAssociationResult, WdiIndication, WdiIndicationOf } from './WdiIndication.js';

/** What the engine is told: an indication, or an IHV event by way of its handler (R250). */
export type WdiEvent = Indication | Handler<'receiveIndication'>;

/** An indication that contradicts itself. */
export interface WdiError {
  readonly code: 'TWO_SUCCESSES';
  readonly message: string;
  readonly indication: WdiIndication;
}

/** DOT11_PHY_ID_ANY: WDI reports the radio as a whole. */
const ANY_PHY = 0xffffffff;

const completion = (result: WdiAssociationResult): Extract<Indication, { kind: 'associationCompletion' }>['association'] => {
  const { bssid, mldAddress, statusCode, reassociation, ...rest } = result;
  return {
    ...rest,
    peer: mldAddress ?? bssid,
    status: assocStatusFromWdi(result.status, statusCode),
    reassociationRequest: reassociation,
    reassociationResponse: reassociation,
  };
};

const isSuccess = ({ status }: WdiAssociationResult): boolean => status === WdiAssocStatus.codes.SUCCESS;

/** A list of attempts becomes the one that succeeded; a failed attempt opens no port and is dropped (S18). */
const expanded = (indication: WdiIndicationOf<'associationResult'>): Either<WdiError, ReadonlyArray<WdiEvent>> => {
  const successes = indication.results.filter(isSuccess);
  if (successes.length > 1) {
    const peers = successes.map(({ bssid }) => bssid).join(', ');
    const message = `ASSOCIATION_RESULT: expected at most one success, found ${successes.length} (${peers})`;
    return left({ code: 'TWO_SUCCESSES', message, indication });
  }
  const { adapter } = indication;
  return right(successes.map((result) => ({ kind: 'associationCompletion', adapter, association: completion(result) })));
};

const ndisOutcome = (ndisStatus: number): number => (ndisStatus === 0 ? AssocStatus.codes.SUCCESS : AssocStatus.codes.FAILURE);

type Single = Exclude<WdiIndication, { kind: 'associationResult' }>;

const single = (indication: Single): WdiEvent | undefined => {
  const { adapter } = indication;
  switch (indication.kind) {
    case 'disassociation': {
      const reason = assocStatusFromWdi(indication.status, indication.reason);
      return { kind: 'disassociation', adapter, peer: indication.peer, reason };
    }
    case 'connectComplete':
      return { kind: 'connectionCompletion', adapter, status: ndisOutcome(indication.ndisStatus) };
    case 'pmkidCandidateListUpdate':
      return { kind: 'pmkidCandidates', adapter, candidates: indication.candidates };
    case 'linkStateChange':
      return { kind: 'linkQuality', adapter, links: [{ peer: indication.peer, quality: indication.quality }] };
    case 'radioStatus':
      return { kind: 'phyState', adapter, phy: ANY_PHY, hardwareOn: indication.hardwareOn, softwareOn: indication.softwareOn };
    case 'ihvEvent':
      return { kind: 'receiveIndication', adapter, type: IndicationType.codes.NIC_SPECIFIC, payload: indication.payload };
    case 'tkipMicFailure':
    case 'cipherKeyUpdated':
      return indication;
    // A roam task that left the adapter where it was ends with this alone and must change nothing (S18).
    case 'roamComplete':
    case 'roamingNeeded':
    case 'disconnectComplete':
    case 'dot11ResetComplete':
    case 'saeAuthParamsNeeded':
      return undefined;
  }
};

/**
 * What one WDI indication means in the vocabulary of Native 802.11: often one event, sometimes none. Statuses are renumbered,
 * association lists expanded. No ASSOCIATION_START is made up, because WDI has none: a port ends on DISASSOCIATION (C38).
 *
 * @example
 * fromWdi({ kind: 'disassociation', adapter, peer, status: 13, reason: 3 });
 * // right: [{ kind: 'disassociation', adapter, peer, reason: 0x10003 }]
 *
 * @since 0.1.0
 */
export const fromWdi = (indication: WdiIndication): Either<WdiError, ReadonlyArray<WdiEvent>> => {
  if (indication.kind === 'associationResult') return expanded(indication);
  const event = single(indication);
  return right(event === undefined ? [] : [event]);
};
