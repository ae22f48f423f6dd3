import type { CaptureOracle } from './captureOracle.js';
import type { CaptureRead } from './captureReading.js';

/** Message 1s whose PMKID is that of the key given, by another check. */
export const comparePmkids = ({ own_pmkid_check }: CaptureOracle, { connections }: CaptureRead): ReadonlyArray<string> =>
  own_pmkid_check.flatMap(({ no, valid }) => {
    const ours = connections.flatMap(({ explanation }) => explanation.handshakes).find(({ m1 }) => m1.includes(no))?.pmkid;
    return ours === (valid ? 'matches' : 'differs') ? [] : [`${no}: PMKID ${valid}, here ${ours}`];
  });

/** Of a TKIP key some tell the first half only, which is without those of Michael. */
const isSameKey = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

const onlyIn = (keys: Iterable<string>, others: Iterable<string>): ReadonlyArray<string> => {
  const all = [...others];
  return [...new Set(keys)].filter((key) => !all.some((other) => isSameKey(key, other)));
};

const groupKeysIn = ({ decryption, own_mic_check }: CaptureOracle): ReadonlyArray<string> => [
  ...Object.keys(decryption.keys?.gtk ?? {}),
  ...Object.keys(decryption.keys?.gtk_kde ?? {}).map((key) => key.replace(/\/.*$/, '')),
  ...own_mic_check.flatMap(({ kdes }) => kdes?.gtk?.map(({ gtk }) => gtk) ?? []),
  ...own_mic_check.flatMap(({ kdes }) => kdes?.igtk?.igtk ?? []),
];

const pairwiseKeysIn = ({ decryption, own_mic_check }: CaptureOracle): ReadonlyArray<string> => [
  ...Object.keys(decryption.keys?.tk ?? {}),
  ...own_mic_check.flatMap(({ mic_valid, tk }) => (mic_valid === true && tk !== undefined ? [tk] : [])),
];

/** Keys that one side found and the other did not. */
export const compareKeys = (oracle: CaptureOracle, { connections }: CaptureRead): ReadonlyArray<string> => {
  const tks = connections.flatMap((connection) => connection.tks);
  const groupKeys = connections.flatMap((connection) => connection.groupKeys.map(({ key }) => key));
  return [
    ...onlyIn(pairwiseKeysIn(oracle), tks).map((key) => `TK ${key}, here none`),
    ...onlyIn(tks, pairwiseKeysIn(oracle)).map((key) => `here TK ${key}`),
    ...onlyIn(groupKeysIn(oracle), groupKeys).map((key) => `group key ${key}, here none`),
    ...onlyIn(groupKeys, groupKeysIn(oracle)).map((key) => `here group key ${key}`),
  ];
};
