import type { AirEvent } from '../../../../streams/air/index.js';
import { MAC } from '../addresses.js';
import type { LineReader, LogLine } from '../LogLine.js';
import { giveUpAssociation } from './associationDraft.js';
import type { ReadKeys } from './credentials.js';
import { addressedLine, isPeerToPeerDevice } from './interfaceName.js';
import { lineTaker } from './lineTaker.js';
import { otherSupplicants } from './otherSupplicants.js';
import { followRule } from './rules.js';
import { createInterface, meet, release, type StationInterface } from './StationInterface.js';
import { followDump } from './supplicantDumps.js';
import { supplicantOpinions } from './supplicantOpinions.js';
import { supplicantRules } from './supplicantRules.js';

const rules = [...supplicantRules, ...supplicantOpinions, ...otherSupplicants];

/** Says of the frame that is shown next which interface it is of, and that one's address. */
const DRIVER_EVENT = new RegExp(`^nl80211: MLME event \\d+ \\((?<event>\\w+)\\) on (?<name>[^\\s(]+)\\((?<own>${MAC})\\)`);

const MOST_INTERFACES = 64;

/** Reads the log of wpa_supplicant, of an ESP32 that has one, and the little of iwd that is known. */
export const createSupplicant = (tell: (event: AirEvent) => void, readKeys?: ReadKeys): LineReader => {
  const interfaces = new Map<string, StationInterface>();
  let current = createInterface(tell);
  let isNamed = false;

  const turnTo = (name: string): StationInterface => {
    const known = interfaces.get(name);
    if (known !== undefined) return known;
    // What came before the first name was about that one.
    const made = isNamed ? createInterface(tell) : current;
    isNamed = true;
    if (interfaces.size < MOST_INTERFACES) interfaces.set(name, made);
    return made;
  };

  const takeText = (line: LogLine): boolean => {
    const { name, text } = addressedLine(line.text);
    if (name !== undefined) {
      if (isPeerToPeerDevice(name)) return false;
      current = turnTo(name);
    }
    const driver = DRIVER_EVENT.exec(text)?.groups;
    if (driver === undefined) return followRule(rules, current, name === undefined ? line : { ...line, text });
    current = turnTo(driver['name'] ?? '');
    current.driverEvent = driver['event'];
    meet(current, { own: driver['own'] });
    return true;
  };

  return {
    take: lineTaker({ takeText, takeDump: (dump) => followDump(current, dump) }, readKeys),
    end: () => {
      for (const each of new Set([...interfaces.values(), current])) {
        giveUpAssociation(each);
        release(each);
      }
    },
  };
};
