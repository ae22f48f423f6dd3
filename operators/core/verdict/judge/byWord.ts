import { MSMSEC } from '../../../../streams/events/index.js';
import type { Connection } from '../../shadow/Connection.js';
import type { Cause, Judgement } from '../Explanation.js';

type Told = Connection['told'][number];
type Judged = Omit<Judgement, 'passphrase'>;

/** Frames that show it are worth more than anybody's word. */
const UNEXPLAINED: ReadonlySet<Cause> = new Set(['captureGap', 'unknown']);

const suspectsPassphrase = ({ reason }: Told): boolean => reason === MSMSEC.MSMSEC_PSK_MISMATCH_SUSPECTED;

const OF_PHASES: Readonly<Record<string, Pick<Judged, 'step' | 'cause'>>> = {
  association: { step: 'association', cause: 'associationRefused' },
  oneX: { step: 'eap', cause: 'eapFailure' },
  security: { step: 'fourWay', cause: 'unknown' },
};

/** All that is known of it are words, so that nothing can be said of frames that are not there. */
export const isOnlyTold = ({ medium, handshakes, eap, told }: Connection): boolean =>
  medium === 'log' && handshakes.length === 0 && eap === undefined && told.some(({ outcome }) => outcome === 'failure');

/** A log without frames has nothing but its word for what went wrong: where it says so, that is taken. */
export const orByWord = ({ told }: Connection, judged: Judged): Judged => {
  const failures = UNEXPLAINED.has(judged.cause) ? told.filter(({ outcome }) => outcome === 'failure') : [];
  const last = failures.findLast(({ phase }) => phase !== 'connection') ?? failures.at(-1);
  if (last === undefined) return judged;
  if (failures.some(suspectsPassphrase)) return { outcome: 'failed', step: 'fourWay', cause: 'likelyWrongPassphrase' };
  return { outcome: 'failed', ...(OF_PHASES[last.phase] ?? { step: judged.step, cause: 'unknown' }) };
};
