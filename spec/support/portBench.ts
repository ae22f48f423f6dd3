/**
 * One port of a station with its security method, step by step and without an engine around it: the port's own machine
 * (`openPort`, `stepPort`) gates and orders the downloads, a model of the hardware takes them, questions are answered at once.
 *
 *     const bench = portBench({ network, secret });        // the rsnMethods, and the secrets this network takes
 *     let turn = bench.hear(start(authenticator({ network, secret })));     // both sides, until nobody says anything
 *     bench.keys                                            // what the hardware took, in the words of `shownDownload`
 *     bench.log                                             // everything in order: sends, their completions, keys, verdicts
 *     bench.completions                                     // 'reason/win32'
 *     bench.expire('finish')                                // a timer runs out
 *     bench.spied()                                         // every secret that was handed in, or was made in a step
 *
 * With `holdsSends` a packet stays in flight until `release()`.
 */
import { nodeCrypto } from '../../adapters/crypto/index.js';
import type { Crypto } from '../../operators/core/crypto/index.js';
import {
  type MethodInput,
  openPort,
  type Port,
  type PortCall,
  type PortInput,
  type PortStep,
  releasePort,
  type SecurityMethod,
  stepPort,
} from '../../operators/core/index.js';
import { type RsnPolicy, type RsnState, rsnMethods } from '../../operators/core/rsn/index.js';
import { type ApiCall, EtherType, type PmkEntry, Secret, type SecretRequest, toHex } from '../../streams/events/index.js';
import type { TestNetwork } from './associationFor.js';
import { type ApEvent, receive, shownDownload, type Turn } from './authenticator/authenticator.js';
import { drawn } from './authenticator/keys.js';

export interface BenchOptions {
  readonly network: TestNetwork;
  /** What the access point has: a PMK, a PSK, or where 802.1X makes it the MSK. */
  readonly secret: Uint8Array;
  readonly policy?: Partial<RsnPolicy>;
  /** PMKs of earlier associations, by PMKID; one under '' answers a question without a name. */
  readonly remembered?: Readonly<Record<string, Uint8Array>>;
  readonly answer?: (request: SecretRequest) => Secret | undefined;
  readonly holdsSends?: boolean;
  /** Calls the hardware refuses. */
  readonly refuses?: (call: PortCall) => boolean;
  readonly method?: SecurityMethod<RsnState>;
  readonly crypto?: Crypto;
}

/** Every secret in a value, wherever it stands. */
export const secretsIn = (value: unknown, found: Set<Secret> = new Set(), seen: Set<unknown> = new Set()): Set<Secret> => {
  if (value instanceof Secret) found.add(value);
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !seen.has(value)) {
    seen.add(value);
    for (const inner of Object.values(value)) secretsIn(inner, found, seen);
  }
  return found;
};

/** Runs something, and takes down every secret that is made meanwhile. */
export const spying = <A>(into: Set<Secret>, run: () => A): A => {
  const { of } = Secret;
  const { copy } = Secret.prototype;
  const noted = (secret: Secret): Secret => {
    into.add(secret);
    return secret;
  };
  Secret.of = (...given) => noted(of(...given));
  Secret.prototype.copy = function (this: Secret) {
    return noted(copy.call(this));
  };
  try {
    return run();
  } finally {
    Secret.of = of;
    Secret.prototype.copy = copy;
  }
};

const fromHexText = (octets: Uint8Array): Secret => Secret.of(new TextEncoder().encode(toHex(octets)));

/** As the host and its secret source would answer: a PSK as 64 hex digits, a PMK by its name, randomness from a seed. */
export const answering = ({
  network,
  secret,
  remembered = {},
}: BenchOptions): ((request: SecretRequest) => Secret | undefined) => {
  let draws = 0;
  return (request) => {
    switch (request.want) {
      case 'entropy':
        draws += 1;
        return Secret.of(drawn('station', draws, request.length));
      case 'credential':
        return network.akm.source === 'psk' ? fromHexText(secret) : undefined;
      case 'pmk': {
        const held = remembered[request.pmkid === undefined ? '' : toHex(request.pmkid)];
        if (held !== undefined) return Secret.of(held);
        const isOwn = network.akm.source === 'sae' || network.akm.source === 'owe';
        return isOwn && request.pmkid === undefined ? Secret.of(secret) : undefined;
      }
      case 'unprotected':
        return request.blob.copy();
    }
  };
};

/** A download as the call it became, in the words of `shownDownload`; nothing for any other call. */
export const shownCall = (call: PortCall | ApiCall): string | undefined => {
  switch (call.kind) {
    case 'setKeyMappingKey':
      return shownDownload({ slot: 'pairwise', ...call });
    case 'setPairwiseTransmitKey':
      return shownDownload({ slot: 'pairwiseTransmit', keyId: call.keyId });
    case 'setExcludeUnencrypted':
      return shownDownload({ slot: 'excludeUnencrypted', exclude: call.exclude });
    case 'setDefaultKeyId':
      return shownDownload({ slot: 'transmitIndex', keyIndex: call.keyIndex });
    case 'setDefaultKey': {
      const { link, peer, ...key } = call;
      const slot = key.keyIndex <= 3 ? 'group' : key.keyIndex <= 5 ? 'management' : 'beacon';
      return shownDownload({ slot, ...key, ...(link !== undefined && { link: { id: link, ap: peer } }) });
    }
    default:
      return undefined;
  }
};

const isKey = (line: string): boolean => line.includes(': ');

interface InFlight {
  readonly tag: string;
  readonly payload: Uint8Array;
}

export interface Bench {
  readonly log: ReadonlyArray<string>;
  /** Keys the hardware took, in order. */
  readonly keys: ReadonlyArray<string>;
  readonly calls: ReadonlyArray<PortCall>;
  readonly completions: ReadonlyArray<string>;
  readonly reports: ReadonlyArray<string>;
  readonly remembered: ReadonlyArray<PmkEntry>;
  readonly timers: ReadonlyMap<string, number>;
  readonly port: Port;
  readonly state: RsnState;
  input(input: PortInput): void;
  /** A packet of the peer. */
  packet(payload: Uint8Array, isProtected?: boolean): void;
  /** The 802.1X module succeeds with this MSK, or fails. */
  oneX(msk: Uint8Array | undefined): void;
  indicate(indication: Extract<MethodInput, { kind: 'indicated' }>['indication']): void;
  /** Lets go of the packets in flight. */
  release(): void;
  /** Packets sent since this was asked last. */
  takeSent(): ReadonlyArray<Uint8Array>;
  /** A timer runs out, if it runs. */
  expire(name: string): boolean;
  /** Both sides go on until nobody says anything; answers the last turn with all events. */
  hear(turn: Turn): Turn;
  /** The port ends. */
  end(): void;
  /** Every secret that was handed in, or was made in a step, be it for a moment. */
  spied(): ReadonlySet<Secret>;
}

const chosen = (options: BenchOptions): SecurityMethod<RsnState> => {
  const { network, policy, method, crypto = nodeCrypto } = options;
  const methods = rsnMethods({ crypto, policy: { ...network.policy, ...policy } });
  const serving = method ?? methods.find((each) => each.serves(network.context.association, undefined));
  if (serving === undefined) throw new Error(`no method serves ${network.akm.name}`);
  return serving;
};

const MANY = 400;

export const portBench = (options: BenchOptions): Bench => {
  const { network, holdsSends = false, refuses = () => false } = options;
  const method = chosen(options);
  const answer = options.answer ?? answering(options);
  const log: string[] = [];
  const keys: string[] = [];
  const calls: PortCall[] = [];
  const completions: string[] = [];
  const reports: string[] = [];
  const remembered: PmkEntry[] = [];
  const timers = new Map<string, number>();
  const secrets = new Set<Secret>();
  const waiting: PortInput[] = [];
  const inFlight: InFlight[] = [];
  let unheard: Uint8Array[] = [];

  const sent = ({ tag }: InFlight): void => {
    log.push(`sent ${tag}`);
    waiting.push({ kind: 'sent', tag });
  };
  const complete = ({ reason, win32 }: Extract<PortCall, { kind: 'postAssociateCompletion' }>): void => {
    completions.push(`${reason.toString(16)}/${win32}`);
    log.push(`completion ${reason.toString(16)}/${win32}`);
  };
  const carryOut = (call: PortCall, tag: string): void => {
    calls.push(call);
    if (call.kind === 'sendPacket') {
      log.push(`send ${tag}`);
      unheard.push(call.payload);
      if (holdsSends) inFlight.push({ tag, payload: call.payload });
      else sent({ tag, payload: call.payload });
      return;
    }
    if (call.kind === 'postAssociateCompletion') {
      complete(call);
      return;
    }
    const line = shownCall(call);
    const win32 = refuses(call) ? 31 : 0;
    log.push(`${win32 === 0 ? '' : 'refused '}${line ?? call.kind}`);
    if (line !== undefined && isKey(line) && win32 === 0) keys.push(line);
    if (call.kind === 'rememberPmk') remembered.push({ ...call.entry, pmk: call.entry.pmk.copy() });
    waiting.push({ kind: 'answered', to: call.kind, tag, win32 });
  };

  const ask = (tag: string, request: SecretRequest): void => {
    const secret = answer(request);
    if (secret !== undefined) secrets.add(secret);
    waiting.push(secret === undefined ? { kind: 'supplied', tag } : { kind: 'supplied', tag, secret });
  };

  let port: Port;
  const apply = ({ state, effects }: PortStep): void => {
    port = state;
    for (const output of effects) {
      if (output.do === 'call') carryOut(output.call, output.tag);
      else if (output.do === 'setTimer') timers.set(output.name, output.ms);
      else if (output.do === 'clearTimer') timers.delete(output.name);
      else if (output.do === 'report') reports.push(`${output.rule}: ${output.message}`);
      else if (output.do === 'ask') ask(output.tag, output.request);
    }
  };
  const input = (first: PortInput): void => {
    waiting.push(first);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      apply(spying(secrets, () => stepPort(port, next)));
  };

  const { usesOneX } = method;
  const facts = { peer: network.peer, method: method as SecurityMethod, mayUseOneX: usesOneX, needsPairwiseKey: true };
  const opened = spying(secrets, () => openPort(facts, network.context));
  port = opened.state;
  apply(opened);
  input({ kind: 'laterTurn' });

  const takeSent = (): ReadonlyArray<Uint8Array> => {
    const packets = unheard;
    unheard = [];
    return packets;
  };
  const packet = (payload: Uint8Array, isProtected?: boolean): void =>
    input({
      kind: 'packet',
      etherType: EtherType.codes.EAPOL,
      payload,
      ...(isProtected !== undefined && { protected: isProtected }),
    });

  const bench: Bench = {
    ...{ log, keys, calls, completions, reports, remembered, timers, input, packet, takeSent },
    get port() {
      return port;
    },
    get state() {
      return port.method as RsnState;
    },
    oneX: (msk) =>
      input({
        ...{ kind: 'oneXResult', result: msk === undefined ? 1 : 0, reason: 0, ofStoppedRun: false },
        ...(msk && { sendKey: Secret.of(msk.subarray(0, 32)), receiveKey: Secret.of(msk.subarray(32)) }),
      }),
    indicate: (indication) => input({ kind: 'indicated', indication }),
    release: () => {
      for (const one of inFlight.splice(0)) {
        sent(one);
        const [next] = waiting.splice(0);
        if (next !== undefined) input(next);
      }
    },
    expire: (name) => {
      if (!timers.delete(name)) return false;
      input({ kind: 'timer', name });
      return true;
    },
    hear: (turn) => {
      const events: ApEvent[] = [...turn.events];
      let { ap } = turn;
      const queue = [...turn.packets];
      for (let round = 0; round < MANY && queue.length > 0; round++) {
        packet(queue.shift() ?? new Uint8Array(0));
        for (const reply of takeSent()) {
          const next = receive(ap, reply);
          ap = next.ap;
          queue.push(...next.packets);
          events.push(...next.events);
        }
      }
      return { ap, packets: queue, events };
    },
    end: () => releasePort(port),
    spied: () => secrets,
  };
  return bench;
};
