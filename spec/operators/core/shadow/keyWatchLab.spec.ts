import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Credential } from '../../../../operators/core/shadow/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { hex } from '../../../streams/frames/hex.js';
import { airEvents } from '../../../support/airEvents.js';
import { hasLab, labNames } from '../../../support/shadow/lab.js';
import { watchAll } from '../../../support/watches.js';

type Lists = Readonly<Record<string, ReadonlyArray<string> | undefined>>;

interface Case {
  readonly credentials_ap?: { readonly wpa_passphrase?: string };
  readonly ap?: { readonly tk: ReadonlyArray<string> };
  readonly stations: Readonly<
    Record<
      string,
      {
        readonly keys: Lists;
        readonly gtk: ReadonlyArray<{ readonly gtk: string }>;
        readonly igtk: ReadonlyArray<{ readonly igtk: string }>;
      }
    >
  >;
}

const pathOf = (name: string, file: string): string =>
  fileURLToPath(new URL(`../../../../../shared/lab/cases/${name}/${file}`, import.meta.url));

const caseOf = (name: string): Case => JSON.parse(readFileSync(pathOf(name, 'case.json'), 'utf8')) as Case;

const credentialsOf = ({ credentials_ap, stations }: Case): ReadonlyArray<Credential> => {
  const passphrase = credentials_ap?.wpa_passphrase;
  const listed = (...names: ReadonlyArray<string>): ReadonlyArray<Secret> =>
    Object.values(stations).flatMap(({ keys }) =>
      names.flatMap((name) => (keys[name] ?? []).map((text) => Secret.of(hex(text)))),
    );
  const names = passphrase === undefined ? ['pmk', 'sae_pmk', 'owe_pmk'] : ['sae_pmk', 'owe_pmk'];
  return [
    ...(passphrase === undefined
      ? []
      : [{ kind: 'passphrase', passphrase: Secret.of(new TextEncoder().encode(passphrase)) } as const]),
    ...listed(...names).map((pmk) => ({ kind: 'pmk', pmk }) as const),
    ...listed('msk').map((msk) => ({ kind: 'msk', msk }) as const),
  ];
};

/** Where the keys come with a reassociation, there is no handshake for them. */
const BY_FAST_TRANSITION = new Set(['ft-psk-roam']);
/** A station there has another passphrase than the access point. */
const WITH_ANOTHER_KEY = new Set(['wpa2-psk-wrongpass', 'multi-sta']);
const hasAir = (name: string): boolean => existsSync(pathOf(name, 'air.pcap'));

describe('KeyWatch, over exchanges of a real access point with real stations', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  for (const name of labNames.filter(hasAir)) {
    it(name, () => {
      const known = caseOf(name);
      const watched = watchAll(nodeCrypto, credentialsOf(known), airEvents(readFileSync(pathOf(name, 'air.pcap'))));
      const handshakes = watched.flatMap(({ facts }) => facts.handshakes);
      const groupKeys = watched.flatMap(({ facts }) => facts.groupKeys.map(({ key }) => toHex(key.reveal())));
      const messages = handshakes.flatMap((each) => each.messages.flat());
      const wanted = known.ap?.tk ?? [];
      const tks = handshakes.flatMap(({ tk }) => (tk === undefined ? [] : [toHex(tk.reveal())]));
      const derived = WITH_ANOTHER_KEY.has(name) ? wanted.filter((tk) => tks.includes(tk)) : wanted;
      if (!BY_FAST_TRANSITION.has(name)) expect(tks, 'TK').to.include.members([...derived]);
      for (const { gtk, igtk } of Object.values(known.stations)) {
        expect(groupKeys, 'GTK').to.include.members(gtk.map((each) => each.gtk));
        expect(groupKeys, 'IGTK').to.include.members(igtk.map((each) => each.igtk));
      }
      const invalid = messages.filter(({ mic }) => mic === 'invalid');
      if (!WITH_ANOTHER_KEY.has(name)) expect(invalid).to.deep.equal([]);
      const stationMessages = handshakes.flatMap((each) => [...each.messages[1], ...each.messages[3]]);
      expect(stationMessages.filter(({ likeness }) => likeness === 'different')).to.deep.equal([]);
      expect(watched.flatMap(({ facts }) => facts.reuses)).to.deep.equal([]);
      expect(handshakes.flatMap(({ mismatches }) => mismatches)).to.deep.equal([]);
      for (const { facts } of watched) expect(facts.traffic.opened).to.equal(facts.traffic.tried);
    });
  }
});
