/**
 * Two adapters of one engine: the first in the storm, with whatever a host, bad air and a forger do to it; the second left in
 * peace, and busy with handshakes of its own. Everything that is asked of the hardware is judged as it comes.
 */
import { nodeCrypto } from '../../adapters/crypto/index.js';
import { checkEnd, checkStep, emptyWorld, type Violation } from '../../operators/core/index.js';
import { usesOneX } from '../../operators/core/rsn/akm.js';
import { rsnMethods } from '../../operators/core/rsn/index.js';
import { createEngine } from '../../operators/index.js';
import {
  type Effect,
  EtherType,
  type HostEvent,
  type LogEntry,
  Secret,
  type SecretRequest,
  type ServiceHandle,
  type SessionHandle,
  toHex,
} from '../../streams/events/index.js';
import { driving, LogicalClock } from '../../streams/sources/index.js';
import type { NetworkSetup, TestNetwork } from './associationFor.js';
import {
  authenticator,
  madeKeys,
  receive,
  rekeyGroup,
  rekeyPairwise,
  repeatGroup,
  retransmit,
  shownKeys,
  start,
  type Turn,
} from './authenticator/authenticator.js';
import { drawn } from './authenticator/keys.js';
import { withFields } from './authenticator/modifiers.js';
import { shownCall, spying } from './portBench.js';
import { type Action, EAP_REQUEST, type InAir, protecting, rendered, type Side, sideOf } from './stormSide.js';

const SERVICE = '0x51' as ServiceHandle;

export interface Outcome {
  readonly violations: ReadonlyArray<string>;
  readonly outstanding: ReturnType<ReturnType<typeof createEngine>['ledger']['outstanding']>;
  readonly stale: number;
  /** Secrets that still read as something at the end. */
  readonly secretsLeft: number;
  /** Whether a genuine handshake after the storm succeeded, where a port was open for it. */
  readonly recovered: boolean;
  /** What was done to the adapter that was left in peace. */
  readonly peaceful: ReadonlyArray<string>;
}

export class StormyAir {
  readonly #clock = new LogicalClock();
  readonly #breaches: string[] = [];
  readonly #secrets = new Set<Secret>();
  /** What the 802.1X module hands over is protected, and nobody's to destroy. */
  readonly #blobs = new Set<string>();
  readonly #world = emptyWorld();
  readonly #check = checkStep({});
  readonly #calls: number[] = [];
  readonly #engine: ReturnType<typeof createEngine>;
  readonly #stormy: Side;
  readonly #peaceful: Side;
  readonly #draws = new Map<Side, number>();
  #now: Side;
  #lines = 0;

  constructor(setup: NetworkSetup) {
    this.#stormy = sideOf(0, setup);
    this.#peaceful = sideOf(1, { ...setup, peer: '02:00:00:00:00:11' as TestNetwork['peer'] });
    this.#now = this.#stormy;
    const policy = { channelOf: () => setup.channel, beaconProtection: setup.beaconProtection === true };
    this.#engine = createEngine({
      methods: rsnMethods({ crypto: nodeCrypto, policy }),
      secrets: (request) => this.#supply(request),
      scheduler: this.#clock,
      turns: this.#clock,
    });
    this.#engine.events$.subscribe((event) => this.#judge({ dir: 'in', event }));
    const sink = driving(
      (effect) => this.#carryOut(effect),
      (event) => this.#engine.offer(event),
    );
    this.#engine.effects$.subscribe((effect) => {
      this.#judge({ dir: 'out', event: effect });
      if (effect.kind === 'diagnostic') {
        // The port's own guard against a key that comes twice, and an exception it caught: neither should have had to.
        if (effect.rule === 'R263' || effect.message.includes('is installed already')) this.#breaches.push(effect.message);
        return;
      }
      this.#calls.push(effect.call);
      sink.next(effect);
      this.#calls.pop();
    });
    this.#feed(() => this.#engine.handlers.initService({ version: 0 }));
    for (const side of [this.#stormy, this.#peaceful]) {
      const { adapter, network } = side;
      const address = network.context.ownAddress;
      this.#feed(() => this.#engine.handlers.initAdapter({ adapter, service: SERVICE, ...(address && { address }) }));
      this.#perform(side);
    }
  }

  #judge(entry: { readonly dir: 'in'; readonly event: HostEvent } | { readonly dir: 'out'; readonly event: Effect }): void {
    this.#lines += 1;
    const during = this.#calls.at(-1);
    const line: LogEntry = { ...entry, at: this.#clock.now() * 1000, ...(during !== undefined && { during }) };
    this.#note(this.#check(this.#world, { ...line, n: this.#lines }).violations);
  }

  #note(violations: ReadonlyArray<Violation>): void {
    for (const { rule, message, event } of violations) this.#breaches.push(`${rule}: ${message} (line ${event})`);
  }

  /** Everything that reaches the engine comes through here, so that its secrets are seen. */
  #feed(call: () => unknown): void {
    spying(this.#secrets, () => {
      call();
      this.#clock.advanceTo(this.#clock.now());
    });
  }

  #supply(request: SecretRequest): Secret | undefined {
    const side = this.#now;
    switch (request.want) {
      case 'entropy': {
        const draws = (this.#draws.get(side) ?? 0) + 1;
        this.#draws.set(side, draws);
        return Secret.of(drawn(`station ${side.adapter}`, draws, request.length));
      }
      case 'credential':
        return Secret.of(new TextEncoder().encode(toHex(side.secret)));
      case 'pmk':
        return request.pmkid === undefined ? Secret.of(side.secret) : undefined;
      case 'unprotected':
        return Secret.of(protecting(request.blob.reveal()));
    }
  }

  #carryOut(effect: Exclude<Effect, { kind: 'diagnostic' }>): number {
    const side = 'adapter' in effect && effect.adapter === this.#peaceful.adapter ? this.#peaceful : this.#stormy;
    side.said.push(rendered(effect));
    if ('generation' in effect && !side.isOpen && effect.kind !== 'stopOneX' && effect.kind !== 'postAssociateCompletion')
      this.#breaches.push(`R193: ${effect.kind} after the port ended`);
    if (effect.kind === 'sendPacket') {
      side.inFlight.push(effect.packet);
      this.#send(side, { to: 'ap', packet: effect.payload.slice() });
    }
    if (effect.kind === 'postAssociateCompletion') this.#completed(side, effect.reason, effect.win32);
    const line = shownCall(effect);
    if (line?.includes(': ')) this.#installed(side, line);
    return 0;
  }

  #installed(side: Side, line: string): void {
    if (!side.made.has(line)) this.#breaches.push(`a key nobody made: ${line}`);
    if (side.keys.includes(line)) this.#breaches.push(`R135: installed twice: ${line}`);
    side.keys.push(line);
  }

  #completed(side: Side, reason: number, win32: number): void {
    const told = win32 === 0 ? 'authorised' : 'unauthorised';
    if (side.completions.at(-1) === told) this.#breaches.push(`R176: ${told} again`);
    if (win32 === 31) this.#breaches.push(`R263: ${reason.toString(16)}`);
    side.completions.push(told);
  }

  #send(side: Side, one: InAir): void {
    side.air.push(one);
    side.ever.push(one.packet);
  }

  #turn(side: Side, { ap, packets }: Turn): void {
    side.ap = ap;
    for (const line of madeKeys(ap)) side.made.add(line);
    for (const packet of packets) this.#send(side, { to: 'station', packet });
  }

  #toStation({ adapter, network }: Side, payload: Uint8Array): void {
    const packet = { adapter, peer: network.peer, etherType: EtherType.codes.EAPOL, payload: payload.slice() };
    this.#feed(() => this.#engine.handlers.receivePacket(packet));
  }

  #arrive(side: Side, { to, packet }: InAir): void {
    this.#now = side;
    if (to === 'station') this.#toStation(side, packet);
    else this.#turn(side, receive(side.ap, packet));
  }

  #perform(side: Side): void {
    const { adapter, network } = side;
    this.#now = side;
    side.session += 1;
    Object.assign(side, { isOpen: true, keys: [], completions: [] });
    // The access point begins a new association with new keys, and with counters of its own.
    const { options, network: same } = side.ap;
    side.ap = authenticator({ ...options, network: same, seed: `${adapter}, association ${side.session}` });
    const session = `0x${side.session.toString(16)}` as SessionHandle;
    const { portState, association } = network.context;
    this.#feed(() => this.#engine.handlers.performPostAssociate({ adapter, session, portState, association }));
    this.#pass(2);
  }

  #pass(ms: number): void {
    spying(this.#secrets, () => this.#clock.advanceTo(this.#clock.now() + ms));
  }

  #release(side: Side, at: number): void {
    const [packet] = side.inFlight.splice(at, 1);
    if (packet !== undefined) this.#feed(() => this.#engine.handlers.sendPacketCompletion({ packet }));
  }

  #calm(side: Side): void {
    this.#now = side;
    for (let round = 0; round < 200 && side.air.length + side.inFlight.length > 0; round++) {
      while (side.inFlight.length > 0) this.#release(side, 0);
      const [next] = side.air.splice(0, 1);
      if (next !== undefined) this.#arrive(side, next);
    }
  }

  #oneX({ adapter, secret }: Side, succeeds: boolean): void {
    const [send, receiveHalf] = [protecting(secret.subarray(0, 32)), protecting(secret.subarray(32))];
    for (const blob of [send, receiveHalf]) this.#blobs.add(toHex(blob));
    const [sendKey, receiveKey] = [Secret.of(send), Secret.of(receiveHalf)];
    const parameters = { status: succeeds ? 3 : 4, reason: succeeds ? 0 : 0x50005, sendKey, receiveKey };
    this.#feed(() => this.#engine.handlers.oneXIndicateResult({ adapter, result: succeeds ? 0 : 1, parameters }));
  }

  #say(side: Side, what: Extract<Action, { do: 'say' }>['what']): void {
    const hasKeys = side.ap.ptk !== undefined;
    if (what === 'start' || (what === 'pairwise' && !hasKeys)) this.#turn(side, start(side.ap));
    else if (what === 'retransmit') this.#turn(side, retransmit(side.ap));
    else if (what === 'pairwise') this.#turn(side, rekeyPairwise(side.ap));
    else if (hasKeys) this.#turn(side, what === 'group' ? rekeyGroup(side.ap) : repeatGroup(side.ap));
  }

  #forge(side: Side, number: number, counter: number): void {
    const fields = withFields({ nonce: drawn('forger', number, 32), replayCounter: BigInt(counter) });
    const modify = { message1: fields, group1: fields };
    const forger = authenticator({ network: side.network, secret: side.secret.slice().fill(1), modify });
    const ptk = { kck: new Uint8Array(32), kek: new Uint8Array(32), tk: new Uint8Array(32) };
    const { kck, kek } = forger.master.parameters;
    const cut = { kck: ptk.kck.subarray(0, kck), kek: ptk.kek.subarray(0, kek), tk: ptk.tk };
    const { packets } = number % 2 === 0 ? start(forger) : rekeyGroup({ ...forger, ptk: cut });
    for (const packet of packets) this.#toStation(side, packet);
  }

  #end(side: Side, kind: 'stop' | 'reset'): void {
    const { adapter, network } = side;
    const { handlers } = this.#engine;
    this.#feed(() => {
      if (kind === 'stop') handlers.stopPostAssociate({ adapter, peer: network.peer, status: 7 });
      else handlers.adapterReset({ adapter });
      side.isOpen = false;
    });
  }

  act(action: Action): void {
    const side = this.#stormy;
    this.#now = side;
    const pick = (length: number, at: number): number => (length === 0 ? 0 : at % length);
    switch (action.do) {
      case 'say':
        this.#say(side, action.what);
        break;
      case 'deliver': {
        const at = pick(side.air.length, action.at);
        const one = action.keep ? side.air[at] : side.air.splice(at, 1)[0];
        if (one === undefined) break;
        const { flip } = action;
        const octet = flip === undefined ? 0 : (flip >> 3) % one.packet.length;
        const packet = flip === undefined ? one.packet : one.packet.with(octet, (one.packet[octet] ?? 0) ^ (1 << (flip & 7)));
        this.#arrive(side, { to: one.to, packet });
        break;
      }
      case 'lose':
        side.air.splice(pick(side.air.length, action.at), 1);
        break;
      case 'replay': {
        const packet = side.ever[pick(side.ever.length, action.at)];
        if (packet !== undefined) this.#toStation(side, packet);
        break;
      }
      case 'forge':
        this.#forge(side, action.number, action.counter);
        break;
      case 'calm':
        this.#calm(side);
        break;
      case 'eap':
        this.#toStation(side, EAP_REQUEST);
        break;
      case 'sent':
        this.#release(side, pick(side.inFlight.length, action.at));
        break;
      case 'pass':
        this.#pass(action.ms);
        break;
      case 'oneX':
        this.#oneX(side, action.succeeds);
        break;
      case 'stop':
      case 'reset':
        this.#end(side, action.do);
        break;
      case 'perform':
        if (side.isOpen) this.#end(side, 'stop');
        this.#perform(side);
        break;
      default:
        this.#indicate(side, action.do);
    }
  }

  #indicate(side: Side, what: 'michael' | 'keyUpdated'): void {
    const { adapter, network, ap } = side;
    const { peer } = network;
    const [keys] = ap.groups;
    const key = keys && Secret.of(keys.gtk.key);
    this.#feed(() =>
      this.#engine.offer(
        what === 'michael'
          ? { kind: 'tkipMicFailure', adapter, peer, defaultKey: false, keyIndex: 0 }
          : { kind: 'cipherKeyUpdated', adapter, peer, keyIndex: keys?.gtk.keyId ?? 1, ...(key && { key }) },
      ),
    );
  }

  /** The other adapter has a handshake: its first, or a rekey of either kind. */
  workInPeace(): void {
    const side = this.#peaceful;
    this.#now = side;
    if (usesOneX(side.network.akm) && side.ap.ptk === undefined) this.#oneX(side, true);
    this.#turn(
      side,
      side.ap.ptk === undefined ? start(side.ap) : side.session % 2 === 0 ? rekeyPairwise(side.ap) : rekeyGroup(side.ap),
    );
    this.#calm(side);
  }

  /** The storm is over: whatever came before, a genuine handshake succeeds if there is a port for it. */
  #recover(): boolean {
    const side = this.#stormy;
    if (!side.isOpen) return true;
    this.#calm(side);
    if (usesOneX(side.network.akm)) {
      this.#toStation(side, EAP_REQUEST);
      this.#oneX(side, true);
      this.#calm(side);
    }
    this.#turn(side, start({ ...side.ap, counter: side.ap.counter + 0x1_0000n }));
    this.#calm(side);
    const isHeld = shownKeys(side.ap).every((line) => side.keys.includes(line));
    return side.completions.at(-1) === 'authorised' && side.ap.ptk !== undefined && isHeld;
  }

  end(): Outcome {
    const recovered = this.#recover();
    for (const side of [this.#stormy, this.#peaceful]) this.#calm(side);
    if (this.#stormy.isOpen) this.#end(this.#stormy, 'stop');
    for (const { adapter } of [this.#stormy, this.#peaceful]) this.#feed(() => this.#engine.handlers.deinitAdapter({ adapter }));
    this.#feed(() => this.#engine.handlers.deinitService({}));
    this.#pass(3_600_000);
    this.#note(checkEnd(this.#world));
    const isLeft = (secret: Secret): boolean =>
      secret.reveal().some((octet) => octet !== 0) && !this.#blobs.has(toHex(secret.reveal()));
    const secretsLeft = [...this.#secrets].filter(isLeft).length;
    return {
      ...{ violations: this.#breaches, recovered, secretsLeft, peaceful: this.#peaceful.said },
      outstanding: this.#engine.ledger.outstanding(),
      stale: this.#engine.ledger.stale,
    };
  }
}

/** A whole storm; without actions, what the other adapter does when it is alone. */
export const storm = (setup: NetworkSetup, actions: ReadonlyArray<Action>): Outcome => {
  const air = new StormyAir(setup);
  air.workInPeace();
  actions.forEach((action, at) => {
    air.act(action);
    if (at % 8 === 7) air.workInPeace();
  });
  return air.end();
};
