import { randomBytes } from 'node:crypto';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { asyncScheduler, type Subscriber } from 'rxjs';
import { type EffectOf, type MacAddress, Win32 } from '../../../streams/events/index.js';
import { apiTable, type Sink } from '../../../streams/sources/index.js';
import type { GenericMessage, GenericRequest } from '../genetlink/GenericMessage.js';
import type { Answer, GenericSocket, Refusal } from '../genetlink/GenericSocket.js';
import { faultOfCall, type LinuxFault } from '../LinuxFault.js';
import { readBss } from '../nl80211/Bss.js';
import { type RadioEvent, readRadioEvent } from '../nl80211/RadioEvent.js';
import {
  abortScanRequest,
  associateRequest,
  authenticateRequest,
  authoriseRequest,
  type ConnectParameters,
  connectRequest,
  disconnectRequest,
  registerSaQueryRequest,
  type ScanParameters,
  saQueryRequest,
  scanRequest,
  scanResultsRequest,
  transmitKeyRequest,
} from '../nl80211/requests.js';
import type { Wiphy } from '../nl80211/Wiphy.js';
import type { PacketSocket } from '../packet/PacketSocket.js';
import type { Candidate } from './chooseBss.js';
import { DriverPmks } from './DriverPmks.js';
import { EapolSender } from './EapolSender.js';
import { keyRequest, rekeyRequest, wipe } from './keyRequests.js';
import type { Radio, RadioHappening } from './Radio.js';
import { faultOfRefusal, win32Of } from './radioFault.js';
import { SaQueryExchange } from './SaQueryExchange.js';
import { noRadio, type RadioInput, type RadioState, type RadioStation, stepRadio } from './stepRadio.js';

/** An interface with its sockets open. */
export interface RadioParts {
  readonly station: RadioStation;
  readonly wiphy: Wiphy;
  /** The number of nl80211. */
  readonly family: number;
  /** Hears events, and owns the connection. */
  readonly events: GenericSocket;
  /** Carries what must not wait behind events. */
  readonly commands: GenericSocket;
  /** Carries EAPOL where nl80211 does not. */
  readonly packets?: PacketSocket;
}

const { ERROR_SUCCESS, ERROR_NOT_SUPPORTED } = Win32.codes;
const LEAVING = 3;
const PASSED_OVER: ReadonlySet<string> = new Set(['EOPNOTSUPP', 'ERANGE']);

/** One interface as long as somebody watches it. */
export class OpenRadio {
  readonly #reopen: () => Either<LinuxFault, RadioParts>;
  readonly #out: Subscriber<RadioHappening>;
  readonly sink: Sink;
  readonly pmks: DriverPmks;
  #parts: RadioParts;
  #eapol: EapolSender;
  readonly #saQuery: SaQueryExchange;
  #state: RadioState = noRadio;
  /** Nothing was heard since its sockets were opened anew. */
  #isOnTrial = false;
  /** A scan of ours is under way. */
  #isScanning = false;

  constructor(parts: RadioParts, reopen: () => Either<LinuxFault, RadioParts>, out: Subscriber<RadioHappening>) {
    this.#parts = parts;
    this.#reopen = reopen;
    this.#out = out;
    this.#eapol = this.#createSender();
    this.sink = this.#createSink();
    const ask = (request: GenericRequest, purpose: string): Either<LinuxFault, void> => this.#ask(request, purpose);
    this.pmks = new DriverPmks({ ...parts, ask, trouble: (fault) => this.#trouble(fault) });
    this.#saQuery = new SaQueryExchange({
      scheduler: asyncScheduler,
      draw: () => randomBytes(2).readUInt16LE(),
      ask: (transaction) => this.#query(transaction),
      unanswered: () => this.#forgotten(),
    });
  }

  start(): void {
    this.#step({ kind: 'arrived', station: this.#parts.station });
    this.#listen();
    this.pmks.flush();
  }

  scan(parameters: ScanParameters): Either<LinuxFault, void> {
    const asked = this.#ask(scanRequest(this.#parts.station.index, parameters), 'scan');
    this.#isScanning ||= asked._tag === 'Right';
    return asked;
  }

  endScan(): void {
    if (this.#isScanning) this.#command(abortScanRequest(this.#parts.station.index));
  }

  heard(): ReturnType<Radio['heard']> {
    const answer = this.#command(scanResultsRequest(this.#parts.station.index));
    if (answer._tag === 'Left') return left(faultOfRefusal(answer.left, 'list the access points'));
    return right(answer.right.messages.flatMap((message) => readBss(message) ?? []));
  }

  connect(candidate: Candidate): Either<LinuxFault, void> {
    this.#step({ kind: 'connecting', candidate });
    return this.#associating(candidate, connectRequest(this.#parts.station.index, this.#parametersOf(candidate)));
  }

  authenticate(candidate: Candidate, body: Uint8Array): Either<LinuxFault, void> {
    const isUnderway = this.#state.phase === 'associating' && this.#state.candidate === candidate;
    if (!isUnderway) this.#step({ kind: 'connecting', candidate });
    return this.#associating(candidate, authenticateRequest(this.#parts.station.index, this.#parametersOf(candidate), body));
  }

  associate(candidate: Candidate): Either<LinuxFault, void> {
    return this.#associating(candidate, associateRequest(this.#parts.station.index, this.#parametersOf(candidate)));
  }

  abandon(): void {
    if (this.#state.phase === 'associating') this.#step({ kind: 'lost' });
  }

  disconnect(reason: number): Either<LinuxFault, void> {
    const asked = this.#own(disconnectRequest(this.#parts.station.index, reason));
    // Who is not connected any more has what he wanted.
    if (asked._tag === 'Right' || asked.left.errno === 'ENOTCONN') return right(undefined);
    return left(faultOfRefusal(asked.left, 'disconnect'));
  }

  transmit(peer: MacAddress, packet: Uint8Array): Either<LinuxFault, void> {
    const sent = this.#eapol.send(peer, packet);
    return sent._tag === 'Right' ? right(undefined) : left(faultOfRefusal(sent.left, 'send EAPOL'));
  }

  leave(): void {
    // Whoever comes next could not scan before this one is through.
    this.endScan();
    if (this.#state.phase === 'associating' || this.#state.phase === 'associated') this.disconnect(LEAVING);
    if (this.#state.phase !== 'absent') this.pmks.flush();
    this.#step({ kind: 'ended' });
  }

  close(): void {
    this.#saQuery.cancel();
    this.#eapol.close();
    this.#parts.packets?.close();
    this.#parts.events.close();
    this.#parts.commands.close();
  }

  #createSender(): EapolSender {
    const { station, wiphy, packets } = this.#parts;
    const request = (asked: GenericRequest): Either<Refusal, Answer> => this.#own(asked);
    return new EapolSender(
      { index: station.index, request, isTold: wiphy.controlPortStatus, packets },
      (packet, isAcknowledged) => this.#sent(packet, isAcknowledged),
    );
  }

  #listen(): void {
    this.#parts.packets?.receive((received) => {
      if (received._tag === 'Right') this.#step({ kind: 'eapol', from: received.right.from, packet: received.right.payload });
      else this.#replace(faultOfCall(received.left, 'receive EAPOL'));
    });
    this.#parts.events.listen({
      event: (message) => this.#hear(message),
      overrun: () => this.#recover(),
      failed: (errno) => this.#replace(faultOfRefusal({ errno }, 'hear of the radio')),
    });
    // Where they cannot be heard, a farewell in the clear stays what it is: not believed.
    if (this.#parts.wiphy.protectsManagement) this.#own(registerSaQueryRequest(this.#parts.station.index));
  }

  /** With the socket that owned it the connection ends. */
  #replace(fault: LinuxFault): void {
    this.#trouble(fault);
    this.close();
    const reopened = this.#isOnTrial ? left(fault) : this.#reopen();
    if (reopened._tag === 'Left') {
      if (!this.#isOnTrial) this.#trouble(reopened.left);
      this.#step({ kind: 'removed' });
      return;
    }
    this.#parts = reopened.right;
    this.#eapol = this.#createSender();
    this.#isOnTrial = true;
    this.#listen();
    this.#step({ kind: 'lost' });
  }

  #parametersOf({ bss, security, from }: Candidate): ConnectParameters {
    const { ssid, bssid, frequency } = bss;
    const usesControlPort = this.#parts.packets === undefined;
    return { ssid, bssid, frequency, usesControlPort, ...(security && { security }), ...(from && { previous: from }) };
  }

  #associating({ bss, from }: Candidate, request: GenericRequest): Either<LinuxFault, void> {
    const asked = this.#own(request);
    if (asked._tag === 'Right') return right(undefined);
    // The engine has left that port, so the kernel has to as well.
    if (from !== undefined) this.disconnect(LEAVING);
    this.#step({ kind: 'lost' });
    return left(faultOfRefusal(asked.left, `connect to ${bss.bssid}`));
  }

  #createSink(): Sink {
    const accept = (): number => ERROR_SUCCESS;
    const key = (effect: EffectOf<'setKeyMappingKey' | 'setDefaultKey'>): number => this.#setKey(effect);
    return apiTable({
      // The kernel passes EAPOL and nothing else until the port is open, and takes nothing in the clear once there is a key.
      setEtherTypeHandling: accept,
      setExcludeUnencrypted: accept,
      // What a station sends goes to its access point, by the pairwise key.
      setDefaultKeyId: accept,
      setKeyMappingKey: key,
      setDefaultKey: key,
      setPairwiseTransmitKey: ({ peer, keyId }) =>
        this.#result(this.#command(transmitKeyRequest(this.#parts.station.index, peer, keyId)), 'send by the new pairwise key'),
      setRekeyOffload: (effect) => this.#offload(effect),
      // What it says of the network is heeded where access points are chosen.
      sendNotification: accept,
      sendPacket: ({ peer, payload, packet }) => this.#result(this.#eapol.sendAndTell(peer, payload, packet), 'send EAPOL'),
      postAssociateCompletion: (effect) => this.#complete(effect),
    });
  }

  #setKey(effect: EffectOf<'setKeyMappingKey' | 'setDefaultKey'>): number {
    const request = keyRequest(this.#parts.station.index, effect);
    if (request === undefined) return ERROR_NOT_SUPPORTED;
    const done = this.#command(request);
    wipe(request);
    const isPairwise = effect.kind === 'setKeyMappingKey';
    if (done._tag === 'Right' && isPairwise) this.#step({ kind: 'keyed', isKeyed: !effect.delete });
    const verb = effect.delete ? 'delete' : 'install';
    return this.#result(done, `${verb} the ${isPairwise ? 'pairwise' : 'group'} key`);
  }

  /** A driver that can all the same not do it, or not with keys of this length, is none the worse. */
  #offload(effect: EffectOf<'setRekeyOffload'>): number {
    const request = rekeyRequest(this.#parts.station.index, effect);
    const done = this.#command(request);
    wipe(request);
    const isPassedOver = done._tag === 'Left' && PASSED_OVER.has(done.left.errno);
    return isPassedOver ? ERROR_NOT_SUPPORTED : this.#result(done, 'hand over what renews group keys while the machine sleeps');
  }

  #sent(packet: number, isAcknowledged: boolean | undefined): void {
    if (isAcknowledged !== undefined) this.#out.next({ kind: 'sent', isAcknowledged });
    if (!this.#out.closed) this.#out.next({ kind: 'call', call: { kind: 'sendPacketCompletion', packet } });
  }

  /** The port opens with a success. */
  #complete({ win32, peer }: EffectOf<'postAssociateCompletion'>): number {
    const isSecured = this.#state.phase === 'associated' && this.#state.candidate.security !== undefined;
    if (win32 !== ERROR_SUCCESS || !isSecured) return ERROR_SUCCESS;
    return this.#result(this.#command(authoriseRequest(this.#parts.station.index, peer)), 'open the port');
  }

  #hear(message: GenericMessage): void {
    this.#isOnTrial = false;
    const event = readRadioEvent(this.#parts.station.index, message);
    if (event !== undefined) this.#take(event);
  }

  #take(event: RadioEvent): void {
    switch (event.kind) {
      case 'scanned':
        this.#isScanning = false;
        this.#out.next(event);
        break;
      case 'authentication':
        this.#out.next(event);
        break;
      case 'channel':
        if (this.#state.phase === 'associated') this.#out.next(event);
        break;
      case 'sent':
        this.#eapol.acknowledged(event);
        break;
      case 'roamed':
        this.#roam(event);
        break;
      case 'doubted':
        if (this.#state.phase === 'associated' && event.from === this.#state.candidate.bss.bssid)
          this.#saQuery.doubt(event.reason);
        break;
      case 'saQueryAnswered':
        this.#saQuery.hear(event.transaction);
        break;
      case 'eapol':
        this.#eapol.heard(event);
        this.#step(event);
        break;
      default:
        this.#step(event);
    }
  }

  #query(transaction: number): void {
    if (this.#state.phase !== 'associated') return;
    const { station } = this.#parts;
    const addresses = { own: station.address, peer: this.#state.candidate.bss.bssid };
    const asked = this.#own(saQueryRequest(station.index, addresses, transaction));
    if (asked._tag === 'Left') this.#trouble(faultOfRefusal(asked.left, 'send SA Query'));
  }

  /** Its farewell was genuine: it has lost the key, as by a restart. */
  #forgotten(): void {
    this.#trouble({ code: 'SA_QUERY', message: 'the access point does not answer SA Query: it has lost the key' });
    this.#step({ kind: 'lost' });
    this.disconnect(LEAVING);
  }

  /** The driver has chosen another access point: what it announces is in the list of those heard. */
  #roam({ bssid, request, response }: Extract<RadioEvent, { kind: 'roamed' }>): void {
    if (this.#state.phase !== 'associated') return;
    const { security, bss: before } = this.#state.candidate;
    const heard = this.heard();
    if (heard._tag === 'Left') this.#trouble(heard.left);
    const entries = heard._tag === 'Right' ? heard.right.filter((one) => one.bssid === bssid) : [];
    // It may have been heard on another channel as well.
    const bss = entries.find(({ isOurs }) => isOurs) ?? entries[0];
    if (bss === undefined) {
      this.#step({ kind: 'lost' });
      this.disconnect(LEAVING);
      return;
    }
    const isElsewhere = bssid !== before.bssid;
    const candidate: Candidate = { bss, ...(security && { security }), ...(isElsewhere && { from: before.bssid }) };
    this.#out.next({ kind: 'roamed', candidate });
    this.#step({ kind: 'moved', candidate, request, response });
  }

  /** What was told got lost: where the interface stands is asked instead. A message that is missing comes again. */
  #recover(): void {
    this.#trouble({
      code: 'ENOBUFS',
      message: 'the kernel had more to tell than there was room for; the state is asked for anew',
    });
    const heard = this.heard();
    if (heard._tag === 'Left') {
      this.#trouble(heard.left);
      if (heard.left.code === 'ENODEV') this.#step({ kind: 'removed' });
      return;
    }
    // That a scan is through may be among what got lost.
    this.#out.next({ kind: 'scanned', isComplete: false });
    const state = this.#state;
    if (state.phase !== 'associating' && state.phase !== 'associated') return;
    const ours = heard.right.find(({ isOurs, bssid }) => isOurs && bssid === state.candidate.bss.bssid);
    if (state.phase === 'associated') {
      if (ours === undefined) this.#step({ kind: 'lost' });
      else this.#out.next({ kind: 'channel', frequency: ours.frequency });
      return;
    }
    if (ours === undefined) return;
    const request = state.candidate.security?.element ?? new Uint8Array(0);
    this.#step({ kind: 'connected', status: 0, timedOut: false, request, response: new Uint8Array(0) });
  }

  #step(input: RadioInput): void {
    const { state, effects } = stepRadio(this.#state, input);
    this.#state = state;
    if (state.phase !== 'associated') this.#saQuery.cancel();
    for (const call of effects) this.#out.next({ kind: 'call', call });
  }

  #command(request: GenericRequest): Either<Refusal, Answer> {
    return this.#parts.commands.request(this.#parts.family, request);
  }

  /** What belongs to the connection goes over the socket that owns it. */
  #own(request: GenericRequest): Either<Refusal, Answer> {
    return this.#parts.events.request(this.#parts.family, request);
  }

  #ask(request: GenericRequest, purpose: string): Either<LinuxFault, void> {
    const answer = this.#command(request);
    return answer._tag === 'Right' ? right(undefined) : left(faultOfRefusal(answer.left, purpose));
  }

  #result(answer: Either<Refusal, unknown>, purpose: string): number {
    if (answer._tag === 'Right') return ERROR_SUCCESS;
    this.#trouble(faultOfRefusal(answer.left, purpose));
    return win32Of(answer.left);
  }

  #trouble(fault: LinuxFault): void {
    if (!this.#out.closed) this.#out.next({ kind: 'trouble', fault });
  }
}
