import { type Either, left, mapLeft, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Handler, type Indication, IndicationType } from '../events/index.js';
import {
  type Decoded,
  type IndicationPayload,
  readLinkQuality,
  readPhyState,
  readPmkidCandidates,
  readTkipMicFailure,
} from '../frames/index.js';

type Raw = Handler<'receiveIndication'>;

const lift = <K extends Indication['kind']>(
  kind: K,
  adapter: Raw['adapter'],
  payload: Decoded<IndicationPayload<K>>,
): Either<string, Indication> =>
  pipe(
    payload,
    mapLeft(({ message }) => message),
    (read) => (read._tag === 'Left' ? read : right({ kind, adapter, ...read.right } as unknown as Indication)),
  );

/**
 * The four kinds whose payload is one of the miniport's structures become what they mean; the vendor's own stays as it is
 * (R250). An unknown kind is nothing to anyone.
 */
export const liftIndication = (raw: Raw): Either<string, Indication | Raw> => {
  const { adapter, type, payload } = raw;
  switch (type) {
    case IndicationType.codes.NIC_SPECIFIC:
      return right(raw);
    case IndicationType.codes.PMKID_CANDIDATES:
      return lift('pmkidCandidates', adapter, readPmkidCandidates(payload));
    case IndicationType.codes.TKIP_MIC_FAILURE:
      return lift('tkipMicFailure', adapter, readTkipMicFailure(payload));
    case IndicationType.codes.PHY_STATE:
      return lift('phyState', adapter, readPhyState(payload));
    case IndicationType.codes.LINK_QUALITY:
      return lift('linkQuality', adapter, readLinkQuality(payload));
    default:
      return left(`an indication of the unknown type ${type}`);
  }
};
