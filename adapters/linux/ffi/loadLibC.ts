import { arch, endianness, platform } from 'node:os';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { LibC, ReceiveFrom, SendTo } from './LibC.js';

/** Where the numbers of the kernel's interface and the layout of its structures are those that are used here. */
const ARCHITECTURES: ReadonlySet<string> = new Set(['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'loong64']);

/** The machine, as far as it matters. */
export interface Machine {
  readonly platform: string;
  readonly architecture: string;
  readonly endianness: 'BE' | 'LE';
}

const thisMachine: Machine = { platform: platform(), architecture: arch(), endianness: endianness() };

/** Why a machine will not do. */
export const objectionTo = (machine: Machine): string | undefined => {
  if (machine.platform !== 'linux')
    return `this works on Linux only, and this is ${machine.platform}: it needs packet sockets (AF_PACKET) and rtnetlink`;
  if (machine.endianness !== 'LE' || !ARCHITECTURES.has(machine.architecture))
    return `this works on ${[...ARCHITECTURES].join(', ')} only, and this is ${machine.architecture}`;
  return undefined;
};

const NO_KOFFI =
  'the package koffi is missing, by which the system is called: it is an optional dependency, and npm install koffi adds it';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';

const whyNot = (error: unknown): string => {
  if (isMissing(error)) return NO_KOFFI;
  const reason = error instanceof Error ? error.message.split('\n')[0] : 'it failed to load';
  return `the package koffi does not work on this machine: ${reason}`;
};

const WHEN_READABLE = { readable: true };

/** The functions of the C library this process has loaded already, whichever it is (glibc, musl). */
const bindLibC = async (): Promise<LibC> => {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(null);
  const socket: LibC['socket'] = library.func('int socket(int, int, int)');
  const bind: LibC['bind'] = library.func('int bind(int, const uint8_t *, uint32_t)');
  const setsockopt: LibC['setsockopt'] = library.func('int setsockopt(int, int, int, const uint8_t *, uint32_t)');
  const sendto: (...args: SendTo) => number = library.func(
    'int64_t sendto(int, const uint8_t *, size_t, int, const uint8_t *, uint32_t)',
  );
  const recvfrom: (...args: ReceiveFrom) => number = library.func(
    'int64_t recvfrom(int, _Out_ uint8_t *, size_t, int, _Out_ uint8_t *, _Inout_ uint32_t *)',
  );
  const close: LibC['close'] = library.func('int close(int)');
  const watch: LibC['watch'] = (fd, onReadable) => {
    const handle = koffi.node.poll(fd, WHEN_READABLE, (...[status]: ReadonlyArray<unknown>) => take(status));
    let hasEnded = false;
    const take = (status: unknown): void => {
      onReadable();
      // libuv stops watching a socket that has an error to tell (uv_poll_start), such as an interface that was switched off.
      if (status !== 0 && !hasEnded) handle.start(WHEN_READABLE, (...[next]: ReadonlyArray<unknown>) => take(next));
    };
    return {
      end: () => {
        hasEnded = true;
        handle.stop();
        handle.close();
      },
    };
  };
  return { socket, bind, setsockopt, sendto, recvfrom, close, errno: () => koffi.errno(), watch };
};

/** Loads what it takes to call the system, or says why that cannot be. */
export const loadLibC = async (machine: Machine = thisMachine): Promise<Either<string, LibC>> => {
  const objection = objectionTo(machine);
  if (objection !== undefined) return left(objection);
  try {
    return right(await bindLibC());
  } catch (error) {
    return left(whyNot(error));
  }
};
