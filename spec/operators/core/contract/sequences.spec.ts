import { expect } from 'chai';
import { ADAPTER, AP, OTHER_AP, PORT, pairwise, register, returned } from './cast.js';
import { lanes } from './lanes.js';
import { psk } from './stories.js';
import { api, findings, host, inside, type Story, upTo } from './story.js';

/** The adapter is up and a connection is under way; the lanes below begin here. */
const up = upTo('connected')(psk);
/** The port is authorised. */
const authorised = upTo('C')(psk);

/** The sequences of the contract, drawn as there: what comes in above what goes out. */
const sequences: ReadonlyArray<readonly [string, Story, ...ReadonlyArray<string>]> = [
  ['S1 normal, PSK', up, 'P--1-u----3-v-------------', '---2------4-(KGXC)--------'],
  ['S2 normal, 802.1X', up, 'P-e--e--e-R--1-u--3-v---------', 's-F--F--F----2----4-(KGXC)----'],
  ['S2b message 1 overtakes the result', up, 'P-e--e-1-R-u--3-v---------', 's-F--F---2----4-(KGXC)----'],
  ['S2c progress between forwards', up, 'P-eI-e-IR1-u--3-v---------', 's-F--F---2----4-(KGXC)----'],
  ['S2d a result without keys', up, 'P-e--e-R------------------', 's-F--F-B------------------'],
  ['S3 stop before completion', up, 'P--1--S-u-3---S-----------', '---2----------------------'],
  ['S3 stop with 802.1X running', up, 'P-e--S-e-R----------', 's-F--z--------------'],
  ['S4 stop after completion', up, 'P-1-u-3-v---------S-g-------', '--2---4-(KGXC)--------------'],
  ['S5 stop between derivation and download', up, 'P-1-u-3-v-S-------------', '--2---4-----------------'],
  ['S5b stop between two key calls', up, 'P-1-u-3-vS--------------', '--2---4-K---------------'],
  ['S6a reset while pending', up, 'P--1--Z--3----------', '---2--(cE)----------'],
  ['S6b reset when completed', up, 'P-1-u-3-v---------Z-----', '--2---4-(KGXC)----E-----'],
  ['S6c reset with 802.1X running', up, 'P-e---Z-------------', 's-F---(zcE)---------'],
  ['S6d stop, then reset', up, 'P----S--Z-----------', '--------E-----------'],
  ['S6d reset, then stop', up, 'P----Z---S----------', '-----(cE)-----------'],
  ['S6g reset after a failure', up, 'P--1--u--Z-----', '---2--B--E-----'],
  ['S7a stop, deinit', up, 'P--1--S-D----------', '---2---------------'],
  ['S7b deinit without stop', up, 'P--1--D--u---------', '---2---------------'],
  [
    'S8 disassociated, back by a roam',
    up,
    'a-k-----------x---b-m-----',
    '--P-----------S-----Q-----',
    '----2-4-(KGXC)------------',
  ],
  ['S9 group rekey', authorised, 'g---w-------g-g---------', 'h---G-------h-h---------'],
  ['S10 pairwise rekey', authorised, '1-u---3--v--------------', '2-----4--(KG)-----------'],
  ['S11 reauthentication', authorised, 'e---e--R--1-u-3--v------------------', 's---F-----2---4--(KG)---------------'],
  [
    'S11b reauthentication fails, then succeeds',
    authorised,
    'e---e--N----------R-1-u-3-v-----',
    's---F--B------s-----2---4-(KGC)-',
  ],
  ['S12b no message 3', up, 'P--1-u---1-u------------', '---2-----2---------B----'],
  [
    'S12d 802.1X fails, then succeeds',
    up,
    'P---N---------R-----1-u---3-v-----------',
    's---B---s-----------2-----4-(KGXC)------',
  ],
  [
    'S13 roam',
    up,
    'k-----------b-m--------------------',
    'P-1-u-3-----S-Q-o-i-n-j--v--l-------',
    '--2---4-----------2---4-----(KGC)---',
  ],
  ['S14 duplicates', up, 'P-1-1-uu--3-v-------3---S-S-----', '--2-2-----4-(KGXC)--4-----------'],
  ['S15 message 1 before Perform', up, 'a-1-k-P--u-3-v------------', '-------2---4-(KGXC)-------'],
  ['S15 stop before Perform', up, '----S-P----3-v------------', '-----------4-(KGXC)-------'],
  ['S16 nothing to do', up, 'Y-----------', '-C----------'],
  ['S17 log-off while an answer is awaited', up, 'P-----L--y----------', '-q----B-------------'],
  ['S18 feed from WDI', up, 'k-----------x-m-------', 'P-----------S-Q-------', '--2-4-(KGC)-----------'],
];

describe('contract: the sequences are clean', () => {
  for (const [name, earlier, ...drawn] of sequences)
    it(name, () => {
      expect(findings(lanes(earlier, OTHER_AP, ...drawn))).to.deep.equal([]);
    });

  const again = ['P--u-v------S-Q--u--v-------------', '--2-4(KGXC)-----2-4-(KGXC)--------'] as const;

  it('S19: a delete in the Stop handler is clean', () => {
    expect(findings(lanes(up, AP, ...again, '------------d---------------------'))).to.deep.equal([]);
  });

  it('S19: a delete for the old port when the same AP has a new key is a breach of R138', () => {
    const story = lanes(up, AP, ...again);
    const late = api('d', pairwise(0, { delete: true }));
    expect(findings([...story, late])).to.deep.equal(['R138 at d']);
  });

  it('S12a: a rejected Perform is followed by silence', () => {
    const refused = [...lanes(up, AP, 'P'), inside(host('r', returned('performPostAssociate', 87, PORT)))];
    expect(
      findings([...refused, host('Z', { kind: 'adapterReset', adapter: ADAPTER }), inside(api('E', register()))]),
    ).to.deep.equal([]);
  });
});
