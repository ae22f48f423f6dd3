import { isLeft } from 'fp-ts/lib/Either.js';
import { Secret } from '../../streams/events/index.js';
import { quotedValue } from '../configuration/quotedValue.js';
import type { Setting, SupplicantBlock } from '../configuration/supplicantBlocks.js';
import type { SecretReference } from './secretReference.js';

const LONGEST_NAME = 40;
const shortly = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);

/** The settings of one block by name, and what is to be said of them. The last of a name counts, as in wpa_supplicant. */
export class SupplicantDraft {
  readonly faults: string[] = [];
  readonly remarks: string[] = [];
  readonly line: number;
  readonly #file: string;
  readonly #settings: ReadonlyMap<string, Setting>;
  readonly #read = new Set<string>();

  constructor(file: string, { settings, line }: SupplicantBlock) {
    this.#file = file;
    this.line = line;
    this.#settings = new Map(settings.map((setting) => [setting.name, setting]));
  }

  fault(name: string, message: string): void {
    this.faults.push(`${this.#file}, line ${this.lineOf(name)}: ${shortly(name)}: ${message}`);
  }

  remark(name: string, message: string): void {
    this.remarks.push(`${this.#file}, line ${this.lineOf(name)}: ${shortly(name)}: ${message}`);
  }

  lineOf(name: string): number {
    return this.#settings.get(name)?.line ?? this.line;
  }

  /** As it stands, without its quotes. */
  word(name: string): string | undefined {
    this.#read.add(name);
    const value = this.#settings.get(name)?.value;
    return value?.replace(/^"(.*)"$/s, '$1');
  }

  words(name: string): ReadonlyArray<string> {
    return (this.word(name) ?? '').split(/\s+/).filter((word) => word !== '');
  }

  /** Text in quotes, `P"…"`, or hex. */
  octets(name: string): Uint8Array | undefined {
    this.#read.add(name);
    const setting = this.#settings.get(name);
    if (setting === undefined) return undefined;
    if (setting.value.startsWith('ext:')) {
      this.fault(name, 'it is kept elsewhere and not in this file');
      return undefined;
    }
    const octets = quotedValue('', setting.value);
    if (isLeft(octets)) {
      this.fault(name, octets.left.replace(/^: /, ''));
      return undefined;
    }
    return octets.right;
  }

  text(name: string): string | undefined {
    const octets = this.octets(name);
    return octets && new TextDecoder().decode(octets);
  }

  secret(name: string): SecretReference | undefined {
    const octets = this.octets(name);
    if (octets === undefined) return undefined;
    const secret = Secret.of(octets);
    octets.fill(0);
    return { from: 'profile', secret };
  }

  isStated(name: string): boolean {
    return this.#settings.has(name);
  }

  /** The names nobody has asked for. */
  unread(): ReadonlyArray<string> {
    return [...this.#settings.keys()].filter((name) => !this.#read.has(name));
  }
}
