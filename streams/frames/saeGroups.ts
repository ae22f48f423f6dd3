/** Octets of a commit's two parts. */
export interface SaeGroupSizes {
  readonly scalar: number;
  /** Of a curve: x and y, end to end. */
  readonly element: number;
}

const curve = (prime: number): SaeGroupSizes => ({ scalar: prime, element: 2 * prime });
const field = (prime: number): SaeGroupSizes => ({ scalar: prime, element: prime });

/** By the number IANA gave the group for IKE (RFC 2409, 3526, 5114, 5903, 6932): scalars are as long as the prime (12.4.7.2.4). */
const SIZES: ReadonlyMap<number, SaeGroupSizes> = new Map([
  [1, field(96)],
  [2, field(128)],
  [5, field(192)],
  [14, field(256)],
  [15, field(384)],
  [16, field(512)],
  [17, field(768)],
  [18, field(1024)],
  [19, curve(32)],
  [20, curve(48)],
  [21, curve(66)],
  [22, field(128)],
  [23, field(256)],
  [24, field(256)],
  [25, curve(24)],
  [26, curve(28)],
  [27, curve(28)],
  [28, curve(32)],
  [29, curve(48)],
  [30, curve(64)],
]);

/** How a commit of that group divides; which groups to use is another question, and most of these nobody should. */
export const saeGroupSizes = (group: number): SaeGroupSizes | undefined => SIZES.get(group);
