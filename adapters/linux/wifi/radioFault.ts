import { Win32 } from '../../../streams/events/index.js';
import type { Refusal } from '../genetlink/GenericSocket.js';
import type { LinuxFault } from '../LinuxFault.js';

const CODES = Win32.codes;

/** What a reply of the sink says where the kernel says an errno. */
const WIN32: Readonly<Record<string, number>> = {
  EPERM: CODES.ERROR_ACCESS_DENIED,
  EACCES: CODES.ERROR_ACCESS_DENIED,
  ENODEV: CODES.ERROR_DEVICE_NOT_CONNECTED,
  ENETDOWN: CODES.ERROR_DEVICE_NOT_CONNECTED,
  ENOTCONN: CODES.ERROR_DEVICE_NOT_CONNECTED,
  ENOLINK: CODES.ERROR_DEVICE_NOT_CONNECTED,
  ERFKILL: CODES.ERROR_DEVICE_NOT_CONNECTED,
  ENOMEM: CODES.ERROR_NOT_ENOUGH_MEMORY,
  ENOBUFS: CODES.ERROR_OUTOFMEMORY,
  EINVAL: CODES.ERROR_INVALID_PARAMETER,
  ERANGE: CODES.ERROR_INVALID_PARAMETER,
  EOPNOTSUPP: CODES.ERROR_NOT_SUPPORTED,
  EBUSY: CODES.ERROR_BUSY,
  EALREADY: CODES.ERROR_ALREADY_EXISTS,
  EEXIST: CODES.ERROR_ALREADY_EXISTS,
  ENOENT: CODES.ERROR_NOT_FOUND,
  EINPROGRESS: CODES.ERROR_BUSY,
};

export const win32Of = ({ errno }: Refusal): number => WIN32[errno] ?? CODES.ERROR_GEN_FAILURE;

const CAPABILITY =
  'it takes the capability CAP_NET_ADMIN. Run it with sudo, or give it to Node once: sudo setcap cap_net_admin+ep "$(readlink -f "$(command -v node)")"';

/** What to do about the reasons people meet. */
const ADVICE: Readonly<Record<string, string>> = {
  EPERM: CAPABILITY,
  EACCES: CAPABILITY,
  ENODEV: 'the interface is gone',
  ENETDOWN: 'the interface is switched off',
  ERFKILL: 'the radio is switched off: rfkill unblock wifi, or the switch of the machine',
  EBUSY: 'the radio is busy; somebody else may be using it',
  EALREADY: 'somebody else has connected the interface already',
  EOPNOTSUPP: 'the driver cannot do it',
};

/** A request the kernel refused, in words: what was to be done, what the kernel says, and what to do now. */
export const faultOfRefusal = (refusal: Refusal, purpose: string): LinuxFault => {
  const { errno, message } = refusal;
  const said = [ADVICE[errno], message && `the kernel says "${message}"`].filter((words) => words !== undefined);
  return { code: errno, message: `cannot ${purpose}: ${said.length > 0 ? said.join('; ') : 'the kernel refused it'} (${errno})` };
};
