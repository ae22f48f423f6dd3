export { type EapFault, type EapFaultCode, eapFault, spendsPassword, type TlsAlertNotice } from './EapFault.js';
export type { CertificateSummary, EapNote } from './EapNote.js';
export type {
  EapKeys,
  EapMethodCommand,
  EapMethodContext,
  EapMethodInput,
  EapPeerMethod,
  PeerPassword,
} from './EapPeerMethod.js';
export { gtc } from './methods/gtc/gtc.js';
export { md5 } from './methods/md5/md5.js';
export { mschapv2 } from './methods/mschapv2/mschapv2.js';
export type { Cryptobinding } from './methods/peap/PeapState.js';
export { type PeapOptions, peap } from './methods/peap/peap.js';
export { pwd } from './methods/pwd/pwd.js';
export { eapTls } from './methods/tls/eapTls.js';
export type { TtlsInner, TtlsPasswordKind } from './methods/ttls/TtlsState.js';
export { type TtlsOptions, ttls } from './methods/ttls/ttls.js';
export { createPae, type Pae } from './pae/createPae.js';
export { failureOf } from './pae/failureOf.js';
export type { PaeInput, PaeNote, PaeOptions, PaeOrder, PaeOutput, PaePhase, PaeResult, PaeTimer, PeerWord } from './pae/Pae.js';
export type { PaeState } from './pae/PaeState.js';
export { createPeer, type EapPeer } from './peer/createPeer.js';
export type { PeerInput, PeerOptions, PeerOutput } from './peer/Peer.js';
export type { PeerState } from './peer/PeerState.js';
export type {
  OpenTls,
  TlsCommand,
  TlsEstablished,
  TlsExport,
  TlsExports,
  TlsSession,
  TlsTurn,
} from './tls/Tls.js';
