import { nodeCrypto } from '../../../adapters/crypto/index.js';
import type {
  EapFault,
  EapKeys,
  EapMethodCommand,
  EapMethodContext,
  EapMethodInput,
  EapPeerMethod,
  TlsCommand,
  TlsEstablished,
  TlsTurn,
} from '../../../operators/core/index.js';
import { Secret } from '../../../streams/events/index.js';
import { type EapTlsPacket, readEapTls, writeEapTls } from '../../../streams/frames/index.js';

type Of<K extends EapMethodCommand['do']> = Extract<EapMethodCommand, { do: K }>;

const EMPTY = new Uint8Array(0);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const secretOf = (text: string): Secret => Secret.of(utf8(text));

/** `bob` with a password, and randomness that is none. */
export const methodContext = (changes: Partial<EapMethodContext> = {}): EapMethodContext => ({
  identity: secretOf('bob'),
  password: { form: 'text', secret: secretOf('hunter2hunter2') },
  crypto: nodeCrypto,
  draw: (octets) => new Uint8Array(octets).fill(7),
  room: 1400,
  ...changes,
});

/** What a session exports that exists in a test only. */
export const toyMaterial = Uint8Array.from({ length: 128 }, (_, at) => at);
export const toyMethodId = new Uint8Array(64).fill(0x1d);

/** A handshake that is over. */
export const standing = (changes: Partial<TlsEstablished> = {}): TlsEstablished => ({
  version: 'TLSv1.2',
  cipher: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  isResumed: false,
  keys: { keyMaterial: toyMaterial.slice() },
  ...changes,
});

export const standing13 = (changes: Partial<TlsEstablished> = {}): TlsEstablished =>
  standing({ version: 'TLSv1.3', keys: { keyMaterial: toyMaterial.slice(), methodId: toyMethodId.slice() }, ...changes });

export const tlsTurn = (changes: Partial<TlsTurn> = {}): TlsTurn => ({ records: EMPTY, plain: EMPTY, ...changes });

/** A method that remembers what it wanted done. */
export class MethodRun<S> {
  readonly commands: EapMethodCommand[] = [];
  readonly method: EapPeerMethod<S>;
  state: S;
  #identifier = 0x20;

  constructor(method: EapPeerMethod<S>, changes: Partial<EapMethodContext> = {}, { hasPassword = true } = {}) {
    const { password, ...others } = methodContext(changes);
    this.method = method;
    this.state = method.begin(hasPassword && password ? { ...others, password } : others);
  }

  /** What it wants done about this. */
  feed(input: EapMethodInput): ReadonlyArray<EapMethodCommand> {
    const { state, effects } = this.method.step(this.state, input);
    this.state = state;
    this.commands.push(...effects);
    return effects;
  }

  get identifier(): number {
    return this.#identifier;
  }

  request(data: Uint8Array): ReadonlyArray<EapMethodCommand> {
    this.#identifier += 1;
    return this.feed({ kind: 'request', identifier: this.#identifier, data });
  }

  packet(changes: Partial<EapTlsPacket> = {}): ReadonlyArray<EapMethodCommand> {
    return this.request(writeEapTls({ isStart: false, hasMore: false, version: 0, fragment: EMPTY, ...changes }));
  }

  start(version = 0): ReadonlyArray<EapMethodCommand> {
    return this.packet({ isStart: true, version });
  }

  message(...octets: ReadonlyArray<number>): ReadonlyArray<EapMethodCommand> {
    return this.packet({ fragment: Uint8Array.from(octets) });
  }

  acknowledge(): ReadonlyArray<EapMethodCommand> {
    return this.packet();
  }

  turn(changes: Partial<TlsTurn> = {}, session = 'tls'): ReadonlyArray<EapMethodCommand> {
    return this.feed({ kind: 'tls', session, turn: tlsTurn(changes) });
  }

  /** Up to a tunnel that stands, with the server's turn. */
  establish(established: TlsEstablished = standing(), last: Partial<TlsTurn> = {}): ReadonlyArray<EapMethodCommand> {
    this.start();
    this.turn({ records: Uint8Array.of(1, 1) });
    this.message(2, 2);
    return this.turn({ established, ...last });
  }

  /** What the server says inside of the tunnel. */
  say(plain: Uint8Array, changes: Partial<TlsTurn> = {}): ReadonlyArray<EapMethodCommand> {
    this.message(3, 3);
    return this.turn({ plain, ...changes });
  }

  /** The last thing it said inside of the tunnel; TLS seals it. */
  seal(): Uint8Array {
    const said = this.written.at(-1) ?? EMPTY;
    this.turn({ records: Uint8Array.of(5, 5) });
    return said;
  }

  of<K extends EapMethodCommand['do']>(kind: K): ReadonlyArray<Of<K>> {
    return this.commands.filter((command): command is Of<K> => command.do === kind);
  }

  get responses(): ReadonlyArray<Uint8Array> {
    return this.of('respond').map(({ data }) => data);
  }

  get packets(): ReadonlyArray<EapTlsPacket> {
    return this.responses.flatMap((data) => {
      const read = readEapTls(this.method.type, data);
      return read._tag === 'Right' ? [read.right] : [];
    });
  }

  get tls(): ReadonlyArray<TlsCommand> {
    return this.of('tls').map(({ command }) => command);
  }

  get written(): ReadonlyArray<Uint8Array> {
    return this.of('tls').flatMap(({ session, command }) => (session === 'tls' && command.do === 'write' ? [command.plain] : []));
  }

  get discarded(): ReadonlyArray<string> {
    return this.of('discard').map(({ why }) => why);
  }

  get fault(): EapFault | undefined {
    return this.of('refuse').at(0)?.fault;
  }

  get accepted(): ReadonlyArray<Of<'accept'>> {
    return this.of('accept');
  }

  get keys(): EapKeys | undefined {
    return this.accepted.at(-1)?.keys;
  }

  release(): void {
    this.method.release(this.state);
  }
}
