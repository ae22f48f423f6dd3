import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js';
import { akmOf, cipherOf, parametersOf } from '../../../../operators/core/index.js';
import {
  type EffectiveRsn,
  ElementId,
  effectiveRsn,
  effectiveWpa,
  findElement,
  isWpaElement,
  KeyDescriptor,
  leadingElements,
  type MicLength,
  readKeyInformation,
  readRsnElement,
  readWpaElement,
  writeEapolKey,
  writeKeyData,
} from '../../../../streams/frames/index.js';
import type { KeyDraft } from './StationOfAp.js';

type Choice = Pick<EffectiveRsn, 'akms' | 'pairwise'> & { readonly descriptor: number };

/** What a station's choice means for the form of a packet to it. */
interface Form {
  readonly descriptor: number;
  readonly keyLength: number;
  readonly mic: MicLength;
}

const rightOf = <A>(either: Either<unknown, A> | undefined): A | undefined =>
  either !== undefined && isRight(either) ? either.right : undefined;

const choiceIn = (elements: Uint8Array): Choice | undefined => {
  const all = leadingElements(elements);
  const rsne = findElement(all, ElementId.codes.RSN);
  const rsn = rightOf(rsne && readRsnElement(rsne.body));
  if (rsn !== undefined) return { ...effectiveRsn(rsn), descriptor: KeyDescriptor.codes.RSN };
  const element = all.find(isWpaElement);
  const wpa = rightOf(element && readWpaElement(element.body));
  return wpa && { ...effectiveWpa(wpa), descriptor: KeyDescriptor.codes.WPA };
};

const PMK_LENGTH = 32;
const PMK_LENGTH_192 = 48;

const formOf = (elements: Uint8Array): Form | undefined => {
  const choice = choiceIn(elements);
  const akm = akmOf(choice?.akms[0] ?? 0);
  const cipher = cipherOf(choice?.pairwise[0] ?? 0);
  if (choice === undefined || akm === undefined || cipher === undefined) return undefined;
  const { mic } = parametersOf(akm, akm.pmkLengths.includes(PMK_LENGTH) ? PMK_LENGTH : PMK_LENGTH_192);
  return { descriptor: choice.descriptor, keyLength: cipher.keyLength, mic };
};

const EAPOL_VERSION = 2;
const NOTHING = new Uint8Array(0);

const keyDataOf = ({ pmkid }: KeyDraft): Uint8Array | undefined => {
  if (pmkid === undefined) return NOTHING;
  const written = writeKeyData([{ kind: 'pmkid', pmkid }]);
  return isLeft(written) ? undefined : written.right;
};

/**
 * Message 1 as hostapd sent it: its log does not show the packet, but says everything that is in it, where the station's
 * association was seen. What a log leaves open makes no packet.
 */
export const message1Of = (draft: KeyDraft, replayCounter: Uint8Array): Uint8Array | undefined => {
  const { station, information, keyDataLength } = draft;
  const form = station.elements && formOf(station.elements);
  const keyData = keyDataOf(draft);
  if (form === undefined || station.nonce === undefined || information === undefined || replayCounter.length !== 8)
    return undefined;
  if (keyData?.length !== keyDataLength) return undefined;
  const { buffer, byteOffset } = replayCounter;
  return writeEapolKey({
    version: EAPOL_VERSION,
    descriptor: form.descriptor,
    information: readKeyInformation(information),
    keyLength: form.keyLength,
    replayCounter: new DataView(buffer, byteOffset).getBigUint64(0),
    nonce: station.nonce,
    iv: new Uint8Array(16),
    receiveCounter: new Uint8Array(8),
    reserved: new Uint8Array(8),
    mic: new Uint8Array(form.mic),
    keyData: keyData ?? NOTHING,
  });
};
