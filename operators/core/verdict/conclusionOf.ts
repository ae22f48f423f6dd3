import { mac48ToAddress } from '../../../streams/air/index.js';
import type { Connection } from '../shadow/Connection.js';
import type { Explanation } from './codec/ExplanationCodec.js';
import { markJson } from './json/courseJson.js';
import { ssidText } from './json/ssidText.js';
import { judge } from './judge/judge.js';

/**
 * One line about a connection: what a table of thousands of them shows, for a small part of what an explanation costs.
 *
 * @since 0.2.0
 */
export type Conclusion = Pick<
  Explanation,
  'station' | 'ap' | 'ssid' | 'began' | 'ended' | 'outcome' | 'step' | 'cause' | 'passphrase'
>;

/** What became of a connection, without the reasons. */
export const conclusionOf = (connection: Connection): Conclusion => {
  const { outcome, step, cause, passphrase } = judge(connection);
  return {
    station: mac48ToAddress(connection.station),
    ap: mac48ToAddress(connection.ap),
    ssid: connection.ssid === undefined ? null : ssidText(connection.ssid),
    began: markJson(connection.began),
    ended: markJson(connection.ended),
    outcome,
    step,
    cause,
    passphrase,
  };
};
