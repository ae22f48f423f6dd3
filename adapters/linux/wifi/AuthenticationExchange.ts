/** Why there was no authentication. The kernel forgets an access point that did not answer: it has to be heard anew. */
export interface AuthenticationFault {
  readonly why: string;
  readonly isSilence: boolean;
}

/** Authentication frames between this station and an access point, before the association. */
export interface AuthenticationExchange {
  /** Sends the first frame. */
  start(): void;
  /** The body of a frame of the access point's, or nothing where it did not answer. */
  hear(body: Uint8Array | undefined): void;
  /** Destroys its secrets, and says no more. */
  cancel(): void;
}
