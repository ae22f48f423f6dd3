import type { CertificateSummary, EapNote } from '../../../operators/core/index.js';
import { EapMethod, isTlsMethod } from '../../../streams/frames/index.js';
import type { IgnoredFor } from '../client/ExchangeEvent.js';

type TlsNote = Extract<EapNote, { kind: 'tls' }>;

/** What is known of an authentication on its way: what a verdict is drawn from. */
export interface Trail {
  /** How many answers were believed. */
  readonly answers: number;
  /** The methods the server asked for that are not allowed. */
  readonly refused: ReadonlyArray<string>;
  /** The method that runs, and the one inside of its tunnel. */
  readonly method: { readonly type: number; readonly name: string } | undefined;
  readonly inner: string | undefined;
  readonly tls: TlsNote | undefined;
  readonly certificate: CertificateSummary | undefined;
  /** Why answers were not believed, with what was said of the last of each kind. */
  readonly doubts: Readonly<Partial<Record<IgnoredFor, string>>>;
  /** Why the peer had no use for the last packet. */
  readonly discarded: string | undefined;
  readonly notifications: ReadonlyArray<string>;
}

export const noTrail: Trail = {
  answers: 0,
  refused: [],
  method: undefined,
  inner: undefined,
  tls: undefined,
  certificate: undefined,
  doubts: {},
  discarded: undefined,
  notifications: [],
};

const withMethod = (trail: Trail, note: Extract<EapNote, { kind: 'method' }>): Trail => {
  if (!note.isAllowed) return { ...trail, refused: [...trail.refused, note.name] };
  return note.isInner ? { ...trail, inner: note.name } : { ...trail, method: { type: note.type, name: note.name } };
};

const withTls = (trail: Trail, note: TlsNote): Trail => ({
  ...trail,
  tls: note.isInner ? trail.tls : note,
  certificate: note.certificate ?? trail.certificate,
});

export const noted = (trail: Trail, note: EapNote): Trail => {
  switch (note.kind) {
    case 'method':
      return withMethod(trail, note);
    case 'tls':
      return withTls(trail, note);
    case 'discarded':
      return { ...trail, discarded: note.why };
    case 'notification':
      return { ...trail, notifications: [...trail.notifications, note.text] };
    default:
      return trail;
  }
};

export const doubted = (trail: Trail, reason: IgnoredFor, message: string): Trail => ({
  ...trail,
  doubts: { ...trail.doubts, [reason]: message },
});

/** Whether a method speaks with another inside of its tunnel. */
export const isTunnel = (type: number): boolean => isTlsMethod(type) && type !== EapMethod.codes.TLS;

/**
 * What an authentication is at, for a table of latencies: `identity`, `negotiation`, `tls`, `inner`, `finish`, or the name of a method
 * without TLS.
 */
export const stepOf = ({ method, tls, refused }: Trail): string => {
  if (method === undefined) return refused.length > 0 ? 'negotiation' : 'identity';
  if (!isTlsMethod(method.type)) return method.name.toLowerCase();
  if (tls === undefined) return 'tls';
  return isTunnel(method.type) ? 'inner' : 'finish';
};
