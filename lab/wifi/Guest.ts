import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GuestImage } from './guestImage.js';

/** There is no machine any more, or it does not answer: whatever was tried in it has to be tried in another. */
export class GuestDied extends Error {}

/** What a command in the guest came to. */
export interface Outcome {
  readonly status: number;
  readonly out: string;
}

export interface GuestOptions {
  readonly image: GuestImage;
  /** The disk with the package. */
  readonly packages: string;
  /** A folder both sides see; in the guest it is /share. */
  readonly share: string;
}

const BOOT_MS = 600_000;
const COMMAND_MS = 600_000;
const POLL_MS = 100;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const argumentsOf = ({ image, packages, share }: GuestOptions, socket: string): ReadonlyArray<string> => [
  // Its time is counted in instructions: however busy this machine is, nothing in the guest is late.
  ...['-M', 'q35', '-accel', 'tcg,thread=single', '-icount', 'shift=0,sleep=off', '-rtc', 'base=utc,clock=vm'],
  ...['-cpu', 'max', '-m', '768', '-smp', '1'],
  ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
  ...['-kernel', image.kernel, '-initrd', image.initrd],
  ...['-append', 'console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off tsc=reliable random.trust_cpu=on'],
  ...['-drive', `file=${image.disk},if=none,id=d0,format=raw,readonly=on`, '-device', 'virtio-blk-pci,drive=d0'],
  ...['-drive', `file=${packages},if=none,id=d1,format=raw,readonly=on`, '-device', 'virtio-blk-pci,drive=d1'],
  ...['-fsdev', `local,id=f0,path=${share},security_model=none`, '-device', 'virtio-9p-pci,fsdev=f0,mount_tag=share'],
  ...['-device', 'virtio-rng-pci', '-serial', `file:${join(share, 'console.log')}`],
  ...['-chardev', `socket,id=agent,path=${socket},server=on,wait=off`, '-serial', 'chardev:agent'],
];

/** Its name is there before anybody listens. */
const tryToConnect = (path: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => resolve(socket));
  });

interface Waiting {
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
}

/** A machine under emulation, and its agent. */
export class Guest {
  readonly share: string;
  readonly #qemu: ChildProcess;
  readonly #agent: Socket;
  readonly #waiting = new Map<string, Waiting>();
  #death: GuestDied | undefined;
  #next = 1;

  private constructor(share: string, qemu: ChildProcess, agent: Socket) {
    this.share = share;
    this.#qemu = qemu;
    this.#agent = agent;
  }

  /** Boots it, and resolves when its agent is there. */
  static async boot(options: GuestOptions): Promise<Guest> {
    const { share } = options;
    mkdirSync(join(share, 'commands'), { recursive: true });
    const path = join(share, 'agent.socket');
    // It ends with this process, however that ends.
    const command = ['--pdeathsig', 'KILL', 'nice', '-n', '10', 'qemu-system-x86_64', ...argumentsOf(options, path)];
    const qemu = spawn('setpriv', command, { stdio: ['ignore', 'ignore', 'inherit'] });
    const end = Date.now() + BOOT_MS;
    let agent: Socket | undefined;
    while (agent === undefined && qemu.exitCode === null && Date.now() < end) {
      await pause(POLL_MS);
      agent = await tryToConnect(path);
    }
    if (agent === undefined) throw new GuestDied(`QEMU did not start (status ${qemu.exitCode})`);
    const guest = new Guest(share, qemu, agent);
    try {
      await guest.#listen(end - Date.now());
    } catch (error) {
      guest.close();
      throw error;
    }
    return guest;
  }

  get isDead(): boolean {
    return this.#death !== undefined;
  }

  /** Runs a script of bash in the guest. */
  async run(script: string, withinMs = COMMAND_MS): Promise<Outcome> {
    if (this.#death !== undefined) throw this.#death;
    const number = String(this.#next++);
    writeFileSync(join(this.share, 'commands', `${number}.sh`), script);
    const status = await new Promise<number>((resolve, reject) => {
      // It does one thing at a time: whatever is asked next would wait behind this one.
      const timer = setTimeout(() => this.#die(`the guest was not through with this in ${withinMs} ms:\n${script}`), withinMs);
      this.#waiting.set(number, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#agent.write(`${number}\n`);
    });
    return { status, out: readFileSync(join(this.share, 'commands', `${number}.out`), 'utf8') };
  }

  /** As `run`, for what has to succeed. */
  async must(script: string): Promise<string> {
    const { status, out } = await this.run(script);
    if (status !== 0) throw new Error(`status ${status} of:\n${script}\n${out}`);
    return out;
  }

  /** Says something to its agent that asks for nothing: a guest that sleeps wakes by it. */
  knock(): void {
    this.#agent.write('\n');
  }

  close(): void {
    this.#agent.destroy();
    if (this.#qemu.exitCode === null) this.#qemu.kill('SIGKILL');
  }

  #die(why: string): void {
    this.#death ??= new GuestDied(why);
    for (const { reject } of this.#waiting.values()) reject(this.#death);
    this.#waiting.clear();
  }

  #listen(withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new GuestDied('the guest did not boot; see console.log')), withinMs);
      this.#qemu.once('exit', (status, signal) => {
        clearTimeout(timer);
        this.#die(`QEMU ended (${signal ?? `status ${status}`}); see console.log`);
        reject(this.#death);
      });
      const lines = createInterface({ input: this.#agent }).on('error', () => this.#die('the agent of the guest is gone'));
      lines.on('line', (line) => {
        if (line.endsWith('ready')) {
          clearTimeout(timer);
          resolve();
          return;
        }
        const [number = '', status = ''] = line.trim().split(' ');
        this.#waiting.get(number)?.resolve(Number(status));
        this.#waiting.delete(number);
      });
    });
  }
}
