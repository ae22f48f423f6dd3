import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isBlockedNow } from '../../../../adapters/linux/rfkill/watchRfkill.js';
import { type SwitchNews, watchSwitch } from '../../../../adapters/linux/wifi/watchSwitch.js';
import { ADDRESS, FakeKernel, INDEX } from './fakeKernel.js';

const station = { index: INDEX, name: 'wlan1', address: ADDRESS };
const off = (isBlocked: boolean): SwitchNews => ({ kind: 'switched', isOn: false, isBlocked });
/** Links are read about when packets have been answered. */
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const on: SwitchNews = { kind: 'switched', isOn: true, isBlocked: false };

describe('the switch of an interface', () => {
  let names = '';
  const radio = (index: number, name: string, soft: number, hard = 0): void => {
    const folder = join(names, `rfkill${index}`);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries({ name, soft, hard })) writeFileSync(join(folder, file), `${text}\n`);
  };
  beforeEach(() => {
    names = mkdtempSync(join(tmpdir(), 'postassoc-switch-'));
  });
  afterEach(() => rmSync(names, { recursive: true }));

  const watching = () => {
    const kernel = new FakeKernel();
    const seen: SwitchNews[] = [];
    const places = { device: join(names, 'none'), names };
    const subscription = watchSwitch(kernel, station, 'phy1', places).subscribe((news) => seen.push(news));
    return { kernel, seen, end: () => subscription.unsubscribe() };
  };

  it('is off with its radio, of which the kernel tells later', async () => {
    radio(0, 'phy0', 0);
    radio(1, 'phy1', 1);
    const { kernel, seen, end } = watching();
    kernel.link(false);
    await later();
    expect(seen).to.deep.equal([off(true)]);
    end();
    expect(kernel.sockets.size).to.equal(0);
  });

  it('is off by itself where its radio is on', async () => {
    radio(0, 'phy0', 1);
    radio(1, 'phy1', 0);
    const { kernel, seen, end } = watching();
    kernel.link(false);
    kernel.link(true);
    await later();
    expect(seen).to.deep.equal([off(false), on]);
    end();
  });

  it('is off by a switch that somebody can touch, too', () => {
    radio(1, 'phy1', 0, 1);
    expect(isBlockedNow('phy1', { names })).to.equal(true);
    expect([isBlockedNow('phy0', { names }), isBlockedNow('phy1', { names: join(names, 'none') })]).to.deep.equal([false, false]);
  });
});
