import type { Connection } from '../../shadow/Connection.js';
import type { Finding, Judgement } from '../Explanation.js';
import { associationFindings } from './association.js';
import { attackFindings } from './attacks.js';
import { captureFindings } from './capture.js';
import { eapFindings } from './eap.js';
import { elementFindings, faultFindings } from './elements.js';
import { farewellFindings } from './farewell.js';
import type { FindingReader } from './finding.js';
import { fourWayFindings } from './fourWay.js';
import { groupFindings } from './group.js';
import { passphraseFindings } from './passphrase.js';
import { roamFindings } from './roam.js';
import { saeFindings } from './sae.js';

/** In the order of a connection's life. */
const families: ReadonlyArray<FindingReader> = [
  associationFindings,
  saeFindings,
  roamFindings,
  eapFindings,
  elementFindings,
  fourWayFindings,
  passphraseFindings,
  groupFindings,
  faultFindings,
  attackFindings,
  farewellFindings,
  captureFindings,
];

/** A storm of forged frames must not become a storm of findings. */
const MOST = 64;
const MOST_FRAMES = 32;

const bounded = (finding: Finding): Finding =>
  finding.frames.length <= MOST_FRAMES ? finding : { ...finding, frames: finding.frames.slice(0, MOST_FRAMES) };

/** Everything worth saying about a connection. */
export const findingsOf = (connection: Connection, judgement: Judgement): ReadonlyArray<Finding> =>
  families
    .flatMap((read) => read(connection, judgement))
    .slice(0, MOST)
    .map(bounded);
