import { createSocket, type RemoteInfo } from 'node:dgram';
import { rulesIn, Traffic, type Way } from './Traffic.js';

const HERE = 1899;
const SERVER = 1812;
const ADDRESS = '127.0.0.1';

/** Stands before a RADIUS server, and passes packets on by its rules. */
const traffic = new Traffic(rulesIn(process.argv.slice(2)));
const [front, back] = [createSocket('udp4'), createSocket('udp4')];
let station: RemoteInfo | undefined;

const pass = (way: Way, packet: Uint8Array, send: (packet: Uint8Array) => void): void => {
  const passing = traffic.pass(way, packet);
  for (const one of passing) send(one);
  process.stdout.write(`${traffic.words(way, packet, passing.length)}\n${traffic.isFrozen ? 'frozen\n' : ''}`);
};

front.on('message', (packet, from) => {
  station = from;
  pass('toServer', packet, (one) => back.send(one, SERVER, ADDRESS));
});
back.on('message', (packet) => {
  pass('toStation', packet, (one) => {
    if (station !== undefined) front.send(one, station.port, station.address);
  });
});
front.bind(HERE, ADDRESS, () => process.stdout.write('ready\n'));
