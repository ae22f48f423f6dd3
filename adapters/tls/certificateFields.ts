import { bitString, contentOf, DerTag, type DerValue, heldTag, objectIdentifier, plainTag, whole, within } from './der.js';

/** A name among the subject alternative names (RFC 5280 4.2.1.6); the text as it stands, an IP address in octets. */
export interface AlternativeName {
  readonly kind: 'dns' | 'email' | 'uri' | 'ip';
  readonly text: string;
  readonly octets: Uint8Array;
}

/** What a judgement looks at that node:crypto does not tell, or tells in prose. */
export interface CertificateFields {
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** The key's bits: what responders hash. */
  readonly publicKey: Uint8Array;
  readonly names: ReadonlyArray<AlternativeName>;
  readonly commonNames: ReadonlyArray<string>;
  /** None if the certificate does not say what it is for. */
  readonly uses?: ReadonlyArray<string>;
}

const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const COMMON_NAME = '2.5.4.3';
const NAME_KINDS = new Map<number, AlternativeName['kind']>([
  [plainTag(1), 'email'],
  [plainTag(2), 'dns'],
  [plainTag(6), 'uri'],
  [plainTag(7), 'ip'],
]);

const latin1 = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

const namesIn = (octets: Uint8Array | undefined): ReadonlyArray<AlternativeName> =>
  (octets === undefined ? [] : (whole(octets, DerTag.SEQUENCE) ?? [])).flatMap(({ tag, content }) => {
    const kind = NAME_KINDS.get(tag);
    return kind === undefined ? [] : [{ kind, text: latin1(content), octets: content }];
  });

const usesIn = (octets: Uint8Array): ReadonlyArray<string> =>
  (whole(octets, DerTag.SEQUENCE) ?? []).map((use) => objectIdentifier(use) ?? '');

const commonNamesIn = (subject: DerValue): ReadonlyArray<string> =>
  (within(subject, DerTag.SEQUENCE) ?? []).flatMap((set) =>
    (within(set, DerTag.SET) ?? []).flatMap((attribute) => {
      const [type, value] = within(attribute, DerTag.SEQUENCE) ?? [];
      return value !== undefined && objectIdentifier(type) === COMMON_NAME ? [Buffer.from(value.content).toString('utf8')] : [];
    }),
  );

const extensionsIn = (values: ReadonlyArray<DerValue>): ReadonlyMap<string, Uint8Array> => {
  const held = within(
    values.find(({ tag }) => tag === heldTag(3)),
    heldTag(3),
  );
  const found = new Map<string, Uint8Array>();
  for (const extension of within(held?.[0], DerTag.SEQUENCE) ?? []) {
    const parts = within(extension, DerTag.SEQUENCE) ?? [];
    const name = objectIdentifier(parts[0]);
    const value = contentOf(parts.at(-1), DerTag.OCTET_STRING);
    if (name !== undefined && value !== undefined) found.set(name, value);
  }
  return found;
};

/** Reads a certificate (RFC 5280 4.1). */
export const certificateFields = (der: Uint8Array): CertificateFields | undefined => {
  const toBeSigned = within(whole(der, DerTag.SEQUENCE)?.[0], DerTag.SEQUENCE);
  if (toBeSigned === undefined) return undefined;
  const values = toBeSigned[0]?.tag === heldTag(0) ? toBeSigned.slice(1) : toBeSigned;
  const [serial, , issuer, , subject, key] = values;
  const serialNumber = contentOf(serial, DerTag.INTEGER);
  const publicKey = bitString(within(key, DerTag.SEQUENCE)?.[1]);
  if (serialNumber === undefined || issuer === undefined || subject === undefined || publicKey === undefined) return undefined;
  const extensions = extensionsIn(values.slice(6));
  const uses = extensions.get(EXTENDED_KEY_USAGE);
  return {
    serial: serialNumber,
    issuer: issuer.raw,
    subject: subject.raw,
    publicKey,
    names: namesIn(extensions.get(SUBJECT_ALTERNATIVE_NAME)),
    commonNames: commonNamesIn(subject),
    ...(uses && { uses: usesIn(uses) }),
  };
};
