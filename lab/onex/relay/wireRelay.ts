import { isLeft } from 'fp-ts/lib/Either.js';
import { linuxWire, type Wire } from '../../../adapters/linux/index.js';
import { rulesIn, Traffic, type Way } from './Traffic.js';

/** Lies in a wire between a station and a switch, and passes EAPOL on by its rules. */
const traffic = new Traffic(rulesIn(process.argv.slice(2)));

const open = async (name: string): Promise<Wire> => {
  const wire = await linuxWire({ interface: name });
  if (isLeft(wire)) throw new Error(wire.left.message);
  return wire.right;
};

const join = (way: Way, from: Wire, to: Wire): void => {
  from.events$.subscribe((event) => {
    if (event.kind !== 'packet') return;
    const passing = traffic.pass(way, event.payload);
    for (const one of passing) to.transmit(one);
    process.stdout.write(`${traffic.words(way, event.payload, passing.length)}\n${traffic.isFrozen ? 'frozen\n' : ''}`);
  });
};

const [station, authenticator] = await Promise.all([open('station'), open('switch')]);
join('toServer', station, authenticator);
join('toStation', authenticator, station);
process.stdout.write('ready\n');
