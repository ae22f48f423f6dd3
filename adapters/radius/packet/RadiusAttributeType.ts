import { codeSpace } from '../../../streams/events/index.js';

/**
 * The attributes this tester sends or understands, by their names in RFC 2865, 2868, 2869, 3162, 3579, 4072, 4372 and 7268.
 *
 * @since 0.2.0
 */
export const RadiusAttributeType = codeSpace(
  'RADIUS attribute',
  {
    'User-Name': 1,
    'User-Password': 2,
    'CHAP-Password': 3,
    'NAS-IP-Address': 4,
    'NAS-Port': 5,
    'Service-Type': 6,
    'Framed-Protocol': 7,
    'Framed-IP-Address': 8,
    'Filter-Id': 11,
    'Framed-MTU': 12,
    'Reply-Message': 18,
    State: 24,
    Class: 25,
    'Vendor-Specific': 26,
    'Session-Timeout': 27,
    'Idle-Timeout': 28,
    'Termination-Action': 29,
    'Called-Station-Id': 30,
    'Calling-Station-Id': 31,
    'NAS-Identifier': 32,
    'Proxy-State': 33,
    'Acct-Session-Id': 44,
    'Acct-Multi-Session-Id': 50,
    'Event-Timestamp': 55,
    'Egress-VLANID': 56,
    'Egress-VLAN-Name': 58,
    'NAS-Port-Type': 61,
    'Tunnel-Type': 64,
    'Tunnel-Medium-Type': 65,
    'Tunnel-Private-Group-ID': 81,
    'Connect-Info': 77,
    'EAP-Message': 79,
    'Message-Authenticator': 80,
    'Acct-Interim-Interval': 85,
    'NAS-Port-Id': 87,
    'Chargeable-User-Identity': 89,
    'NAS-Filter-Rule': 92,
    'NAS-IPv6-Address': 95,
    'Error-Cause': 101,
    'EAP-Key-Name': 102,
    'Operator-Name': 126,
    'Location-Information': 127,
    'Network-Id-Name': 183,
    'WLAN-Pairwise-Cipher': 186,
    'WLAN-Group-Cipher': 187,
    'WLAN-AKM-Suite': 188,
    'WLAN-Group-Mgmt-Cipher': 189,
    'WLAN-RF-Band': 190,
    'Mobility-Domain-Id': 177,
  },
  [],
  2,
);

/** The name of an attribute, or its number where nobody named it here. */
export const attributeName = (type: number): string => RadiusAttributeType.nameOf(type) ?? `attribute ${type}`;
