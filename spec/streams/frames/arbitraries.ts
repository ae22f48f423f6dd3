import fc from 'fast-check';
import { Cipher, type KeyMaterial, macFromBytes, Secret } from '../../../streams/events/index.js';
import { materialForm } from '../../../streams/frames/index.js';

export const u8 = fc.integer({ min: 0, max: 0xff });
export const u16 = fc.integer({ min: 0, max: 0xffff });
export const u32 = fc.integer({ min: 0, max: 0xffffffff });
export const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
export const block = fc.uint8Array({ maxLength: 40 });
export const mac = octets(6).map((bytes) => macFromBytes(bytes));
export const ssid = fc.uint8Array({ maxLength: 32 });
export const secret = (min: number, max = min) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Secret.of(bytes));

export const encapsulationEntry = fc.record({ etherType: u16, encapsulation: u16 });

const common = {
  peer: mac,
  status: u32,
  reassociationRequest: fc.boolean(),
  reassociationResponse: fc.boolean(),
  request: block,
  response: block,
  beacon: block,
  ihvData: block,
  authAlgorithm: u32,
  unicastCipher: u32,
  multicastCipher: u32,
  activePhys: fc.array(u32, { maxLength: 4 }),
  fourAddress: fc.boolean(),
  portAuthorized: fc.boolean(),
  qosProtocol: u8,
  dsInfo: u32,
  encapsulation: fc.array(encapsulationEntry, { maxLength: 4 }),
};
export const association = fc.record({ ...common, managementCipher: u32, comebackTime: u32 });
export const oldAssociation = fc.record({ ...common, managementCipher: fc.constant(0), comebackTime: fc.constant(0) });

const material = (algorithm: number): fc.Arbitrary<KeyMaterial> => {
  const form = materialForm(algorithm);
  if (form === 'raw') return fc.record({ form: fc.constant(form), key: secret(0, 40) });
  const counted = { counter: octets(6), key: secret(0, 40) };
  return form === 'tkip'
    ? fc.record({ form: fc.constant(form), ...counted, mic: secret(0, 20) })
    : fc.record({ form: fc.constant(form), ...counted });
};

const ciphers = fc.constantFrom(...Object.values(Cipher.codes), 0x80000001);
const nothing: KeyMaterial = { form: 'raw', key: Secret.of(new Uint8Array(0)) };

/** Algorithm, deletion and a material that goes with both. */
const keyed = ciphers.chain((algorithm) =>
  fc.oneof(
    fc.record({ algorithm: fc.constant(algorithm), delete: fc.constant(false), material: material(algorithm) }),
    fc.record({ algorithm: fc.constant(algorithm), delete: fc.constant(true), material: fc.constant(nothing) }),
  ),
);

export const keyMappingKey = fc
  .tuple(keyed, fc.record({ peer: mac, direction: u32, static: fc.boolean() }))
  .map(([key, identity]) => ({ ...key, ...identity }));

export const defaultKey = fc
  .tuple(keyed, fc.record({ peer: mac, keyIndex: u32, static: fc.boolean() }))
  .map(([key, identity]) => ({ ...key, ...identity }));

const printable = (min: number, max: number) =>
  fc
    .array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: min, maxLength: max })
    .map((codes) => Secret.of(Uint8Array.from(codes)));
const hexDigits = fc
  .array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: 64, maxLength: 64 })
  .map((digits) => Secret.of(new TextEncoder().encode(digits.join(''))));

export const apProperty = fc
  .tuple(
    fc.record({ ssid, authAlgorithm: u32, cipher: u32 }),
    fc.oneof(
      fc.record({ isPassphrase: fc.constant(true), key: printable(8, 63) }),
      fc.record({ isPassphrase: fc.constant(false), key: fc.oneof(secret(32), hexDigits) }),
    ),
  )
  .map(([station, key]) => ({ ...station, ...key }));

export const packet = fc.record({ peer: mac, etherType: u16, payload: block });
export const dataFrame = fc.record({
  peer: mac,
  station: mac,
  direction: fc.constantFrom('toAp' as const, 'fromAp' as const),
  etherType: u16,
  payload: block,
  // What is written has left no adapter yet (R76).
  protected: fc.constant(false),
});
