import type { AirEvent } from '../../../../streams/air/index.js';
import type { LineReader, LogLine } from '../LogLine.js';
import { createAccessPoints, turnToInterface } from './AccessPoints.js';
import { followApDump } from './authenticatorDumps.js';
import { authenticatorOpinions } from './authenticatorOpinions.js';
import { authenticatorRules } from './authenticatorRules.js';
import type { ReadKeys } from './credentials.js';
import { addressedLine } from './interfaceName.js';
import { lineTaker } from './lineTaker.js';
import { followRule } from './rules.js';

const rules = [...authenticatorRules, ...authenticatorOpinions];

/** Reads the log of hostapd: its debug log, and the few lines a syslog has of it. */
export const createAuthenticator = (tell: (event: AirEvent) => void, readKeys?: ReadKeys): LineReader => {
  const points = createAccessPoints(tell);

  const takeText = (line: LogLine): boolean => {
    const { name, text } = addressedLine(line.text);
    if (name === undefined) return followRule(rules, points, line);
    points.current = turnToInterface(points, name);
    return followRule(rules, points, { ...line, text });
  };

  return {
    take: lineTaker({ takeText, takeDump: (dump) => followApDump(points, dump) }, readKeys),
    end: () => {},
  };
};
