import { eapolWords } from '../../../adapters/cli/live/wifi/eapolWords.js';
import type { AirEvent, Mac48 } from '../../../streams/air/index.js';

/** One attempt of a station to connect, in microseconds, as far as it came. */
export interface AirConnection {
  /** When the station sent its first Authentication frame, since 1970. */
  readonly began: number;
  readonly usesSae: boolean;
  /** From then to the answer that lets it in. */
  readonly associated?: number;
  /** From the access point's first message 1 to the station's message 2: where the first was lost, that counts. */
  readonly message2?: number;
  /** From message 3 to message 4, likewise. */
  readonly message4?: number;
  /** From the first Authentication frame to message 4. */
  readonly whole?: number;
}

type Open = { -readonly [Field in keyof AirConnection]: AirConnection[Field] } & {
  message1At?: number;
  message3At?: number;
  hasAskedIn?: boolean;
};

const SAE = 3;

/** Takes the times of one station's connections from what was heard of it, in the order in which it was heard. */
export class AirStopwatch {
  readonly #station: Mac48;
  readonly #connections: Open[] = [];
  #open: Open | undefined;

  constructor(station: Mac48) {
    this.#station = station;
  }

  get connections(): ReadonlyArray<AirConnection> {
    return this.#connections.map(({ message1At: _, message3At: __, hasAskedIn: ___, ...connection }) => connection);
  }

  see(event: AirEvent): void {
    if (event.kind === 'announcement' || event.kind === 'lost' || event.station !== this.#station) return;
    switch (event.kind) {
      case 'authentication':
        if (event.from === 'station') this.#authenticate(event.time, event.algorithm === SAE);
        break;
      case 'associationRequest':
        if (this.#open !== undefined) this.#open.hasAskedIn = true;
        break;
      case 'associationResponse':
        if (this.#open !== undefined && event.status === 0) this.#open.associated = event.time - this.#open.began;
        break;
      case 'eapol':
        if (this.#open !== undefined) this.#time(this.#open, event.time, eapolWords(event.packet));
        break;
      case 'farewell':
        this.#open = undefined;
        break;
      default:
    }
  }

  /** SAE takes several frames; who has asked to be let in and authenticates again begins anew. */
  #authenticate(time: number, usesSae: boolean): void {
    if (this.#open !== undefined && this.#open.hasAskedIn !== true) return;
    this.#open = { began: time, usesSae };
    this.#connections.push(this.#open);
  }

  #time(open: Open, time: number, message: string): void {
    switch (message) {
      case 'message 1 of 4':
        open.message1At ??= time;
        break;
      case 'message 2 of 4':
        if (open.message1At !== undefined) open.message2 ??= time - open.message1At;
        break;
      case 'message 3 of 4':
        open.message3At ??= time;
        break;
      case 'message 4 of 4':
        if (open.message3At === undefined) return;
        open.message4 ??= time - open.message3At;
        open.whole ??= time - open.began;
        break;
      default:
    }
  }
}
