import { left, right } from 'fp-ts/lib/Either.js';
import { Observable, type Subscriber } from 'rxjs';
import type { Bss } from '../../../../adapters/linux/nl80211/Bss.js';
import type { Wiphy } from '../../../../adapters/linux/nl80211/Wiphy.js';
import type { Candidate } from '../../../../adapters/linux/wifi/chooseBss.js';
import type { Radio, RadioHappening } from '../../../../adapters/linux/wifi/Radio.js';
import { noRadio, type RadioInput, type RadioState, stepRadio } from '../../../../adapters/linux/wifi/stepRadio.js';
import { type Effect, type MacAddress, toHex, Win32 } from '../../../../streams/events/index.js';

const NOTHING = new Uint8Array(0);
const wiphy: Wiphy = {
  ...{ index: 0, name: 'phy0', ciphers: [0x000fac04, 0x000fac06], connects: true, protectsManagement: true },
  ...{ sae: { byFrames: true, byRequest: false, inFirmware: false }, handshakeInFirmware: { psk: false, oneX: false } },
  ...{ fastTransition: true, fils: false, multiLink: false, controlPort: true, controlPortStatus: true, extendedKeyId: false },
  ...{ replacesPairwiseKeys: true, beaconProtection: false, channelValidation: false, rekeyOffload: false, channels: [] },
};
const OK = right(undefined);

/** A radio without a kernel: it does what it is told, and nothing comes of it by itself. */
export class FakeRadio implements Radio {
  readonly station = { index: 3, name: 'wlan1', address: '02:00:00:00:01:00' as MacAddress };
  wiphy = wiphy;
  readonly log: string[] = [];
  air: ReadonlyArray<Bss> = [];
  /** The names the last scan asked for, and what the last connection offered beside an RSN element. */
  asked: ReadonlyArray<string> = [];
  offered = '';
  /** The body of the last Authentication frame of ours, and what the last association was asked for with. */
  body: Uint8Array = NOTHING;
  associating: Candidate | undefined;
  readonly effects: Effect[] = [];
  /** What the next scan is refused with. */
  refusal: string | undefined;
  /** What scans of these channels are refused with, and of no others. */
  unusable: { readonly frequencies: string; readonly code: string } | undefined;
  #out: Subscriber<RadioHappening> | undefined;
  #state: RadioState = noRadio;
  readonly events$ = new Observable<RadioHappening>((out) => {
    this.#out = out;
    this.feed({ kind: 'arrived', station: this.station });
  });

  feed(...inputs: ReadonlyArray<RadioInput>): void {
    for (const input of inputs) {
      const { state, effects } = stepRadio(this.#state, input);
      this.#state = state;
      for (const call of effects) this.#out?.next({ kind: 'call', call });
    }
  }

  /** What became of a packet of ours. */
  sent(isAcknowledged: boolean): void {
    this.#out?.next({ kind: 'sent', isAcknowledged });
  }

  /** Its access point has gone to another channel, and it with it. */
  movedTo(frequency: number): void {
    this.#out?.next({ kind: 'channel', frequency });
  }

  /** Its driver has gone to another access point by itself. */
  roamedTo(bss: Bss, from: MacAddress): void {
    const candidate = { bss, from };
    this.#out?.next({ kind: 'roamed', candidate });
    this.feed({ kind: 'moved', candidate, request: NOTHING, response: NOTHING });
  }

  switched(isOn: boolean): void {
    this.#out?.next({ kind: 'switched', isOn, isBlocked: false });
  }

  /** The scan is through. */
  scanned(): void {
    this.#out?.next({ kind: 'scanned', isComplete: true });
  }

  /** An Authentication frame of an access point's, or none. */
  answered(from: MacAddress, body?: Uint8Array): void {
    this.#out?.next({ kind: 'authentication', from, ...(body && { body }) });
  }

  readonly scan: Radio['scan'] = ({ ssids, frequencies }) => {
    this.log.push(`scan${frequencies === undefined ? '' : ` ${frequencies.join(' ')}`}`);
    this.asked = ssids.map((ssid) => new TextDecoder().decode(ssid));
    const isUnusable = this.unusable !== undefined && frequencies?.join(' ') === this.unusable.frequencies;
    const code = isUnusable ? this.unusable?.code : this.refusal;
    this.refusal = undefined;
    return code === undefined ? OK : left({ code, message: code });
  };
  readonly endScan: Radio['endScan'] = () => {
    this.log.push('end of scan');
  };
  readonly heard: Radio['heard'] = () => right(this.air);
  readonly connect: Radio['connect'] = (candidate) => {
    this.log.push(`connect ${candidate.bss.bssid}`);
    this.offered = toHex(candidate.security?.extension ?? NOTHING).slice(0, 10);
    this.feed({ kind: 'connecting', candidate });
    return OK;
  };
  readonly authenticate: Radio['authenticate'] = (candidate, body) => {
    this.log.push(`authenticate ${body[2]}`);
    this.body = body;
    if (body[2] === 1) this.feed({ kind: 'connecting', candidate });
    return OK;
  };
  readonly associate: Radio['associate'] = (candidate) => {
    const { bss, from } = candidate;
    this.associating = candidate;
    this.log.push(`associate ${bss.bssid}${from === undefined ? '' : ` from ${from}`}`);
    return OK;
  };
  readonly abandon: Radio['abandon'] = () => this.feed({ kind: 'lost' });
  readonly disconnect: Radio['disconnect'] = (reason) => {
    this.log.push(`disconnect ${reason}`);
    this.feed({ kind: 'disconnected', reason, byAccessPoint: false });
    return OK;
  };
  readonly transmit: Radio['transmit'] = () => OK;
  /** What the kernel does not carry out. */
  refused: Effect['kind'] | undefined;
  /** What the engine has sent. */
  readonly payloads: Uint8Array[] = [];
  readonly sink: Radio['sink'] = (effect) => {
    this.effects.push(effect);
    if (effect.kind === 'sendPacket') {
      const { packet, payload } = effect;
      this.payloads.push(payload.slice());
      setImmediate(() => this.#out?.next({ kind: 'call', call: { kind: 'sendPacketCompletion', packet } }));
    }
    return effect.kind === this.refused ? Win32.codes.ERROR_GEN_FAILURE : 0;
  };
  readonly notePmk: Radio['notePmk'] = ({ kind, peer }) => {
    this.log.push(`${kind} ${peer}`);
  };
  readonly leave: Radio['leave'] = () => {
    this.log.push('leave');
    this.feed({ kind: 'ended' });
  };
}
