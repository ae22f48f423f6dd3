import type { EapolHeard } from '../../../../streams/air/index.js';
import { parametersOf } from '../../rsn/akm.js';
import { dropped } from '../../rsn/fault.js';
import { descriptorFault } from '../../rsn/keyFrame.js';
import { type MessageStage, misplaced, stageOf } from '../../rsn/receive.js';
import { takeGroupMessage1, takeGroupMessage2 } from './group.js';
import { isMessage4, micLengthIn, readKeyPacket } from './keyPacket.js';
import { takeMessage1 } from './message1.js';
import { takeMessage2 } from './message2.js';
import { takeMessage3 } from './message3.js';
import { takeMessage4 } from './message4.js';
import { isEstablished } from './place.js';
import { type Heard, stray, type Watch, withOne } from './Watch.js';

const BY_STAGE: Readonly<Record<MessageStage, (watch: Watch, heard: Heard) => void>> = {
  'message 1': takeMessage1,
  'message 3': takeMessage3,
  'group message 1': takeGroupMessage1,
};

const takeOfAp = (watch: Watch, heard: Heard): void => {
  const { frame, mark } = heard;
  const stage = stageOf(frame, isEstablished(watch));
  const { information } = frame.key;
  if (information.smk) return;
  const { terms } = watch;
  const fault =
    misplaced(frame, stage) ??
    (terms &&
      descriptorFault(terms.network, parametersOf(terms.network.akm, pmkLengthOf(frame.key.mic.length)), frame.key, stage));
  if (fault !== undefined) stray(watch, mark, 'ap', fault);
  else if (information.error) stray(watch, mark, 'ap', dropped('PEER_ERROR', stage, 'it reports an error of the access point'));
  else BY_STAGE[stage](watch, heard);
};

/** Where the group decides, the length of the MIC tells that of the PMK. */
const pmkLengthOf = (micLength: number): number => (micLength <= 16 ? 32 : micLength * 2);

const takeOfStation = (watch: Watch, heard: Heard): void => {
  const { frame, mark } = heard;
  const { pairwise, request, error, ack, smk } = frame.key.information;
  if (smk) return;
  if (request) watch.requests = withOne(watch.requests, { frame: mark.frame, time: mark.time, isError: error });
  else if (ack) stray(watch, mark, 'station', dropped('OUT_OF_PLACE', 'message 1', 'it wants an answer, and a station sent it'));
  else if (!pairwise) takeGroupMessage2(watch, heard);
  else if (isMessage4(frame.key)) takeMessage4(watch, heard);
  else takeMessage2(watch, heard);
};

const EAPOL_KEY = 3;

/** The key packets of dynamic WEP (IEEE 802.1X-2004 7.6) are no handshake. */
const RC4_DESCRIPTOR = 1;

/** Takes a packet, if it is of the key handshakes. */
export const takeKey = (watch: Watch, event: EapolHeard, under?: Uint8Array): void => {
  const { packet, from, isProtected } = event;
  if (packet[1] !== EAPOL_KEY || packet[4] === RC4_DESCRIPTOR) return;
  const read = readKeyPacket(packet, micLengthIn(packet));
  if (typeof read === 'string') {
    stray(watch, event, from, dropped('MALFORMED', 'message 1', read));
    return;
  }
  const heard: Heard =
    under === undefined ? { frame: read, mark: event, isProtected } : { frame: read, mark: event, isProtected, under };
  if (from === 'ap') takeOfAp(watch, heard);
  else takeOfStation(watch, heard);
};
