import type { Scenario } from './Scenario.js';
import { attacks } from './scenarios/attacks.js';
import { encryptedOpen } from './scenarios/encryptedOpen.js';
import { endings } from './scenarios/endings.js';
import { enterprise } from './scenarios/enterprise.js';
import { losses } from './scenarios/losses.js';
import { passphrases } from './scenarios/passphrases.js';
import { pmksa } from './scenarios/pmksa.js';
import { roaming } from './scenarios/roaming.js';
import { wpa3 } from './scenarios/wpa3.js';

export const scenarios: ReadonlyArray<Scenario> = [
  ...passphrases,
  ...wpa3,
  ...encryptedOpen,
  ...enterprise,
  ...endings,
  ...losses,
  ...attacks,
  ...pmksa,
  ...roaming,
];
