import { isThere, type Programs, whyMissing } from '../readiness.js';

/** Installs what a guest takes. Answers with the reason why there can be none here, if there is one. */
export const missingPrograms = (programs: Programs): string | undefined => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `it needs Linux on amd64, and this is ${process.platform} ${process.arch}`;
  if (process.getuid?.() !== 0) return 'it needs root, to build its guest';
  if (!isThere('apt-get')) return 'it needs apt-get: its guest is built from packages of Debian';
  return whyMissing(programs);
};
