import type { MacAddress } from '../../../../../streams/events/index.js';
import { type ItemOf, type KeyDataItem, writeMultiLink } from '../../../../../streams/frames/index.js';
import { made, type NetworkSetup, networkFor } from '../../../../support/associationFor.js';
import type { Modifier } from '../../../../support/authenticator/authenticator.js';
import { withItems, withoutItems } from '../../../../support/authenticator/modifiers.js';
import { checkAll, tolerate } from './badFrame.js';
import { inPlaceOf, item, kde, linkItem, linkRsne, octets, withoutLinkItem, zeros } from './changes.js';
import { announcing, networks } from './setups.js';

const STRANGER = '02:00:00:00:0e:0e' as MacAddress;
const LONG = Uint8Array.from(octets(32, 7));
const OTHER_RSNXE = Uint8Array.of(244, 1, 0);

/** An MLO Link KDE without one of its parts. */
const linkWithout = (linkId: number, part: 'rsne' | 'rsnxe') =>
  withItems((each): KeyDataItem => {
    if (each.kind !== 'mloLink' || each.linkId !== linkId) return each;
    const { [part]: _, ...link } = each;
    return link;
  });

/** The group keys of one link, for another link. */
const moved = (from: number, to: number) =>
  withItems((each): KeyDataItem => {
    const isMoved = each.kind === 'mloGtk' && each.linkId === from;
    return isMoved ? ({ ...each, linkId: to } satisfies ItemOf<'mloGtk'>) : each;
  });

/** IEEE 802.11be 12.7.6: every message between multi-link devices says whose it is. */
describe('a handshake between multi-link devices with one field changed', () => {
  describe('in message 1', () => {
    checkAll({ at: 'message 1', setup: networks.multiLink, code: 'MULTI_LINK', outcome: 'dropped' }, [
      { name: 'mlo_msg_1_no_mac_address', modify: withoutItems('macAddress') },
      { name: 'mlo_msg_1_mac_address_of_a_stranger', modify: item('macAddress', { address: STRANGER }) },
      { name: 'mlo_msg_1_mac_address_of_the_link', modify: item('macAddress', { address: '02:00:00:0a:00:01' as MacAddress }) },
      { name: 'mlo_msg_1_mac_address_too_short', modify: inPlaceOf('macAddress', kde(3, 2, 0, 0, 0, 0)) },
    ]);
  });

  describe('in what message 3 says of the links', () => {
    checkAll({ at: 'message 3', setup: networks.multiLink, code: 'MULTI_LINK', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
      { name: 'mlo_no_mac_address', modify: withoutItems('macAddress') },
      { name: 'mlo_mac_address_of_a_stranger', modify: item('macAddress', { address: STRANGER }) },
      { name: 'mlo_no_link_of_the_association', modify: withoutLinkItem('mloLink', 0) },
      { name: 'mlo_no_other_link', modify: withoutLinkItem('mloLink', 2) },
      { name: 'mlo_no_links', modify: withoutItems('mloLink') },
      { name: 'mlo_other_link_id', modify: linkItem('mloLink', 2, { linkId: 3 }) },
      { name: 'mlo_address_of_the_link_of_the_association', modify: linkItem('mloLink', 0, { address: STRANGER }) },
      { name: 'mlo_address_of_the_other_link', modify: linkItem('mloLink', 2, { address: STRANGER }) },
    ]);
    checkAll({ at: 'message 3', setup: networks.multiLink, code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' }, [
      { name: 'mlo_no_rsne_of_the_association', modify: linkWithout(0, 'rsne'), outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'mlo_no_rsne_of_the_other_link', modify: linkWithout(2, 'rsne'), outcome: 'MSMSEC_M3_MISSING_IE' },
      { name: 'mlo_rsne_mismatch', modify: linkRsne(0) },
      { name: 'mlo_rsnxe_removed', modify: linkWithout(0, 'rsnxe'), code: 'RSNXE' },
      { name: 'mlo_rsnxe_changed', modify: linkItem('mloLink', 0, { rsnxe: OTHER_RSNXE }), code: 'RSNXE' },
      {
        name: 'mlo_beacon_without_rsne',
        ...{ network: announcing(), modify: (draft) => draft },
        ...{ code: 'DOWNGRADE', outcome: 'MSMSEC_DOWNGRADE_DETECTED' },
      },
    ]);
  });

  describe('in what message 3 says of a link whose access point the host has heard of', () => {
    const probe = (...profile: ReadonlyArray<number>) =>
      made(
        writeMultiLink({
          ...{ mldAddress: STRANGER, linkId: 0 },
          perStation: [{ linkId: 2, complete: true, bytes: Uint8Array.of(0x11, 0, ...profile) }],
        }),
      );
    const setup = (...profile: ReadonlyArray<number>) => ({ ...networks.multiLink, beaconExtra: probe(...profile) });
    const { apElement, apRsnxe = OTHER_RSNXE } = networkFor(networks.multiLink);
    const same: Modifier = (draft) => draft;
    checkAll({ at: 'message 3', code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' }, [
      { name: 'mlo_rsne_mismatch_of_the_other_link', setup: setup(), modify: linkRsne(2) },
      { name: 'mlo_rsne_of_the_other_link_announced_otherwise', setup: setup(...apElement.with(-1, 7)), modify: same },
      { name: 'mlo_no_rsne_announced_on_the_other_link', setup: setup(255, 4, 56, 1, 48, 0), modify: same },
      { name: 'mlo_no_rsnxe_of_the_other_link', setup: setup(), modify: linkWithout(2, 'rsnxe'), code: 'RSNXE' },
      { name: 'mlo_rsnxe_of_the_other_link_announced_otherwise', setup: setup(...OTHER_RSNXE), modify: same, code: 'RSNXE' },
      { name: 'mlo_no_rsnxe_announced_on_the_other_link', setup: setup(255, 4, 56, 1, 244, 0), modify: same, code: 'RSNXE' },
    ]);
    const taken: Readonly<Record<string, NetworkSetup>> = {
      mlo_other_link_inherits_what_was_announced: setup(),
      mlo_other_link_announced_the_same: setup(...apElement, ...apRsnxe),
      mlo_strange_link_announced: {
        ...networks.multiLink,
        beaconExtra: made(
          writeMultiLink({
            mldAddress: STRANGER,
            perStation: [{ linkId: 9, complete: true, bytes: Uint8Array.of(0, 0, 48, 0) }],
          }),
        ),
      },
      mlo_profile_of_changes_only: {
        ...networks.multiLink,
        beaconExtra: made(
          writeMultiLink({
            mldAddress: STRANGER,
            perStation: [{ linkId: 2, complete: false, bytes: Uint8Array.of(0, 0, 48, 0) }],
          }),
        ),
      },
      mlo_ft_pmkids_do_not_count: { ...networks.multiLinkMobile, beaconExtra: probe() },
    };
    for (const [name, each] of Object.entries(taken)) tolerate(name, { at: 'message 3', setup: each, modify: same });
  });

  describe('in the keys of message 3', () => {
    checkAll({ at: 'message 3', setup: networks.protectedMultiLinkBeacons, outcome: 'MSMSEC_KEY_FORMAT' }, [
      { name: 'mlo_no_gtk', modify: withoutItems('mloGtk'), code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      {
        name: 'mlo_no_gtk_of_a_link',
        modify: withoutLinkItem('mloGtk', 2),
        code: 'GROUP_KEY',
        outcome: 'MSMSEC_M3_MISSING_GRP_KEY',
      },
      {
        name: 'mlo_no_gtk_of_the_third_link',
        ...{ setup: networks.threeLinks, modify: withoutLinkItem('mloGtk', 2) },
        ...{ code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      },
      { name: 'mlo_gtk_of_another_link', modify: moved(2, 5), code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      { name: 'mlo_gtk_of_one_link_twice', modify: moved(2, 0), code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
      { name: 'mlo_gtk_len_of_tkip', modify: linkItem('mloGtk', 2, { key: LONG }), code: 'KEY_LENGTH' },
      { name: 'mlo_gtk_keyidx_0', modify: linkItem('mloGtk', 2, { keyId: 0 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'mlo_gtk_zero', modify: linkItem('mloGtk', 2, { key: zeros(16) }), code: 'ZERO_KEY' },
      { name: 'mlo_gtk_without_packet_number', modify: inPlaceOf('mloGtk', kde(16, 1)), code: 'KEY_DATA' },
      {
        name: 'mlo_no_igtk_of_a_link',
        modify: withoutLinkItem('mloIgtk', 0),
        ...{ code: 'MANAGEMENT_KEY', outcome: 'MSMSEC_M3_MISSING_MGMT_GRP_KEY' },
      },
      { name: 'mlo_igtk_keyid_unexpected', modify: linkItem('mloIgtk', 2, { keyId: 6 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'mlo_igtk_len_of_256', modify: linkItem('mloIgtk', 2, { key: LONG }), code: 'KEY_LENGTH' },
      { name: 'mlo_igtk_zero', modify: linkItem('mloIgtk', 0, { key: zeros(16) }), code: 'ZERO_KEY' },
      { name: 'mlo_bigtk_keyid_unexpected', modify: linkItem('mloBigtk', 2, { keyId: 5 }), code: 'KEY_INDEX', rules: 'R123' },
      { name: 'mlo_bigtk_zero', modify: linkItem('mloBigtk', 2, { key: zeros(16) }), code: 'ZERO_KEY' },
    ]);
  });

  describe('in a group message 1', () => {
    checkAll({ at: 'group message 1', setup: networks.multiLink, outcome: 'MSMSEC_KEY_FORMAT' }, [
      {
        name: 'mlo_no_gtk_in_group_msg',
        modify: withoutItems('mloGtk'),
        code: 'GROUP_KEY',
        outcome: 'MSMSEC_G1_MISSING_GRP_KEY',
      },
      {
        name: 'mlo_gtk_of_a_strange_link_in_group_msg',
        modify: inPlaceOf('mloGtk', kde(16, 0x51, ...octets(6, 0), ...octets(16, 7))),
        ...{ code: 'GROUP_KEY', outcome: 'MSMSEC_G1_MISSING_GRP_KEY' },
      },
      { name: 'mlo_gtk_zero_in_group_msg', modify: linkItem('mloGtk', 0, { key: zeros(16) }), code: 'ZERO_KEY' },
      {
        name: 'mlo_igtk_keyid_unexpected_in_group_msg',
        modify: linkItem('mloIgtk', 0, { keyId: 3 }),
        code: 'KEY_INDEX',
        rules: 'R123',
      },
    ]);
  });

  describe('in a mobility domain', () => {
    checkAll({ at: 'message 3', setup: networks.multiLinkMobile, outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
      {
        name: 'mlo_ft_no_fte',
        modify: withItems((each) => (each.kind === 'element' && each.element.id === 55 ? undefined : each)),
        code: 'FAST_TRANSITION',
      },
      { name: 'mlo_ft_no_link', modify: withoutLinkItem('mloLink', 2), code: 'MULTI_LINK' },
    ]);
  });
});
