import { StatusCode } from '../../../../streams/frames/index.js';
import type { AuthenticationSeen, Connection } from '../../shadow/Connection.js';
import { receptionOf } from './reception.js';

const SAE = 3;
const COMMIT = 1;
const CONFIRM = 2;

const { codes } = StatusCode;

/** Answers of a commit that are not refusals: the way the password becomes a point, and a token to be sent back. */
const GOING_ON: ReadonlySet<number> = new Set([
  codes.SUCCESS,
  codes.SAE_HASH_TO_ELEMENT,
  codes.SAE_PK,
  codes.ANTI_CLOGGING_TOKEN_REQUIRED,
]);

export const isSae = ({ algorithm }: AuthenticationSeen): boolean => algorithm === SAE;

/** Other than in SAE the status of what a station sends is reserved (IEEE 802.11-2020 Table 9-41). */
export const isRefusal = ({ status, algorithm, from }: AuthenticationSeen): boolean =>
  algorithm === SAE ? !GOING_ON.has(status) : from === 'ap' && status !== codes.SUCCESS;

const isFrom =
  (from: AuthenticationSeen['from'], transaction: number) =>
  (seen: AuthenticationSeen): boolean =>
    isSae(seen) && seen.from === from && seen.transaction === transaction && !isRefusal(seen);

export const commitsOfAp = ({ authentications }: Connection): ReadonlyArray<AuthenticationSeen> =>
  authentications.filter(isFrom('ap', COMMIT));

export const confirmsOfStation = ({ authentications }: Connection): ReadonlyArray<AuthenticationSeen> =>
  authentications.filter(isFrom('station', CONFIRM));

export const confirmsOfAp = ({ authentications }: Connection): ReadonlyArray<AuthenticationSeen> =>
  authentications.filter(isFrom('ap', CONFIRM));

/** A confirm that was refused: it is made with the password, so the passwords differ, or somebody meddled. */
export const refusedConfirms = ({ authentications }: Connection): ReadonlyArray<AuthenticationSeen> =>
  authentications.filter((seen) => isSae(seen) && seen.transaction === CONFIRM && isRefusal(seen));

/** Confirms of the station that were met with silence, again and again, by an access point that had answered the commit. */
export const unansweredConfirms = (connection: Connection): ReadonlyArray<AuthenticationSeen> => {
  const confirms = confirmsOfStation(connection);
  const isMet = confirmsOfAp(connection).length > 0 || refusedConfirms(connection).length > 0;
  return confirms.length > 1 && commitsOfAp(connection).length > 0 && !isMet && !areUnheard(connection) ? confirms : [];
};

const areUnheard = (connection: Connection): boolean =>
  confirmsOfAp(connection).length === 0 && receptionOf(connection, 'station', confirmsOfStation(connection)) === 'notHeard';

/** Confirms of the station that the access point did not hear: their silence says nothing of the password. */
export const unheardConfirms = (connection: Connection): ReadonlyArray<AuthenticationSeen> =>
  refusedConfirms(connection).length === 0 && areUnheard(connection) ? confirmsOfStation(connection) : [];

/** The access point confirmed after the station had: it has verified the station's password. */
export const isSaeAccepted = (connection: Connection): boolean => {
  const [first] = confirmsOfStation(connection);
  return (
    first !== undefined &&
    refusedConfirms(connection).length === 0 &&
    confirmsOfAp(connection).length > 0 &&
    isAssociated(connection)
  );
};

const isAssociated = ({ association }: Connection): boolean => association?.status === codes.SUCCESS;
