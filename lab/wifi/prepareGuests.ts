import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GuestOptions } from './Guest.js';
import { guestImage } from './guestImage.js';
import { missingPrograms } from './missingPrograms.js';
import { NotHere } from './NotHere.js';
import { packageDisk } from './packageDisk.js';

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const PROGRAMS = {
  'qemu-system-x86_64': 'qemu-system-x86',
  debootstrap: 'debootstrap',
  cpio: 'cpio',
  depmod: 'kmod',
  mke2fs: 'e2fsprogs',
  xz: 'xz-utils',
};

/** What guests boot from, and the folder for what they leave behind. */
export interface PreparedGuests {
  readonly options: Omit<GuestOptions, 'share'>;
  readonly folder: string;
}

/** Builds what is missing; `NotHere` is thrown where there can be no guests. */
export const prepareGuests = async (say: (what: string) => void): Promise<PreparedGuests> => {
  const reason = missingPrograms(PROGRAMS);
  if (reason !== undefined) throw new NotHere(reason);
  const image = await guestImage(say);
  const folder = mkdtempSync(join(process.env['LAB_RUNS'] ?? tmpdir(), 'postassoc-wifi-'));
  const packages = join(folder, 'package.img');
  packageDisk(PROJECT, packages);
  return { options: { image, packages }, folder };
};
