import { CipherSuite } from '../../../streams/frames/index.js';
import { type Attributes, attributesIn, listIn, textIn, u32In, u32sIn } from '../genetlink/attributes.js';
import type { GenericMessage } from '../genetlink/GenericMessage.js';
import { Attribute, BandAttribute, Command, ExtendedFeature, Feature, FrequencyAttribute, WakeTrigger } from './names.js';

/** What a radio can do, as far as the security of a station depends on it. */
export interface Wiphy {
  readonly index: number;
  readonly name: string;
  /** Selectors of the cipher suites it has. */
  readonly ciphers: ReadonlyArray<number>;
  /** The channels it may use, in MHz. */
  readonly channels: ReadonlyArray<number>;
  /** Somebody chooses, authenticates and associates for us at a single command. */
  readonly connects: boolean;
  /** Management frames can be protected. */
  readonly protectsManagement: boolean;
  /** How SAE can be done: by frames of ours, by a question of the driver's, or by its firmware. */
  readonly sae: { readonly byFrames: boolean; readonly byRequest: boolean; readonly inFirmware: boolean };
  readonly handshakeInFirmware: { readonly psk: boolean; readonly oneX: boolean };
  readonly fastTransition: boolean;
  readonly fils: boolean;
  readonly multiLink: boolean;
  /** EAPOL goes over nl80211, and we hear whether it was acknowledged. */
  readonly controlPort: boolean;
  readonly controlPortStatus: boolean;
  readonly extendedKeyId: boolean;
  readonly replacesPairwiseKeys: boolean;
  readonly beaconProtection: boolean;
  readonly channelValidation: boolean;
  /** Its firmware renews group keys while the machine sleeps. */
  readonly rekeyOffload: boolean;
  /** Its driver is told the names of PMKs, since it offers them by itself where it roams by itself. */
  readonly keepsPmks?: boolean;
}

const hasBit = (bits: Uint8Array | undefined, number: number): boolean =>
  (((bits?.[number >> 3] ?? 0) >> (number & 7)) & 1) === 1;

const commandsOf = (attributes: Attributes): ReadonlySet<number> =>
  new Set(
    listIn(attributes.get(Attribute.SUPPORTED_COMMANDS)).map((value) =>
      value.length >= 4 ? new DataView(value.buffer, value.byteOffset, value.length).getUint32(0, true) : 0,
    ),
  );

/** A wiphy is told in parts: each has some of the attributes. */
const together = (parts: ReadonlyArray<GenericMessage>): Attributes =>
  new Map(parts.flatMap(({ attributes }) => [...attributes]));

/** Each part may have some channels of a band. */
const channelsOf = (parts: ReadonlyArray<GenericMessage>): ReadonlyArray<number> => {
  const bands = parts.flatMap(({ attributes }) => listIn(attributes.get(Attribute.WIPHY_BANDS)));
  const frequencies = bands.flatMap((band) =>
    listIn(attributesIn(band).get(BandAttribute.FREQS)).map((each) => attributesIn(each)),
  );
  const usable = frequencies.filter((frequency) => !frequency.has(FrequencyAttribute.DISABLED));
  return [...new Set(usable.flatMap((frequency) => u32In(frequency, FrequencyAttribute.FREQ) ?? []))];
};

export const readWiphy = (parts: ReadonlyArray<GenericMessage>): Wiphy | undefined => {
  const attributes = together(parts);
  const [index, name] = [u32In(attributes, Attribute.WIPHY), textIn(attributes, Attribute.WIPHY_NAME)];
  if (index === undefined || name === undefined) return undefined;
  const commands = commandsOf(attributes);
  const ciphers = u32sIn(attributes, Attribute.CIPHER_SUITES);
  const features = attributes.get(Attribute.EXT_FEATURES);
  const flags = u32In(attributes, Attribute.FEATURE_FLAGS) ?? 0;
  const has = (feature: keyof typeof ExtendedFeature): boolean => hasBit(features, ExtendedFeature[feature]);
  const sendsFrames = commands.has(Command.AUTHENTICATE);
  const knowsSae = (flags & Feature.SAE) !== 0;
  return {
    ...{ index, name, ciphers, channels: channelsOf(parts) },
    connects: commands.has(Command.CONNECT),
    protectsManagement: ciphers.includes(CipherSuite.codes.BIP_CMAC_128),
    // The flag means the one way on a driver that takes frames, and the other on one that does not.
    sae: { byFrames: sendsFrames && knowsSae, byRequest: !sendsFrames && knowsSae, inFirmware: has('SAE_OFFLOAD') },
    handshakeInFirmware: { psk: has('HANDSHAKE_OFFLOAD_PSK'), oneX: has('HANDSHAKE_OFFLOAD_1X') },
    fastTransition: sendsFrames,
    fils: has('FILS_STA'),
    multiLink: attributes.has(Attribute.MLO_SUPPORT),
    controlPort: has('CONTROL_PORT_OVER_NL80211'),
    controlPortStatus: has('CONTROL_PORT_TX_STATUS'),
    extendedKeyId: has('EXT_KEY_ID'),
    replacesPairwiseKeys: has('CAN_REPLACE_PTK0'),
    beaconProtection: has('BEACON_PROTECTION') || has('BEACON_PROTECTION_CLIENT'),
    channelValidation: has('OPERATING_CHANNEL_VALIDATION'),
    rekeyOffload: attributesIn(attributes.get(Attribute.WOWLAN_TRIGGERS_SUPPORTED)).has(WakeTrigger.GTK_REKEY_SUPPORTED),
    keepsPmks: commands.has(Command.SET_PMKSA),
  };
};
