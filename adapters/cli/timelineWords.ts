import {
  type AssociationCompletion,
  AssocStatus,
  AuthAlgorithm,
  Cipher,
  Effect,
  EtherType,
  HostEvent,
  L2Reason,
  type LogEntry,
  Secret,
  Win32,
} from '../../streams/events/index.js';

/** Whoever knows a protocol names its packets. */
export type PacketNames = (etherType: number, payload: Uint8Array) => string | undefined;

type Recorded = LogEntry['event'];
type Named<K extends Recorded['kind']> = Extract<Recorded, { kind: K }>;

const SHOWN_BYTES = 8;

/** What is said elsewhere on the line, or is the same on every line. */
const SAID: ReadonlySet<string> = new Set(['kind', 'adapter', 'service', 'session', 'generation', 'call', 'interface']);

/** What is known by its looks. */
const NEEDS_NO_NAME: ReadonlySet<string> = new Set(['peer', 'status', 'reason', 'win32', 'result', 'algorithm', 'cipher']);

const hex = (bytes: Uint8Array): string => {
  const start = [...bytes.subarray(0, SHOWN_BYTES)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return bytes.length > SHOWN_BYTES ? `${start}…` : start;
};

const bytes = (value: Uint8Array): string => (value.length === 0 ? 'nothing' : `${value.length} B ${hex(value)}`);

const etherType = (code: number): string =>
  EtherType.nameOf(code) === undefined ? `0x${code.toString(16).toUpperCase().padStart(4, '0')}` : EtherType.show(code);

const packet = (code: number, payload: Uint8Array, names: PacketNames): string =>
  [etherType(code), names(code, payload), `(${payload.length} B)`].filter((word) => word !== undefined).join(' ');

const algorithms = ({ authAlgorithm, unicastCipher, multicastCipher }: AssociationCompletion): string => {
  const ciphers = [...new Set([unicastCipher, multicastCipher])].map((cipher) => Cipher.show(cipher));
  return `${AuthAlgorithm.show(authAlgorithm)}, ${ciphers.join(' / ')}`;
};

const key = ({ material, algorithm, delete: isDelete }: Named<'setKeyMappingKey' | 'setDefaultKey'>): string =>
  isDelete ? `delete ${Cipher.show(algorithm)}` : `${Cipher.show(algorithm)} ${material.key}`;

const optional = (name: string, value: number | undefined): string => (value === undefined ? '' : `${name} ${value}`);

const askedFor = (request: Named<'secretSupplied'>['request']): string => {
  if (request.want === 'credential') return `credential "${request.name}"`;
  return request.want === 'pmk' ? `pmk of ${request.peer}` : request.want;
};

type Words = { readonly [K in Recorded['kind']]?: (event: Named<K>, names: PacketNames) => string };

/** The events that deserve words of their own. */
const words: Words = {
  performPostAssociate: ({ portState, association }) => `${portState.peer}  ${algorithms(association)}`,
  associationStart: ({ peer, ssid }) => `${peer}  "${new TextDecoder().decode(ssid)}"`,
  associationCompletion: ({ association }) => `${association.peer}  ${AssocStatus.show(association.status)}`,
  receivePacket: (event, names) => `${event.peer}  ${packet(event.etherType, event.payload, names)}`,
  sendPacket: (event, names) => `${event.peer}  ${packet(event.etherType, event.payload, names)}`,
  setKeyMappingKey: (event) => `${event.peer}  ${key(event)}${optional('  key id', event.keyId)}`,
  setDefaultKey: (event) => `${event.peer}  ${key(event)}  index ${event.keyIndex}${optional('  link', event.link)}`,
  setPairwiseTransmitKey: ({ peer, keyId }) => `${peer}  from now on with key id ${keyId}`,
  rememberPmk: ({ entry }) => `${entry.peer}  ${entry.pmk}  PMKID ${hex(entry.pmkid)}  for ${entry.lifetime} s`,
  setRekeyOffload: ({ peer, keys }) => `${peer}  KCK ${keys.kck}  KEK ${keys.kek}  from ${hex(keys.replayCounter)}`,
  forgetPmk: ({ peer, pmkid }) => `${peer}  PMKID ${hex(pmkid)}`,
  setExcludeUnencrypted: ({ exclude }) => (exclude ? 'from now on, nothing that is not encrypted' : 'unencrypted packets again'),
  postAssociateCompletion: ({ peer, reason, win32 }) =>
    win32 === Win32.codes.ERROR_SUCCESS
      ? `${peer}  AUTHORISED${reason === 0 ? '' : `, ${L2Reason.show(reason)}`}`
      : `${peer}  ${L2Reason.show(reason)}, ${Win32.show(win32)}`,
  preAssociateCompletion: ({ reason, win32 }) =>
    win32 === Win32.codes.ERROR_SUCCESS ? 'ready' : `${L2Reason.show(reason)}, ${Win32.show(win32)}`,
  setEtherTypeHandling: ({ registrations, exemptions }) =>
    `${registrations.map(etherType).join(', ') || 'nothing'}${exemptions.length > 0 ? `, ${exemptions.length} exempted` : ''}`,
  secretSupplied: ({ request, secret }) => {
    const asked = askedFor(request);
    return secret === undefined ? `${asked}: none` : `${asked}: ${secret}`;
  },
  reply: ({ win32 }) => Win32.show(win32),
  handlerReturned: ({ handler, win32, detail }) => `${handler} ${Win32.show(win32)}${detail === undefined ? '' : `: ${detail}`}`,
  diagnostic: ({ message }) => message,
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The JSON form of an event has its codes by name already. */
const encoded = (event: Recorded): unknown => (HostEvent.is(event) ? HostEvent.encode(event) : Effect.encode(event));

/** A field as `name value`; what is false or empty is not worth a word. */
const field = (name: string, plain: unknown, json: unknown): string | undefined => {
  if (plain === false || plain === undefined) return undefined;
  if (plain === true) return name;
  if (plain instanceof Uint8Array) return `${name} ${bytes(plain)}`;
  if (plain instanceof Secret) return `${name} ${plain}`;
  if (Array.isArray(plain)) return `${name} ${plain.length}`;
  if (isRecord(plain)) return fields(plain, json).join(' ');
  return NEEDS_NO_NAME.has(name) ? String(json) : `${name} ${json}`;
};

const fields = (event: object, json: unknown): ReadonlyArray<string> =>
  Object.entries(event)
    .filter(([name]) => !SAID.has(name))
    .flatMap(([name, plain]) => field(name, plain, isRecord(json) ? json[name] : plain) ?? []);

/** What an event says beside its name: codes by name and hex, secrets by their length, bytes by their beginning. */
export const wordsOf = (event: Recorded, names: PacketNames = () => undefined): string => {
  const own = words[event.kind] as ((event: Recorded, names: PacketNames) => string) | undefined;
  return own === undefined ? fields(event, encoded(event)).join('  ') : own(event, names);
};
