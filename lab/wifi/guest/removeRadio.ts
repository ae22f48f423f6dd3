import { loadLibC } from '../../../adapters/linux/ffi/loadLibC.js';
import { GenericSocket } from '../../../adapters/linux/genetlink/GenericSocket.js';
import { resolveFamily } from '../../../adapters/linux/genetlink/resolveFamily.js';
import { FAMILY, removeRequest } from '../air/hwsim.js';

/** Takes a radio of `mac80211_hwsim` away, as whoever pulls it out does; it has to be one of this namespace. */
const number = Number(process.argv[2]);

const removed = async (): Promise<string> => {
  const c = await loadLibC();
  if (c._tag === 'Left') return c.left;
  const socket = GenericSocket.open(c.right);
  if (socket._tag === 'Left') return `no socket of netlink: ${socket.left.errno}`;
  const family = resolveFamily(socket.right, FAMILY);
  if (family._tag === 'Left') return `no ${FAMILY}: ${family.left.errno}`;
  const answer = socket.right.request(family.right.id, removeRequest(number));
  socket.right.close();
  return answer._tag === 'Left' ? `the radio stays: ${answer.left.errno}` : '';
};

const fault = await removed();
process.stderr.write(fault);
process.exitCode = fault === '' ? 0 : 1;
