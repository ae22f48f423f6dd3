import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { mac48ToAddress } from '../../../../streams/air/index.js';
import { readAll } from './labLogs.js';

/** Pieces of logs that strangers published lie beside a checkout. */
const folder = fileURLToPath(new URL('../../../../../shared/captures/logs/', import.meta.url));

const summary = (name: string) => {
  const { events, log } = readAll(readFileSync(`${folder}${name}.txt`));
  const shown = events.map((event) => {
    const who = 'station' in event ? mac48ToAddress(event.station) : '';
    return event.kind === 'told' ? `${who} ${event.phase} ${event.outcome}` : `${who} ${event.kind}`;
  });
  return [log.format, log.account.clock, ...shown];
};

describe('logs of strangers', () => {
  if (!existsSync(folder)) {
    it('are looked for in ../shared/captures/logs: skipped, there are none', () => {});
    return;
  }

  it('a syslog of OpenWrt has no address of its access point', () => {
    const station = '00:90:4c:c5:12:38';
    const ends = [`${station} connection ended`, `${station} connection ended`];
    expect(summary('mwlwifi-96__hostapd-syslog')).to.deep.equal([
      ...[
        'hostapd',
        'local',
        `${station} association success`,
        `${station} security success`,
        `${station} security success`,
        ...ends,
      ],
    ]);
  });

  it('hostapd suspects a wrong passphrase; dumps with gaps are no packets', () => {
    const failure = '6e:0d:e3:c2:48:9b security failure';
    expect(summary('linux-router-65__hostapd-wrong-psk')).to.deep.equal(['hostapd', 'none', failure, failure]);
  });

  it('an ESP32 shows message 1, and whose it is later; what is cut off is no packet', () => {
    expect(summary('esp-idf-4415__ptk-pmk-log')).to.deep.equal(['esp-idf', 'relative', '30:ae:a4:7a:cc:14 eapol']);
    expect(summary('esp-idf-8236__group-rekey-and-reconnect')).to.include('00:00:00:00:00:00 association success');
    expect(summary('esp-idf-2324__eap-peap')).to.deep.equal(['esp-idf', 'relative']);
  });

  it('a logcat, a journal of iwd, and wpa_supplicant one after the other', () => {
    const unknown = '00:00:00:00:00:00';
    expect(summary('misc-supplicant__android-iwd-networkmanager')).to.deep.equal([
      ...[
        'wpa_supplicant',
        'yearless',
        `${unknown} security failure`,
        `${unknown} connection ended`,
        `${unknown} security success`,
      ],
      ...[`${unknown} connection success`, `${unknown} oneX success`, `${unknown} security success`],
    ]);
  });

  it('lists of event texts are no log', () => {
    for (const name of ['libyal-winevt-kb__NWiFi-ETW-event-strings', 'libyal-winevt-kb__WLAN-AutoConfig-event-strings']) {
      expect(summary(name)).to.deep.equal([undefined, 'none']);
    }
  });
});
