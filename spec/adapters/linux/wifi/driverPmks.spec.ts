import { expect } from 'chai';
import { attributesIn, joined } from '../../../../adapters/linux/genetlink/attributes.js';
import type { GenericRequest } from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { Attribute, Command } from '../../../../adapters/linux/nl80211/names.js';
import { radioOn } from '../../../../adapters/linux/wifi/linuxRadio.js';
import type { RadioHappening } from '../../../../adapters/linux/wifi/Radio.js';
import { toHex } from '../../../../streams/events/index.js';
import { octets } from './accessPoints.js';
import { ACCESS_POINT, type Errno, FakeKernel } from './fakeKernel.js';

const name = { peer: ACCESS_POINT, pmkid: octets('00112233445566778899aabbccddeeff') };
const KEEPING = [Command.CONNECT, Command.SET_PMKSA, Command.DEL_PMKSA, Command.FLUSH_PMKSA];

const open = (commands: ReadonlyArray<number>) => {
  const kernel = new FakeKernel({ commands });
  const opened = radioOn(kernel, { interface: 'wlan1' });
  if (opened._tag === 'Left') throw new Error(opened.left.message);
  const seen: RadioHappening[] = [];
  opened.right.events$.subscribe((happening) => seen.push(happening));
  const troubles = () => seen.flatMap((happening) => (happening.kind === 'trouble' ? [happening.fault.code] : []));
  return { kernel, radio: opened.right, troubles };
};

const pmksAsked = ({ requests }: FakeKernel): ReadonlyArray<GenericRequest> =>
  requests.filter(({ command }) => KEEPING.slice(1).some((one) => one === command));

describe('a driver that keeps PMKs', () => {
  it('is told their names and whose they are, and no key', () => {
    const { kernel, radio } = open(KEEPING);
    radio.notePmk({ kind: 'known', ...name });
    radio.notePmk({ kind: 'forgotten', ...name });
    const [, ...asked] = pmksAsked(kernel);
    expect(asked.map(({ command }) => command)).to.deep.equal([Command.SET_PMKSA, Command.DEL_PMKSA]);
    for (const { attributes } of asked) {
      const read = attributesIn(joined([...attributes]));
      expect([...read.keys()]).to.deep.equal([Attribute.IFINDEX, Attribute.MAC, Attribute.PMKID]);
      expect(toHex(read.get(Attribute.PMKID) ?? octets(''))).to.equal('00112233445566778899aabbccddeeff');
      expect(toHex(read.get(Attribute.MAC) ?? octets(''))).to.equal('020000000000');
    }
  });

  it('forgets what others have left there, and leaves nothing itself', () => {
    const { kernel, radio } = open(KEEPING);
    expect(pmksAsked(kernel).map(({ command }) => command)).to.deep.equal([Command.FLUSH_PMKSA]);
    radio.leave();
    radio.leave();
    expect(pmksAsked(kernel).map(({ command }) => command)).to.deep.equal([Command.FLUSH_PMKSA, Command.FLUSH_PMKSA]);
  });

  it('is the one that says so among its commands, and no other', () => {
    const { kernel, radio } = open([Command.CONNECT]);
    radio.notePmk({ kind: 'known', ...name });
    radio.leave();
    expect(pmksAsked(kernel)).to.deep.equal([]);
    expect([radio.wiphy.keepsPmks, open(KEEPING).radio.wiphy.keepsPmks]).to.deep.equal([false, true]);
  });

  const refusals: ReadonlyArray<readonly [Errno, ReadonlyArray<string>]> = [
    ['EOPNOTSUPP', []],
    ['ENOTSUPP', []],
    ['EINVAL', ['EINVAL', 'EINVAL']],
    ['ENOENT', ['ENOENT']],
  ];
  for (const [errno, told] of refusals)
    it(`that answers ${errno} is ${told.length === 0 ? 'no trouble' : `trouble ${told.length} of 2 times`}`, () => {
      const { kernel, radio, troubles } = open(KEEPING);
      kernel.answering = () => errno;
      radio.notePmk({ kind: 'known', ...name });
      radio.notePmk({ kind: 'forgotten', ...name });
      radio.leave();
      expect(troubles()).to.deep.equal(told);
    });
});
