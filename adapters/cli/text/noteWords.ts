import type { EapNote, PaeNote, PaePhase } from '../../../operators/core/index.js';
import { visible } from './visible.js';

/** The others are told by a verdict. */
const PHASES: Readonly<Partial<Record<PaePhase, string>>> = {
  connecting: 'asks whether anybody is there',
  authenticating: 'authenticates',
  loggedOff: 'logs off',
};

const methodWords = ({ name, isInner, isAllowed }: Extract<EapNote, { kind: 'method' }>): string =>
  `${isInner ? 'inside of the tunnel ' : ''}the server asks for ${name}${isAllowed ? '' : ', which the profile does not allow'}`;

const tlsWords = ({ isInner, version, cipher, isResumed, certificate }: Extract<EapNote, { kind: 'tls' }>): string => {
  const subject = certificate === undefined ? '' : `, server ${visible(certificate.subject)}`;
  return `${isInner ? 'inner ' : ''}${version} stands: ${cipher}${isResumed ? ', resumed' : ''}${subject}`;
};

/** A remark of an authentication or of a supplicant as a phrase; nothing where it is said elsewhere. */
export const noteWords = (note: EapNote | PaeNote): string | undefined => {
  switch (note.kind) {
    case 'method':
      return methodWords(note);
    case 'notification':
      return `the server says: ${visible(note.text)}`;
    case 'tls':
      return tlsWords(note);
    case 'discarded':
      return `not answered: ${visible(note.why)}`;
    case 'ignored':
      return `ignored: ${visible(note.why)}`;
    case 'result':
      return note.isBelieved ? undefined : `EAP-${note.isSuccess ? 'Success' : 'Failure'}, which is not believed`;
    case 'phase':
      return PHASES[note.phase];
    case 'start':
      return note.attempt === 1 ? undefined : `asks once more whether anybody is there (${note.attempt} of ${note.of})`;
    case 'rest':
      return `rests for ${note.ms / 1000} s before it begins again`;
    default:
      return undefined;
  }
};
