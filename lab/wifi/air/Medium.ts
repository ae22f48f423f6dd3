import { randomBytes } from 'node:crypto';
import type { GenericMessage, GenericRequest } from '../../../adapters/linux/genetlink/GenericMessage.js';
import { type AirFrame, readAirFrame } from './AirFrame.js';
import { type Forgery, framesOf, type Heard, heardAlso } from './Forgery.js';
import { deliverRequest, radioAddress, radioNumber, readTransmission, type Transmission, transmittedRequest } from './hwsim.js';
import { counted, type Rule, rulesFor, type Tally } from './Rule.js';

/** What a medium does to the world. */
export interface MediumWorld {
  readonly ask: (request: GenericRequest) => void;
  /** A frame nobody's radio has sent is on the air. */
  readonly record: (frame: Uint8Array) => void;
  readonly tell: (what: object) => void;
  /** Starts a command of the shell, and does not wait for it. */
  readonly run: (command: string) => void;
}

/** What a medium is told at any time. */
export interface MediumCommand {
  /** From now on these, and counting begins anew. */
  readonly rules?: ReadonlyArray<Rule>;
  readonly forge?: ReadonlyArray<Forgery>;
}

const FIRST_FORGED = 0x800;
const SEQUENCES = 0x1000;
const UNTOLD: ReadonlySet<AirFrame['kind']> = new Set(['beacon', 'probeRequest', 'probeResponse', 'other']);

/** The air between the radios: it carries what they send to the others, and loses, repeats and forges by rules. */
export class Medium {
  readonly #world: MediumWorld;
  readonly #radios: ReadonlyArray<number>;
  #rules: ReadonlyArray<Rule>;
  #tally: Tally = new Map();
  #heard: Heard = new Map();
  #forged = FIRST_FORGED;
  /** Where the access point, the first of the radios, was heard; what is forged is sent there. */
  #channel: number | undefined;

  constructor(world: MediumWorld, radios: ReadonlyArray<number>, rules: ReadonlyArray<Rule>) {
    this.#world = world;
    this.#radios = radios;
    this.#rules = rules;
  }

  obey({ rules, forge = [] }: MediumCommand): void {
    if (rules !== undefined) {
      this.#rules = rules;
      this.#tally = new Map();
    }
    this.#forge(forge);
    this.#world.tell({ obeyed: true });
  }

  hear(message: GenericMessage): void {
    const transmission = readTransmission(message);
    if (transmission === undefined) return;
    const frame = readAirFrame(transmission.frame);
    if (radioNumber(transmission.radio) === this.#radios[0]) this.#channel = transmission.frequency;
    this.#tally = counted(this.#tally, frame);
    this.#heard = heardAlso(this.#heard, frame);
    const rules = rulesFor(this.#rules, this.#tally, frame);
    for (const { before = [] } of rules) this.#forge(before);
    this.#carry(transmission, frame, rules);
    for (const { after = [], run } of rules) {
      this.#forge(after);
      if (run !== undefined) this.#world.run(run);
    }
  }

  #carry(transmission: Transmission, frame: AirFrame, rules: ReadonlyArray<Rule>): void {
    const isLost = rules.some(({ fate }) => fate === 'lost');
    const from = radioNumber(transmission.radio);
    const times = isLost ? 0 : rules.some(({ fate }) => fate === 'twice') ? 2 : 1;
    const isAcknowledged = !isLost && !frame.isGroup && this.#radios.includes(Number.parseInt(frame.receiver.slice(12, 14), 16));
    // On the air nothing gets between a frame and its acknowledgement; what it sets off comes later.
    this.#world.ask(transmittedRequest(transmission, isAcknowledged));
    for (let n = 0; n < times; n++) this.#deliver(frame.bytes, transmission.frequency, from);
    if (!UNTOLD.has(frame.kind)) this.#tell(frame, isLost ? 'lost' : times === 2 ? 'twice' : 'heard');
  }

  #forge(forgeries: ReadonlyArray<Forgery>): void {
    for (const forgery of forgeries)
      for (const bytes of framesOf(forgery, this.#heard, randomBytes, () => this.#forged++ % SEQUENCES)) {
        this.#world.record(bytes);
        this.#deliver(bytes, this.#channel);
        this.#tell(readAirFrame(bytes), 'forged');
      }
  }

  #deliver(bytes: Uint8Array, frequency: number | undefined, from?: number): void {
    for (const radio of this.#radios) if (radio !== from) this.#world.ask(deliverRequest(radioAddress(radio), bytes, frequency));
  }

  #tell({ kind, by, bytes, isGroup }: AirFrame, fate: string): void {
    const { length } = bytes;
    this.#world.tell({ kind, by, fate, ...(isGroup && { to: 'all' }), length });
  }
}
