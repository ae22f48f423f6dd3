import type { MethodInput } from '../../../../operators/core/index.js';
import { EtherType, Secret } from '../../../../streams/events/index.js';
import { Operands } from '../Operands.js';
import type { KeyHolder, Message } from './KeyHolder.js';
import { MASTER, PEER, type Scenario } from './scenario.js';

/** What a step may draw on. */
export interface Stage {
  readonly scenario: Scenario;
  readonly holder: KeyHolder;
  /** Every packet there was. */
  readonly air: Uint8Array[];
}

type Make = (operands: Operands, stage: Stage) => MethodInput;

export const TIMERS = ['start', 'finish', 'suspicion', 'michael', 'lifetime', 'nobody'];
const TAGS = ['nonce', 'credential', 'pmk', 'nobody'];
const ADAPTER = '0xa1' as never;

const packet = (payload: Uint8Array, protection = 0): MethodInput => ({
  kind: 'packet',
  etherType: EtherType.codes.EAPOL,
  payload,
  ...(protection % 3 !== 0 && { protected: protection % 3 === 1 }),
});

/** The last operand of a message, were there one: whether it came encrypted is told by the first bit of the nonce's number. */
const message =
  (name: Message): Make =>
  (operands, { holder, air }) => {
    const payload = holder.message(name, operands);
    air.push(payload);
    return packet(payload);
  };

const again: Make = (operands, { air }) => {
  const payload = (air.at(-1 - operands.u8()) ?? new Uint8Array(0)).slice();
  const protection = operands.u8();
  while (!operands.isOver) {
    const at = operands.u8() % Math.max(1, payload.length);
    payload[at] = (payload[at] ?? 0) ^ operands.u8();
  }
  return packet(payload, protection);
};

const oneXSucceeded: Make = (operands, { scenario }) => {
  const [shorter, mode] = [operands.u8(), operands.u8()];
  const [first, second] = [MASTER.subarray(0, 32 - (shorter & 0x1f)), MASTER.subarray(32, 64 - (shorter >>> 5))];
  const isSwapped = scenario.policy.pmkFrom === 'receiveKey';
  const [sendKey, receiveKey] = isSwapped ? [second, first] : [first, second];
  return {
    kind: 'oneXSucceeded',
    ...((mode & 1) === 0 && { sendKey: Secret.of(sendKey) }),
    ...((mode & 2) === 0 && { receiveKey: Secret.of(receiveKey) }),
  };
};

const indicated: Make = (operands) => {
  const kind = operands.u8() % 3;
  if (kind === 0) {
    const [flags, keyIndex] = [operands.u8(), operands.u8()];
    return {
      kind: 'indicated',
      indication: { kind: 'tkipMicFailure', adapter: ADAPTER, peer: PEER, defaultKey: flags > 0, keyIndex },
    };
  }
  if (kind === 2)
    return {
      kind: 'indicated',
      indication: { kind: 'receiveIndication', adapter: ADAPTER, type: operands.u8(), payload: operands.rest() },
    };
  const [keyIndex, length, octet] = [operands.u8(), operands.u8(), operands.u8()];
  const key = length === 0xff ? Secret.redacted(16, 'x') : Secret.of(new Uint8Array(length % 40).fill(octet));
  return {
    kind: 'indicated',
    indication: { kind: 'cipherKeyUpdated', adapter: ADAPTER, peer: PEER, keyIndex, ...(length !== 0 && { key }) },
  };
};

const supplied: Make = (operands) => {
  const tag = TAGS[operands.u8() % TAGS.length] ?? '';
  const [length, octet] = [operands.u8(), operands.u8()];
  if (length === 0) return { kind: 'supplied', tag };
  return {
    kind: 'supplied',
    tag,
    secret: length === 0xff ? Secret.redacted(32, 'x') : Secret.of(new Uint8Array(length).fill(octet)),
  };
};

const eap: Make = (operands) => packet(Uint8Array.of(2, 0, 0, 5, (operands.u8() % 5) + 1, 1, 0, 5, operands.u8()));

/** What may happen to a machine, by the number of the operation. */
const STEPS: ReadonlyArray<readonly [name: string, make: Make]> = [
  ['message 1', message('message 1')],
  ['message 3', message('message 3')],
  ['group message 1', message('group message 1')],
  ['bytes', (operands) => packet(operands.rest())],
  ['timer', (operands) => ({ kind: 'timer', name: TIMERS[operands.u8() % TIMERS.length] ?? '' })],
  ['802.1X success', oneXSucceeded],
  ['802.1X failure', (operands) => ({ kind: 'oneXFailed', reason: operands.u16() })],
  ['indication', indicated],
  ['installed', () => ({ kind: 'installed' })],
  ['sent', (operands) => ({ kind: 'sent', tag: `message 4 of ${operands.u8()}` })],
  ['supplied', supplied],
  ['again', again],
  ['error', message('error')],
  ['EAP', eap],
  ['a logoff', () => ({ kind: 'userGone' })],
];

/** Operations from here on change the association before the port opens. */
export const CHANGES = STEPS.length;
export const OPERATIONS = CHANGES + 1;

export const inputOf = (step: Uint8Array, stage: Stage): { readonly what: string; readonly input: MethodInput } | undefined => {
  const [what, make] = STEPS[(step[0] ?? 0) % OPERATIONS] ?? [];
  return what === undefined || make === undefined ? undefined : { what, input: make(new Operands(step.subarray(2)), stage) };
};
