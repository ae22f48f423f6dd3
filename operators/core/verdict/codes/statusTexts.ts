import { StatusCode } from '../../../../streams/frames/index.js';

/** What the status codes of IEEE 802.11-2020 Table 9-50 mean, in words of our own, and what to do about them. */
interface StatusText {
  readonly means: string;
  readonly todo?: string;
}

const { codes } = StatusCode;

const ELEMENT = 'Compare the security settings (AKM, ciphers, PMF) of the station with what the access point announces.';

const texts: ReadonlyMap<number, StatusText> = new Map<number, StatusText>([
  [codes.UNSPECIFIED_FAILURE, { means: 'it was refused, no reason is given', todo: 'Look into the log of the access point.' }],
  [codes.SECURITY_DISABLED, { means: 'the access point has security switched off' }],
  [codes.CAPABILITIES_MISMATCH, { means: 'the access point requires capabilities the station does not have' }],
  [codes.NO_ASSOCIATION, { means: 'the access point knows no association to continue' }],
  [codes.OTHER, { means: 'the access point refuses for a reason of its own', todo: 'Look for access lists and steering.' }],
  [
    codes.UNSUPPORTED_AUTHENTICATION_ALGORITHM,
    { means: 'the access point does not offer this kind of authentication', todo: ELEMENT },
  ],
  [codes.TRANSACTION_SEQUENCE_ERROR, { means: 'an authentication frame was out of order' }],
  [codes.CHALLENGE_FAILURE, { means: 'the challenge was not answered rightly: the secrets differ' }],
  [codes.AUTHENTICATION_TIMEOUT, { means: 'the next authentication frame did not come in time' }],
  [
    codes.TOO_MANY_STATIONS,
    { means: 'the access point is full', todo: 'Add capacity, or raise the limit of stations of the access point.' },
  ],
  [codes.R0KH_UNREACHABLE, { means: 'the holder of the first FT key cannot be reached', todo: 'Check the R0KH settings.' }],
  [codes.ASSOCIATION_TEMPORARILY_REJECTED, { means: 'the access point asks to come back later (SA Query)' }],
  [
    codes.ROBUST_MANAGEMENT_POLICY_VIOLATION,
    { means: 'the access point requires PMF in another way than the station offers it', todo: 'Allow PMF at both ends.' },
  ],
  [codes.REQUEST_DECLINED, { means: 'the request was declined' }],
  [codes.INVALID_PARAMETERS, { means: 'a parameter is not valid' }],
  [codes.INVALID_ELEMENT, { means: 'an element is not valid', todo: ELEMENT }],
  [codes.INVALID_GROUP_CIPHER, { means: 'the group cipher is not valid here', todo: ELEMENT }],
  [codes.INVALID_PAIRWISE_CIPHER, { means: 'the pairwise cipher is not valid here', todo: ELEMENT }],
  [codes.INVALID_AKMP, { means: 'the key management (AKM) is not valid here', todo: ELEMENT }],
  [codes.UNSUPPORTED_RSNE_VERSION, { means: 'the version of the RSN element is not supported', todo: ELEMENT }],
  [codes.INVALID_RSNE_CAPABILITIES, { means: 'the capabilities of the RSN element are not valid here', todo: ELEMENT }],
  [codes.CIPHER_OUT_OF_POLICY, { means: 'policy forbids the cipher', todo: ELEMENT }],
  [
    codes.INVALID_PMKID,
    { means: 'the access point does not know the PMK the station names', todo: 'The station has to authenticate in full again.' },
  ],
  [codes.INVALID_MDE, { means: 'the mobility domain is another one', todo: 'Give all access points the same mobility domain.' }],
  [codes.INVALID_FTE, { means: 'the fast BSS transition element is not valid', todo: 'Check the FT keys of the access points.' }],
  [codes.INVALID_RSNE, { means: 'the RSN element is not valid here', todo: ELEMENT }],
  [codes.ANTI_CLOGGING_TOKEN_REQUIRED, { means: 'the access point asks for its token back, as it does under load' }],
  [
    codes.UNSUPPORTED_FINITE_CYCLIC_GROUP,
    { means: 'the access point does not offer this group of SAE', todo: 'Allow group 19 at both ends.' },
  ],
  [codes.AP_OUT_OF_MEMORY, { means: 'the access point has no memory left' }],
  [
    codes.UNKNOWN_PASSWORD_IDENTIFIER,
    { means: 'the access point does not know the password identifier', todo: 'Check the SAE password identifier.' },
  ],
  [codes.FILS_AUTHENTICATION_FAILURE, { means: 'the FILS authentication failed' }],
  [codes.UNKNOWN_AUTHENTICATION_SERVER, { means: 'the authentication server is not known' }],
  [codes.OCI_MISMATCH, { means: 'the operating channels of both differ: somebody may be in the middle' }],
]);

/** What a status code means, as the rest of a sentence. */
export const meaningOfStatus = (status: number): string => texts.get(status)?.means ?? 'a code the standard does not explain';

export const todoOfStatus = (status: number): string | undefined => texts.get(status)?.todo;

/** Name, number and hex. */
export const showStatus = (status: number): string => `status ${status}, ${StatusCode.show(status)}`;
