import { expect } from 'chai';
import { isLeft } from 'fp-ts/lib/Either.js';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { associationOf } from '../../../../adapters/linux/wifi/associationOf.js';
import type { Candidate } from '../../../../adapters/linux/wifi/chooseBss.js';
import { KnownKeys } from '../../../../adapters/linux/wifi/KnownKeys.js';
import { planOf } from '../../../../adapters/linux/wifi/planOf.js';
import { akmOf, pmkid } from '../../../../operators/core/index.js';
import {
  type AdapterHandle,
  type EffectOf,
  type MacAddress,
  macToBytes,
  type PmkEntry,
  Secret,
  type ServiceHandle,
  type SessionHandle,
  toHex,
} from '../../../../streams/events/index.js';
import { readRsnElement, writeFastTransition, writeMobilityDomain } from '../../../../streams/frames/index.js';
import { octets, PSK_BEACON, PSK_RSNE } from './accessPoints.js';

const OWN = '02:00:00:00:01:00' as MacAddress;
const HERE = PSK_BEACON.bssid;
const THERE = '02:00:00:00:02:00' as MacAddress;
const [EAP, SAE, FT_PSK] = [0x000fac01, 0x000fac08, 0x000fac04];
const NAME = octets('00112233445566778899aabbccddeeff');
const HOLDER = new TextEncoder().encode('ap.example');
const call = {
  ...{ call: 1, service: '0x1' as ServiceHandle, adapter: '0x3' as AdapterHandle },
  ...{ session: '0x5' as SessionHandle, generation: 1 },
};

const mde = (domain: string): Uint8Array => {
  const written = writeMobilityDomain({ domain: octets(domain), overDs: false, resourceRequest: false });
  if (isLeft(written)) throw new Error(written.left.message);
  return written.right;
};

const candidate = (akm: number, changes: Partial<Candidate['bss']> = {}, domain = 'a1b2'): Candidate => ({
  bss: { ...PSK_BEACON, ...changes },
  security: {
    ...{ element: PSK_RSNE, wpaVersion: 2, akm, pairwise: 0x000fac04, group: 0x000fac04 },
    ...(akm === FT_PSK && { mobilityDomain: mde(domain) }),
  },
});

const keeping = (isOpportunistic = false) => {
  let time = 5_000;
  const told: string[] = [];
  const known = new KnownKeys({
    ...{ own: OWN, now: () => time, isOpportunistic },
    told: ({ kind, peer, pmkid: name }) => told.push(`${kind} ${peer} ${toHex(name)}`),
  });
  const pass = (seconds: number): void => {
    time += seconds * 1000;
  };
  const keep = (akm: number, fields: Partial<PmkEntry> = {}): void => {
    const pmk = Secret.of(new Uint8Array(32).fill(7));
    const entry: PmkEntry = { peer: HERE, ssid: PSK_BEACON.ssid, akm, pmkid: NAME, pmk, lifetime: 60, ...fields };
    known.carryOut({ kind: 'rememberPmk', ...call, entry } satisfies EffectOf<'rememberPmk'>);
  };
  const news = (): ReadonlyArray<string> => told.splice(0);
  return { known, pass, keep, news };
};

const shown = (name: Uint8Array | undefined): string | undefined => name && toHex(name);

describe('the keys that are known from before', () => {
  it('are offered to the access point, the network and the way of authentication they are of, as long as they live', () => {
    const { known, pass, keep } = keeping();
    keep(SAE);
    expect(shown(known.nameFor(candidate(SAE)))).to.equal(toHex(NAME));
    expect(known.nameFor(candidate(SAE, { bssid: THERE }))).to.equal(undefined);
    expect(known.nameFor(candidate(SAE, { ssid: octets('61') }))).to.equal(undefined);
    expect(known.nameFor(candidate(EAP))).to.equal(undefined);
    expect(known.nameFor({ bss: PSK_BEACON })).to.equal(undefined);
    pass(59);
    expect(shown(known.nameFor(candidate(SAE)))).to.equal(toHex(NAME));
    pass(1);
    expect(known.nameFor(candidate(SAE))).to.equal(undefined);
  });

  it('are those that SAE and OWE have made, too, until they are forgotten', () => {
    const { known } = keeping();
    const pmk = Secret.of(new Uint8Array(32).fill(9));
    known.remember(candidate(SAE), { pmk, pmkid: NAME });
    pmk.zeroise();
    expect(known.secrets({ want: 'pmk', peer: HERE, pmkid: NAME })?.reveal()[0]).to.equal(9);
    known.forget(candidate(SAE), NAME);
    expect(known.nameFor(candidate(SAE))).to.equal(undefined);
  });

  it('are behind what was made for this association, and that is for no other', () => {
    const { known, keep } = keeping();
    keep(SAE);
    const fresh = Secret.of(new Uint8Array(32).fill(1));
    known.keep(fresh);
    const asked = () => known.secrets({ want: 'pmk', peer: HERE, pmkid: NAME })?.reveal()[0];
    expect(asked()).to.equal(1);
    known.begin();
    expect([asked(), fresh.reveal()[0]]).to.deep.equal([7, 0]);
    expect(known.secrets({ want: 'entropy', length: 4 })).to.equal(undefined);
  });

  it('of 802.1X have another name at another access point, and are offered there only where that is wanted', () => {
    const { known, keep, pass } = keeping(true);
    keep(EAP);
    const there = candidate(EAP, { bssid: THERE });
    const akm = akmOf(EAP);
    const addresses = { authenticator: macToBytes(THERE), supplicant: macToBytes(OWN) };
    const name = akm && pmkid(nodeCrypto, akm, { pmk: new Uint8Array(32).fill(7), addresses });
    pass(10);
    expect(shown(known.nameFor(there)))
      .to.equal(shown(name))
      .and.not.equal(undefined);
    expect(known.secrets({ want: 'pmk', peer: THERE, ...(name && { pmkid: name }) })?.reveal()[0]).to.equal(7);
    pass(50);
    expect(known.nameFor(there), 'it lives no longer than the key it is').to.equal(undefined);
    const modest = keeping();
    modest.keep(EAP);
    expect(modest.known.nameFor(there)).to.equal(undefined);
    keep(SAE);
    expect(known.nameFor(candidate(SAE, { bssid: THERE }))).to.equal(undefined);
  });

  it('are told by their names when they come and go, each once, and those of a mobility domain are not', () => {
    const { known, keep, pass, news } = keeping();
    const shownName = toHex(NAME);
    keep(EAP);
    keep(EAP);
    keep(FT_PSK, { peer: THERE });
    expect(news()).to.deep.equal([`known ${HERE} ${shownName}`]);
    known.forget(candidate(EAP), NAME);
    known.forget(candidate(EAP), NAME);
    expect(news()).to.deep.equal([`forgotten ${HERE} ${shownName}`]);
    known.remember(candidate(SAE), { pmk: Secret.of(new Uint8Array(32)), pmkid: NAME });
    known.carryOut({ kind: 'forgetPmk', ...call, peer: HERE, pmkid: NAME });
    expect(news()).to.deep.equal([`known ${HERE} ${shownName}`, `forgotten ${HERE} ${shownName}`]);
    keep(EAP);
    pass(60);
    known.nameFor(candidate(EAP));
    expect(news()).to.deep.equal([`known ${HERE} ${shownName}`, `forgotten ${HERE} ${shownName}`]);
  });

  it('are told of under the name they have at another access point, too, where that is wanted', () => {
    const { known, keep, news } = keeping(true);
    keep(EAP);
    news();
    const name = known.nameFor(candidate(EAP, { bssid: THERE }));
    expect(news()).to.deep.equal([`known ${THERE} ${shown(name)}`]);
  });

  it('are gone when they are cleared', () => {
    const { known, keep } = keeping();
    keep(SAE);
    known.keep(Secret.of(Uint8Array.of(1)));
    known.clear();
    expect(known.nameFor(candidate(SAE))).to.equal(undefined);
    expect(known.secrets({ want: 'pmk', peer: HERE })).to.equal(undefined);
  });
});

/** An association in a mobility domain has left its PMK-R0. */
const inDomain = () => {
  const keys = keeping();
  const transition = writeFastTransition({
    ...{ micControl: 0, elementCount: 0, mic: new Uint8Array(16), anonce: new Uint8Array(32), snonce: new Uint8Array(32) },
    ...{ r0KeyHolder: HOLDER, r1KeyHolder: macToBytes(HERE) },
  });
  if (isLeft(transition)) throw new Error(transition.left.message);
  const response = Uint8Array.of(...mde('a1b2'), ...transition.right);
  keys.known.associated(associationOf(candidate(FT_PSK), { request: PSK_RSNE, response }, 0));
  keys.keep(FT_PSK);
  return keys;
};

describe('the keys of a mobility domain', () => {
  it('lead to its other access points', () => {
    const { known } = inDomain();
    const keys = known.transitionTo(candidate(FT_PSK, { bssid: THERE }));
    expect([keys?.r0.pmkR0.reveal()[0], shown(keys?.r0.name), shown(keys?.r0KeyHolder)]).to.deep.equal([
      ...[7, toHex(NAME), toHex(HOLDER)],
    ]);
    keys?.r0.pmkR0.zeroise();
    expect(known.transitionTo(candidate(FT_PSK))?.r0.pmkR0.reveal()[0], 'they are copies').to.equal(7);
    expect(known.nameFor(candidate(FT_PSK)), 'a PMK-R0 is no PMK').to.equal(undefined);
  });

  it('lead to no other domain, network or way of authentication, and to nobody when their time is over', () => {
    const { known, pass } = inDomain();
    expect(known.transitionTo(candidate(FT_PSK, { bssid: THERE }, 'a1b3'))).to.equal(undefined);
    expect(known.transitionTo(candidate(FT_PSK, { ssid: octets('61') }))).to.equal(undefined);
    expect(known.transitionTo(candidate(0x000fac02))).to.equal(undefined);
    pass(60);
    expect(known.transitionTo(candidate(FT_PSK))).to.equal(undefined);
  });

  it('are none without the names of their holders', () => {
    const { known, keep } = keeping();
    keep(FT_PSK);
    expect(known.transitionTo(candidate(FT_PSK))).to.equal(undefined);
  });
});

describe('the way to an access point', () => {
  const wayTo = (to: Candidate, known: KnownKeys): string => planOf(to, known).way;

  it('is a fast transition for whoever comes from another of the domain', () => {
    const { known } = inDomain();
    const there = candidate(FT_PSK, { bssid: THERE });
    expect(wayTo({ ...there, from: HERE }, known)).to.equal('fastTransition');
    expect(wayTo(there, known)).to.equal('full');
  });

  it('is shorter by a PMK, whose name goes into the element', () => {
    const { known, keep } = keeping();
    expect(wayTo(candidate(SAE), known)).to.equal('full');
    keep(SAE);
    const plan = planOf(candidate(SAE), known);
    if (plan.way !== 'cached') throw new Error(plan.way);
    const read = readRsnElement(plan.offered.security?.element.subarray(2) ?? octets(''));
    expect(read._tag === 'Right' && read.right.pmkids).to.deep.equal([NAME]);
    expect(plan.candidate.security?.element).to.deep.equal(PSK_RSNE);
  });
});
