import { Observable } from 'rxjs';
import type { LibC } from '../ffi/LibC.js';
import { faultOfCall, type LinuxFault } from '../LinuxFault.js';
import { type WatchedLinks, watchLinks } from '../netlink/watchLinks.js';
import { isBlockedNow, RFKILL_PLACES, watchRfkill } from '../rfkill/watchRfkill.js';
import { faultOfRefusal } from './radioFault.js';
import type { RadioStation } from './stepRadio.js';
import { type SwitchEffect, type SwitchInput, type SwitchState, stepSwitch } from './stepSwitch.js';
import { switchOn } from './switchOn.js';

/** An interface was switched off or on, or nobody can tell. */
export type SwitchNews = Extract<SwitchEffect, { kind: 'switched' }> | { readonly kind: 'trouble'; readonly fault: LinuxFault };

/** Whoever watches has found it on, or has tried to switch it on. */
const BEGINNING: SwitchState = { isOn: true, isBlocked: false, resumes: false };

const linkInput = (index: number, watched: WatchedLinks): Extract<SwitchInput, { kind: 'link' }> | undefined => {
  const links = watched.kind === 'all' ? watched.links : watched.kind === 'link' ? [watched.link] : [];
  const link = links.find((one) => one.index === index);
  return link && { kind: 'link', isOn: link.isEnabled };
};

/**
 * Follows whether an interface is switched on, and switches it on again when its radio is no more blocked: the kernel leaves it
 * off then.
 */
export const watchSwitch = (
  c: LibC,
  { index, name }: RadioStation,
  radio: string,
  places = RFKILL_PLACES,
): Observable<SwitchNews> =>
  new Observable((out) => {
    let state = BEGINNING;
    const fail = (fault: LinuxFault): void => out.next({ kind: 'trouble', fault });
    const carryOut = (effect: SwitchEffect): void => {
      if (effect.kind === 'switched') {
        out.next(effect);
        return;
      }
      const switched = switchOn(c, index);
      if (switched._tag === 'Left') fail(faultOfRefusal(switched.left, `switch ${name} on`));
    };
    const take = (input: SwitchInput): void => {
      const step = stepSwitch(state, input);
      state = step.state;
      for (const effect of step.effects) carryOut(effect);
    };
    const heed = (links: WatchedLinks): void => {
      if (links.kind === 'failed') fail(faultOfCall(links.failure, `hear of ${name}`, name));
      const input = linkInput(index, links);
      if (input === undefined) return;
      if (!input.isOn && isBlockedNow(radio, places)) take({ kind: 'rfkill', isBlocked: true });
      take(input);
    };
    const error = (reason: unknown): void => out.error(reason);
    out.add(watchRfkill(c, radio, places).subscribe({ next: (isBlocked) => take({ kind: 'rfkill', isBlocked }), error }));
    // The news of a link comes together with the first packet on it, which has somebody waiting for an answer.
    out.add(watchLinks(c, setImmediate).subscribe({ next: heed, error }));
  });
