import { spawn } from 'node:child_process';
import { appendFileSync, createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { loadLibC } from '../../../adapters/linux/ffi/loadLibC.js';
import { Socket } from '../../../adapters/linux/ffi/Socket.js';
import { GenericSocket } from '../../../adapters/linux/genetlink/GenericSocket.js';
import { resolveFamily } from '../../../adapters/linux/genetlink/resolveFamily.js';
import { AF_PACKET, writeLinkAddress } from '../../../adapters/linux/packet/linkAddress.js';
import { FAMILY, registerRequest } from '../air/hwsim.js';
import { Medium, type MediumCommand } from '../air/Medium.js';
import type { Rule } from '../air/Rule.js';

const [rules = '', log = '', commands = '', radios = '0,1'] = process.argv.slice(2);
const SOCK_RAW = 3;
/** Version 0, eight octets, and nothing known about it. */
const RADIOTAP = Uint8Array.of(0, 0, 8, 0, 0, 0, 0, 0);

const end = (why: string): never => {
  process.stderr.write(`${why}\n`);
  process.exit(1);
};

const c = await loadLibC();
if (c._tag === 'Left') end(c.left);
else {
  const opened = GenericSocket.open(c.right);
  if (opened._tag === 'Left') end(`no socket of netlink: ${opened.left.errno}`);
  else {
    const socket = opened.right;
    const family = resolveFamily(socket, FAMILY);
    if (family._tag === 'Left') end(`no ${FAMILY}: ${family.left.errno}`);
    else {
      const index = Number(readFileSync('/sys/class/net/hwsim0/ifindex', 'utf8'));
      const to = writeLinkAddress({ etherType: 0, index });
      // What passes hwsim0 is what the captures of the lab hold; the kernel throws away what is sent there.
      const monitor = Socket.open(c.right, { domain: AF_PACKET, type: SOCK_RAW, protocol: 0, address: to });
      if (monitor._tag === 'Left') end(`no packet socket: ${monitor.left.errno}`);
      else {
        const tell = (what: object): void => appendFileSync(log, `${JSON.stringify({ t: Date.now() / 1000, ...what })}\n`);
        const world = {
          ask: (request: Parameters<GenericSocket['request']>[1]): void => {
            const answer = socket.request(family.right.id, request);
            // A radio that is switched off, or listens elsewhere, hears nothing.
            if (answer._tag === 'Left' && answer.left.errno !== 'EINVAL') tell({ trouble: answer.left.errno });
          },
          record: (frame: Uint8Array): void => {
            monitor.right.send(Uint8Array.from([...RADIOTAP, ...frame]), to);
          },
          tell,
          run: (command: string): void => {
            spawn('bash', ['-c', command], { stdio: 'ignore' });
          },
        };
        const medium = new Medium(world, radios.split(',').map(Number), JSON.parse(readFileSync(rules, 'utf8')) as Rule[]);
        socket.listen({
          event: (message) => medium.hear(message),
          overrun: () => tell({ trouble: 'overrun' }),
          failed: (errno) => end(`the socket failed: ${errno}`),
        });
        const registered = socket.request(family.right.id, registerRequest);
        if (registered._tag === 'Left') end(`no medium: ${registered.left.errno}`);
        // Opened for both, so that it does not end with a writer.
        createInterface({ input: createReadStream(commands, { flags: 'r+' }) }).on('line', (line) =>
          medium.obey(JSON.parse(line) as MediumCommand),
        );
        tell({ ready: true });
      }
    }
  }
}
