import { AkmSuite, CipherSuite } from '../../../../streams/frames/index.js';

const octet = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

/** A selector as the standard writes it: `00-0F-AC:2`. */
export const showSelector = (selector: number): string =>
  `${octet(selector >>> 24)}-${octet((selector >>> 16) & 0xff)}-${octet((selector >>> 8) & 0xff)}:${selector & 0xff}`;

const spoken = (name: string): string => name.replace(/^WPA_(?!PSK|802)/, '').replaceAll('_', '-');

/** A cipher by its name, `GCMP-256`, or by its selector where nobody named it. */
export const cipherName = (selector: number): string => {
  const name = CipherSuite.nameOf(selector);
  return name === undefined ? showSelector(selector) : spoken(name);
};

/** Key management by its name, `PSK-SHA256`. */
export const akmName = (selector: number): string => {
  const name = AkmSuite.nameOf(selector);
  return name === undefined ? showSelector(selector) : spoken(name);
};
