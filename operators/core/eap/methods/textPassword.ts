import type { Secret } from '../../../../streams/events/index.js';
import { type EapFault, eapFault } from '../EapFault.js';
import type { EapMethodContext } from '../EapPeerMethod.js';

/** The password where it is a text, which some methods cannot do without. */
export const textPassword = ({ password }: EapMethodContext): Secret | undefined =>
  password?.form === 'text' ? password.secret : undefined;

/** What a refusal means that follows upon a password. */
export const refusedPassword = (method: string): EapFault =>
  eapFault('rejected', `the server ended ${method} with a Failure`, { method, isOfPassword: true });

/** Nobody gave what the method asked for. */
export const noPassword = (method: string, { password }: EapMethodContext): EapFault =>
  eapFault(
    'noCredential',
    password?.form === 'ntHash'
      ? `${method} needs the password itself: of a hash it can make nothing`
      : `${method} needs a password, and there is none`,
    { method },
  );
