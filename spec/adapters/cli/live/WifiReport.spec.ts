import { expect } from 'chai';
import { jsonWifiReport, textWifiReport } from '../../../../adapters/cli/live/wifi/WifiReport.js';
import type { WifiEvent } from '../../../../adapters/linux/index.js';
import type { MacAddress } from '../../../../streams/events/index.js';
import { PSK_BEACON, PSK_RSNE } from '../../linux/wifi/accessPoints.js';

const security = { element: PSK_RSNE, wpaVersion: 2, akm: 0x000fac04, pairwise: 0x000fac04, group: 0x000fac04 };
const candidate = { bss: PSK_BEACON, security, from: '02:00:00:00:02:00' as MacAddress };

const said = (event: WifiEvent, isJson = false): string => {
  const lines: string[] = [];
  const io = {
    out: (text: string) => lines.push(text) > 0,
    err: () => undefined,
    open: () => ({ _tag: 'Left', left: '' }) as const,
    env: {},
    ...{ isTerminal: false, isErrTerminal: false, now: () => 0, cwd: '/' },
  };
  const report = isJson ? jsonWifiReport(io) : textWifiReport(io, { showsCalls: false, columns: 120 });
  report(1_500_000, event);
  return lines.join('');
};

describe('what live wifi tells of a way', () => {
  it('is where the station comes from, and by what it goes', () => {
    expect(said({ kind: 'chosen', candidate, way: 'fastTransition' })).to.match(
      /goes to lab \(02:00:00:00:00:00, 2412 MHz, -30 dBm\): FT-PSK, CCMP-128, from 02:00:00:00:02:00, by fast transition\n$/,
    );
    expect(said({ kind: 'chosen', candidate: { bss: PSK_BEACON, security }, way: 'cached' })).to.match(
      /CCMP-128, with a key of before\n$/,
    );
    expect(said({ kind: 'chosen', candidate, way: 'driver' })).to.match(
      /CCMP-128, from 02:00:00:00:02:00, as its driver has chosen by itself\n$/,
    );
    const { from: _, ...fresh } = candidate;
    expect(said({ kind: 'chosen', candidate: fresh, way: 'full' })).to.match(/CCMP-128\n$/);
    const told: unknown = JSON.parse(said({ kind: 'chosen', candidate, way: 'fastTransition' }, true));
    expect(told).to.include({ kind: 'chosen', way: 'fastTransition', from: '02:00:00:00:02:00', akm: 'FT-PSK' });
  });

  it('is where its access point has gone to', () => {
    expect(said({ kind: 'channel', frequency: 2437 })).to.match(/the access point has gone to 2437 MHz, and we with it\n$/);
    const told: unknown = JSON.parse(said({ kind: 'channel', frequency: 2437 }, true));
    expect(told).to.include({ kind: 'channel', frequency: 2437 });
  });

  it('is why it did not lead there, and why there is none', () => {
    expect(said({ kind: 'fellBack', way: 'cached', why: 'it has forgotten' })).to.match(
      /the long one is taken: it has forgotten\n$/,
    );
    expect(said({ kind: 'stayed', why: 'nobody else was heard' })).to.match(/stays: nobody else was heard\n$/);
    const told: unknown = JSON.parse(said({ kind: 'fellBack', way: 'cached', why: 'it has forgotten' }, true));
    expect(told).to.include({ kind: 'fellBack', way: 'cached', why: 'it has forgotten' });
  });
});
