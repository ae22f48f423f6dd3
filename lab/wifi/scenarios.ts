import type { Scenario } from './Scenario.js';
import { attacks } from './scenarios/attacks.js';
import { demands } from './scenarios/demands.js';
import { encryptedOpen } from './scenarios/encryptedOpen.js';
import { endings } from './scenarios/endings.js';
import { enterprise } from './scenarios/enterprise.js';
import { faults } from './scenarios/faults.js';
import { legacy } from './scenarios/legacy.js';
import { losses } from './scenarios/losses.js';
import { manyStations } from './scenarios/manyStations.js';
import { otherWays } from './scenarios/otherWays.js';
import { passphrases } from './scenarios/passphrases.js';
import { pmksa } from './scenarios/pmksa.js';
import { rekeys } from './scenarios/rekeys.js';
import { returns } from './scenarios/returns.js';
import { roaming } from './scenarios/roaming.js';
import { sleeps } from './scenarios/sleeps.js';
import { wpa3 } from './scenarios/wpa3.js';

export const scenarios: ReadonlyArray<Scenario> = [
  ...passphrases,
  ...wpa3,
  ...encryptedOpen,
  ...demands,
  ...rekeys,
  ...legacy,
  ...enterprise,
  ...endings,
  ...returns,
  ...losses,
  ...attacks,
  ...pmksa,
  ...roaming,
  ...faults,
  ...manyStations,
  ...otherWays,
  ...sleeps,
];
