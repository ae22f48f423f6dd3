import { isRight } from 'fp-ts/lib/Either.js';
import { filter, from, map, merge, toArray } from 'rxjs';
import { nodeCrypto } from '../../adapters/crypto/index.js';
import { createRecordedEngine } from '../../adapters/event-log/index.js';
import { createMemoryHost } from '../../adapters/memory/index.js';
import { type EapPeerMethod, rsnMethods, type SecurityMethod, type Violation } from '../../operators/core/index.js';
import { checkContract, type OneXOutput, oneXModule } from '../../operators/index.js';
import { type ApiCall, isTerminator, type LogEntry, readLogEntry, Secret } from '../../streams/events/index.js';
import { LogicalClock, protectedKeys, type SecretSource } from '../../streams/sources/index.js';
import { cipher, networkFor, STATION, suite, type TestNetwork } from './associationFor.js';
import { type Ap, authenticator, receive, start, type Turn } from './authenticator/authenticator.js';
import { drawn } from './authenticator/keys.js';
import { peerOptions } from './eapPeerRun.js';
import { type EapServer, eapServer } from './eapServer.js';
import { TOY_PASSWORD, text, toyMethod, toyMsk, toyScript } from './eapToy.js';
import { eapol } from './paeRun.js';
import { ScriptedTls } from './scriptedTls.js';

/** How long a packet is under way, in milliseconds. */
const FLIGHT_MS = 2;
const EAP_START = 1;
const EAP_PACKET = 0;
const KEY = 3;
const EAP_SUCCESS = 3;

export interface OneXSceneOptions {
  readonly network?: TestNetwork;
  readonly methods?: ReadonlyArray<SecurityMethod>;
  readonly eap?: ReadonlyArray<EapPeerMethod>;
  readonly server?: () => EapServer;
  /** What the server knows, where its keys matter. */
  readonly msk?: Uint8Array;
}

export const toyNetwork = (): TestNetwork =>
  networkFor({ akm: suite('IEEE_802_1X'), pairwise: cipher('CCMP'), group: cipher('CCMP') });

const toyServer = (): EapServer => eapServer(() => toyScript());

/**
 * An engine on a memory host, whose 802.1X module is `oneXModule`, opposite an access point with an EAP server behind it. Packets
 * take two milliseconds either way; `run(ms)` lets time pass.
 */
export class OneXScene {
  readonly clock = new LogicalClock();
  readonly network: TestNetwork;
  readonly host = createMemoryHost({ scheduler: this.clock });
  readonly keys = protectedKeys();
  readonly lines: string[] = [];
  readonly outputs: OneXOutput[] = [];
  /** EAPOL-Start packets that were sent. */
  starts = 0;
  ap: Ap;
  readonly engine: ReturnType<typeof createRecordedEngine>;
  readonly #newServer: () => EapServer;
  readonly #isWireless: boolean;
  #server: EapServer | undefined;
  /** Packets of the module that the access point does not hear. */
  isDeaf = false;

  constructor(options: OneXSceneOptions = {}) {
    const { network = toyNetwork(), msk = toyMsk(TOY_PASSWORD, text('challenge')), server = toyServer } = options;
    this.network = network;
    this.#newServer = server;
    this.#isWireless = options.methods === undefined;
    const [length = 32] = network.akm.pmkLengths;
    this.ap = authenticator({ network, secret: msk.subarray(0, length) });
    let draws = 0;
    const secrets: SecretSource = (request) => {
      if (request.want === 'entropy') return Secret.of(drawn('station', draws++, request.length));
      return this.keys.secrets(request) ?? this.host.secrets(request);
    };
    const { methods = rsnMethods({ crypto: nodeCrypto, policy: network.policy }) } = options;
    this.engine = createRecordedEngine({
      ...{ methods, secrets, scheduler: this.clock, turns: this.clock },
      record: { write: (line) => this.lines.push(line) },
    });
    this.host.connect(this.engine);
    const tls = new ScriptedTls();
    const peer = { options: peerOptions({ methods: options.eap ?? [toyMethod()] }), openTls: tls.open };
    const { protect } = this.keys;
    merge(this.engine.events$.pipe(filter(isTerminator)), this.engine.effects$)
      .pipe(oneXModule({ supplicantFor: () => peer, scheduler: this.clock, protect }))
      .subscribe((output) => this.#carry(output));
    this.engine.effects$.subscribe((effect) => {
      if (effect.kind === 'sendPacket') this.#later(() => this.#hearKey(effect.payload.slice()));
    });
    this.host.initService();
    this.host.initAdapter({ address: STATION });
    this.run(1);
  }

  run(ms = 1000): this {
    this.clock.advanceTo(this.clock.now() + ms);
    return this;
  }

  associate(): this {
    this.host.associate(this.network.peer, this.network.context.association);
    return this.run(0);
  }

  /** A packet of the access point, encrypted once there are keys. */
  say(packet: Uint8Array): void {
    const hasKeys = this.host.adapter.keys.hasKeyFor(this.network.peer);
    this.host.packetFromPeer(packet, { peer: this.network.peer, protected: hasKeys });
  }

  /** The server asks anew who is there. */
  reauthenticate(): this {
    this.#server = this.#newServer();
    this.say(eapol(this.#server.begin()));
    return this;
  }

  get calls(): ReadonlyArray<ApiCall> {
    return this.host.calls;
  }

  /** The 802.1X calls, results and completions, in order. */
  get lane(): string {
    return this.#entries()
      .map(({ event }) => {
        switch (event.kind) {
          case 'startOneX':
            return 's';
          case 'stopOneX':
            return 'z';
          case 'processOneXPacket':
            return 'F';
          case 'oneXIndicateResult':
            return ['R', 'N', 'i'][event.result] ?? '?';
          case 'setKeyMappingKey':
            return 'K';
          case 'setDefaultKey':
            return 'G';
          case 'setExcludeUnencrypted':
            return 'X';
          case 'sendPacket':
            return 'p';
          case 'postAssociateCompletion':
            return event.win32 === 0 ? 'C' : event.win32 === 1223 ? 'c' : 'B';
          default:
            return '';
        }
      })
      .join('');
  }

  /** What the contract's checker says of the whole log. */
  violations(): ReadonlyArray<Violation> {
    let found: ReadonlyArray<Violation> = [];
    from(this.#entries())
      .pipe(
        map((entry, index) => ({ ...entry, n: index + 1 })),
        checkContract(),
        toArray(),
      )
      .subscribe((violations) => {
        found = violations;
      });
    return found;
  }

  #entries(): ReadonlyArray<LogEntry> {
    return this.lines.flatMap((line) => {
      const read = readLogEntry(line);
      return isRight(read) ? [read.right] : [];
    });
  }

  #later(act: () => void): void {
    this.clock.schedule(act, FLIGHT_MS);
  }

  #carry(output: OneXOutput): void {
    this.outputs.push(output);
    if (output.kind === 'transmit') {
      const packet = output.packet.slice();
      if (!this.isDeaf) this.#later(() => this.#hear(packet));
    }
    if (output.kind === 'event') this.host.oneXResult(output.event.result, output.event.parameters);
  }

  /** What the access point makes of a packet of the module. */
  #hear(packet: Uint8Array): void {
    if (packet[1] === EAP_START) {
      this.starts++;
      this.#server = this.#newServer();
      const first = this.#server.begin();
      this.#later(() => this.say(eapol(first)));
    }
    if (packet[1] !== EAP_PACKET) return;
    const next = this.#server?.receive(packet.subarray(4));
    if (next === undefined) return;
    this.#later(() => this.say(eapol(next)));
    // Message 1 is hard on the heels of the Success.
    if (next[0] === EAP_SUCCESS && this.#isWireless) this.#later(() => this.#turn(start(this.ap)));
  }

  #hearKey(packet: Uint8Array): void {
    if (packet[1] === KEY) this.#turn(receive(this.ap, packet));
  }

  #turn({ ap, packets }: Turn): void {
    this.ap = ap;
    for (const packet of packets) this.#later(() => this.say(packet));
  }
}
