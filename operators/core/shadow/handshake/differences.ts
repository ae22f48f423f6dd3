import { toHex } from '../../../../streams/events/index.js';
import { type EapolKey, MIC_AT, writeKeyInformation } from '../../../../streams/frames/index.js';

const shownInformation = ({ information }: EapolKey): string =>
  `0x${writeKeyInformation(information).toString(16).padStart(4, '0')}`;

/** Where a message of a station is not what the engine writes in its place, field by field. The MIC follows from the rest. */
export const differencesOf = (ours: EapolKey, theirs: EapolKey): ReadonlyArray<string> => {
  const fields: ReadonlyArray<readonly [string, string, string]> = [
    ['EAPOL version', `${ours.version}`, `${theirs.version}`],
    ['descriptor', `${ours.descriptor}`, `${theirs.descriptor}`],
    ['key information', shownInformation(ours), shownInformation(theirs)],
    ['key length', `${ours.keyLength}`, `${theirs.keyLength}`],
    ['replay counter', `${ours.replayCounter}`, `${theirs.replayCounter}`],
    ['nonce', toHex(ours.nonce), toHex(theirs.nonce)],
    ['key IV', toHex(ours.iv), toHex(theirs.iv)],
    ['key RSC', toHex(ours.receiveCounter), toHex(theirs.receiveCounter)],
    ['reserved', toHex(ours.reserved), toHex(theirs.reserved)],
    ['key data', toHex(ours.keyData), toHex(theirs.keyData)],
  ];
  const found: string[] = [];
  for (const [name, our, their] of fields)
    if (our !== their) found.push(`${name} ${their === '' ? 'none' : their} where we send ${our === '' ? 'none' : our}`);
  return found;
};

/** Whether two packets are the same in all but their MIC. */
export const isSameButForMic = (a: Uint8Array, b: Uint8Array, micLength: number): boolean => {
  if (a.length !== b.length || micLength === 0) return false;
  for (let i = 0; i < a.length; i++) {
    if (i === MIC_AT) i += micLength;
    if (a[i] !== b[i]) return false;
  }
  return true;
};
