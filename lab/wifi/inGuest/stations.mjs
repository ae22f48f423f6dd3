// Stations in one process: on each interface that is named, so many connections one after the other; the last one is kept until SIGINT.
import { readdirSync, readFileSync } from 'node:fs';
import { linuxRadio, wifiSupplicant } from '/opt/postassoc/dist/adapters/linux/index.js';
import { Secret } from '/opt/postassoc/dist/index.js';

const [ssid, passphrase, cycles, ...interfaces] = process.argv.slice(2);
const text = new TextEncoder();
const network = { ssid: text.encode(ssid), credentials: 'passphrase', frequency: 2412 };
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** What a process that leaks has more and more of. */
const held = () => {
  globalThis.gc?.();
  return {
    files: readdirSync('/proc/self/fd').length,
    heap: process.memoryUsage().heapUsed,
    resident: Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').length,
  };
};

const open = async (name) => {
  const radio = await linuxRadio({ interface: name });
  if (radio._tag === 'Left') throw new Error(radio.left.message);
  return radio.right;
};

const connect = (radio, name, keeps) =>
  new Promise((resolve) => {
    const { events$, end } = wifiSupplicant({ radio, network, passphrase: Secret.of(text.encode(passphrase)) });
    if (keeps) process.once('SIGINT', end);
    events$.subscribe({
      next: (event) => {
        if (event.kind === 'failed' || event.kind === 'trouble')
          tell({ name, kind: event.kind, why: event.why ?? event.fault.message });
        if (event.kind !== 'connected') return;
        if (keeps) tell({ name, kind: 'connected' });
        else setImmediate(end);
      },
      complete: resolve,
    });
  });

const live = async (name) => {
  const radio = await open(name);
  for (let n = 1; n < cycles; n++) {
    await connect(radio, name, false);
    if (n % 10 === 0) tell({ kind: 'held', cycle: n, ...held() });
  }
  await connect(radio, name, true);
  tell({ name, kind: 'left' });
};

await Promise.all(interfaces.map(live));
tell({ kind: 'end', ...held() });
