import {
  type EapPeerMethod,
  eapTls,
  gtc,
  md5,
  mschapv2,
  peap,
  pwd,
  type TtlsPasswordKind,
  ttls,
} from '../../operators/core/index.js';
import type { INNER_METHODS, MethodProfile, PASSWORD_FORMS } from './Profile.js';

const INNER: Readonly<Record<(typeof INNER_METHODS)[number], () => EapPeerMethod>> = {
  MSCHAPv2: mschapv2,
  GTC: gtc,
  MD5: md5,
  TLS: eapTls,
};

const FORMS: Readonly<Record<(typeof PASSWORD_FORMS)[number], TtlsPasswordKind>> = {
  PAP: 'pap',
  CHAP: 'chap',
  MSCHAP: 'mschap',
  MSCHAPv2: 'mschapv2',
};

/** The method a profile names. */
export const methodOf = (profile: MethodProfile): EapPeerMethod => {
  switch (profile.method) {
    case 'PEAP': {
      const { inner = ['MSCHAPv2'], cryptobinding } = profile;
      return peap({ inner: inner.map((name) => INNER[name]()), ...(cryptobinding && { cryptobinding }) });
    }
    case 'TTLS': {
      const { inner = { password: 'PAP' } } = profile;
      return 'eap' in inner
        ? ttls({ inner: { kind: 'eap', methods: inner.eap.map((name) => INNER[name]()) } })
        : ttls({ inner: { kind: FORMS[inner.password] } });
    }
    case 'TLS':
      return eapTls();
    case 'PWD':
      return pwd();
    case 'MSCHAPv2':
      return mschapv2();
    case 'GTC':
      return gtc();
    case 'MD5':
      return md5();
  }
};
