import type { EapolHeard } from '../../../../streams/air/index.js';
import { copyBytes } from '../../../../streams/events/index.js';
import { usesOneX } from '../../rsn/akm.js';
import { zeroiseHandshake } from './Growing.js';
import { takeKey } from './takeKey.js';
import { type KeyWatchContext, NONE, type Watch, withOne } from './Watch.js';

/** Two handshakes with some repetitions; who says more without a key being found is not gone through again. */
const MOST_PACKETS = 16;

const isProven = ({ handshakes }: Watch): boolean => handshakes.some(({ keys }) => keys !== undefined);

/** Whether something may come yet that makes keys: the name of the network, or what the secrets of a TLS session give. */
const mayLearn = ({ terms, deps: { keys } }: Watch): boolean => {
  if (terms === undefined) return keys.waits;
  const { akm, ssid } = terms.network;
  return usesOneX(akm) ? keys.tls() !== undefined : keys.waits && ssid.length === 0;
};

const forget = (watch: Watch): void => {
  watch.said = undefined;
};

/** Takes a packet, and keeps it until a key proves one, in case that key is learnt only later. */
export const takeAndKeep = (watch: Watch, event: EapolHeard): void => {
  if (watch.said !== undefined && mayLearn(watch)) {
    if (watch.said.length < MOST_PACKETS) watch.said = withOne(watch.said, { ...event, packet: copyBytes(event.packet) });
    else forget(watch);
  }
  takeKey(watch, event);
  if (watch.said !== undefined && isProven(watch)) forget(watch);
};

/** Goes through what was said once more, now that more is known. Nothing was proven by it, so that nothing is lost. */
export const takeAgain = (watch: Watch): void => {
  const { said, proofs } = watch;
  if (said === undefined || said.length === 0) return;
  for (const handshake of watch.handshakes) zeroiseHandshake(handshake);
  watch.handshakes = NONE;
  watch.groups = NONE;
  watch.strays = NONE;
  watch.requests = NONE;
  watch.unanswered = undefined;
  watch.counter = -1n;
  for (const event of said) takeKey(watch, event);
  const latest = watch.handshakes.at(-1);
  if (latest !== undefined && proofs.length > 0) latest.isComplete = true;
  if (isProven(watch)) forget(watch);
};

/** What the access point announced came after the handshake, and may have the name of the network. */
export const learnAnnouncement = (watch: Watch, announced: Pick<KeyWatchContext, 'ssid' | 'announcement'>): void => {
  if (watch.said === undefined || watch.terms?.isOfAssociation === true) return;
  watch.context = { ...watch.context, ...announced };
  watch.terms = undefined;
  takeAgain(watch);
};
