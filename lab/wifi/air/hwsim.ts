import { attribute, u32Attribute, u32In } from '../../../adapters/linux/genetlink/attributes.js';
import type { GenericMessage, GenericRequest } from '../../../adapters/linux/genetlink/GenericMessage.js';

/** The family by which mac80211_hwsim hands its frames to a medium in user space (drivers/net/wireless/mac80211_hwsim.h). */
export const FAMILY = 'MAC80211_HWSIM';
const Command = { REGISTER: 1, FRAME: 2, TRANSMITTED: 3, REMOVE_RADIO: 5 } as const;
const Attribute = {
  RECEIVER: 1,
  TRANSMITTER: 2,
  FRAME: 3,
  FLAGS: 4,
  RATE: 5,
  SIGNAL: 6,
  TX_INFO: 7,
  COOKIE: 8,
  RADIO: 10,
  FREQUENCY: 19,
} as const;
const Flag = { ACKNOWLEDGED: 1 << 2 } as const;
const SIGNAL_DBM = -30;
const RATE = 0;

/** A frame a radio sends. */
export interface Transmission {
  /** The radio's own address, which is none of its interfaces'. */
  readonly radio: Uint8Array;
  readonly frame: Uint8Array;
  readonly flags: number;
  readonly cookie: Uint8Array;
  readonly rates: Uint8Array;
  readonly frequency?: number;
}

/** The number of a radio is in its address. */
export const radioAddress = (number: number): Uint8Array => Uint8Array.of(0x42, 0, 0, 0, number, 0);
export const radioNumber = (address: Uint8Array): number => address[4] ?? 0;

export const registerRequest: GenericRequest = { command: Command.REGISTER, attributes: [] };

export const removeRequest = (radio: number): GenericRequest => ({
  command: Command.REMOVE_RADIO,
  attributes: [u32Attribute(Attribute.RADIO, radio)],
});

export const readTransmission = ({ command, attributes }: GenericMessage): Transmission | undefined => {
  if (command !== Command.FRAME) return undefined;
  const [radio, frame, cookie] = [Attribute.TRANSMITTER, Attribute.FRAME, Attribute.COOKIE].map((type) => attributes.get(type));
  if (radio === undefined || frame === undefined || cookie === undefined) return undefined;
  const frequency = u32In(attributes, Attribute.FREQUENCY);
  return {
    ...{ radio, frame, cookie, flags: u32In(attributes, Attribute.FLAGS) ?? 0 },
    rates: attributes.get(Attribute.TX_INFO) ?? new Uint8Array(0),
    ...(frequency !== undefined && { frequency }),
  };
};

/** Lets a radio hear a frame, if it listens there; without a frequency, wherever it listens. */
export const deliverRequest = (radio: Uint8Array, frame: Uint8Array, frequency?: number): GenericRequest => ({
  command: Command.FRAME,
  attributes: [
    attribute(Attribute.RECEIVER, radio),
    attribute(Attribute.FRAME, frame),
    u32Attribute(Attribute.RATE, RATE),
    u32Attribute(Attribute.SIGNAL, SIGNAL_DBM),
    ...(frequency === undefined ? [] : [u32Attribute(Attribute.FREQUENCY, frequency)]),
  ],
});

/** Tells a radio what became of a frame it sent. */
export const transmittedRequest = ({ radio, flags, cookie, rates }: Transmission, isAcknowledged: boolean): GenericRequest => ({
  command: Command.TRANSMITTED,
  attributes: [
    attribute(Attribute.TRANSMITTER, radio),
    u32Attribute(Attribute.FLAGS, isAcknowledged ? flags | Flag.ACKNOWLEDGED : flags),
    attribute(Attribute.COOKIE, cookie),
    u32Attribute(Attribute.SIGNAL, SIGNAL_DBM),
    attribute(Attribute.TX_INFO, rates),
  ],
});
