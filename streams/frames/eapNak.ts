import type { Decoded } from './DecodeError.js';
import { type EapPacket, readVendorType, writeVendorType } from './eap.js';
import { EAP_VENDOR_IETF, EapMethod, type EapVendorType } from './eapMethods.js';
import { pack } from './pack.js';
import { decode } from './Reader.js';

const { EXPANDED, NAK } = EapMethod.codes;

/**
 * A method a Nak asks for instead: a type, or `EXPANDED` with its vendor. Type 0 says that there is none (RFC 3748 5.3.1).
 *
 * @since 0.2.0
 */
export interface EapWish {
  readonly type: number;
  readonly vendor?: EapVendorType;
}

/** Whether a packet is a Nak of either form. */
export const isEapNak = ({ type, vendor }: Pick<EapPacket, 'type' | 'vendor'>): boolean =>
  type === NAK || (vendor?.vendor === EAP_VENDOR_IETF && vendor.type === NAK);

/**
 * The wishes of a Nak; of an expanded one (RFC 3748 5.3.2) each takes eight octets, of which the first is 254.
 *
 * @since 0.2.0
 */
export const readEapNak = (data: Uint8Array, isExpanded = false): Decoded<ReadonlyArray<EapWish>> =>
  decode(isExpanded ? 'EAP expanded Nak' : 'EAP Nak', data, (reader) =>
    reader.repeat((wishes) => {
      const type = { field: 'Type', at: wishes.at, value: wishes.u8('Type') };
      if (!isExpanded) return { type: type.value };
      wishes.check(type.value === EXPANDED, 'VALUE', type, `${EXPANDED}`);
      const vendor = readVendorType(wishes);
      // Type 0 of the IETF and a type of one octet are what they are without the long form.
      return vendor.vendor === EAP_VENDOR_IETF && vendor.type < EXPANDED ? { type: vendor.type } : { type: EXPANDED, vendor };
    }),
  );

/** Writes the wishes of a Nak; one of a vendor's own has a place in the expanded form only, and stands for 254 in the other. */
export const writeEapNak = (wishes: ReadonlyArray<EapWish>, isExpanded = false): Uint8Array =>
  isExpanded
    ? pack(
        ...wishes.map(({ type, vendor = { vendor: EAP_VENDOR_IETF, type } }) =>
          pack(Uint8Array.of(EXPANDED), writeVendorType(vendor)),
        ),
      )
    : Uint8Array.from(wishes, ({ type }) => type);
