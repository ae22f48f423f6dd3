import { constants } from 'node:os';
import { expect } from 'chai';
import { loadLibC, objectionTo } from '../../../adapters/linux/ffi/loadLibC.js';

const AF_INET = 2;
const SOCK_DGRAM_NONBLOCK = 2 | 0o4000;
const SOL_IP = 0;
const IP_RECVERR = 11;
const SIZE = 16;

/** struct sockaddr_in of this machine. */
const local = (port: number): Uint8Array => Uint8Array.of(AF_INET, 0, port >>> 8, port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);

describe('the machine it runs on', () => {
  it('is Linux, on an architecture whose numbers are known', () => {
    for (const architecture of ['x64', 'arm64', 'arm', 'riscv64'])
      expect(objectionTo({ platform: 'linux', architecture, endianness: 'LE' })).to.equal(undefined);
  });

  it('is told when it is none of these', async () => {
    expect(objectionTo({ platform: 'darwin', architecture: 'arm64', endianness: 'LE' })).to.match(
      /^this works on Linux only, .*darwin/,
    );
    expect(objectionTo({ platform: 'linux', architecture: 'mips', endianness: 'BE' })).to.include('and this is mips');
    expect(objectionTo({ platform: 'linux', architecture: 'x64', endianness: 'BE' })).to.include('and this is x64');
    const loaded = await loadLibC({ platform: 'win32', architecture: 'x64', endianness: 'LE' });
    expect(loaded._tag === 'Left' && loaded.left).to.include('Linux only');
  });
});

describe('the calls of the system', () => {
  const loaded = async () => {
    const c = await loadLibC();
    if (c._tag === 'Left') return expect.fail(c.left);
    return c.right;
  };

  it('tell why they fail', async function () {
    if (process.platform !== 'linux') this.skip();
    const c = await loaded();
    expect(c.bind(-1, local(0), SIZE)).to.equal(-1);
    expect(c.errno()).to.equal(constants.errno.EBADF);
  });

  it('are still watched after a socket had an error to tell', async function () {
    if (process.platform !== 'linux') this.skip();
    const c = await loaded();
    const [own, nobody] = [await freePort(), await freePort()];
    const fd = c.socket(AF_INET, SOCK_DGRAM_NONBLOCK, 0);
    expect(c.bind(fd, local(own), SIZE)).to.equal(0);
    expect(c.setsockopt(fd, SOL_IP, IP_RECVERR, Uint8Array.of(1, 0, 0, 0), 4)).to.equal(0);
    const into = new Uint8Array(64);
    const receive = (): number => c.recvfrom(fd, into, into.length, 0, new Uint8Array(SIZE), Uint32Array.of(SIZE));
    const seen: (string | number)[] = [];
    await new Promise<void>((resolve) => {
      const watch = c.watch(fd, () => {
        const size = receive();
        const isRefused = size < 0 && c.errno() === constants.errno.ECONNREFUSED;
        if (isRefused && seen.length === 0) c.sendto(fd, Uint8Array.of(1, 2, 3), 3, 0, local(own), SIZE);
        if (isRefused) seen.push('refused');
        if (size < 0) return;
        seen.push(size);
        watch.end();
        resolve();
      });
      c.sendto(fd, Uint8Array.of(9), 1, 0, local(nobody), SIZE);
    });
    expect(c.close(fd)).to.equal(0);
    expect(seen).to.deep.equal(['refused', 3]);
  });
});

/** A port of UDP that nobody has at the moment. */
const freePort = async (): Promise<number> => {
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  const port = await new Promise<number>((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
};
