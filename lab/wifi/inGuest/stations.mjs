// Stations in one process: on each interface that is named, so many connections one after the other; the last one is kept until SIGINT.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { linuxRadio, wifiSupplicant } from '/opt/postassoc/dist/adapters/linux/index.js';
import { Secret } from '/opt/postassoc/dist/index.js';

const [ssid, passphrase, cycles, ...interfaces] = process.argv.slice(2);
const text = new TextEncoder();
const network = { ssid: text.encode(ssid), credentials: 'passphrase', frequency: 2412 };
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const FEW = 10;
const SWEEPS = 3;
const DEBUG = '/run/debug/ieee80211';

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

/** What the kernel tells whoever debugs it: the keys of a radio, and the stations that it knows by an interface. */
const inKernel = (name) => {
  const phy = readFileSync(`/sys/class/net/${name}/phy80211/name`, 'utf8').trim();
  return {
    keys: readdirSync(`${DEBUG}/${phy}/keys`).length,
    stations: readdirSync(`${DEBUG}/${phy}/netdev:${name}/stations`).length,
  };
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
            tell({ name, kind: 'open', ...inKernel(name) });
            end();
          });
      },
      complete: resolve,
    });
  });
};

const live = async (name) => {
  for (let n = 1; n < cycles; n++) {
    await connect(name, false);
    tell({ name, kind: 'closed', ...inKernel(name) });
    if (n % FEW === 0) tell({ kind: 'held', cycle: n, ...(await held()) });
  }
  await connect(name, true);
  tell({ name, kind: 'left' });
};

await Promise.all(interfaces.map(live));
tell({ kind: 'end', ...(await held()) });
