import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockOn } from './lockOn.js';
import { must } from './must.js';
import { NotHere } from './NotHere.js';

/** What QEMU boots. */
export interface GuestImage {
  readonly kernel: string;
  readonly initrd: string;
  readonly disk: string;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const GUEST = join(HERE, 'guest');
const FILES = ['initramfs-init', 'agent', 'postassoc'];

const PACKAGES = [
  ...['bash', 'busybox-static', 'coreutils', 'dbus', 'grep', 'hostapd', 'iproute2', 'iputils-ping', 'iw', 'iwd'],
  ...['kmod', 'libstdc++6', 'procps', 'tcpdump', 'wireless-regdb', 'wpasupplicant'],
];

/** Of the kernel's modules only what a radio without hardware, a disk and the shared folder take. */
const MODULES = [
  ...['crypto', 'lib', 'arch/x86/crypto', 'net/mac80211', 'net/wireless', 'net/rfkill', 'net/packet', 'net/9p', 'net/ipv6'],
  ...['net/llc', 'net/802', 'net/netlink', 'drivers/net/wireless/mac80211_hwsim.ko', 'drivers/virtio', 'drivers/char/hw_random'],
  ...['drivers/block/virtio_blk.ko', 'fs/9p', 'fs/fscache', 'fs/netfs', 'fs/ext4', 'fs/jbd2', 'fs/mbcache.ko', 'fs/overlayfs'],
];
const EARLY_MODULES = ['virtio_pci', 'virtio_blk', 'ext4', 'overlay', '9p', '9pnet_virtio'];

/** Changes with what is done with the packages. */
const RECIPE = '1';

const lines = (text: Buffer): ReadonlyArray<string> => text.toString().split('\n').filter(Boolean);

const suite = (): string => /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'bookworm';

const tried = <A>(run: () => A): A | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

/** What `find` finds, if need be after the lists of packages were fetched anew. */
const withFreshLists = <A>(find: () => A | undefined): A | undefined => {
  const found = find();
  if (found !== undefined) return found;
  tried(() => must('apt-get', ['update']));
  return find();
};

const namedKernel = (): string | undefined =>
  /Depends: (linux-image-\S+)/.exec(tried(() => must('apt-cache', ['depends', 'linux-image-amd64']))?.toString() ?? '')?.[1];

/** The name of the kernel the meta package stands for, e.g. `linux-image-6.1.0-56-amd64`. */
const kernelPackage = (): string => {
  const found = withFreshLists(namedKernel);
  if (found === undefined) throw new NotHere('apt knows no linux-image-amd64: it needs Debian, and its packages');
  return found;
};

const unpackKernel = (work: string, kernel: string): string => {
  const folder = join(work, 'kernel');
  const archive = withFreshLists(() => {
    tried(() => must('apt-get', ['download', kernel], { cwd: work }));
    return readdirSync(work).find((name) => name.startsWith(`${kernel}_`));
  });
  if (archive === undefined) throw new NotHere(`apt-get cannot download ${kernel}: is there a network?`);
  must('dpkg-deb', ['-x', join(work, archive), folder]);
  return folder;
};

/** Where apt has the packages of this suite from. */
const mirror = (): ReadonlyArray<string> => {
  const wanted = ['Created-By: Packages', `Codename: ${suite()}`, 'Component: main'];
  const places = tried(() => must('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...wanted]));
  return places === undefined ? [] : lines(places).slice(0, 1);
};

const CANNOT_FETCH = /Couldn't download|Failed getting release|Invalid Release|Couldn't find these debs/;

const debootstrap = (root: string): void => {
  try {
    must('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, suite(), root, ...mirror()]);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    if (!CANNOT_FETCH.test(said)) throw error;
    throw new NotHere(`debootstrap cannot fetch the packages of ${suite()}: is there a network?`, { cause: error });
  }
};

/** PVH boots an ELF, which saves the guest the unpacking: seconds under emulation. */
const writeKernel = (kernel: string, version: string, to: string): void => {
  const image = readFileSync(join(kernel, 'boot', `vmlinuz-${version}`));
  const at = image.indexOf(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]));
  if (at < 0) throw new Error('the kernel is not packed by xz');
  const packed = join(dirname(to), 'kernel.xz');
  writeFileSync(packed, image.subarray(at));
  // What follows the stream (the size, once more) is garbage to xz.
  must('sh', ['-c', `xz -dc --single-stream <"${packed}" >"${to}" 2>/dev/null || test -s "${to}"`]);
  rmSync(packed);
};

const addModules = (root: string, kernel: string, version: string): void => {
  const from = join(kernel, 'lib/modules', version);
  const to = join(root, 'usr/lib/modules', version);
  for (const each of MODULES) {
    const source = join(from, 'kernel', each);
    if (existsSync(source)) cpSync(source, join(to, 'kernel', each), { recursive: true });
  }
  for (const name of readdirSync(from))
    if (/^modules\.(?:builtin|order)/.test(name)) copyFileSync(join(from, name), join(to, name));
  must('depmod', ['-b', root, version]);
};

const addNode = (root: string): void => {
  copyFileSync(process.execPath, join(root, 'usr/local/bin/node'));
  for (const line of lines(must('ldd', [process.execPath]))) {
    const library = /=> (\/\S+)/.exec(line)?.[1];
    const target = library && join(root, 'usr/lib/x86_64-linux-gnu', basename(library));
    if (library !== undefined && target !== undefined && !existsSync(target)) copyFileSync(library, target);
  }
};

const addProgram = (name: string, to: string): void => {
  copyFileSync(join(GUEST, name), to);
  chmodSync(to, 0o755);
};

const makeRoot = (work: string, kernel: string, version: string): string => {
  const root = join(work, 'root');
  debootstrap(root);
  for (const each of ['var/cache/apt/archives', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/man', 'usr/share/locale'])
    rmSync(join(root, each), { recursive: true, force: true });
  addModules(root, kernel, version);
  addNode(root);
  mkdirSync(join(root, 'opt/postassoc'), { recursive: true });
  mkdirSync(join(root, 'share'), { recursive: true });
  addProgram('agent', join(root, 'sbin/lab-agent'));
  addProgram('postassoc', join(root, 'usr/local/bin/postassoc'));
  return root;
};

const SPARE_MIB = 48;

/** A disk of a folder, as big as it takes. */
export const writeDisk = (folder: string, to: string): void => {
  const mib = Number(/^\d+/.exec(must('du', ['-sm', folder]).toString())?.[0] ?? 0) + SPARE_MIB;
  rmSync(to, { force: true });
  must('mke2fs', ['-q', '-t', 'ext4', '-O', '^has_journal', '-d', folder, to, `${mib}M`]);
};

const writeInitrd = (work: string, root: string, version: string, to: string): void => {
  const folder = join(work, 'initrd');
  for (const each of ['bin', 'lib', 'proc', 'sys', 'dev']) mkdirSync(join(folder, each), { recursive: true });
  copyFileSync(join(root, 'usr/bin/busybox'), join(folder, 'bin/busybox'));
  addProgram('initramfs-init', join(folder, 'init'));
  const paths = EARLY_MODULES.flatMap((module) =>
    lines(must('modprobe', ['-d', root, '-S', version, '--show-depends', module])).flatMap(
      (line) => /^insmod (\S+)/.exec(line)?.[1] ?? [],
    ),
  );
  const needed = [...new Set(paths)];
  for (const path of needed) copyFileSync(path, join(folder, 'lib', basename(path)));
  writeFileSync(join(folder, 'modules'), needed.map((path) => `${basename(path)}\n`).join(''));
  must('sh', ['-c', `find . | cpio -o -H newc --quiet | gzip -1 >"${to}"`], { cwd: folder });
};

const build = (work: string, kernel: string): void => {
  const version = kernel.replace('linux-image-', '');
  const unpacked = unpackKernel(work, kernel);
  writeKernel(unpacked, version, join(work, 'vmlinux'));
  const root = makeRoot(work, unpacked, version);
  writeInitrd(work, root, version, join(work, 'initrd.cpio.gz'));
  writeDisk(root, join(work, 'root.img'));
  for (const each of ['root', 'initrd', 'kernel']) rmSync(join(work, each), { recursive: true, force: true });
  for (const name of readdirSync(work)) if (name.endsWith('.deb')) rmSync(join(work, name));
};

const keyOf = (kernel: string): string => {
  const hash = createHash('sha256');
  for (const each of [kernel, suite(), process.version, ...PACKAGES, ...MODULES, ...EARLY_MODULES]) hash.update(`${each}\n`);
  for (const each of FILES) hash.update(readFileSync(join(GUEST, each)));
  hash.update(RECIPE);
  return hash.digest('hex').slice(0, 16);
};

const HALF_BUILT = /^wifi-guest-\w+\.(?<pid>\d+)$/;

/** What builders have left behind that were killed. */
const sweep = (caches: string): void => {
  for (const name of readdirSync(caches)) {
    const pid = HALF_BUILT.exec(name)?.groups?.['pid'];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(join(caches, name), { recursive: true, force: true });
  }
};

const buildOnce = (folder: string, kernel: string): void => {
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    build(work, kernel);
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

/** The machine of the lab, built from Debian's packages once for each content. */
export const guestImage = async (say: (what: string) => void): Promise<GuestImage> => {
  const kernel = kernelPackage();
  const caches = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'postassoc');
  const folder = join(caches, `wifi-guest-${keyOf(kernel)}`);
  if (!existsSync(folder)) {
    mkdirSync(caches, { recursive: true });
    const unlock = await lockOn(join(caches, 'wifi-guest.lock'));
    try {
      sweep(caches);
      if (!existsSync(folder)) {
        say(`building the guest with ${kernel}; this takes some minutes, and happens once`);
        buildOnce(folder, kernel);
      }
    } finally {
      unlock();
    }
  }
  return { kernel: join(folder, 'vmlinux'), initrd: join(folder, 'initrd.cpio.gz'), disk: join(folder, 'root.img') };
};
