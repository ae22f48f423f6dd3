/** A host application that composes the operators itself: its own handlers, its own sink, its own secrets. */
import { randomBytes } from 'node:crypto';
import {
  Admission,
  driving,
  Ledger,
  LiveClock,
  open,
  osCallbacks,
  postAssociation,
  Secret,
  type SecretSource,
  type Sink,
  Win32,
} from 'postassoc';
import { share } from 'rxjs';
import { vendor } from './vendorMethod.js';

/** What this application drives. A key takes the hardware its time: `done` is called when it is in, or was refused. */
export interface Radio {
  send(to: string, etherType: number, payload: Uint8Array, sent: () => void): void;
  installKey(peer: string, key: Secret, done: (win32: number) => void): void;
  open(peer: string): void;
}

export const hostApplication = (radio: Radio, credential: Uint8Array, scheduler: LiveClock = new LiveClock()) => {
  const methods = [vendor, open];
  const ledger = new Ledger();
  const door = osCallbacks({ admit: new Admission(methods).admit, sync: () => scheduler.sync() });

  const sink: Sink = (effect) => {
    const answerLater = (win32: number) => door.offer({ kind: 'reply', call: effect.call, win32 });
    switch (effect.kind) {
      case 'sendPacket':
        radio.send(effect.peer, effect.etherType, effect.payload, () =>
          door.handlers.sendPacketCompletion({ packet: effect.packet }),
        );
        return Win32.codes.ERROR_SUCCESS;
      case 'setKeyMappingKey':
      case 'setDefaultKey':
        radio.installKey(effect.peer, effect.material.key.copy(), answerLater);
        return;
      case 'postAssociateCompletion':
        if (effect.win32 === Win32.codes.ERROR_SUCCESS) radio.open(effect.peer);
        return Win32.codes.ERROR_SUCCESS;
      default:
        return Win32.codes.ERROR_SUCCESS;
    }
  };

  const secrets: SecretSource = (request) => {
    if (request.want === 'unprotected') return;
    return Secret.of(request.want === 'entropy' ? randomBytes(request.length) : credential);
  };
  const effects$ = door.events$.pipe(postAssociation({ methods, scheduler, secrets, ledger }), share());
  const running = effects$.subscribe(driving(sink, door.offer));
  const end = () => {
    running.unsubscribe();
    scheduler.stop();
  };
  return { handlers: door.handlers, effects$, ledger, end };
};
