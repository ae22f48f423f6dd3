import { type Mac48, mac48ToAddress } from '../../../streams/air/index.js';
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

/** Of thousands of connections most are with the access point of the one before. */
let lastAp = { mac: -1, address: '' };

const addressOfAp = (mac: Mac48): string => {
  if (mac !== lastAp.mac) lastAp = { mac, address: mac48ToAddress(mac) };
  return lastAp.address;
};

/** What became of a connection, without the reasons. */
export const conclusionOf = (connection: Connection): Conclusion => {
  const { outcome, step, cause, passphrase } = judge(connection);
  return {
    station: mac48ToAddress(connection.station),
    ap: addressOfAp(connection.ap),
    ssid: connection.ssid === undefined ? null : ssidText(connection.ssid),
    began: markJson(connection.began),
    ended: markJson(connection.ended),
    outcome,
    step,
    cause,
    passphrase,
  };
};
