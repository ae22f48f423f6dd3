import { type Either, left, map, right } from 'fp-ts/lib/Either.js';
import { Cipher, type KeyMaterial, Secret } from '../events/index.js';
import { type Encoded, type EncodeError, unwritable } from './DecodeError.js';
import { pack, u32, zeros } from './pack.js';
import type { Reader } from './Reader.js';

type Form = KeyMaterial['form'];
type Counted = Exclude<Form, 'tkip' | 'raw'>;

const { codes } = Cipher;

/**
 * Which nested structure a cipher's key travels in. That CCMP_256 reuses the CCMP structure, and the GMAC and CMAC-256
 * variants that of BIP, is not documented; it is the default here because no other structure exists for them.
 */
const FORMS: ReadonlyMap<number, Form> = new Map<number, Form>([
  [codes.TKIP, 'tkip'],
  [codes.CCMP, 'ccmp'],
  [codes.CCMP_256, 'ccmp'],
  [codes.GCMP, 'gcmp'],
  [codes.GCMP_256, 'gcmp'],
  [codes.BIP, 'bip'],
  [codes.BIP_GMAC_128, 'bip'],
  [codes.BIP_GMAC_256, 'bip'],
  [codes.BIP_CMAC_256, 'bip'],
]);

/** The form of a cipher's key material; WEP and proprietary ciphers carry raw bytes (R124). */
export const materialForm = (algorithm: number): Form => FORMS.get(algorithm) ?? 'raw';

const NAMES = {
  ccmp: { structure: 'DOT11_KEY_ALGO_CCMP', counter: 'ucIV48Counter', length: 'ulCCMPKeyLength', key: 'ucCCMPKey' },
  gcmp: { structure: 'DOT11_KEY_ALGO_GCMP', counter: 'ucIV48Counter', length: 'ulGCMPKeyLength', key: 'ucGCMPKey' },
  bip: { structure: 'DOT11_KEY_ALGO_BIP', counter: 'ucIPN', length: 'ulBIPKeyLength', key: 'ucBIPKey' },
} as const;
const TKIP = 'DOT11_KEY_ALGO_TKIP_MIC';

const COUNTER_SIZE = 6;

/** The counter is copied as it stands: its byte order is not documented, the Key RSC's own is kept (R127). */
const counter = (reader: Reader, field: string): Uint8Array => {
  const octets = reader.bytes(field, COUNTER_SIZE);
  reader.skip(2);
  return octets;
};

const counted = (reader: Reader, form: Counted): KeyMaterial => {
  const names = NAMES[form];
  const octets = counter(reader, names.counter);
  const length = reader.located(names.length);
  reader.check(length.value === reader.remaining, 'LENGTH', length, `the ${reader.remaining} bytes that follow`);
  return { form, counter: octets, key: reader.secret(names.key, length.value) };
};

const tkip = (reader: Reader): KeyMaterial => {
  const octets = counter(reader, 'ucIV48Counter');
  const key = reader.located('ulTKIPKeyLength');
  const mic = reader.located('ulMICKeyLength');
  const following = `the ${reader.remaining} bytes that follow, with ulTKIPKeyLength`;
  reader.check(key.value + mic.value === reader.remaining, 'LENGTH', mic, following);
  return {
    form: 'tkip',
    counter: octets,
    key: reader.secret('ucTKIPMICKeys', key.value),
    mic: reader.secret('ucTKIPMICKeys', mic.value),
  };
};

/** `ucKey`, `length` bytes of it, in the form the cipher prescribes: `usKeyLength` counts the nested header too (R124). */
export const keyMaterial = (reader: Reader, algorithm: number, length: number): KeyMaterial => {
  const form = materialForm(algorithm);
  if (form === 'raw') return { form, key: reader.secret('ucKey', length) };
  if (form === 'tkip') return reader.nested(TKIP, 'ucKey', length, tkip);
  return reader.nested(NAMES[form].structure, 'ucKey', length, (inner) => counted(inner, form));
};

/** What a deletion carries: nothing (R129). */
export const NO_MATERIAL: KeyMaterial = { form: 'raw', key: Secret.of(new Uint8Array(0)) };

const known = (structure: string, field: string, secret: Secret): Either<EncodeError, Uint8Array> =>
  secret.isKnown ? right(secret.reveal()) : unwritable(structure, field, 'known key bytes', 'a redacted secret');

const writeCounter = (structure: string, octets: Uint8Array): Encoded =>
  octets.length === COUNTER_SIZE
    ? right(pack(octets, zeros(2)))
    : unwritable(structure, 'counter', `${COUNTER_SIZE} octets`, String(octets.length));

const writeTkip = (material: Extract<KeyMaterial, { form: 'tkip' }>): Encoded => {
  const octets = writeCounter(TKIP, material.counter);
  const key = known(TKIP, 'ucTKIPMICKeys', material.key);
  const mic = known(TKIP, 'ucTKIPMICKeys', material.mic);
  if (octets._tag === 'Left') return octets;
  if (key._tag === 'Left') return key;
  if (mic._tag === 'Left') return mic;
  return right(pack(octets.right, u32(key.right.length), u32(mic.right.length), key.right, mic.right));
};

const writeCounted = (material: Extract<KeyMaterial, { form: Counted }>): Encoded => {
  const { structure, key: field } = NAMES[material.form];
  const octets = writeCounter(structure, material.counter);
  if (octets._tag === 'Left') return octets;
  return map((key: Uint8Array) => pack(octets.right, u32(key.length), key))(known(structure, field, material.key));
};

const write = (material: KeyMaterial): Encoded => {
  if (material.form === 'raw') return known('ucKey', 'ucKey', material.key);
  return material.form === 'tkip' ? writeTkip(material) : writeCounted(material);
};

/** The bytes of `ucKey`. A redacted secret, or a form that is not the cipher's, is refused rather than sent to a driver. */
export const writeKeyMaterial = (algorithm: number, material: KeyMaterial): Encoded => {
  const form = materialForm(algorithm);
  const written = material.form === form ? write(material) : unwritable('ucKey', 'form', form, material.form);
  if (written._tag === 'Left' || written.right.length <= 0xffff) return written;
  return left({ code: 'UNWRITABLE', structure: 'ucKey', field: 'usKeyLength', message: 'ucKey.usKeyLength: exceeds 16 bits' });
};
