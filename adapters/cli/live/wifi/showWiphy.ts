import { CipherSuite } from '../../../../streams/frames/index.js';
import type { Wiphy } from '../../../linux/index.js';

/** What a radio can do as an object for programs: names where there are names. */
export const wiphyJson = ({ ciphers, ...wiphy }: Wiphy): object => ({
  ...wiphy,
  ciphers: ciphers.map((suite) => CipherSuite.nameOf(suite) ?? `0x${suite.toString(16).padStart(8, '0')}`),
});

const yes = (can: boolean): string => (can ? 'yes' : 'no');

const ways = ({ byFrames, byRequest, inFirmware }: Wiphy['sae']): string => {
  const found = [byFrames && 'frames of the supplicant', byRequest && 'a request of the driver', inFirmware && 'its firmware'];
  return found.filter((way) => way !== false).join(', ') || 'no';
};

/** For people: a line a capability. */
export const wiphyText = (name: string, wiphy: Wiphy): string => {
  const { ciphers, handshakeInFirmware } = wiphy;
  const firmware = [handshakeInFirmware.psk && 'PSK', handshakeInFirmware.oneX && '802.1X'].filter((word) => word !== false);
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['ciphers', ciphers.map((suite) => CipherSuite.nameOf(suite) ?? suite.toString(16)).join(', ')],
    ['connects by one command', yes(wiphy.connects)],
    ['protected management frames', yes(wiphy.protectsManagement)],
    ['SAE by', ways(wiphy.sae)],
    ['4-way handshake in firmware', firmware.join(', ') || 'no'],
    ['fast transition', yes(wiphy.fastTransition)],
    ['FILS', yes(wiphy.fils)],
    ['multi-link', yes(wiphy.multiLink)],
    ['EAPOL over nl80211', `${yes(wiphy.controlPort)}${wiphy.controlPortStatus ? ', with acknowledgements' : ''}`],
    ['Extended Key ID', yes(wiphy.extendedKeyId)],
    ['replaces pairwise keys safely', yes(wiphy.replacesPairwiseKeys)],
    ['beacon protection', yes(wiphy.beaconProtection)],
    ['operating channel validation', yes(wiphy.channelValidation)],
    ['group rekeys while asleep', yes(wiphy.rekeyOffload)],
    ['offers PMKs by itself', yes(wiphy.keepsPmks === true)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [`${name}: radio ${wiphy.name}`, ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`), ''].join('\n');
};
