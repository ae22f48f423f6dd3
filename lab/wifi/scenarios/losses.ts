import type { Rule } from '../air/Rule.js';
import type { Scenario } from '../Scenario.js';
import type { Stage } from '../Stage.js';
import { check, checkAuthorised, checkGone } from './checks.js';
import { PASSPHRASE, SSID, WPA2 } from './networks.js';

/** An access point, a medium that does by these rules, and a station that was started. */
export const overMedium = async (stage: Stage, rules: ReadonlyArray<Rule>, accessPoint = WPA2): Promise<string> => {
  await stage.startMedium(rules);
  await stage.startAccessPoint(accessPoint);
  return stage.startStation({ ssid: SSID, passphrase: PASSPHRASE });
};

const lostOnce = (message: 1 | 2 | 3 | 4): Scenario => ({
  name: `message-${message}-lost-once`,
  run: async (stage) => {
    const station = await overMedium(stage, [{ frame: `message${message}`, nth: 1, fate: 'lost' }]);
    await stage.tells(station, 'connected');
    await checkAuthorised(stage);
    await stage.pingBothWays();
    check(stage.countOf(station, 'failed') === 0, 'an attempt failed');
    await checkGone(stage, station);
    return '';
  },
});

export const losses: ReadonlyArray<Scenario> = [lostOnce(1), lostOnce(2), lostOnce(3), lostOnce(4)];
