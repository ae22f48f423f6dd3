// Leaves the sockets of generic netlink of another process the least room there can be: its next events overrun them.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';

const koffi = createRequire('/opt/postassoc/')('koffi');
const library = koffi.load(null);
const call = library.func('long syscall(long, long, long, long)');
const setOption = library.func('int setsockopt(int, int, int, const uint32_t *, uint32_t)');
const [PIDFD_OPEN, PIDFD_GETFD] = [434, 438];
const [SOL_SOCKET, SO_RCVBUF] = [1, 8];
const GENERIC = '16';

const pid = Number(process.argv[2]);
const generic = new Set(
  readFileSync(`/proc/${pid}/net/netlink`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, protocol]) => protocol === GENERIC)
    .map((columns) => `socket:[${columns.at(-1)}]`),
);
const process_ = call(PIDFD_OPEN, pid, 0, 0);
const mine = readdirSync(`/proc/${pid}/fd`).filter((fd) => generic.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
for (const fd of mine) {
  const ours = call(PIDFD_GETFD, process_, Number(fd), 0);
  if (setOption(ours, SOL_SOCKET, SO_RCVBUF, Uint32Array.of(1), 4) !== 0) throw new Error('setsockopt failed');
}
process.stdout.write(`${mine.length} sockets\n`);
