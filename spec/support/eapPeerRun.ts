import { nodeCrypto } from '../../adapters/crypto/index.js';
import {
  createPeer,
  type EapNote,
  type PeerInput,
  type PeerOptions,
  type PeerOutput,
  type PeerState,
} from '../../operators/core/index.js';
import { Secret } from '../../streams/events/index.js';
import type { EapServer } from './eapServer.js';
import { TOY_PASSWORD, text, toyMethod } from './eapToy.js';

/** Options of a peer whose name is shown as `anonymous`, with a toy for its only method. */
export const peerOptions = (changes: Partial<PeerOptions> = {}): PeerOptions => ({
  identity: Secret.of(text('user')),
  shownIdentity: Secret.of(text('anonymous')),
  password: { form: 'text', secret: Secret.of(TOY_PASSWORD) },
  crypto: nodeCrypto,
  draw: (octets) => new Uint8Array(octets).fill(7),
  room: 1400,
  methods: [toyMethod()],
  ...changes,
});

type Of<K extends PeerOutput['do']> = Extract<PeerOutput, { do: K }>;

/** A peer that remembers what it said. */
export class PeerRun {
  readonly outputs: PeerOutput[] = [];
  readonly #peer: ReturnType<typeof createPeer>;
  state: PeerState;

  constructor(changes: Partial<PeerOptions> = {}) {
    this.#peer = createPeer(peerOptions(changes));
    this.state = this.#peer.initial;
  }

  /** What it says to this. */
  feed(input: PeerInput): ReadonlyArray<PeerOutput> {
    const { state, effects } = this.#peer.step(this.state, input);
    this.state = state;
    this.outputs.push(...effects);
    return effects;
  }

  packet(packet: Uint8Array): ReadonlyArray<PeerOutput> {
    return this.feed({ kind: 'packet', packet });
  }

  release(): void {
    this.#peer.release(this.state);
  }

  of<K extends PeerOutput['do']>(kind: K): ReadonlyArray<Of<K>> {
    return this.outputs.filter((output): output is Of<K> => output.do === kind);
  }

  get sent(): ReadonlyArray<Uint8Array> {
    return this.of('send').map(({ packet }) => packet);
  }

  get notes(): ReadonlyArray<EapNote> {
    return this.of('report').map(({ note }) => note);
  }

  /** Why something was not answered. */
  get discarded(): ReadonlyArray<string> {
    return this.notes.flatMap((note) => (note.kind === 'discarded' ? [note.why] : []));
  }

  /** Talks with a server until one of them has nothing more to say. */
  talk(server: EapServer, givesTime = true): this {
    const heard = [server.begin()];
    for (let packet = heard.shift(); packet !== undefined; packet = heard.shift()) {
      for (const output of this.packet(packet)) {
        const next = output.do === 'send' ? server.receive(output.packet) : undefined;
        if (next !== undefined) heard.push(next);
        if (output.do === 'meanwhile' && givesTime) this.feed({ kind: 'meanwhile' });
      }
    }
    return this;
  }
}
