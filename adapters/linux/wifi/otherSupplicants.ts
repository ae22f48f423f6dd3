import { readdir, readFile } from 'node:fs/promises';

/** Who else may be connecting an interface, and how to keep it from that. */
const OTHERS: Readonly<Record<string, (name: string) => string>> = {
  NetworkManager: (name) => `NetworkManager runs; keep it off with: nmcli device set ${name} managed no`,
  wpa_supplicant: (name) => `wpa_supplicant runs; if it has ${name}, end it with: wpa_cli -i ${name} terminate`,
  iwd: (name) => `iwd runs; if it has ${name}, stop it with: systemctl stop iwd`,
};

/** A remark for each of the programs that would connect the interface, too. */
export const remarksOn = (programs: ReadonlyArray<string>, name: string): ReadonlyArray<string> =>
  [...new Set(programs)].flatMap((program) => (Object.hasOwn(OTHERS, program) ? [OTHERS[program]?.(name) ?? ''] : []));

/** The kernel cuts names to 15 characters; these are shorter. */
const nameOf = async (pid: string): Promise<string> => {
  try {
    return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
  } catch {
    return '';
  }
};

/** Looks who else is there. Nobody is sent away: whoever is asked to connect an interface twice is refused by the kernel. */
export const otherSupplicants = async (name: string): Promise<ReadonlyArray<string>> => {
  try {
    const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
    return remarksOn(await Promise.all(pids.map(nameOf)), name);
  } catch {
    return [];
  }
};
