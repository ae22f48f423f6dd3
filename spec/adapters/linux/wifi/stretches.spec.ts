import { expect } from 'chai';
import * as fc from 'fast-check';
import { chooseBss } from '../../../../adapters/linux/wifi/chooseBss.js';
import { counts, isEnough, type Search, type Stretch, stretchesOf } from '../../../../adapters/linux/wifi/stretches.js';
import type { MacAddress } from '../../../../streams/events/index.js';
import { accessPoint, octets, PSK_BEACON } from './accessPoints.js';
import { FakeRadio } from './FakeRadio.js';

const frequenciesOf = (stretches: ReadonlyArray<Stretch>) => stretches.map(({ frequencies }) => frequencies);
const nowhere = { channels: [], lately: [] };

describe('where to listen for a network', () => {
  it('is where most are at first, and then on the other channels of the radio', () => {
    const channels = [2412, 2417, 2437, 5180, 5260];
    const stretches = stretchesOf('first', {}, { channels, lately: [] });
    expect(stretches).to.deep.equal([
      { frequencies: [2412, 2437, 5180], enough: 'loud' },
      { frequencies: [2417, 5260], enough: 'any' },
    ]);
  });

  it('is everywhere at once for a radio that does not tell its channels, or has none but common ones, or no common one', () => {
    for (const channels of [[], [2412, 2437], [2417, 5260]])
      expect(frequenciesOf(stretchesOf('first', {}, { channels, lately: [] }))).to.deep.equal([[]]);
  });

  it('is where it was lost, then where others of it were heard, then everywhere', () => {
    const lately = [2437, 2412, 5180];
    const stretches = stretchesOf('near', {}, { channels: [2412, 2437, 5180, 5260], home: 2412, lately });
    expect(frequenciesOf(stretches)).to.deep.equal([[2412], [2437, 5180], []]);
    expect(stretches.map(({ enough }) => enough)).to.deep.equal(['fresh', 'fresh', 'any']);
    expect(frequenciesOf(stretchesOf('near', {}, { ...nowhere, home: 2412, lately: [2412] }))).to.deep.equal([[2412], []]);
    expect(frequenciesOf(stretchesOf('near', {}, nowhere))).to.deep.equal([[]]);
  });

  const frequency = fc.integer({ min: 2400, max: 7200 });
  const frequencies = fc.uniqueArray(frequency, { maxLength: 20 });
  const search = fc.constantFrom<Search>('first', 'near', 'all');
  const whereabouts = fc.record({ channels: frequencies, lately: frequencies, home: frequency });

  it('is the channel that is wanted and no other, if there is one', () => {
    fc.assert(
      fc.property(search, frequency, whereabouts, (kind, wanted, where) => {
        expect(stretchesOf(kind, { frequency: wanted }, where)).to.deep.equal([{ frequencies: [wanted], enough: 'any' }]);
      }),
    );
  });

  it('is every channel in the end, none twice, and only the last stretch takes whoever is there', () => {
    fc.assert(
      fc.property(search, whereabouts, (kind, where) => {
        const stretches = stretchesOf(kind, {}, where);
        const named = stretches.flatMap(({ frequencies: each }) => each);
        expect(new Set(named).size).to.equal(named.length);
        const isAll = stretches.at(-1)?.frequencies.length === 0;
        expect(isAll || where.channels.every((channel) => named.includes(channel))).to.equal(true);
        expect(stretches.map(({ enough }) => enough === 'any')).to.deep.equal(
          stretches.map((_, i) => i === stretches.length - 1),
        );
      }),
    );
  });
});

describe('an access point that was found before every channel was listened to', () => {
  const { wiphy } = new FakeRadio();
  const network = { ssid: octets('6c6162'), credentials: 'passphrase' } as const;
  const candidateOf = (changes: Parameters<typeof accessPoint>[1], rsne?: Uint8Array) => {
    const isOpen = rsne === undefined;
    const chosen = chooseBss([accessPoint(rsne, changes)], { ...network, credentials: isOpen ? 'none' : 'passphrase' }, wiphy);
    if (chosen._tag === 'Left') throw new Error(chosen.left.message);
    return chosen.right;
  };
  const rsne = octets('3014 0100 000fac04 0100 000fac04 0100 000fac02 0000');
  const loud: Stretch = { frequencies: [2412], enough: 'loud' };
  const fresh: Stretch = { frequencies: [2412], enough: 'fresh' };

  it('will do when it is loud, or the driver does not measure that, and when it is the one that is wanted', () => {
    expect(isEnough(loud, {}, candidateOf({ signal: -6500 }, rsne))).to.equal(true);
    expect(isEnough(loud, {}, candidateOf({ signal: -6501 }, rsne))).to.equal(false);
    expect(isEnough(loud, { bssid: PSK_BEACON.bssid }, candidateOf({ signal: -9000 }, rsne))).to.equal(true);
    const { signal: _, ...bss } = candidateOf({}, rsne).bss;
    expect(isEnough(loud, {}, { ...candidateOf({}, rsne), bss })).to.equal(true);
    expect(isEnough({ ...loud, enough: 'any' }, {}, candidateOf({ signal: -9000 }))).to.equal(true);
  });

  it('will not do when it is open: an encrypted one of its network may be elsewhere', () => {
    expect(isEnough(loud, {}, candidateOf({ signal: -3000 }))).to.equal(false);
    expect(isEnough(loud, { bssid: '02:00:00:00:00:00' as MacAddress }, candidateOf({ signal: -3000 }))).to.equal(false);
  });

  it('counts near where one was lost only if it has answered just now', () => {
    expect([4999, 5000].map((seenMsAgo) => counts(fresh, { seenMsAgo }))).to.deep.equal([true, false]);
    expect(counts(loud, { seenMsAgo: 20_000 })).to.equal(true);
  });
});
