import { expect } from 'chai';
import fc from 'fast-check';
import { recogniseLog } from '../../../../adapters/capture/logs/index.js';
import { hasLabLogs, labFile, labLogs } from './labLogs.js';

const utf8 = new TextEncoder();
const of = (text: string) => recogniseLog(utf8.encode(text));
const utf16 = (text: string, mark: ReadonlyArray<number> = [0xff, 0xfe]): Uint8Array =>
  Uint8Array.of(...mark, ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]));

const WINDOWS = "<Events><Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System/></Event></Events>";

describe('recogniseLog', () => {
  it('knows wpa_supplicant, bare and in what carries it', () => {
    const line = 'wlan0: CTRL-EVENT-DISCONNECTED bssid=02:00:00:00:00:00 reason=15';
    for (const prefix of [
      ...[
        '',
        '1795240874.416978: ',
        'Jan 14 00:24:47 arch wpa_supplicant[429]: ',
        '<30>Jan  4 00:24:47 arch wpa_supplicant[9]: ',
      ],
      ...[
        '2026-01-14T00:24:47+0100 arch wpa_supplicant[429]: ',
        'I/wpa_supplicant( 2219): ',
        '[    7.123456] arch wpa_supplicant[1]: ',
      ],
      ...['01-14 00:24:47.123  2219  2219 I wpa_supplicant: ', '01-14 00:24:47.123 D/wpa_supplicant( 2219): '],
    ]) {
      expect(of(`nothing of interest\n${prefix}${line}\r\n`), prefix).to.equal('wpa_supplicant');
    }
  });

  it('knows hostapd, in a debug log and in a syslog', () => {
    expect(of('wlan0: AP-STA-CONNECTED 02:00:00:00:01:00\n')).to.equal('hostapd');
    expect(of('Sun Jul 17 04:26:06 2016 daemon.info hostapd: wlan0: STA 02:00:00:00:01:00 IEEE 802.11: authenticated')).to.equal(
      'hostapd',
    );
    expect(of('WPA: 02:00:00:00:01:00 WPA_PTK entering state PTKSTART')).to.equal('hostapd');
  });

  it('knows an ESP32, also through a serial monitor', () => {
    expect(of('D (4240) wpa: WPA: RX EAPOL-Key - hexdump(len=99):\n')).to.equal('esp-idf');
    expect(of('[15:38:25:975] \x1b[0;32mI (346305) wifi:state: init -> auth (b0)\x1b[0m\n')).to.equal('esp-idf');
  });

  it('knows events of Windows, under UTF-8 and UTF-16 of both orders, with a mark or without', () => {
    expect(of(WINDOWS)).to.equal('windows-events');
    expect(of(`\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n${WINDOWS}`)).to.equal('windows-events');
    expect(recogniseLog(utf16(WINDOWS))).to.equal('windows-events');
    expect(recogniseLog(utf16(WINDOWS, []))).to.equal('windows-events');
    expect(recogniseLog(Uint8Array.from(utf16(WINDOWS)).map((_, i, all) => all[i ^ 1] ?? 0))).to.equal('windows-events');
    expect(recogniseLog(utf16('wlan0: AP-STA-CONNECTED 02:00:00:00:01:00\r\n'))).to.equal('hostapd');
  });

  it('knows nothing else', () => {
    for (const text of [
      '',
      'hello',
      '{"t":1}',
      '<html>',
      '<Events>',
      'Jan 14 00:24:47 arch sshd[1]: Accepted',
      '\xd4\xc3\xb2\xa1',
    ]) {
      expect(of(text), text).to.equal(undefined);
    }
    expect(recogniseLog(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0))).to.equal(undefined);
    expect(recogniseLog(Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0, 0, 0))).to.equal(undefined);
  });

  it('takes any bytes', () => {
    const formats = [undefined, 'wpa_supplicant', 'hostapd', 'esp-idf', 'windows-events'];
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => formats.includes(recogniseLog(bytes))));
  });

  it('tells the logs of real stations from those of real access points', () => {
    if (!hasLabLogs) return;
    for (const [name, file] of labLogs('station')) {
      expect(recogniseLog(labFile(name, file).subarray(0, 65_536)), `${name} ${file}`).to.equal('wpa_supplicant');
    }
    for (const [name, file] of labLogs('ap')) {
      expect(recogniseLog(labFile(name, file).subarray(0, 65_536)), `${name} ${file}`).to.equal('hostapd');
    }
  });
});
