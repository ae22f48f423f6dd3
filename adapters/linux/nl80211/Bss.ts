import { type MacAddress, macFromBytes } from '../../../streams/events/index.js';
import { ElementId, findElement, leadingElements } from '../../../streams/frames/index.js';
import { attributesIn, i32In, u16In, u32In } from '../genetlink/attributes.js';
import type { GenericMessage } from '../genetlink/GenericMessage.js';
import { Attribute, BssAttribute, BssStatus } from './names.js';

/** An access point that was heard. */
export interface Bss {
  readonly bssid: MacAddress;
  /** In MHz. */
  readonly frequency: number;
  /** In hundredths of a dBm; nothing where the driver does not measure it so. */
  readonly signal?: number;
  readonly seenMsAgo: number;
  readonly ssid: Uint8Array;
  readonly capabilities: number;
  readonly beaconInterval: number;
  readonly timestamp: Uint8Array;
  /** Of the probe response if there was one, else of the beacon. */
  readonly elements: Uint8Array;
  /** The one this interface is associated with. */
  readonly isOurs: boolean;
}

const MAC_LENGTH = 6;
const TIMESTAMP_LENGTH = 8;
const NOTHING = new Uint8Array(0);

/** An entry of the list of access points. */
export const readBss = ({ attributes }: GenericMessage): Bss | undefined => {
  const bss = attributesIn(attributes.get(Attribute.BSS));
  const [bssid, frequency] = [bss.get(BssAttribute.BSSID), u32In(bss, BssAttribute.FREQUENCY)];
  if (bssid?.length !== MAC_LENGTH || frequency === undefined) return undefined;
  const elements = bss.get(BssAttribute.INFORMATION_ELEMENTS) ?? bss.get(BssAttribute.BEACON_IES) ?? NOTHING;
  const timestamp = bss.get(BssAttribute.TSF);
  const signal = i32In(bss, BssAttribute.SIGNAL_MBM);
  return {
    bssid: macFromBytes(bssid),
    frequency,
    ...(signal !== undefined && { signal }),
    seenMsAgo: u32In(bss, BssAttribute.SEEN_MS_AGO) ?? 0,
    ssid: findElement(leadingElements(elements), ElementId.codes.SSID)?.body ?? NOTHING,
    capabilities: u16In(bss, BssAttribute.CAPABILITY) ?? 0,
    beaconInterval: u16In(bss, BssAttribute.BEACON_INTERVAL) ?? 0,
    timestamp: timestamp?.length === TIMESTAMP_LENGTH ? timestamp : new Uint8Array(TIMESTAMP_LENGTH),
    elements,
    isOurs: u32In(bss, BssAttribute.STATUS) === BssStatus.ASSOCIATED,
  };
};
