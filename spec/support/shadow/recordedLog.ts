import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { createRecordedEngine } from '../../../adapters/event-log/index.js';
import { open, rsnMethods } from '../../../operators/core/index.js';
import type { AdapterHandle, SecretRequest, ServiceHandle, SessionHandle } from '../../../streams/events/index.js';
import { EtherType, isZero, Secret, toHex } from '../../../streams/events/index.js';
import { driving, LogicalClock, type SecretSource } from '../../../streams/sources/index.js';
import { hex } from '../../streams/frames/hex.js';
import { contextOf } from './association.js';
import { exchangeOfFixture, type Fixture } from './fixture.js';

const ADAPTER = '0x1a0' as AdapterHandle;
const SERVICE = '0x10' as ServiceHandle;
const SESSION = '0x501' as SessionHandle;
const EAPOL = EtherType.codes.EAPOL;

/** A packet is out after a millisecond. */
const AIR_MS = 1;

/** Calls come a second after the service started; the association ends three seconds after its last packet. */
const BEGIN_MS = 1_000;
const LINGER_MS = 3_000;
const DEAUTHENTICATED_LEAVING = 0x10003;

/** Where the nonce is in an EAPOL-Key packet. */
const NONCE_AT = 17;
const NONCE_END = 49;

/** The nonces of the station, each once, in the order it used them. */
const noncesIn = ({ happened }: Fixture): ReadonlyArray<Uint8Array> => {
  const nonces = new Map<string, Uint8Array>();
  for (const each of happened) {
    if (!('packet' in each) || each.from !== 'station') continue;
    const nonce = hex(each.packet).subarray(NONCE_AT, NONCE_END);
    if (!isZero(nonce)) nonces.set(toHex(nonce), nonce);
  }
  return [...nonces.values()];
};

const secretsFor = (fixture: Fixture): SecretSource => {
  const nonces = [...noncesIn(fixture)];
  return (request: SecretRequest) => {
    switch (request.want) {
      case 'entropy':
        return Secret.of(nonces.shift() ?? new Uint8Array(request.length).fill(1));
      case 'credential':
        return Secret.of(new TextEncoder().encode(fixture.credential ?? ''));
      case 'pmk':
        return Secret.of(hex(fixture.pmks[0]?.pmk ?? ''));
      default:
        return;
    }
  };
};

/** The event log of a host whose engine stands in for the station of a fixture. */
export const recordedLog = (fixture: Fixture): ReadonlyArray<string> => {
  const { station, accessPoint } = fixture;
  const exchange = exchangeOfFixture(fixture);
  const { association, portState } = contextOf(station, accessPoint, exchange);
  const lines: string[] = [];
  const clock = new LogicalClock();
  const engine = createRecordedEngine({
    methods: [...rsnMethods({ crypto: nodeCrypto }), open],
    scheduler: clock,
    turns: clock,
    secrets: secretsFor(fixture),
    record: { write: (line) => lines.push(line), secrets: 'reveal' },
  });
  const { handlers } = engine;
  const sink = driving(() => 0, engine.offer);
  engine.effects$.subscribe((effect) => {
    sink.next(effect);
    if (effect.kind === 'sendPacket') clock.schedule(() => handlers.sendPacketCompletion({ packet: effect.packet }), AIR_MS);
  });
  handlers.initService({ version: 0 });
  handlers.initAdapter({ adapter: ADAPTER, service: SERVICE, address: station });
  clock.advanceTo(BEGIN_MS);
  handlers.performPostAssociate({ adapter: ADAPTER, session: SESSION, portState, association });
  for (const each of fixture.happened) {
    clock.advanceTo(BEGIN_MS + Math.round(1_000 * each.at));
    if ('packet' in each && each.from === 'accessPoint')
      handlers.receivePacket({ adapter: ADAPTER, peer: accessPoint, etherType: EAPOL, payload: hex(each.packet) });
  }
  clock.advanceTo(BEGIN_MS + Math.round(1_000 * (fixture.happened.at(-1)?.at ?? 0)) + LINGER_MS);
  handlers.stopPostAssociate({ adapter: ADAPTER, peer: accessPoint, status: DEAUTHENTICATED_LEAVING });
  handlers.deinitAdapter({ adapter: ADAPTER });
  handlers.deinitService({});
  clock.advanceTo(BEGIN_MS + 60_000);
  return lines;
};
