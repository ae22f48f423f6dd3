/** Who is compared. */
export type SupplicantName = 'postassoc' | 'wpa_supplicant' | 'iwd' | 'floor';

/** How each is told of a network; who is not told of it does not offer what it takes. */
export interface Instructions {
  /** Arguments of `postassoc live wifi`. */
  readonly postassoc: ReadonlyArray<string>;
  /** Lines of the network block, and those before it. */
  readonly wpaSupplicant?: { readonly network: ReadonlyArray<string>; readonly before?: ReadonlyArray<string> };
  /** The file of a known network: `psk`, `open` or `8021x`. */
  readonly iwd?: { readonly kind: string; readonly lines: ReadonlyArray<string> };
  /** Whether the floor (`lab/wifi/guest/floor.ts`) does what this network asks for. */
  readonly suitsFloor?: boolean;
}

/** A network three supplicants are shown, one after the other. */
export interface BenchNetwork {
  readonly name: string;
  /** What is done there: connections are timed, or refused by intent, or keys are exchanged anew while one lasts. */
  readonly play: 'connect' | 'refuse' | 'rekey';
  /** Lines of hostapd's configuration. */
  readonly accessPoint: ReadonlyArray<string>;
  readonly instructions: Instructions;
  /** Files beside, by name; in the guest they lie in `BENCH`. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where everything lies in the guest while it is measured: in memory, because a disk takes its time, and icount counts it oddly. */
export const BENCH = '/tmp/bench';
export const REKEY_S = 3;
/** In a folder of that. */
export const PASSPHRASE_FILE = 'passphrase';
/** The channel of the access point. */
export const HOME_MHZ = 2412;
