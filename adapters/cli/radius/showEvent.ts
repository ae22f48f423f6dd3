import type { CertificateSummary, EapNote } from '../../../operators/core/index.js';
import { type AuthenticationEvent, radiusCodeName, serverWords } from '../../radius/index.js';
import type { Colours } from '../colours.js';
import { noteWords } from '../text/noteWords.js';
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

/** A result that is believed has no words elsewhere: there the verdict follows at once. */
const remarkOn = (note: EapNote): string =>
  noteWords(note) ?? (note.kind === 'result' && note.isSuccess ? 'EAP-Success' : 'EAP-Failure');

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
      return ` ·  ${remarkOn(event.note)}`;
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
