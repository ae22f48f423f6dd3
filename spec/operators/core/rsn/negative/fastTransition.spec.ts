import { ElementId, writeFastTransition, writeMobilityDomain } from '../../../../../streams/frames/index.js';
import { made } from '../../../../support/associationFor.js';
import { withFields, withInformation, withoutElement } from '../../../../support/authenticator/modifiers.js';
import { checkAll } from './badFrame.js';
import { element, octetOf, precededBy, RSN, rsne, whole, zeros } from './changes.js';
import { announcing, networks, withRsne } from './setups.js';

const { MOBILITY_DOMAIN, FAST_TRANSITION } = ElementId.codes;
const R0 = new TextEncoder().encode('r0.example');
const R1 = Uint8Array.of(2, 0, 0, 0, 0, 0x71);
const OTHER_NAME = new Uint8Array(16).fill(0x11);

type Transition = Parameters<typeof writeFastTransition>[0];

/** The FTE of the network, with some of its fields changed. */
const fte = (changes: Partial<Transition>, micLength = 16) => {
  const transition = { micControl: 0, elementCount: 0, mic: zeros(micLength), anonce: zeros(32), snonce: zeros(32) };
  return element(FAST_TRANSITION, () =>
    made(writeFastTransition({ ...transition, r0KeyHolder: R0, r1KeyHolder: R1, ...changes })),
  );
};

const fteWithout = (key: 'r0KeyHolder' | 'r1KeyHolder') => {
  const transition = { micControl: 0, elementCount: 0, mic: zeros(16), anonce: zeros(32), snonce: zeros(32) };
  const holders = key === 'r0KeyHolder' ? { r1KeyHolder: R1 } : { r0KeyHolder: R0 };
  return element(FAST_TRANSITION, () => made(writeFastTransition({ ...transition, ...holders })));
};

/** The initial mobility domain association (IEEE 802.11-2020 13.4.2): after it the key names are what every transition builds on. */
describe('message 3 of a mobility domain with one field changed', () => {
  checkAll({ at: 'message 3', setup: networks.mobile, code: 'FAST_TRANSITION', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
    { name: 'ft_no_pmkr1name', modify: rsne((rsn) => ({ ...rsn, pmkids: [] })) },
    { name: 'ft_no_pmkid_list', modify: rsne(({ pmkids: _, ...rsn }) => rsn) },
    { name: 'ft_pmkr1name_mismatch', modify: rsne((rsn) => ({ ...rsn, pmkids: [OTHER_NAME] })) },
    {
      name: 'ft_announced_rsne_that_cannot_be_read',
      ...{ network: withRsne(Uint8Array.of(RSN, 3, 1, 0, 0)), modify: (draft) => draft },
    },
    { name: 'ft_no_mde', modify: withoutElement(MOBILITY_DOMAIN) },
    {
      name: 'ft_mde_of_another_domain',
      modify: element(MOBILITY_DOMAIN, () =>
        made(writeMobilityDomain({ domain: Uint8Array.of(0xa1, 0xb3), overDs: false, resourceRequest: false })),
      ),
    },
    { name: 'ft_mde_capability_over_ds', modify: octetOf(MOBILITY_DOMAIN, 4, 1) },
    { name: 'ft_mde_truncated', modify: element(MOBILITY_DOMAIN, () => Uint8Array.of(MOBILITY_DOMAIN, 2, 0xa1, 0xb2)) },
    { name: 'ft_mde_without_octets', modify: element(MOBILITY_DOMAIN, () => Uint8Array.of(MOBILITY_DOMAIN, 0)) },
    { name: 'ft_no_fte', modify: withoutElement(FAST_TRANSITION) },
    { name: 'ft_fte_other_r0kh_id', modify: fte({ r0KeyHolder: new TextEncoder().encode('r1.example') }) },
    { name: 'ft_fte_longer_r0kh_id', modify: fte({ r0KeyHolder: new TextEncoder().encode('r0.example.org') }) },
    { name: 'ft_fte_other_r1kh_id', modify: fte({ r1KeyHolder: R1.with(5, 0x72) }) },
    { name: 'ft_fte_no_r0kh_id', modify: fteWithout('r0KeyHolder') },
    { name: 'ft_fte_no_r1kh_id', modify: fteWithout('r1KeyHolder') },
    { name: 'ft_fte_with_the_mic_of_another_suite', modify: fte({}, 24) },
    { name: 'ft_fte_truncated', modify: element(FAST_TRANSITION, (bytes) => bytes.slice(0, 40).with(1, 38)) },
    { name: 'ft_no_ie', modify: withoutElement(RSN), code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
    {
      name: 'ft_rsne_mismatch_akm',
      modify: rsne((rsn) => ({ ...rsn, akms: [0x000fac02] })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_mismatch_group_cipher',
      modify: rsne((rsn) => ({ ...rsn, group: 0x000fac02 })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_mismatch_pairwise_cipher',
      modify: rsne((rsn) => ({ ...rsn, pairwise: [0x000fac02] })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_mismatch_no_pairwise_cipher',
      modify: rsne((rsn) => ({ ...rsn, pairwise: [] })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_beacon_with_an_rsne_that_cannot_be_read',
      ...{ network: announcing(Uint8Array.of(RSN, 3, 1, 0, 0)), modify: (draft) => draft },
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_mismatch_capabilities',
      modify: rsne((rsn) => ({ ...rsn, capabilities: 1 })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_mismatch_version',
      modify: rsne((rsn) => ({ ...rsn, version: 2 })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_mismatch_group_management_cipher',
      modify: rsne((rsn) => ({ ...rsn, groupManagement: 0x000fac06 })),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_rsne_that_cannot_be_read',
      modify: element(RSN, () => Uint8Array.of(RSN, 3, 1, 0, 0)),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
    {
      name: 'ft_first_rsne_of_two_mismatch',
      modify: precededBy(whole(Uint8Array.of(RSN, 2, 1, 0))),
      ...{ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' },
    },
  ]);

  checkAll({ at: 'message 3', setup: networks.mobile, outcome: 'dropped' }, [
    { name: 'ft_descriptor_version_2', modify: withInformation({ descriptorVersion: 2 }), code: 'DESCRIPTOR' },
    { name: 'ft_mic_of_another_kck', modify: withFields({ kck: zeros(16) }), code: 'MIC' },
  ]);
});
