import {
  createPeer,
  type EapPeerMethod,
  type PeerInput,
  type PeerOptions,
  type PeerOutput,
  type PeerState,
} from '../../../../operators/core/index.js';
import { heldBy } from '../../../../spec/support/heldBy.js';
import { toHex } from '../../../../streams/events/index.js';
import { EapCode, readEap } from '../../../../streams/frames/index.js';
import { observe } from '../../features.js';
import { demand } from '../../target.js';

const { RESPONSE } = EapCode.codes;
const MOST_OUTPUTS = 24;
const HEADER = 5;
/** The largest message, as it came in pieces, as it was read, and what waits for its turn. */
const MAX_HELD = 1 << 20;

type Of<K extends PeerOutput['do']> = Extract<PeerOutput, { do: K }>;

/** What the method itself has said of the outcome. */
interface Verdicts {
  accepted: number;
  refused: number;
}

const listening = (method: EapPeerMethod, verdicts: Verdicts): EapPeerMethod => ({
  ...method,
  step: (state, input) => {
    const step = method.step(state, input);
    for (const { do: what } of step.effects) {
      if (what === 'accept') verdicts.accepted++;
      if (what === 'refuse') verdicts.refused++;
    }
    return step;
  },
});

/** A peer, and what it owes: one answer to a request, one end, and nothing behind it. */
export class PeerUnderTest {
  readonly #peer;
  readonly #options: PeerOptions;
  readonly #verdicts: Verdicts = { accepted: 0, refused: 0 };
  readonly #asked: Of<'tls'>[] = [];
  #state: PeerState;
  /** What was said last, and what TLS was given to say. */
  last: Uint8Array | undefined;
  isAsking = false;
  end: Of<'succeed'> | Of<'fail'> | undefined;

  constructor(options: PeerOptions) {
    const methods = options.methods.map((method) => listening(method, this.#verdicts));
    this.#options = { ...options, methods };
    this.#peer = createPeer(this.#options);
    this.#state = this.#peer.initial;
  }

  /** The oldest command to TLS that nobody has carried out. */
  get asked(): Of<'tls'> | undefined {
    return this.#asked[0];
  }

  /** The MSK of a success, in hex; destroyed here. */
  msk: string | undefined;

  take(what: string, input: PeerInput): void {
    const isOver = this.end !== undefined;
    if (input.kind === 'tls') this.#asked.shift();
    if (input.kind === 'supplied') this.isAsking = false;
    const before = this.#state.phase;
    const { state, effects } = this.#peer.step(this.#state, input);
    this.#state = state;
    observe(`${before} ${what} ${state.phase} ${effects.map((output) => output.do).join()}`);
    demand(!isOver || effects.length === 0, 'something is wanted after the end');
    demand(effects.length <= MOST_OUTPUTS, `${effects.length} things are wanted at once`);
    for (const output of effects) this.#hear(output, input);
    demand(heldBy(state) <= MAX_HELD, 'more is kept than may be');
    if (input.kind === 'tls') this.#keysAreGone(input);
  }

  #hear(output: PeerOutput, input: PeerInput): void {
    demand(this.end === undefined, `${output.do} after the end`);
    switch (output.do) {
      case 'send':
        this.#answers(output.packet, input);
        break;
      case 'tls':
        this.#asked.push(output);
        break;
      case 'ask':
        demand(!this.isAsking, 'a second question beside the first');
        this.isAsking = true;
        break;
      case 'report':
        demand(JSON.stringify(output.note).length < 3000, 'a note without end');
        break;
      case 'meanwhile':
        break;
      default:
        this.#end(output);
    }
  }

  #answers(packet: Uint8Array, input: PeerInput): void {
    const read = readEap(packet);
    demand(read._tag === 'Right' && read.right.code === RESPONSE, 'what is sent is no response');
    const isFromServer = input.kind === 'packet' && input.packet[0] === 1;
    if (isFromServer && this.asked === undefined && this.#asked.length === 0)
      demand(input.packet[1] === packet[1], 'an answer to another request');
    if (read._tag === 'Right' && this.#options.methods.some(({ type }) => type === read.right.type && type !== 6))
      demand(packet.length <= Math.max(this.#options.room, 128) + HEADER + 7, `a response of ${packet.length} octets`);
    this.last = packet;
  }

  #end(output: Of<'succeed'> | Of<'fail'>): void {
    this.end = output;
    observe(output.do === 'fail' ? `${output.fault.method} ${output.fault.code}` : `${output.method} succeeds`);
    if (output.do === 'fail') {
      demand(output.fault.message.length < 500, 'a fault without end');
      return;
    }
    demand(this.#verdicts.accepted > 0, 'a success that no method has accepted');
    demand(this.#verdicts.refused === 0, 'a success of a method that has refused');
    const { keys } = output;
    this.msk = keys && toHex(keys.msk.reveal());
    keys?.msk.zeroise();
    keys?.emsk?.zeroise();
  }

  #keysAreGone({ turn }: Extract<PeerInput, { kind: 'tls' }>): void {
    for (const [name, key] of Object.entries(turn.established?.keys ?? {}))
      demand(name === 'methodId' || key.every((octet) => octet === 0), 'keys of TLS that are left lying about');
  }

  release(): void {
    this.#peer.release(this.#state);
  }
}
