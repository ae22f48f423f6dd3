import { expect } from 'chai';
import { createMemoryHost } from '../../../adapters/memory/index.js';
import type { MethodCommand } from '../../../operators/core/index.js';
import { createEngine } from '../../../operators/index.js';
import { Secret, Win32 } from '../../../streams/events/index.js';
import { LogicalClock } from '../../../streams/sources/index.js';
import { acting } from '../../support/actingMethod.js';
import { AP } from '../../support/fixtures.js';
import { alone, asking, rulesOf } from './hosted.js';

const PMKID = new Uint8Array(16).fill(1);

const associated = () => {
  const { host, adapter, settle } = alone();
  host.associate(AP);
  return { host, settle, ask: asking(host, adapter) };
};

describe('the PMKs of a memory host', () => {
  it('are what ports had remembered, until they are forgotten or expire', () => {
    const { host, settle, ask } = associated();
    expect(ask('rememberPmk')).to.equal(Win32.codes.ERROR_SUCCESS);
    expect(host.pmks.map(({ peer, lifetime }) => [peer, lifetime])).to.deep.equal([[AP, 60]]);
    expect(host.secrets({ want: 'pmk', peer: AP, pmkid: PMKID })?.length).to.equal(32);
    expect(host.secrets({ want: 'entropy', length: 4 })).to.equal(undefined);
    ask('forgetPmk');
    expect(host.pmks).to.deep.equal([]);
    ask('rememberPmk');
    settle(59_999);
    expect(host.pmks).to.have.lengthOf(1);
    settle(1);
    expect(host.pmks).to.deep.equal([]);
    expect(host.secrets({ want: 'pmk', peer: AP })).to.equal(undefined);
  });

  it('R6: are taken from live ports only', () => {
    const { host, ask } = associated();
    host.disassociate();
    for (const kind of ['rememberPmk', 'forgetPmk'] as const) expect(ask(kind)).to.not.equal(Win32.codes.ERROR_SUCCESS);
    expect(host.pmks).to.deep.equal([]);
    expect(rulesOf(host)).to.deep.equal(['R6', 'R6']);
  });

  it('R11: outlive port and adapter, and go with the service', () => {
    const { host, ask } = associated();
    ask('rememberPmk', {
      entry: { peer: AP, ssid: PMKID, akm: 8, pmkid: PMKID, pmk: Secret.of(new Uint8Array(32).fill(5)), lifetime: 60 },
    });
    const [kept] = host.pmks;
    host.disassociate();
    expect(kept?.pmk.reveal()[0]).to.equal(5);
    host.deinitService();
    expect(host.pmks).to.deep.equal([]);
    expect(kept?.pmk.reveal()[0]).to.equal(0);
  });

  it('are at hand for the next port of the same access point', () => {
    const clock = new LogicalClock();
    const host = createMemoryHost({ scheduler: clock });
    const supplied: (number | undefined)[] = [];
    const ask: MethodCommand = { do: 'ask', tag: 'pmk', request: { want: 'pmk', peer: AP, pmkid: PMKID } };
    const pmk = Secret.of(new Uint8Array(32).fill(7));
    const entry = { peer: AP, ssid: PMKID, akm: 8, pmkid: PMKID, pmk, lifetime: 60 };
    const begins: ReadonlyArray<MethodCommand>[] = [
      [{ do: 'rememberPmk', entry }],
      [ask],
      [{ do: 'forgetPmk', peer: AP, pmkid: PMKID }, ask],
    ];
    const method = acting(
      [],
      (input) => {
        if (input.kind === 'supplied') supplied.push(input.secret?.reveal()[0]);
        return [];
      },
      { begin: () => ({ state: null, effects: begins.shift() ?? [] }) },
    );
    host.connect(createEngine({ methods: [method], secrets: host.secrets, scheduler: clock, turns: clock }));
    host.initService();
    host.initAdapter();
    for (let i = 0; i < 3; i++) {
      host.associate(AP);
      clock.advanceTo(clock.now() + 1);
      host.disassociate();
    }
    expect(supplied).to.deep.equal([7, undefined]);
    expect(host.remarks).to.deep.equal([]);
  });
});
