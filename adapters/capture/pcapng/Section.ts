import { Secret } from '../../../streams/events/index.js';
import type { DecryptionSecrets } from '../Capture.js';
import type { Damages } from '../Damages.js';
import type { BlockCursor } from './BlockCursor.js';
import { type CaptureInterface, interfaceAt } from './CaptureInterface.js';

/** More interfaces than any machine has. */
const MOST_INTERFACES = 2 ** 16;
const MOST_SECRETS = 2 ** 12;
const MOST_SECRET_OCTETS = 2 ** 24;

/** What the blocks before a frame have said: the interfaces of its section, and the secrets of the whole file. */
export class Section {
  interfaces: CaptureInterface[] = [];
  readonly secrets: DecryptionSecrets[] = [];
  readonly #damages: Damages;
  #secretOctets = 0;

  constructor(damages: Damages) {
    this.#damages = damages;
  }

  /** A section header: interfaces are numbered anew. */
  begin({ window, isLittle }: BlockCursor): void {
    this.interfaces = [];
    const major = window.view.getUint16(window.at + 12, isLittle);
    if (major !== 1) this.#damages.note(window.offset, `a section of version ${major}, read as if it were 1`);
  }

  addInterface({ window, size, isLittle }: BlockCursor): void {
    if (size < 20) this.#damages.note(window.offset, `an interface description of ${size} octets; it has at least 20`);
    else if (this.interfaces.length < MOST_INTERFACES) this.interfaces.push(interfaceAt(window.view, window.at, size, isLittle));
    else if (this.interfaces.length === MOST_INTERFACES) this.#refuseMore(window.offset);
  }

  addSecrets({ window, size, isLittle }: BlockCursor): void {
    const { view, at, bytes } = window;
    const length = size < 20 ? 0 : view.getUint32(at + 12, isLittle);
    if (size < 20 || length > size - 20) {
      this.#damages.note(window.offset, `a decryption secrets block of ${size} octets with ${length} octets of secrets`);
      return;
    }
    if (this.secrets.length === MOST_SECRETS || this.#secretOctets + length > MOST_SECRET_OCTETS) {
      this.#damages.note(window.offset, 'more decryption secrets than are kept');
      return;
    }
    this.#secretOctets += length;
    this.secrets.push({ type: view.getUint32(at + 8, isLittle), data: Secret.of(bytes, at + 16, at + 16 + length) });
  }

  #refuseMore(offset: number): void {
    this.#damages.note(offset, `more than ${MOST_INTERFACES} interfaces; frames of the others are not read`);
  }
}
