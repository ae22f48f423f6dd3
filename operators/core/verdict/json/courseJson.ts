import type * as t from 'io-ts';
import { type Mark, mac48ToAddress } from '../../../../streams/air/index.js';
import type { Connection, Security } from '../../shadow/Connection.js';
import type { DisconnectJson, RoamJson } from '../codec/course.js';
import type { SecurityJson } from '../codec/handshake.js';
import type { MarkJson } from '../codec/parts.js';
import { meaningOfReason, ReasonCode } from '../codes/reasonCodes.js';
import { akmName, cipherName, showSelector } from '../codes/suiteNames.js';
import { lastWord } from '../judge/sightings.js';
import { isoTime } from './isoTime.js';

export const markJson = ({ frame, time }: Mark): MarkJson => ({ frame, time: isoTime(time) });

const named = (selector: number | undefined, name: (selector: number) => string): string | null =>
  selector === undefined ? null : name(selector);

export const securityJson = (security: Security | undefined): SecurityJson => ({
  proto: security?.proto ?? null,
  akm: named(security?.akm, showSelector),
  akmName: named(security?.akm, akmName),
  pairwise: named(security?.pairwise, cipherName),
  group: named(security?.group, cipherName),
  groupManagement: named(security?.groupManagement, cipherName),
  pmf: security?.pmf ?? null,
});

/** The farewell that ended it; one that is not believed is a finding and no end. */
export const disconnectJson = (connection: Connection): t.TypeOf<typeof DisconnectJson> | null => {
  const farewell = lastWord(connection);
  if (farewell === undefined) return null;
  const { frame, time, by, isDeauthentication, reason, isProtected } = farewell;
  const isKnown = reason !== undefined;
  return {
    frame,
    time: isoTime(time),
    by,
    kind: isDeauthentication ? 'deauthentication' : 'disassociation',
    code: reason ?? null,
    hex: isKnown ? `0x${reason.toString(16).padStart(4, '0')}` : null,
    name: isKnown ? (ReasonCode.nameOf(reason) ?? 'UNNAMED') : null,
    meaning: isKnown ? meaningOfReason(reason) : null,
    protected: isProtected,
  };
};

const MICROSECONDS = 1000;

export const roamJson = ({ association, authentications, began }: Connection): RoamJson | null => {
  if (association === undefined || !(association.isReassociation || association.fastTransition !== undefined)) return null;
  const { currentAp, fastTransition, response } = association;
  const first = authentications[0] ?? began;
  return {
    from: currentAp === undefined ? null : mac48ToAddress(currentAp),
    kind: fastTransition === undefined ? 'reassociation' : 'fastTransition',
    keys: fastTransition ?? 'handshake',
    ms: response === undefined || response.time < first.time ? null : Math.floor(response.time - first.time) / MICROSECONDS,
  };
};
