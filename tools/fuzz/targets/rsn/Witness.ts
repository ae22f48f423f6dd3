import { type AdapterHandle, type ApiCall, type Effect, toHex } from '../../../../streams/events/index.js';
import { observe } from '../../features.js';
import { demand } from '../../target.js';

/** Two indexes each; the lower two of the first four are no different. */
const KEY_KINDS = ['group', 'group', 'management', 'beacon'];

/** What must hold of the effects for one adapter, whatever happens to it. */
export class Witness {
  readonly #adapter: AdapterHandle;
  readonly #ended = new Set<string>();
  readonly #installed = new Set<string>();
  readonly #told = new Map<string, boolean>();
  #isInitialised = false;

  constructor(adapter: AdapterHandle) {
    this.#adapter = adapter;
  }

  initialised(is: boolean): void {
    this.#isInitialised = is;
  }

  /** A port is open under this session, whatever was before under the same. */
  opened(session: string): void {
    this.#ended.delete(session);
    this.#told.delete(session);
    for (const key of this.#installed) if (key.startsWith(`${session} `)) this.#installed.delete(key);
  }

  /** A stop, a reset or a deinit has returned: the sessions there were are silent from now on. */
  ended(session: string): void {
    this.#ended.add(session);
  }

  #checkKey(effect: Extract<ApiCall, { material: unknown }>): void {
    const bytes = effect.material.key.reveal();
    const slot = 'keyIndex' in effect ? KEY_KINDS[effect.keyIndex >> 1] : 'pairwise';
    const place = `${effect.session} ${slot} ${effect.peer}`;
    const known = `${place} ${toHex(bytes)}`;
    demand(
      bytes.some((octet) => octet !== 0),
      `${effect.kind} of zeros`,
    );
    demand(!this.#installed.has(known), `${effect.kind}: a key goes to the hardware twice`);
    this.#installed.add(known);
  }

  #checkCompletion({ session, win32 }: Extract<ApiCall, { kind: 'postAssociateCompletion' }>): void {
    const isUp = win32 === 0;
    demand(this.#told.get(session) !== isUp, `the host is told twice that the port is ${isUp ? 'up' : 'down'}`);
    this.#told.set(session, isUp);
  }

  take(effect: Effect): void {
    if (effect.kind === 'diagnostic' || !('adapter' in effect) || effect.adapter !== this.#adapter) return;
    observe(`effect ${effect.kind} ${'win32' in effect ? effect.win32 : ''} ${'reason' in effect ? effect.reason : ''}`);
    demand(this.#isInitialised || effect.kind === 'freeBuffer', `${effect.kind} for an adapter that is gone`);
    if ('session' in effect && effect.session !== undefined)
      demand(!this.#ended.has(effect.session), `${effect.kind} for a port that has ended`);
    if ('material' in effect) this.#checkKey(effect);
    if (effect.kind === 'postAssociateCompletion') this.#checkCompletion(effect);
  }
}
