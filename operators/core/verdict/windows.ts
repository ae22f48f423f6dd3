import type * as t from 'io-ts';
import { L2Reason } from '../../../streams/events/index.js';
import type { Connection, Handshake } from '../shadow/Connection.js';
import type { CodeJson } from './codec/parts.js';
import type { Judgement } from './Explanation.js';
import { isOnlyTold } from './judge/byWord.js';
import { firstHandshake } from './judge/sightings.js';

const { codes } = L2Reason;

const fatalReason = (handshake: Handshake | undefined): number | undefined =>
  handshake?.messages
    .flat()
    .flatMap(({ faults }) => faults)
    .find(({ reason }) => reason !== undefined)?.reason;

/** What a timeout is called depends on how far things had come (R180). */
const ofFourWay = (connection: Connection, { cause }: Judgement): number => {
  const handshake = firstHandshake(connection);
  switch (cause) {
    case 'wrongPassphrase':
    case 'likelyWrongPassphrase':
      return codes.MSMSEC_PSK_MISMATCH_SUSPECTED;
    case 'elementMismatch':
      return fatalReason(handshake) ?? codes.MSMSEC_SEC_IE_MATCHING;
    case 'stationLeft':
      return codes.MSMSEC_CANCELLED;
    default:
      return handshake === undefined ? codes.MSMSEC_KEY_START_TIMEOUT : codes.MSMSEC_KEY_SUCCESS_TIMEOUT;
  }
};

const ofEap = ({ eap }: Connection, { cause }: Judgement): number => {
  switch (cause) {
    case 'tlsAlert':
    case 'eapFailure':
      return codes.ONEX_EAP_FAILURE_RECEIVED;
    case 'stationLeft':
      return codes.MSMSEC_CANCELLED;
    default:
      if (eap === undefined || eap.packets === 0) return codes.MSMSEC_AUTH_START_TIMEOUT;
      return eap.lastFrom === 'station' ? codes.ONEX_AUTHENTICATOR_NO_LONGER_PRESENT : codes.MSMSEC_AUTH_SUCCESS_TIMEOUT;
  }
};

const reasonOf = (connection: Connection, judgement: Judgement): number | undefined => {
  const told = connection.told.findLast(({ reason }) => reason !== undefined)?.reason;
  if (told !== undefined) return told;
  if (judgement.outcome === 'authorized') return codes.SUCCESS;
  if (isOnlyTold(connection)) return undefined;
  switch (judgement.step) {
    case 'fourWay':
      return ofFourWay(connection, judgement);
    case 'group':
      return codes.MSMSEC_G1_MISSING_GRP_KEY;
    case 'eap':
      return ofEap(connection, judgement);
    default:
      return undefined;
  }
};

/** The reason the Windows security module would report of this; what fails before it is asked has none. */
export const windowsReason = (connection: Connection, judgement: Judgement): t.TypeOf<typeof CodeJson> | null => {
  const code = reasonOf(connection, judgement);
  if (code === undefined) return null;
  return { reason: code, hex: `0x${code.toString(16).padStart(8, '0')}`, name: L2Reason.nameOf(code) ?? 'UNNAMED' };
};
