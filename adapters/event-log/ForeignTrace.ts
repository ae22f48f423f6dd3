import type { Either } from 'fp-ts/lib/Either.js';
import { fromHex } from '../../streams/events/index.js';
import { readAssociationCompletion, readPortState } from '../../streams/frames/index.js';

/** A line of JSON, as little as is known of it. */
type Line = Readonly<Record<string, unknown>>;

interface Adapter {
  readonly adapter: unknown;
  readonly service: unknown;
  session?: unknown;
  connect?: unknown;
}

/** The calls that have no session in the interface; a line that names none means the port the adapter has. */
const PORT_CALLS: ReadonlySet<unknown> = new Set([
  'sendPacket',
  'startOneX',
  'stopOneX',
  'processOneXPacket',
  'setKeyMappingKey',
  'setDefaultKey',
  'setDefaultKeyId',
  'setExcludeUnencrypted',
  'postAssociateCompletion',
  'rememberPmk',
  'forgetPmk',
  'setPairwiseTransmitKey',
  'setRekeyOffload',
]);
const KEY_CALLS: ReadonlySet<unknown> = new Set(['setKeyMappingKey', 'setDefaultKey']);

/** Above every number a tracer would draw, and exact as a double. */
const FIRST_CALL = 2 ** 40;

const noBlocks = { request: '', response: '', beacon: '', ihvData: '' };
const PORT_STATE = { sessionId: 0, controlled: true, authorized: false };
const ASSOCIATION = {
  ...noBlocks,
  status: 0,
  reassociationRequest: false,
  reassociationResponse: false,
  activePhys: [],
  fourAddress: false,
  portAuthorized: false,
  qosProtocol: 0,
  dsInfo: 2,
  encapsulation: [],
  managementCipher: 0,
  comebackTime: 0,
};

const isLine = (json: unknown): json is Line => typeof json === 'object' && json !== null && !Array.isArray(json);

/** What is written stands, and stands first. */
const withDefaults = (line: Line, defaults: Line): Line => {
  const missing = Object.entries(defaults).filter(([field]) => !(field in line));
  return missing.length === 0 ? line : { ...line, ...Object.fromEntries(missing) };
};

const full = (value: unknown, defaults: Line): unknown => (isLine(value) ? withDefaults(value, defaults) : value);

/** A pointer a tracer wrote as hex: 48 bits on every machine there is, so exact as a double. */
const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^0x[0-9a-fA-F]{1,13}$/.test(value) ? Number(value) : value;

/** A structure as the bytes it is, or as the value it stands for. What cannot be read is left for the codec to refuse. */
const structure = <A extends object>(value: unknown, read: (bytes: Uint8Array) => Either<unknown, A>): unknown => {
  const bytes = typeof value === 'string' ? fromHex(value) : undefined;
  if (bytes === undefined) return value;
  const decoded = read(bytes);
  return decoded._tag === 'Right' ? decoded.right : value;
};

/**
 * Completes the lines of a log that somebody else's tracer wrote. A driver does not know what this engine numbers and stamps,
 * and has no reason to spell out what follows from the lines before: the other handle of an adapter, the port it has.
 *
 * @example
 * const trace = new ForeignTrace();
 * const bytes = openBytes('trace.ndjson');
 * if (bytes._tag === 'Right') readLog(bytes.right, { complete: (json) => trace.complete(json) });
 *
 * @since 0.1.0
 */
export class ForeignTrace {
  readonly #adapters: Adapter[] = [];
  #calls = FIRST_CALL;

  complete(json: unknown): unknown {
    if (!isLine(json)) return json;
    return json['dir'] === 'out' ? this.#call(json) : this.#happening(json);
  }

  #happening(line: Line): Line {
    const known = this.#adapters.find(({ adapter }) => adapter === line['adapter']);
    switch (line['kind']) {
      case 'initAdapter':
        this.#adapters.unshift({ adapter: line['adapter'], service: line['service'] });
        // A machine has a few adapters; a trace of months may have many, one after the other.
        this.#adapters.splice(64);
        return line;
      case 'performPreAssociate':
        if (known !== undefined) known.connect = line['connect'];
        return line;
      case 'performPostAssociate':
        if (known !== undefined) known.session = line['session'];
        return this.#perform(line);
      case 'sendPacketCompletion':
        return { ...line, packet: asNumber(line['packet']) };
      default:
        return line;
    }
  }

  #perform(line: Line): Line {
    const portState = structure(line['portState'], readPortState);
    const association = structure(line['association'], readAssociationCompletion);
    const peer = isLine(portState) ? portState['peer'] : undefined;
    return { ...line, portState: full(portState, PORT_STATE), association: full(association, { ...ASSOCIATION, peer }) };
  }

  #call(line: Line): Line {
    const { kind } = line;
    const known = this.#adapterOf(line);
    const numbered = 'call' in line || kind === 'diagnostic' ? line : { ...line, call: this.#calls++ };
    const defaults = {
      ...(known && { adapter: known.adapter, service: known.service }),
      ...(known?.connect !== undefined && { connect: known.connect }),
      ...(PORT_CALLS.has(kind) && { session: known?.session ?? '0x0', generation: 0 }),
      ...(KEY_CALLS.has(kind) && { delete: false, static: false }),
    };
    const call = withDefaults(numbered, defaults);
    return kind === 'sendPacket' ? { ...call, packet: asNumber(call['packet']) } : call;
  }

  /** By either handle; without any, the one adapter there is. */
  #adapterOf({ adapter, service }: Line): Adapter | undefined {
    if (adapter !== undefined) return this.#adapters.find((known) => known.adapter === adapter);
    if (service !== undefined) return this.#adapters.find((known) => known.service === service);
    return this.#adapters.length === 1 ? this.#adapters[0] : undefined;
  }
}
