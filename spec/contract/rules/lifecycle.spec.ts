import { expect } from 'chai';
import type { MethodCommand } from '../../../operators/core/index.js';
import { type ApiCall, type HandlerName, OneXResult, Secret, Win32 } from '../../../streams/events/index.js';
import { apiTable } from '../../../streams/sources/index.js';
import {
  ADAPTER,
  ADAPTER_B,
  acting,
  carriesAdapter,
  except,
  initAdapter,
  oneX,
  onPacket,
  packetOf,
  perform,
  preAssociate,
  type SERVICE,
  SERVICE_B,
  SESSION_2,
  Stage,
  send,
  stage,
  stop,
  symbolic,
} from './support.js';

const { ERROR_SUCCESS, ERROR_INVALID_STATE } = Win32.codes;
const PAGE = '00000000-0000-4000-8000-000000000001' as Extract<MethodCommand, { do: 'askUser' }>['page'];
const secret = (fill: number, length = 16): Secret => Secret.of(new Uint8Array(length).fill(fill));

const ccmp = (fill: number) => ({ form: 'ccmp' as const, counter: new Uint8Array(6), key: secret(fill) });
const allKeys: MethodCommand = {
  do: 'install',
  keys: [
    { slot: 'pairwise', algorithm: 4, material: ccmp(1) },
    { slot: 'group', keyIndex: 1, algorithm: 4, material: ccmp(2) },
    { slot: 'transmitIndex', keyIndex: 1 },
    { slot: 'excludeUnencrypted', exclude: true },
  ],
};

/** Asks for every call a port can make. */
const everything = () =>
  acting({
    usesOneX: true,
    offers: () => ({ authAlgorithm: 6, unicastCipher: 4, multicastCipher: 4 }),
    begin: [
      { do: 'startOneX', attributes: Uint8Array.of(1) },
      { do: 'askUser', page: PAGE, userSession: 1, data: secret(3) },
      { do: 'extendNic', tag: 'n', input: Uint8Array.of(1), outputSize: 4 },
      { do: 'notify', code: 7, data: Uint8Array.of(1) },
      { do: 'derive', label: 'd', input: secret(4) },
    ],
    on: (input) => {
      if (input.kind === 'oneXSucceeded') return [allKeys, { do: 'succeed' }];
      return onPacket({ x: [{ do: 'setTimer', name: 'again', ms: 50 }, send('2'), { do: 'startOneX' }] })(input);
    },
  });

describe('contract 1: service and adapter lifecycle', () => {
  it('R1: before initService every handler is refused, and nothing follows', () => {
    const early = new Stage();
    const calls = [preAssociate(), perform(), stop(), packetOf('1'), oneX(OneXResult.codes.SUCCESS), initAdapter()] as const;
    expect(calls.map((call) => early.call(call))).to.deep.equal(calls.map(() => ERROR_INVALID_STATE));
    expect(early.play('t').heard).to.deep.equal([]);
    expect(early.begin().call(perform())).to.equal(ERROR_SUCCESS);
  });

  it('R1: the version the host announces lies inside the range it was given', () => {
    const versions = { min: 1, max: 2 };
    const fresh = () => new Stage({ answers: { versions } });
    expect(fresh().engine.handlers.getVersionInfo()).to.deep.equal(versions);
    const answers = [0, 1, 2, 3].map((version) => fresh().call({ kind: 'initService', version }) === ERROR_SUCCESS);
    expect(answers).to.deep.equal([false, true, true, false]);
  });

  it("R2: the host's function table is copied by value", () => {
    const asked: string[] = [];
    const table = { setEtherTypeHandling: () => asked.push('original') && ERROR_SUCCESS };
    const staged = new Stage({ sink: apiTable(table) });
    table.setEtherTypeHandling = () => asked.push('replaced') && ERROR_SUCCESS;
    staged.begin();
    expect(asked).to.deep.equal(['original']);
  });

  it('R2: the handler table has all 19 members, and the three found by name', () => {
    const { handlers } = new Stage().engine;
    const members: ReadonlyArray<HandlerName> = [
      ...(['deinitService', 'initAdapter', 'deinitAdapter', 'performPreAssociate', 'adapterReset'] as const),
      ...(['performPostAssociate', 'stopPostAssociate', 'validateProfile', 'performCapabilityMatch'] as const),
      ...(['createDiscoveryProfiles', 'processSessionChange', 'receiveIndication', 'receivePacket'] as const),
      ...(['sendPacketCompletion', 'isUIRequestPending', 'processUIResponse', 'queryUIRequest'] as const),
      ...(['oneXIndicateResult', 'control'] as const),
    ];
    expect(members).to.have.length(19);
    for (const name of [...members, 'getVersionInfo', 'initService', 'initVirtualStation'] as const)
      expect(handlers[name], name).to.be.a('function');
  });

  it('R3: two adapters whose handles cross never mix', () => {
    const crossed = new Stage();
    crossed.host({ kind: 'initService', version: 0 }, initAdapter(ADAPTER, '0xb1' as typeof SERVICE));
    crossed.host(initAdapter(ADAPTER_B, '0xa1' as typeof SERVICE));
    crossed.host(perform(), perform({ adapter: ADAPTER_B, session: SESSION_2 }));
    crossed.host(packetOf('1'), packetOf('1', 3, undefined, ADAPTER_B));
    const handles = crossed.calls('sendPacket').map(({ adapter, service, session }) => [adapter, service, session]);
    expect(handles).to.deep.equal([
      ['0xa1', '0xb1', '0x1'],
      ['0xb1', '0xa1', '0x2'],
    ]);
  });

  it("R4: a reset of one adapter leaves the other's pending operation alone", () => {
    const two = stage().host(initAdapter(ADAPTER_B, SERVICE_B));
    two.host(perform(), perform({ adapter: ADAPTER_B, session: SESSION_2 }), { kind: 'adapterReset', adapter: ADAPTER });
    expect(two.completions().map(({ adapter }) => adapter)).to.deep.equal([ADAPTER]);
    two.host(packetOf('1', 3, undefined, ADAPTER_B));
    expect(two.calls('sendPacket').map(({ adapter }) => adapter)).to.deep.equal([ADAPTER_B]);
  });

  it('R5: EtherTypes are registered while adapter init runs', () => {
    const begun = new Stage().begin();
    expect(begun.heard.map(({ effect, during }) => [effect.kind, during])).to.deep.equal([
      ['setEtherTypeHandling', 'initAdapter'],
    ]);
  });

  it('R6: every call is made inside its documented window', () => {
    const staged = new Stage({ methods: [everything()] }).begin();
    staged.host(preAssociate(), perform(), oneX(OneXResult.codes.SUCCESS), packetOf('x')).pass(100);
    staged.play('ZPRxSPxD').host({ kind: 'deinitService' }).play('t');

    const opens: Partial<Record<ApiCall['kind'], string>> = {
      ...{ allocateBuffer: '>initService', freeBuffer: '>initService' },
      ...{ setAuthAlgorithm: '>performPreAssociate', setUnicastCipherAlgorithm: '>performPreAssociate' },
      ...{ setMulticastCipherAlgorithm: '>performPreAssociate', preAssociateCompletion: '>performPreAssociate' },
      ...{ setEtherTypeHandling: '>initAdapter', sendNotification: '>initAdapter' },
      ...{ nicSpecificExtension: '>initAdapter', sendUIRequest: '>initAdapter', sendPacket: '>initAdapter' },
    };
    const closes = (kind: string): ReadonlyArray<string> => {
      if (kind === 'allocateBuffer' || kind === 'freeBuffer') return ['<deinitService'];
      return opens[kind as ApiCall['kind']] === '>initAdapter' ? ['>deinitAdapter'] : ['>deinitAdapter', '<adapterReset'];
    };
    const { journal } = staged;
    const outside = journal.filter((kind, at) => {
      if (/^[<>]/.test(kind)) return false;
      const before = journal.slice(0, at);
      const opened = before.lastIndexOf(opens[kind as ApiCall['kind']] ?? '>performPostAssociate');
      return opened < 0 || closes(kind).some((closing) => before.lastIndexOf(closing) > opened);
    });
    expect(outside).to.deep.equal([]);
    expect(new Set(journal.filter((kind) => !/^[<>]/.test(kind)))).to.include.all.keys(
      ...['allocateBuffer', 'sendNotification', 'nicSpecificExtension', 'sendUIRequest', 'setKeyMappingKey', 'setDefaultKey'],
      ...['setDefaultKeyId', 'setExcludeUnencrypted', 'startOneX', 'stopOneX', 'sendPacket', 'preAssociateCompletion'],
      ...['setEtherTypeHandling', 'postAssociateCompletion', 'setAuthAlgorithm', 'derive'],
    );
  });

  it('R7: no call carries the handle of an adapter after deinitAdapter was entered', () => {
    const staged = stage({ methods: [everything()] }).play('PxR');
    staged.call(packetOf('x'));
    const before = staged.heard.length;
    staged.call({ kind: 'deinitAdapter', adapter: ADAPTER });
    staged.play('t');
    expect(staged.heard.slice(before).filter(({ effect }) => carriesAdapter(effect))).to.deep.equal([]);
  });

  it('R8: memory still held goes back in deinitAdapter, by a call without the adapter handle', () => {
    const attributes = acting({ usesOneX: true, begin: [{ do: 'startOneX', attributes: Uint8Array.of(1) }, { do: 'stopOneX' }] });
    const staged = stage({ methods: [attributes] }).play('P');
    expect(staged.outstanding.buffers).to.equal(1);
    staged.call({ kind: 'deinitAdapter', adapter: ADAPTER });
    expect(staged.heard.at(-1)).to.deep.include({ during: 'deinitAdapter' });
    expect(staged.said).to.equal('af');
    const [freed] = staged.calls('freeBuffer');
    expect(freed).to.not.have.property('service');
    expect(staged.turn().outstanding).to.deep.equal({ ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 });
  });

  it('R9: after deinitService nothing lives and nothing is said', () => {
    const staged = stage({ methods: [everything()], sink: except('derive', () => undefined) }).play('PxR');
    staged.call(packetOf('x'));
    staged.call({ kind: 'deinitService' });
    const said = staged.heard.length;
    expect(staged.isOver).to.equal(true);
    expect(staged.clock.nextDue).to.equal(undefined);
    expect(staged.outstanding).to.deep.include({ ports: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 });
    expect(staged.play('tP1').heard).to.have.length(said);
  });

  it('R10: the order the host guarantees, last stop, deinitAdapter, deinitService, costs no call at all', () => {
    const staged = stage().play('P1u3vS');
    const said = staged.heard.length;
    staged.play('D').host({ kind: 'deinitService' });
    expect(staged.heard).to.have.length(said);
  });

  it('R11: keys and blobs are shown nowhere and read as zero once the port is gone', () => {
    const staged = stage({ methods: [symbolic(true)] }).play('PR1u3v');
    const keys = [...staged.calls('setKeyMappingKey'), ...staged.calls('setDefaultKey')].map(({ material }) => material.key);
    const shown = JSON.stringify([staged.heard, staged.remarks]);
    for (const key of keys) expect(shown).to.not.contain(JSON.stringify([...key.reveal()]).slice(1, -1));
    expect(shown).to.contain('[redacted 16 B]');
    staged.play('S');
    expect(keys).to.have.length(2);
    for (const key of keys) expect([...key.reveal()]).to.deep.equal(new Array(16).fill(0));
  });
});
