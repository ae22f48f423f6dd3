import { Secret } from '../../../../../streams/events/index.js';

/** The buffers that secrets are made of while something runs: a secret copies them, and whoever had them wipes them. */
export const madeOf = (run: () => void): ReadonlyArray<Uint8Array> => {
  const buffers: Uint8Array[] = [];
  const { of } = Secret;
  Secret.of = (octets, ...part) => {
    buffers.push(octets);
    return of(octets, ...part);
  };
  try {
    run();
  } finally {
    Secret.of = of;
  }
  return buffers;
};
