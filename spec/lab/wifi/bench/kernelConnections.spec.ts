import { expect } from 'chai';
import { kernelConnections } from '../../../../lab/wifi/bench/kernelConnections.js';

const mark = (at: string, text: string): string => `            bash-534     [000] ..... ${at}: tracing_mark_write: ${text}`;
const ours = (at: string, call: string, more: string): string =>
  `  wpa_supplicant-573     [000] ..... ${at}: ${call}: phy1, netdev:wlan1(21), ${more}`;
const heard = (at: string): string =>
  `         hostapd-162     [000] b.s2. ${at}: cfg80211_rx_control_port: netdev:wlan1(21), len=99, 02:00:00:00:00:00, proto: 0x888e`;
const sent = (at: string): string => ours(at, 'rdev_tx_control_port', '02:00:00:00:00:00, proto: 0x888e, unencrypted: true');
const key = (at: string, isPairwise: boolean): string =>
  ours(at, 'rdev_add_key', `link_id: -1, key_index: 0, mode: 0, pairwise: ${isPairwise}, mac addr: 02:00:00:00:00:00`);
const station = (at: string, flags: number): string =>
  ours(at, 'rdev_change_station', `station mac: 02:00:00:00:00:00, station flags mask: 2, station flags set: ${flags}, vlan:`);
const accessPoints =
  '         hostapd-162     [000] ..... 76755.114425: rdev_add_key: phy0, netdev:wlan0(2), link_id: -1, pairwise: true, mac addr: 02';

const HANDSHAKE = [
  ...[heard('76755.112648'), sent('76755.113731'), heard('76755.114036'), sent('76755.114306'), accessPoints],
  ...[key('76755.114598', true), key('76755.124084', false), station('76755.124408', 2)],
];

const read = (...lines: ReadonlyArray<string>) => {
  const told = kernelConnections(['# tracer: nop', ...lines].join('\n'));
  return Object.fromEntries(
    [...told].map(([name, { key: toKey, opened, answers }]) => [
      name,
      [toKey, opened, ...answers].map((us) => us && Math.round(us)),
    ]),
  );
};

describe("the kernel's account of a connection", () => {
  it('counts from message 4 to the key, and to the port', () => {
    expect(read(mark('76747.0', 'cold 1'), ...HANDSHAKE)).to.deep.equal({ 'cold 1': [292, 10_102] });
  });

  it('counts each answer once the port is open, from the first time of asking', () => {
    const rekey = [
      heard('76760.000100'),
      heard('76760.000200'),
      sent('76760.000300'),
      heard('76761.000100'),
      sent('76761.000150'),
    ];
    expect(read(mark('76747.0', 'rekey'), ...HANDSHAKE, ...rekey)).to.deep.equal({ rekey: [292, 10_102, 200, 50] });
  });

  it('keeps runs apart, and has nothing to tell of one without a handshake', () => {
    const told = read(heard('1.0'), mark('2.0', 'cold 1'), mark('3.0', 'warm 1'), ...HANDSHAKE);
    expect(told).to.deep.equal({ 'cold 1': [undefined, undefined], 'warm 1': [292, 10_102] });
  });

  it('knows who asks for the key before he sends message 4', () => {
    const early = [heard('5.000100'), key('5.000200', true), sent('5.000300'), station('5.000400', 2)];
    expect(read(mark('4.0', 'cold 1'), ...early)).to.deep.equal({ 'cold 1': [0, 100] });
  });
});
