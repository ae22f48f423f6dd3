import * as t from 'io-ts';
import { Bytes } from './bytes.js';
import { AssocStatus } from './codes.js';
import { SecretValue } from './Secret.js';
import { AdapterHandle, AssociationCompletion, MacAddress } from './values.js';
import { type VariantOf, variant } from './variant.js';

const adapter = AdapterHandle;

/** What the miniport reports: the NDIS_STATUS_DOT11_* indications the contract speaks of (sections 13 and 17). */
export const indicationKinds = {
  associationStart: variant('associationStart', { adapter, peer: MacAddress, ssid: Bytes }),
  associationCompletion: variant('associationCompletion', { adapter, association: AssociationCompletion }),
  connectionStart: variant('connectionStart', { adapter }),
  connectionCompletion: variant('connectionCompletion', { adapter, status: AssocStatus }),
  roamingStart: variant('roamingStart', { adapter, reason: AssocStatus }),
  roamingCompletion: variant('roamingCompletion', { adapter, status: AssocStatus }),
  disassociation: variant('disassociation', { adapter, peer: MacAddress, reason: AssocStatus }),
  tkipMicFailure: variant('tkipMicFailure', { adapter, peer: MacAddress, defaultKey: t.boolean, keyIndex: t.number }),
  pmkidCandidates: variant('pmkidCandidates', {
    adapter,
    candidates: t.readonlyArray(t.strict({ bssid: MacAddress, preauthentication: t.boolean })),
  }),
  phyState: variant('phyState', { adapter, phy: t.number, hardwareOn: t.boolean, softwareOn: t.boolean }),
  linkQuality: variant('linkQuality', {
    adapter,
    links: t.readonlyArray(t.strict({ peer: MacAddress, quality: t.number })),
  }),
  /** A key the firmware changed by itself (WDI), e.g. learned while the station slept: adopt it, never reinstall it. */
  cipherKeyUpdated: variant('cipherKeyUpdated', { adapter, peer: MacAddress, keyIndex: t.number }, { key: SecretValue }),
};

export type Indication = VariantOf<typeof indicationKinds>;
export type IndicationName = Indication['kind'];
