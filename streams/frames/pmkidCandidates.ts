import { macToBytes } from '../events/index.js';
import type { Decoded } from './DecodeError.js';
import type { IndicationPayload } from './indicationPayload.js';
import { defaultHeader, objectHeader } from './objectHeader.js';
import { pack, u32, zeros } from './pack.js';
import { decode, type Reader } from './Reader.js';

export type PmkidCandidates = IndicationPayload<'pmkidCandidates'>;
type Candidate = PmkidCandidates['candidates'][number];

const FIXED_SIZE = 12;
const ENTRY_SIZE = 12;

/** DOT11_PMKID_CANDIDATE_PREAUTH_ENABLED */
const PREAUTHENTICATION = 1;

const candidate = (reader: Reader): Candidate => {
  const bssid = reader.mac('BSSID');
  reader.skip(2);
  return { bssid, preauthentication: (reader.u32('uFlags') & PREAUTHENTICATION) !== 0 };
};

/** DOT11_PMKID_CANDIDATE_LIST_PARAMETERS. Pages disagree on whether the list's size counts entries or bytes: bytes here. */
export const readPmkidCandidates = (bytes: Uint8Array): Decoded<PmkidCandidates> =>
  decode('DOT11_PMKID_CANDIDATE_LIST_PARAMETERS', bytes, (reader) => {
    reader.need(FIXED_SIZE);
    objectHeader(reader, FIXED_SIZE);
    const size = reader.located('uCandidateListSize');
    const offset = reader.located('uCandidateListOffset');
    return { candidates: reader.list(offset, size, ENTRY_SIZE, candidate) };
  });

const writeCandidate = ({ bssid, preauthentication }: Candidate): Uint8Array =>
  pack(macToBytes(bssid), zeros(2), u32(preauthentication ? PREAUTHENTICATION : 0));

export const writePmkidCandidates = ({ candidates }: PmkidCandidates): Uint8Array =>
  pack(defaultHeader(FIXED_SIZE), u32(candidates.length * ENTRY_SIZE), u32(FIXED_SIZE), ...candidates.map(writeCandidate));
