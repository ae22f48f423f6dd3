import { u32be } from './octets.js';

/** Octets before the elements of a beacon or probe response: timestamp, interval, capabilities. */
export const BEACON_FIELDS = 12;
const CAPABILITIES_AT = 10;
/** ESS, IBSS, and Privacy, which is all that tells WEP; the other capabilities come and go with the stations. */
const LASTING_CAPABILITIES = 0x13;

const ELEMENT_HEADER = 2;
/** More than any access point says of its security; beyond it, changes are not noticed. */
const MOST_REMEMBERED = 1024;

const Id = { SSID: 0, RSN: 48, MOBILITY_DOMAIN: 54, VENDOR: 221, RSNX: 244, EXTENSION: 255 } as const;
const MULTI_LINK = 107;
/** ID, length, extension, control, and the common information up to the MLD's address; behind them counters and timers change. */
const MULTI_LINK_KEPT = 12;

/** OUI and type: of Microsoft WPA1, of the Wi-Fi Alliance OWE transition and the RSN overrides with the one for the RSNXE. */
const WPA1 = 0x0050f201;
const WFA = 0x506f9a;
const OWE_TRANSITION = 0x1c;
const OVERRIDES = { first: 0x29, last: 0x2b } as const;

/** Every beacon has several elements of vendors, and next to none of these, so that two comparisons do for most. */
const isVendorOfInterest = (vendor: number): boolean => {
  if (vendor >>> 8 !== WFA) return vendor === WPA1;
  const type = vendor & 0xff;
  return type === OWE_TRANSITION || (type >= OVERRIDES.first && type <= OVERRIDES.last);
};

/** By element ID: 0 does not matter, 1 matters, 2 depends on what is in it. */
const MATTERS = new Uint8Array(256);
for (const id of [Id.SSID, Id.RSN, Id.MOBILITY_DOMAIN, Id.RSNX]) MATTERS[id] = 1;
for (const id of [Id.VENDOR, Id.EXTENSION]) MATTERS[id] = 2;

/** How many octets matter of the element that lies there. */
const weightOf = (bytes: Uint8Array, at: number, next: number): number => {
  const id = bytes[at] ?? 0;
  const matters = MATTERS[id];
  if (matters === 0) return 0;
  if (matters === 1) return next - at;
  if (id === Id.VENDOR) return next - at >= 6 && isVendorOfInterest(u32be(bytes, at + ELEMENT_HEADER)) ? next - at : 0;
  return next - at > ELEMENT_HEADER && bytes[at + ELEMENT_HEADER] === MULTI_LINK ? Math.min(next - at, MULTI_LINK_KEPT) : 0;
};

const lastingCapabilities = (bytes: Uint8Array, body: number): number =>
  (bytes[body + CAPABILITIES_AT] ?? 0) & LASTING_CAPABILITIES;

/**
 * Whether a beacon or probe response says of the network and its security what is remembered of it. Timestamps, traffic maps, load and
 * counters change with each one and do not matter, nor does where an element stands.
 */
export const saysTheSame = (bytes: Uint8Array, body: number, end: number, remembered: Uint8Array): boolean => {
  if (lastingCapabilities(bytes, body) !== remembered[0]) return false;
  let seen = 1;
  for (let at = body + BEACON_FIELDS; at + ELEMENT_HEADER <= end; ) {
    const next = at + ELEMENT_HEADER + (bytes[at + 1] ?? 0);
    if (next > end) break;
    const until = at + weightOf(bytes, at, next);
    if (seen + until - at > MOST_REMEMBERED) break;
    for (; at < until; at += 1) {
      if (bytes[at] !== remembered[seen]) return false;
      seen += 1;
    }
    at = next;
  }
  return seen === remembered.length;
};

/** Where it is put together: whoever forges a million access points would otherwise have a kilobyte allocated for each. */
const kept = new Uint8Array(MOST_REMEMBERED);

/** What a beacon or probe response says that is worth remembering. */
export const whatMatters = (bytes: Uint8Array, body: number, end: number): Uint8Array => {
  kept[0] = lastingCapabilities(bytes, body);
  let size = 1;
  for (let at = body + BEACON_FIELDS; at + ELEMENT_HEADER <= end; ) {
    const next = at + ELEMENT_HEADER + (bytes[at + 1] ?? 0);
    if (next > end) break;
    const weight = weightOf(bytes, at, next);
    if (size + weight > MOST_REMEMBERED) break;
    kept.set(bytes.subarray(at, at + weight), size);
    size += weight;
    at = next;
  }
  return kept.slice(0, size);
};
