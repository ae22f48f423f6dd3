import type { CallFailure } from './ffi/Socket.js';
import type { Link } from './netlink/Link.js';

/** Why something cannot be done here, and what to do about it. */
export interface LinuxFault {
  /** `EPERM` and its like, or a word of our own: `PLATFORM`, `NO_INTERFACE`, `NOT_ETHERNET`. */
  readonly code: string;
  readonly message: string;
}

/** The one capability it takes (capabilities(7)). */
const CAPABILITY =
  'it takes the capability CAP_NET_RAW. Run it with sudo, or give it to Node once: sudo setcap cap_net_raw+ep "$(readlink -f "$(command -v node)")"';

/** What to do about the reasons people meet. */
const ADVICE: Readonly<Record<string, string>> = {
  EPERM: CAPABILITY,
  EACCES: CAPABILITY,
  EAFNOSUPPORT: 'this kernel has no packet sockets (CONFIG_PACKET), as some sandboxes and WSL 1',
  ENODEV: 'the interface is gone',
  ENXIO: 'the interface is gone',
  ENETDOWN: 'the interface is switched off: sudo ip link set dev NAME up',
  EMSGSIZE: 'the packet is longer than the interface takes',
  ENOBUFS: 'the interface is too busy',
  EMFILE: 'this process has too many files open: ulimit -n',
  ENFILE: 'this machine has too many files open',
};

/** A call that failed, in words: what was to be done, and what to do now. */
export const faultOfCall = ({ call, errno }: CallFailure, purpose: string, name = 'NAME'): LinuxFault => {
  const advice = ADVICE[errno]?.replace('NAME', name);
  return { code: errno, message: `cannot ${purpose}: ${advice ?? `${call} failed`} (${errno})` };
};

export const faultOfPlatform = (message: string): LinuxFault => ({ code: 'PLATFORM', message });

const named = (links: ReadonlyArray<Link>): string => {
  const names = links.filter(({ isEthernet }) => isEthernet).map(({ name }) => name);
  if (names.length === 0) return 'there is no Ethernet interface at all';
  return names.length === 1 ? `the only one is ${names[0]}` : `there are ${names.join(', ')}`;
};

export const noInterface = (name: string, links: ReadonlyArray<Link>): LinuxFault => ({
  code: 'NO_INTERFACE',
  message: `there is no interface ${name}: ${named(links)}`,
});

export const notEthernet = (name: string, links: ReadonlyArray<Link>): LinuxFault => ({
  code: 'NOT_ETHERNET',
  message: `${name} is no Ethernet interface, and 802.1X needs one: ${named(links)}`,
});
