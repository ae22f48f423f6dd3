import { isLeft } from 'fp-ts/lib/Either.js';
import { type AirEvent, type Mac48, type Mark, mac48ToAddress } from '../../../../streams/air/index.js';
import {
  ElementId,
  writeAssociationRequest,
  writeAssociationResponse,
  writeBeaconBody,
  writeElement,
} from '../../../../streams/frames/index.js';
import { emit, pairOf, type StationInterface } from './StationInterface.js';

/** An association a supplicant asks for, until its log says what became of it. */
export interface AssociationDraft extends Mark {
  readonly ap: Mac48 | undefined;
  readonly ssid: Uint8Array | undefined;
  /** Of a reassociation, the access point it comes from. */
  previousAp?: Mac48 | undefined;
  /** All elements of the request, as the driver sent it. */
  requestElements?: Uint8Array;
  responseElements?: Uint8Array;
  /** The response itself, if the driver shows it. */
  response?: Extract<AirEvent, { kind: 'associationResponse' }>;
}

/** A log does not show the fixed fields of a request: an ESS with privacy, and an interval as good as any. */
const CAPABILITIES = 0x0431;
const LISTEN_INTERVAL = 1;
const BEACON_INTERVAL = 100;
const NOTHING = new Uint8Array(0);

const joined = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

const ssidElement = (ssid: Uint8Array | undefined): Uint8Array => {
  const element = writeElement('SSID element', ElementId.codes.SSID, ssid ?? NOTHING);
  return isLeft(element) ? NOTHING : element.right;
};

/** The elements a supplicant says that it asks with: those it gave to the driver, or at least its RSN or WPA element. */
const ownElements = ({ elements }: StationInterface): Uint8Array | undefined => {
  const rsn = elements.get('WPA: set own WPA/RSN IE');
  return elements.get('SME: Association Request IEs') ?? (rsn && joined(rsn, elements.get('RSN: set own RSNXE') ?? NOTHING));
};

const askedWith = (state: StationInterface, { requestElements, ssid }: AssociationDraft): Uint8Array | undefined => {
  const own = ownElements(state);
  return requestElements ?? (own && joined(ssidElement(ssid), own));
};

const requestBody = ({ previousAp }: AssociationDraft, elements: Uint8Array): Uint8Array =>
  writeAssociationRequest({
    capabilities: CAPABILITIES,
    listenInterval: LISTEN_INTERVAL,
    ...(previousAp !== undefined && { currentAp: mac48ToAddress(previousAp) }),
    elements,
  });

const ANNOUNCED = ['WPA: set AP RSN IE', 'WPA: set AP RSNXE', 'WPA: set AP WPA IE'] as const;

/** The elements of the access point's beacon or probe response that decide about security, as the station took them from its scan. */
const announce = (state: StationInterface, { frame, time, ap, ssid }: AssociationDraft): void => {
  const known = ANNOUNCED.flatMap((title) => state.elements.get(title) ?? []);
  if (ap === undefined || known.length === 0) return;
  const elements = joined(ssidElement(ssid), ...known);
  const body = writeBeaconBody({ timestamp: new Uint8Array(8), interval: BEACON_INTERVAL, capabilities: CAPABILITIES, elements });
  emit(state, { kind: 'announcement', frame, time, ap, isProbeResponse: false, body });
};

/** A request of which no element is known would be one for an open network. */
const ask = (state: StationInterface, draft: AssociationDraft): void => {
  const { frame, time, previousAp } = draft;
  announce(state, draft);
  const elements = askedWith(state, draft);
  state.asked = elements;
  if (elements === undefined) return;
  const isReassociation = previousAp !== undefined;
  const pair = pairOf(state, draft.ap);
  const currentAp = isReassociation ? { currentAp: previousAp } : {};
  emit(state, {
    kind: 'associationRequest',
    frame,
    time,
    ...pair,
    isReassociation,
    ...currentAp,
    body: requestBody(draft, elements),
  });
};

/** Nothing came of it, as far as the log says. */
export const giveUpAssociation = (state: StationInterface): void => {
  const draft = state.association;
  state.association = undefined;
  if (draft === undefined) return;
  ask(state, draft);
  if (draft.response !== undefined) emit(state, draft.response);
};

/** The access point answered: what was asked and what was answered become events. */
export const answerAssociation = (
  state: StationInterface,
  { frame, time }: Mark,
  ap: Mac48 | undefined,
  status: number,
): void => {
  const draft = state.association ?? { frame, time, ap, ssid: state.ssid };
  state.association = undefined;
  ask(state, { ...draft, ap: draft.ap ?? ap });
  if (draft.response !== undefined) {
    emit(state, draft.response);
    return;
  }
  const elements = draft.responseElements ?? NOTHING;
  const body = writeAssociationResponse({ capabilities: CAPABILITIES, status, associationId: 1, elements });
  const isReassociation = draft.previousAp !== undefined;
  emit(state, { kind: 'associationResponse', frame, time, ...pairOf(state, draft.ap ?? ap), isReassociation, status, body });
};
