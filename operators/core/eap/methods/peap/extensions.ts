import { type Decoded, decode, EapMethod } from '../../../../../streams/frames/index.js';
import { joined } from '../../../rsn/keys/joined.js';

/** [MS-PEAP] 2.2.8.1: what the two sides tell each other besides the inner method. */
export interface Extension {
  readonly type: number;
  readonly isMandatory: boolean;
  readonly value: Uint8Array;
}

export const ExtensionType = { RESULT: 3, NAK: 4, CRYPTO_BINDING: 12 } as const;
export const ResultValue = { SUCCESS: 1, FAILURE: 2 } as const;

const MANDATORY = 0x8000;
const TYPE = 0x3fff;
const EAP_HEADER_SIZE = 5;
const RESPONSE = 2;

const u16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);

/** Reads the type data of an extensions packet. */
export const readExtensions = (data: Uint8Array): Decoded<ReadonlyArray<Extension>> =>
  decode('EAP extensions', data, (reader) =>
    reader.repeat((tlv) => {
      const head = tlv.u16be('TLV Type');
      const value = tlv.bytes('Value', tlv.u16be('Length'));
      return { type: head & TYPE, isMandatory: (head & MANDATORY) !== 0, value };
    }),
  );

export const writeExtension = ({ type, isMandatory, value }: Extension): Uint8Array =>
  joined(u16((isMandatory ? MANDATORY : 0) | type), u16(value.length), value);

/** The response to an extensions request: with its header, which inner packets of other types lack. */
export const extensionsResponse = (identifier: number, extensions: ReadonlyArray<Extension>): Uint8Array => {
  const tlvs = joined(...extensions.map(writeExtension));
  const length = EAP_HEADER_SIZE + tlvs.length;
  return joined(Uint8Array.of(RESPONSE, identifier, length >>> 8, length, EapMethod.codes.TLV), tlvs);
};

export const resultExtension = (result: number): Extension => ({
  ...{ type: ExtensionType.RESULT, isMandatory: true, value: u16(result) },
});

/** Says that a mandatory extension of this type is not known here; it is no vendor's. */
export const nakExtension = (type: number): Extension => ({
  ...{ type: ExtensionType.NAK, isMandatory: true, value: joined(new Uint8Array(4), u16(type)) },
});

/** The result a server reports, if it does. */
export const resultOf = (extensions: ReadonlyArray<Extension>): number | undefined => {
  const value = extensions.find(({ type }) => type === ExtensionType.RESULT)?.value;
  return value?.length === 2 ? ((value[0] ?? 0) << 8) | (value[1] ?? 0) : undefined;
};
