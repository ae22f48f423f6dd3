/** Watches a file descriptor by the event loop: no thread, no polling. */
export interface Watch {
  /** Ends it at once. It must end before the descriptor is closed. */
  readonly end: () => void;
}

/** What of the C library is used, one function a system call. A negative result leaves its reason in `errno`. */
export interface LibC {
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly bind: (fd: number, address: Uint8Array, size: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, size: number) => number;
  readonly sendto: (...args: SendTo) => number;
  readonly recvfrom: (...args: ReceiveFrom) => number;
  readonly close: (fd: number) => number;
  /** Why the last call of this thread did not succeed. */
  readonly errno: () => number;
  readonly watch: (fd: number, onReadable: () => void) => Watch;
}

export type SendTo = [fd: number, data: Uint8Array, size: number, flags: number, to: Uint8Array, toSize: number];

/** `fromSize` says how much room there is in `from`, and afterwards how much of it was used. */
export type ReceiveFrom = [fd: number, into: Uint8Array, size: number, flags: number, from: Uint8Array, fromSize: Uint32Array];
