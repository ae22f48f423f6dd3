import type { EapSeen } from '../../shadow/Connection.js';
import type { EapJson } from '../codec/eap.js';
import { nameOfAlert } from '../codes/tlsAlerts.js';
import { framesOf } from '../judge/sightings.js';
import { ssidText } from './ssidText.js';

const WARNING = 1;

const alertJson = ({ tlsAlert }: EapSeen): EapJson['tlsAlert'] => {
  if (tlsAlert === undefined) return null;
  const { frame, from, level, description } = tlsAlert;
  return { frame, from, fatal: level !== WARNING, code: description, name: nameOfAlert(description) };
};

const identityOf = ({ identity }: EapSeen, showSecrets: boolean): string | null => {
  if (identity === undefined) return null;
  return showSecrets && identity.isKnown ? ssidText(identity.reveal()) : '[redacted]';
};

/** 802.1X as JSON; an identity names a person, so it is a secret, and its realm is none. */
export const eapJson = (eap: EapSeen | undefined, showSecrets: boolean): EapJson | null =>
  eap === undefined
    ? null
    : {
        method: eap.method?.name ?? null,
        methodType: eap.method?.type ?? null,
        identity: identityOf(eap, showSecrets),
        realm: eap.realm ?? null,
        result: eap.result,
        packets: eap.packets,
        offered: eap.offered,
        wanted: eap.wanted,
        retransmissions: framesOf(eap.retransmissions),
        unanswered: eap.unanswered?.frame ?? null,
        tlsVersion: eap.tlsVersion ?? null,
        tlsAlert: alertJson(eap),
        starts: framesOf(eap.starts),
        logoffs: framesOf(eap.logoffs),
      };
