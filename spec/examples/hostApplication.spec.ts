import { expect } from 'chai';
import {
  type AdapterHandle,
  LiveClock,
  type MacAddress,
  type Secret,
  Secret as SecretOf,
  type ServiceHandle,
  type SessionHandle,
} from 'postassoc';
import { hostApplication, type Radio } from '../../examples/hostApplication.js';
import { nodeCrypto } from '../../examples/nodeCrypto.js';
import { type AuthenticatorState, vendorAuthenticator } from '../../examples/vendorAuthenticator.js';
import { vendorAssociation, vendorPort } from '../../examples/vendorNetwork.js';
import { VENDOR_ETHERTYPE } from '../../examples/vendorWire.js';

const ADAPTER = '0xa1' as AdapterHandle;
const AP = '02:00:00:00:00:01' as MacAddress;
const CREDENTIAL = new Uint8Array(20).fill(7);

/** Real time that stands still: what a host's timer would do is done by hand. */
const stoppedTime = { now: () => 0, setTimeout: () => 0, clearTimeout: () => {} };

/** Lets the turns pass on which queued events are delivered. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('the host application of the examples', () => {
  it('opens the port when its radio has taken every key, and owes nothing in the end', async () => {
    const opened: string[] = [];
    const keys: Secret[] = [];
    const onAir: Uint8Array[] = [];
    const installing: Array<() => void> = [];
    const radio: Radio = {
      send: (_to, _etherType, payload, sent) => {
        onAir.push(payload.slice());
        sent();
      },
      installKey: (_peer, key, done) => {
        keys.push(key);
        installing.push(() => done(0));
      },
      open: (peer) => opened.push(peer),
    };
    let now = 0;
    const clock = new LiveClock({ ...stoppedTime, now: () => now });
    const { handlers, ledger, end } = hostApplication(radio, CREDENTIAL, clock);

    const accessPoint = vendorAuthenticator({
      crypto: nodeCrypto,
      address: AP,
      credential: SecretOf.of(CREDENTIAL),
      nonce: new Uint8Array(32).fill(1),
      group: { keyIndex: 1, key: SecretOf.of(new Uint8Array(16).fill(2)) },
    });
    let state: AuthenticatorState = accessPoint.idle;
    const toAccessPoint = (input: Parameters<typeof accessPoint.step>[1]): void => {
      const step = accessPoint.step(state, input);
      state = step.state;
      for (const command of step.effects)
        if (command.do === 'send')
          handlers.receivePacket({ adapter: ADAPTER, peer: AP, etherType: VENDOR_ETHERTYPE, payload: command.payload });
    };

    handlers.initService({ version: 0 });
    handlers.initAdapter({ adapter: ADAPTER, service: '0x51' as ServiceHandle });
    const session = '0x1' as SessionHandle;
    const call = { adapter: ADAPTER, session, portState: vendorPort(AP), association: vendorAssociation(AP) };
    expect(handlers.performPostAssociate(call)).to.equal(0);
    now = 5;
    toAccessPoint({ kind: 'associated' });
    for (let round = 0; round < 6; round++) {
      await turns();
      const payload = onAir.shift();
      if (payload !== undefined) toAccessPoint({ kind: 'packet', payload });
      if (round < 5) installing.shift()?.();
      if (keys.length < 2) expect(opened).to.deep.equal([]);
    }
    await turns();
    expect(keys.map(({ length }) => length)).to.deep.equal([16, 16]);
    expect(opened).to.deep.equal([AP]);

    handlers.deinitAdapter({ adapter: ADAPTER });
    handlers.deinitService({});
    await turns();
    expect(ledger.outstanding()).to.include({ ports: 0, packets: 0, timers: 0, calls: 0 });
    end();
  });
});
