import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { nodeCrypto } from '../../adapters/crypto/index.js';
import type { EapSeen } from '../../operators/core/shadow/Connection.js';
import { createEapWatch } from '../../operators/core/shadow/eapWatch.js';
import type { EapolHeard } from '../../streams/air/index.js';
import { EapCode, readEap, readEapol } from '../../streams/frames/index.js';
import { airEvents } from '../support/airEvents.js';
import { captureFile, hasCaptures, oracleOf } from '../support/captures.js';
import { hasLab } from '../support/shadow/lab.js';

const cases = fileURLToPath(new URL('../../../shared/lab/cases/', import.meta.url));

const labFile = (name: string): Uint8Array => {
  const wire = `${cases}${name}/wire.pcap`;
  return readFileSync(existsSync(wire) ? wire : `${cases}${name}/air.pcap`);
};

const START = 1;
const LOGOFF = 2;

/** On a wire both ends speak to a group address; what they say tells them apart. */
const speakerOf = (packet: Uint8Array): EapolHeard['from'] => {
  if (packet[1] === START || packet[1] === LOGOFF) return 'station';
  return packet[1] === 0 && packet[4] === EapCode.codes.RESPONSE ? 'station' : 'ap';
};

const eapolIn = (file: Uint8Array): ReadonlyArray<EapolHeard> =>
  airEvents(file).flatMap((event) => {
    if (event.kind !== 'eapol') return [];
    return event.medium === 'wire' ? { ...event, from: speakerOf(event.packet) } : event;
  });

const seenIn = (file: Uint8Array): EapSeen => {
  const watch = createEapWatch(nodeCrypto, undefined);
  for (const event of eapolIn(file)) watch.take(event);
  const facts = watch.facts();
  if (facts === undefined) throw new Error('no EAP');
  return facts;
};

/** The facts in a line: offers, method, version of TLS, result with its frame, alert, and what never was answered. */
const told = (facts: EapSeen): string => {
  const { method, offered, wanted, realm, tlsVersion, tlsAlert, result, resultMark, unanswered, starts, logoffs } = facts;
  return [
    `${offered.join()}>${wanted.join()}`,
    method?.name,
    tlsVersion,
    realm,
    resultMark === undefined ? result : `${result}@${resultMark.frame}`,
    tlsAlert === undefined ? undefined : `${tlsAlert.from} ${tlsAlert.description}`,
    unanswered === undefined ? undefined : `unanswered@${unanswered.frame}`,
    `${starts.length}/${logoffs.length}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
};

/** By tshark, and by the logs of both ends. */
const LAB: Readonly<Record<string, string>> = {
  'eap-tls': '13> TLS TLS 1.2 lab.example success@43 0/0',
  'eap-peap-mschapv2': '25> PEAP TLS 1.2 lab.example success@53 0/0',
  'eap-peap-radius-air': '25> PEAP TLS 1.2 lab.example success@152 0/0',
  'eap-peap-wrongpass': '25> PEAP TLS 1.2 lab.example failure@81 0/0',
  'eap-disconnect-mid-eap': '13> TLS TLS 1.2 lab.example none unanswered@42 0/0',
  'eap-sta-leaves-mid-eap': '25> PEAP TLS 1.2 lab.example none unanswered@33 0/0',
  'eap-suite-b-192': '13> TLS TLS 1.2 lab.example success@40 0/0',
  'eap-ttls-pap': '25,21>21 TTLS TLS 1.2 lab.example success@41 0/0',
  'eap-pmksa-cache': '13> TLS TLS 1.2 lab.example success@43 0/0',
  'wired-eap-peap': '25> PEAP TLS 1.2 lab.example success@31 unanswered@33 1/1',
  'wired-eap-peap-radius': '25> PEAP TLS 1.2 lab.example success@31 unanswered@34 1/1',
  'wired-eap-tls': '13> TLS TLS 1.2 lab.example success@25 unanswered@27 1/1',
  'wired-eap-tls-radius': '13> TLS TLS 1.2 lab.example success@25 unanswered@27 1/1',
  'wired-eap-ttls-radius': '25,21>21 TTLS TLS 1.2 lab.example success@25 unanswered@27 1/1',
};

const CAPTURES: Readonly<Record<string, string>> = {
  'tcpdump__eapon1.pcap': '18> SIM mnc023.mcc295.owlan.org success@112 4/0',
  'wireshark-wiki__wpsdata.cap': '254> WSC failure@49 unanswered@54 5/0',
  'wireshark__wpa-eap-tls.pcap': '13> TLS TLS 1.0 success@21 0/0',
};

describe('EAP in the lab', () => {
  before(function () {
    if (!hasLab) this.skip();
  });

  for (const [name, wanted] of Object.entries(LAB)) it(name, () => expect(told(seenIn(labFile(name)))).to.equal(wanted));
});

interface OracleEap {
  readonly no: number;
  readonly code: number;
  readonly id: number;
  readonly type: number | null;
  readonly len: number;
}

describe('EAP in captures of others', () => {
  before(function () {
    if (!hasCaptures) this.skip();
  });

  for (const [name, wanted] of Object.entries(CAPTURES)) {
    it(name, () => expect(told(seenIn(captureFile(name)))).to.equal(wanted));

    it(`${name}: each packet as tshark reads it`, () => {
      const read = eapolIn(captureFile(name)).flatMap(({ frame, packet }): OracleEap[] => {
        const eapol = readEapol(packet);
        if (eapol._tag === 'Left' || eapol.right.type !== 0) return [];
        const eap = readEap(eapol.right.body);
        if (eap._tag === 'Left') throw new Error(eap.left.message);
        const { code, identifier, type = null } = eap.right;
        return [{ no: frame, code, id: identifier, type, len: eapol.right.body.length }];
      });
      const { eap } = oracleOf(name) as { readonly eap: ReadonlyArray<OracleEap> };
      expect(read).to.deep.equal(eap.map(({ no, code, id, type, len }) => ({ no, code, id, type, len })));
    });
  }
});
