/** What a vendor tests his method with: marble diagrams, the engine around it, and messages of his own making. */
import { expect } from 'chai';
import {
  type AdapterHandle,
  AssocStatus,
  type Effect,
  type HostEvent,
  Ledger,
  type MacAddress,
  type MethodInput,
  postAssociation,
  Secret,
  type SecretSource,
  type ServiceHandle,
  type SessionHandle,
  Win32,
} from 'postassoc';
import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { nodeCrypto } from './nodeCrypto.js';
import { deriveKeys, type Nonces, writeProven } from './vendorKeys.js';
import { vendorMethod } from './vendorMethod.js';
import { vendorAssociation, vendorPort } from './vendorNetwork.js';
import type { VendorState } from './vendorState.js';
import { type MessageType, readMessage, VENDOR_ETHERTYPE, writeMessage } from './vendorWire.js';

const ADAPTER = '0xa1' as AdapterHandle;
const SERVICE = '0x51' as ServiceHandle;
const SESSION = '0x1' as SessionHandle;
const AP = '02:00:00:00:00:01' as MacAddress;

const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);
const isZero = (secret: Secret): boolean => secret.reveal().every((octet) => octet === 0);
const credential = (): Secret => Secret.of(bytes(20, 0xc4));
const nonces: Nonces = { accessPoint: bytes(32, 0xa1), station: bytes(32, 0x57) };
const keys = deriveKeys(nodeCrypto, credential(), AP, nonces);

/** Randomness that is not random: so the station's messages can be compared octet by octet. */
const secrets: SecretSource = ({ want }) => (want === 'entropy' ? Secret.of(nonces.station) : credential());

const packet = (payload: Uint8Array): HostEvent => ({
  kind: 'receivePacket',
  adapter: ADAPTER,
  peer: AP,
  etherType: VENDOR_ETHERTYPE,
  payload,
});

const challenge = (counter: number): Uint8Array => writeMessage({ type: 'challenge', counter, nonce: nonces.accessPoint });

const withGroupKey = (type: 'confirm' | 'rekey', counter: number, keyIndex: number): Uint8Array => {
  const wrapped = nodeCrypto.wrapKey(keys.wrapping.reveal(), bytes(16, 0x60 + keyIndex));
  return writeProven(nodeCrypto, keys, nonces, { type, counter, keyIndex, receiveCounter: bytes(6, 0), wrapped });
};

const withOctet = (message: Uint8Array, at: number, octet: number): Uint8Array => message.with(at, octet);

/** Calls and packets are numbered from 1 in the order they leave the engine: what comes back names the number. */
const accepted = (call: number): HostEvent => ({ kind: 'reply', call, win32: Win32.codes.ERROR_SUCCESS });
const sent = (number: number): HostEvent => ({ kind: 'sendPacketCompletion', packet: number });

const happens: Readonly<Record<string, HostEvent>> = {
  I: { kind: 'initAdapter', adapter: ADAPTER, service: SERVICE },
  P: {
    kind: 'performPostAssociate',
    adapter: ADAPTER,
    session: SESSION,
    portState: vendorPort(AP),
    association: vendorAssociation(AP),
  },
  S: { kind: 'stopPostAssociate', adapter: ADAPTER, peer: AP, status: AssocStatus.codes.DISASSOCIATED_BY_OS },
  Z: { kind: 'adapterReset', adapter: ADAPTER },
  1: packet(challenge(1)),
  a: packet(challenge(2)),
  3: packet(withGroupKey('confirm', 2, 1)),
  5: packet(withGroupKey('rekey', 3, 2)),
  n: packet(writeMessage({ type: 'refuse', counter: 1, nonce: nonces.station })),
  m: packet(challenge(1).subarray(0, 20)),
  f: packet(withOctet(withGroupKey('confirm', 2, 1), 30, 0)),
  u: sent(1),
  v: sent(2),
  w: sent(3),
  k: accepted(4),
  g: accepted(5),
  x: accepted(6),
  r: { kind: 'reply', call: 4, win32: Win32.codes.ERROR_NOT_SUPPORTED },
};

const symbols: Readonly<Record<MessageType, string>> = {
  challenge: '1',
  response: '2',
  confirm: '3',
  acknowledge: '4',
  rekey: '5',
  rekeyed: '6',
  refuse: 'n',
};

/** An effect as one character; a failure as its two codes. */
const symbolOf = (effect: Effect): string => {
  switch (effect.kind) {
    case 'setEtherTypeHandling':
      return 'E';
    case 'sendPacket': {
      const message = readMessage(effect.payload);
      return message._tag === 'Right' ? symbols[message.right.type] : '?';
    }
    case 'setKeyMappingKey':
      return 'K';
    case 'setDefaultKey':
      return 'G';
    case 'setExcludeUnencrypted':
      return 'X';
    case 'postAssociateCompletion':
      return effect.win32 === 0 ? 'C' : `${effect.reason.toString(16)}/${effect.win32}`;
    case 'diagnostic':
      return 'd';
    default:
      return effect.kind;
  }
};

const method = vendorMethod({ crypto: nodeCrypto });

/** Runs the engine with the method over what happens, and compares what it wants done. The books come back. */
const check = (happening: string, wanted: string, meanings?: Readonly<Record<string, string>>): Ledger => {
  const ledger = new Ledger();
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).to.deep.equal(expected);
  });
  scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
    const events = hot(happening, happens);
    const effects$ = events.pipe(postAssociation({ methods: [method], scheduler, secrets, ledger }));
    expectObservable(effects$.pipe(map(symbolOf))).toBe(wanted, meanings);
    expectSubscriptions(events.subscriptions).toBe('^');
  });
  return ledger;
};

/** The method as a plain machine: the state after the first message, without any engine. */
const proving = (): VendorState => {
  const inputs: ReadonlyArray<MethodInput> = [
    { kind: 'supplied', tag: 'credential', secret: credential() },
    { kind: 'supplied', tag: 'nonce', secret: Secret.of(nonces.station) },
    { kind: 'packet', etherType: VENDOR_ETHERTYPE, payload: challenge(1) },
  ];
  const context = { peer: AP, portState: vendorPort(AP), association: vendorAssociation(AP) };
  return inputs.reduce((state, input) => method.step(state, input).state, method.begin(context).state);
};

const secretsOf = (state: VendorState): ReadonlyArray<Secret> =>
  state.phase === 'proving' ? [state.credential, ...Object.values(state.keys)] : [];

describe('the vendor method', () => {
  it('authenticates, and reports success when every key is in', () => {
    check(
      '-I-P-1-u-3-v-k-g-x---', //
      '-E---2---4-K-G-X-C---',
    );
  });

  it('installs the next group key after its answer was sent, and completes nothing', () => {
    check(
      '-I-P-1-u-3-v-k-g-x-5-w---', //
      '-E---2---4-K-G-X-C-6-G---',
    );
  });

  it('answers a retransmitted challenge alike, and a retransmitted confirm without a second key', () => {
    check(
      '-I-P-1-1-u-S-', //
      '-E---2-2-----',
    );
    check(
      '-I-P-1-u-3-v-k-g-x-3-S-', //
      '-E---2---4-K-G-X-C-4---',
    );
  });
});

describe('the vendor method in trouble', () => {
  it('says that there is no authenticator when the access point is silent', () => {
    check('-I-P 9999ms --', '-E- 9999ms -B-', { E: 'E', B: '4800f/1460' });
  });

  it('says that the keys did not come when the access point falls silent', () => {
    check('-I-P-1-u 9995ms --', '-E---2-- 9995ms B-', { E: 'E', 2: '2', B: '48005/1460' });
  });

  it('suspects the credential when the proof is refused three times', () => {
    check('-I-P-1-u-n-n-n-', '-E---2---d-d-B-', { E: 'E', 2: '2', d: 'd', B: '48014/1326' });
  });

  it('drops a confirm whose octets were changed, and takes the right one', () => {
    check(
      '-I-P-1-u-f-3-v-k-g-x-', //
      '-E---2---d-4-K-G-X-C-',
    );
  });

  it('drops what is no message of the protocol, with a remark', () => {
    check('-I-P-m-S-', '-E---d---');
  });

  it('ignores what comes out of place: a confirm first, a rekey before the keys, a challenge or an old rekey after', () => {
    check(
      '-I-P-3-1-u-5-S-', //
      '-E---d-2---d---',
    );
    check(
      '-I-P-1-u-3-v-k-g-x-a-5-w-3-S-', //
      '-E---2---4-K-G-X-C-d-6-G-d---',
    );
  });

  it('fails when the hardware refuses a key', () => {
    check('-I-P-1-u-3-v-r-', '-E---2---4-K-B-', { E: 'E', 2: '2', 4: '4', K: 'K', B: '48010/50' });
  });

  it('makes no call after a stop, in whatever phase it comes, and owes nothing', () => {
    check('-I-PS-1-', '-E----d-');
    check('-I-P-1-S-u-3-', '-E---2-----d-');
    check('-I-P-1-u-3-S-v-k-', '-E---2---4-------');
    const ledger = check('-I-P-1-u-3-v-k-g-x-S-5-', '-E---2---4-K-G-X-C---d-');
    expect(ledger.outstanding()).to.include({ ports: 0, timers: 0, packets: 0 });
  });

  it('is answered for once when the adapter is reset, which registers anew', () => {
    check('-I-P-1-Z---u-3-', '-E---2-(BE)--d-', { E: 'E', 2: '2', B: '48011/1223', d: 'd' });
  });

  it('holds no secret any more when it was released', () => {
    const state = proving();
    const held = secretsOf(state);
    expect(held.some(isZero)).to.equal(false);
    method.release?.(state);
    expect(held.every(isZero)).to.equal(true);
  });

  it('holds no secret any more when it has failed', () => {
    const state = proving();
    const held = secretsOf(state);
    const refusal: MethodInput = {
      kind: 'packet',
      etherType: VENDOR_ETHERTYPE,
      payload: writeMessage({ type: 'refuse', counter: 1, nonce: nonces.station }),
    };
    const failed = [refusal, refusal, refusal].reduce((next, input) => method.step(next, input).state, state);
    expect(failed).to.deep.equal({ phase: 'over' });
    expect(held.every(isZero)).to.equal(true);
  });
});
