import { toHex } from '../../../streams/events/index.js';
import { type Attempt, type AuthenticationEvent, radiusCodeName, serverWords, type TallyReport } from '../../radius/index.js';

/** An event as a program reads it. */
export const eventJson = (event: AuthenticationEvent): object => {
  switch (event.kind) {
    case 'sent':
      return { ...event, server: serverWords(event.server) };
    case 'received':
      return { ...event, code: radiusCodeName(event.code) };
    case 'result':
      return {};
    default:
      return event;
  }
};

/** An attempt as a program reads it; secrets only where they were asked for. */
export const attemptJson = (attempt: Attempt, showsSecrets: boolean, timeline?: ReadonlyArray<AuthenticationEvent>): object => {
  const { result, ms, steps, serverMs, rounds, repetitions } = attempt;
  const { verdict, server, trail, provision, msk, mppe } = result;
  return {
    ...verdict,
    server: serverWords(server),
    ...(trail.tls && { tls: { version: trail.tls.version, cipher: trail.tls.cipher, isResumed: trail.tls.isResumed } }),
    ...(trail.inner !== undefined && { inner: trail.inner }),
    ...(trail.certificate && { certificate: trail.certificate }),
    ...(provision && { provision }),
    ...(showsSecrets && {
      secrets: {
        ...(msk && { msk: toHex(msk.reveal()) }),
        ...(mppe?.receive && { receiveKey: toHex(mppe.receive.reveal()) }),
        ...(mppe?.send && { sendKey: toHex(mppe.send.reveal()) }),
      },
    }),
    ms,
    serverMs,
    rounds,
    repetitions,
    steps: Object.fromEntries(steps),
    ...(timeline && { timeline: timeline.filter(({ kind }) => kind !== 'result').map(eventJson) }),
  };
};

/** What was interrupted says so. */
export const tallyJson = (report: TallyReport, isInterrupted: boolean): object => ({
  ...report,
  steps: Object.fromEntries(report.steps),
  ...(isInterrupted && { interrupted: true }),
});
