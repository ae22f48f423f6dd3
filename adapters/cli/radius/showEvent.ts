import type { CertificateSummary, EapNote } from '../../../operators/core/index.js';
import { type AuthenticationEvent, radiusCodeName, serverWords } from '../../radius/index.js';
import type { Colours } from '../colours.js';
import { visible } from '../text/visible.js';

const DAY = 10;

export const certificateWords = ({
  subject,
  issuer,
  validFrom,
  validTo,
  fingerprint,
  names,
}: CertificateSummary): ReadonlyArray<string> => [
  visible(subject),
  `issued by ${visible(issuer)}, valid from ${validFrom.slice(0, DAY)} to ${validTo.slice(0, DAY)}`,
  ...(names.length === 0 ? [] : [`names ${names.map(visible).join(', ')}`]),
  `SHA-256 ${fingerprint}`,
];

const noteWords = (note: EapNote): string => {
  switch (note.kind) {
    case 'method': {
      const where = note.isInner ? 'inside of the tunnel ' : '';
      return `${where}the server asks for ${note.name}${note.isAllowed ? '' : ', which the profile does not allow'}`;
    }
    case 'notification':
      return `the server says: ${visible(note.text)}`;
    case 'tls': {
      const where = note.isInner ? 'inner ' : '';
      const subject = note.certificate === undefined ? '' : `, server ${visible(note.certificate.subject)}`;
      return `${where}${note.version} stands: ${note.cipher}${note.isResumed ? ', resumed' : ''}${subject}`;
    }
    case 'discarded':
      return `not answered: ${visible(note.why)}`;
    default:
      return note.isSuccess ? resultWords('EAP-Success', note.isBelieved) : resultWords('EAP-Failure', note.isBelieved);
  }
};

const resultWords = (name: string, isBelieved: boolean): string => (isBelieved ? name : `${name}, which is not believed`);

const eventWords = (event: AuthenticationEvent, { bad, faint }: Colours): string | undefined => {
  switch (event.kind) {
    case 'sent': {
      const again = event.attempt === 1 ? '' : bad(` again (${event.attempt})`);
      const where = event.eap === 'Response Identity' || event.attempt > 1 ? ` to ${visible(serverWords(event.server))}` : '';
      return `──▶ Access-Request ${event.identifier}${where}${again}: ${event.eap} ${faint(`(${event.octets} octets)`)}`;
    }
    case 'received':
      return `◀── ${radiusCodeName(event.code)}: ${event.eap ?? 'no EAP'} ${faint(`(${event.octets} octets)`)}`;
    case 'ignored':
      return bad(`◀╌╌ an answer that is not believed: ${visible(event.message)}`);
    case 'unanswered':
      return bad(` ·  ${visible(event.message)}`);
    case 'note':
      return ` ·  ${noteWords(event.note)}`;
    default:
      return undefined;
  }
};

const WIDTH = 10;

/** One event of an authentication as a line of its timeline; nothing for its result. */
export const showEvent = (event: AuthenticationEvent, colours: Colours): string | undefined => {
  const words = eventWords(event, colours);
  return words && `${event.at.toFixed(1).padStart(WIDTH)} ms  ${words}`;
};
