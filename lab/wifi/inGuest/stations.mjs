// Stations in one process: on each interface that is named, so many connections one after the other; the last one is kept until SIGINT.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { loadLibC } from '/opt/postassoc/dist/adapters/linux/ffi/loadLibC.js';
import { attribute, u8Attribute, u32Attribute } from '/opt/postassoc/dist/adapters/linux/genetlink/attributes.js';
import { GenericSocket } from '/opt/postassoc/dist/adapters/linux/genetlink/GenericSocket.js';
import { resolveFamily } from '/opt/postassoc/dist/adapters/linux/genetlink/resolveFamily.js';
import { linuxRadio, wifiSupplicant } from '/opt/postassoc/dist/adapters/linux/index.js';
import { Secret } from '/opt/postassoc/dist/index.js';

const [ssid, passphrase, cycles, ...interfaces] = process.argv.slice(2);
const text = new TextEncoder();
const network = { ssid: text.encode(ssid), credentials: 'passphrase', frequency: 2412 };
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const FEW = 10;
const SWEEPS = 3;

const filesOpen = () =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });

/** What a process that leaks has more and more of. */
const held = async () => {
  // Buffers are swept beside the program; a collection waits until the one before it is through.
  for (let n = 0; n < SWEEPS; n++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc?.();
  }
  const files = filesOpen();
  const { heapUsed: heap, external } = process.memoryUsage();
  return {
    files: files.length,
    sockets: files.filter((name) => name.startsWith('socket:')).length,
    handles: process.getActiveResourcesInfo().length,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').length,
    heap,
    external,
    resident: Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
  };
};

/** Of netlink: who is asked here opens its sockets otherwise. */
const [GET_KEY, GET_STATION] = [9, 17];
const [IFINDEX, MAC, KEY_IDX] = [3, 6, 8];
const PAIRWISE = [0, 1];
const GROUP = [1, 2, 3, 4, 5];
const kernel = GenericSocket.open((await loadLibC()).right).right;
const nl80211 = resolveFamily(kernel, 'nl80211').right.id;

/** The stations the kernel knows by an interface, and the keys it has for them and for the group. */
const inKernel = ({ index }) => {
  const here = u32Attribute(IFINDEX, index);
  const has = (...more) => kernel.request(nl80211, { command: GET_KEY, attributes: [here, ...more] })._tag === 'Right';
  const { messages } = kernel.request(nl80211, { command: GET_STATION, attributes: [here], isDump: true }).right;
  const peers = messages.map(({ attributes }) => attribute(MAC, attributes.get(MAC)));
  const pairwise = peers.flatMap((peer) => PAIRWISE.filter((id) => has(u8Attribute(KEY_IDX, id), peer)));
  const group = GROUP.filter((id) => has(u8Attribute(KEY_IDX, id)));
  return { keys: pairwise.length + group.length, stations: peers.length };
};

const open = async (name) => {
  const radio = await linuxRadio({ interface: name });
  if (radio._tag === 'Left') throw new Error(radio.left.message);
  return radio.right;
};

const connect = async (name, keeps) => {
  const radio = await open(name);
  await new Promise((resolve) => {
    const { events$, end } = wifiSupplicant({ radio, network, passphrase: Secret.of(text.encode(passphrase)) });
    if (keeps) process.once('SIGINT', end);
    events$.subscribe({
      next: (event) => {
        if (event.kind === 'failed' || event.kind === 'trouble')
          tell({ name, kind: event.kind, why: event.why ?? event.fault.message });
        if (event.kind !== 'connected') return;
        if (keeps) tell({ name, kind: 'connected' });
        else
          setImmediate(() => {
            tell({ name, kind: 'open', ...inKernel(radio.station) });
            end();
          });
      },
      complete: resolve,
    });
  });
  return radio;
};

const live = async (name) => {
  for (let n = 1; n < cycles; n++) {
    const { station } = await connect(name, false);
    tell({ name, kind: 'closed', ...inKernel(station) });
    if (n % FEW === 0) tell({ kind: 'held', cycle: n, ...(await held()) });
  }
  await connect(name, true);
  tell({ name, kind: 'left' });
};

await Promise.all(interfaces.map(live));
tell({ kind: 'end', ...(await held()) });
