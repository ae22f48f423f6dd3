import { expect } from 'chai';
import { fromWdi, type WdiEvent, type WdiIndication } from '../../../adapters/wdi/index.js';
import type { MacAddress } from '../../../streams/events/index.js';
import { hostEventKinds } from '../../../streams/events/index.js';
import { ADAPTER, AP, OTHER_AP, RESULT } from './samples.js';

const adapter = ADAPTER;

const eventsOf = (indication: WdiIndication): ReadonlyArray<WdiEvent> => {
  const result = fromWdi(indication);
  if (result._tag === 'Left') throw new Error(result.left.message);
  return result.right;
};

const failed = { ...RESULT, bssid: OTHER_AP, status: 51 };

describe('fromWdi', () => {
  it('S18: of a list of attempts only the success becomes a completion', () => {
    const events = eventsOf({ kind: 'associationResult', adapter, results: [failed, { ...failed, status: 44 }, RESULT] });
    const { bssid, statusCode, reassociation, ...rest } = RESULT;
    expect(events).to.deep.equal([
      {
        kind: 'associationCompletion',
        adapter,
        association: { ...rest, peer: AP, status: 0, reassociationRequest: false, reassociationResponse: false },
      },
    ]);
  });

  it('S18: a list without success opens no port', () => {
    expect(eventsOf({ kind: 'associationResult', adapter, results: [failed, failed] })).to.deep.equal([]);
    expect(eventsOf({ kind: 'associationResult', adapter, results: [] })).to.deep.equal([]);
  });

  it('S18: two successes contradict each other', () => {
    const results = [RESULT, failed, { ...RESULT, bssid: OTHER_AP }];
    const result = fromWdi({ kind: 'associationResult', adapter, results });
    expect(result).to.have.nested.property('left.code', 'TWO_SUCCESSES');
    expect(result).to.have.nested.property(
      'left.message',
      'ASSOCIATION_RESULT: expected at most one success, found 2 (02:00:00:00:01:00, 02:00:00:00:02:00)',
    );
  });

  it('R42: a reassociation is one on both sides', () => {
    const events = eventsOf({ kind: 'associationResult', adapter, results: [{ ...RESULT, reassociation: true }] });
    expect(events[0]).to.nested.include({ 'association.reassociationRequest': true, 'association.reassociationResponse': true });
  });

  it('R87: the peer of a multi-link AP is its MLD address', () => {
    const mldAddress = '02:00:00:00:0f:00' as MacAddress;
    const [event] = eventsOf({ kind: 'associationResult', adapter, results: [{ ...RESULT, mldAddress }] });
    expect(event).to.nested.include({ 'association.peer': mldAddress });
    expect(event).to.not.have.nested.property('association.mldAddress');
  });

  it('R196: a deauthentication takes its reason from the frame', () => {
    expect(eventsOf({ kind: 'disassociation', adapter, peer: AP, status: 13, reason: 6 })).to.deep.equal([
      { kind: 'disassociation', adapter, peer: AP, reason: 0x10006 },
    ]);
  });

  it('R196: a disassociation takes its reason from the frame', () => {
    expect(eventsOf({ kind: 'disassociation', adapter, peer: AP, status: 14, reason: 8 })).to.deep.equal([
      { kind: 'disassociation', adapter, peer: AP, reason: 0x20008 },
    ]);
  });

  it('R214: a disassociation by the host stays one: no roam follows', () => {
    expect(eventsOf({ kind: 'disassociation', adapter, peer: AP, status: 7 })).to.deep.equal([
      { kind: 'disassociation', adapter, peer: AP, reason: 7 },
    ]);
  });

  it('S18: a roam that ends with ROAM_COMPLETE only produces nothing', () => {
    expect(eventsOf({ kind: 'roamComplete', adapter, ndisStatus: 0 })).to.deep.equal([]);
    expect(eventsOf({ kind: 'roamComplete', adapter, ndisStatus: 0xc0000001 })).to.deep.equal([]);
  });

  const silent: ReadonlyArray<WdiIndication> = [
    { kind: 'roamingNeeded', adapter, status: 15 },
    { kind: 'disconnectComplete', adapter, ndisStatus: 0 },
    { kind: 'dot11ResetComplete', adapter, ndisStatus: 0 },
    { kind: 'saeAuthParamsNeeded', adapter, peer: AP },
  ];
  for (const indication of silent) {
    it(`R252: ${indication.kind} is not for the engine`, () => {
      expect(eventsOf(indication)).to.deep.equal([]);
    });
  }

  it('R215: connectComplete becomes connectionCompletion with the outcome of its header', () => {
    expect(eventsOf({ kind: 'connectComplete', adapter, ndisStatus: 0 })).to.deep.equal([
      { kind: 'connectionCompletion', adapter, status: 0 },
    ]);
    expect(eventsOf({ kind: 'connectComplete', adapter, ndisStatus: 0xc0000001 })).to.deep.equal([
      { kind: 'connectionCompletion', adapter, status: 1 },
    ]);
  });

  const others: ReadonlyArray<readonly [WdiIndication, WdiEvent]> = [
    [
      { kind: 'tkipMicFailure', adapter, peer: AP, defaultKey: true, keyIndex: 1 },
      { kind: 'tkipMicFailure', adapter, peer: AP, defaultKey: true, keyIndex: 1 },
    ],
    [
      { kind: 'pmkidCandidateListUpdate', adapter, candidates: [{ bssid: AP, preauthentication: true }] },
      { kind: 'pmkidCandidates', adapter, candidates: [{ bssid: AP, preauthentication: true }] },
    ],
    [
      { kind: 'linkStateChange', adapter, peer: AP, quality: 70 },
      { kind: 'linkQuality', adapter, links: [{ peer: AP, quality: 70 }] },
    ],
    [
      { kind: 'radioStatus', adapter, hardwareOn: true, softwareOn: false },
      { kind: 'phyState', adapter, phy: 0xffffffff, hardwareOn: true, softwareOn: false },
    ],
    [
      { kind: 'ihvEvent', adapter, payload: Uint8Array.of(1, 2) },
      { kind: 'receiveIndication', adapter, type: 0, payload: Uint8Array.of(1, 2) },
    ],
    [
      { kind: 'cipherKeyUpdated', adapter, peer: AP, keyIndex: 2 },
      { kind: 'cipherKeyUpdated', adapter, peer: AP, keyIndex: 2 },
    ],
  ];
  for (const [indication, event] of others) {
    it(`R250: ${indication.kind} becomes ${event.kind}, a valid event`, () => {
      const events = eventsOf(indication);
      expect(events).to.deep.equal([event]);
      expect(hostEventKinds[event.kind].is(events[0])).to.equal(true);
    });
  }
});
