import { Subject } from 'rxjs';
import { type EapPeerDeps, type OneXOrder, type OneXOutput, oneXModule } from '../../../operators/index.js';
import { EapolType, writeEapol } from '../../../streams/frames/index.js';
import { LogicalClock, protectedKeys } from '../../../streams/sources/index.js';
import { ADAPTER, SERVICE, SESSION } from '../fixtures.js';
import type { Link } from './eapLink.js';

const EAPOL_HEADER = 4;
const { EAP_PACKET } = EapolType.codes;
const origin = { call: 1, adapter: ADAPTER, service: SERVICE, session: SESSION, generation: 1 };

/** A link to the 802.1X module of a host, which has been started; unplugging stops it by its order. */
export interface OneXLink extends Link {
  readonly outputs: ReadonlyArray<OneXOutput>;
  /** Whether anything is still to come of the clock. */
  readonly hasTimers: boolean;
  /** Destroys the keys of a success, which are nobody's of the module, and the blobs that stand for them. */
  forgetKeys(): void;
  unplug(): void;
}

export const oneXLink = (deps: EapPeerDeps): OneXLink => {
  const order$ = new Subject<OneXOrder>();
  const clock = new LogicalClock();
  const keys = protectedKeys();
  const outputs: OneXOutput[] = [];
  const waiting: ((packet: Uint8Array | undefined) => void)[] = [];
  let isUnplugged = false;
  const isResult = (output: OneXOutput): boolean => output.kind === 'event' && output.event.result !== 2;
  order$.pipe(oneXModule({ supplicantFor: () => deps, scheduler: clock, protect: keys.protect })).subscribe((output) => {
    outputs.push(output);
    const isEap = output.kind === 'transmit' && output.packet[1] === EAP_PACKET;
    if (isEap) waiting.shift()?.(output.packet.slice(EAPOL_HEADER));
    if (isResult(output)) waiting.shift()?.(undefined);
  });
  const tell = (packet: Uint8Array): void => {
    const eapol = writeEapol({ version: 2, type: EAP_PACKET, body: packet });
    order$.next({ kind: 'processOneXPacket', ...origin, packet: eapol.subarray(1) });
  };
  order$.next({ kind: 'startOneX', ...origin });
  return {
    tell,
    ask: (packet) =>
      new Promise((resolve) => {
        if (isUnplugged) return resolve(undefined);
        waiting.push(resolve);
        tell(packet);
      }),
    outputs,
    get hasTimers() {
      return clock.nextDue !== undefined;
    },
    forgetKeys: () => {
      keys.clear();
      for (const output of outputs) {
        if (output.kind !== 'event') continue;
        output.event.parameters?.sendKey.zeroise();
        output.event.parameters?.receiveKey.zeroise();
      }
    },
    unplug: () => {
      isUnplugged = true;
      order$.next({ kind: 'stopOneX', ...origin });
      for (const resolve of waiting.splice(0)) resolve(undefined);
    },
  };
};
