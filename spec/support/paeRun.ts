import {
  createPae,
  type PaeInput,
  type PaeNote,
  type PaeOptions,
  type PaeOutput,
  type PaeState,
} from '../../operators/core/index.js';
import { EapolType, writeEapol } from '../../streams/frames/index.js';

type Of<K extends PaeOutput['do']> = Extract<PaeOutput, { do: K }>;

/** An EAP packet as it comes over the link. */
export const eapol = (body: Uint8Array, version = 1): Uint8Array =>
  writeEapol({ version, type: EapolType.codes.EAP_PACKET, body });

/** A supplicant's machine that remembers what it said. */
export class PaeRun {
  readonly outputs: PaeOutput[] = [];
  readonly #pae: ReturnType<typeof createPae>;
  state: PaeState;

  constructor(options: PaeOptions = {}) {
    this.#pae = createPae(options);
    this.state = this.#pae.initial;
  }

  /** What it wants done after this, without its notes. */
  feed(input: PaeInput): ReadonlyArray<Exclude<PaeOutput, { do: 'report' }>> {
    const { state, effects } = this.#pae.step(this.state, input);
    this.state = state;
    this.outputs.push(...effects);
    return effects.filter((effect): effect is Exclude<PaeOutput, { do: 'report' }> => effect.do !== 'report');
  }

  packet(packet: Uint8Array): ReturnType<PaeRun['feed']> {
    return this.feed({ kind: 'packet', packet });
  }

  of<K extends PaeOutput['do']>(kind: K): ReadonlyArray<Of<K>> {
    return this.outputs.filter((output): output is Of<K> => output.do === kind);
  }

  get ignored(): ReadonlyArray<string> {
    return this.of('report').flatMap(({ note }) => (note.kind === 'ignored' ? [note.why] : []));
  }

  get phases(): ReadonlyArray<string> {
    return this.of('report').flatMap(({ note }) => (isPhase(note) ? [note.phase] : []));
  }
}

const isPhase = (note: { readonly kind: string }): note is Extract<PaeNote, { kind: 'phase' }> => note.kind === 'phase';
