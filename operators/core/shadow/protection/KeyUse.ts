import type { Speaker } from '../../../../streams/air/index.js';
import type { DataKey } from './Cipher.js';
import { newPacketNumbers, type PacketNumbers } from './PacketNumbers.js';

/** What is heard of one end under one key. */
export interface EndUse {
  /** Frames that were opened whole, for proof. */
  tried: number;
  readonly numbers: PacketNumbers;
}

/** A key, and what is known of its use. */
export interface KeyUse {
  readonly data: DataKey;
  station: EndUse | undefined;
  ap: EndUse | undefined;
}

export const newKeyUse = (data: DataKey): KeyUse => ({ data, station: undefined, ap: undefined });

export const endOf = (use: KeyUse, from: Speaker): EndUse => {
  const known = use[from];
  if (known !== undefined) return known;
  const end = { tried: 0, numbers: newPacketNumbers() };
  use[from] = end;
  return end;
};
