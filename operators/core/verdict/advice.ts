import type { Connection } from '../shadow/Connection.js';
import { todoOfStatus } from './codes/statusTexts.js';
import { todoOfAlert } from './codes/tlsAlerts.js';
import type { Cause, Judgement } from './Explanation.js';
import { tlsFailure } from './judge/beforeHandshake.js';
import { networkKind } from './judge/networkKind.js';
import { isResponseUnheard, isUnheard, unheardEap } from './judge/reception.js';
import { isRefusal } from './judge/sae.js';
import { farewellStorm, firstHandshake, isAuthenticationAnswered } from './judge/sightings.js';

type Todo = (connection: Connection, judgement: Judgement) => ReadonlyArray<string>;

const RADIO = 'Look at the radio link: signal, retries, power saving; and capture nearer to the side whose message is missing.';

const CLOSER = 'Move the two closer together, and look for interference: one of them does not hear the other.';

const NOT_PUT_TO_THE_TEST = 'Do not change the passphrase: it was never put to the test.';

/** Which of the two is deaf is proven; what is wrong with the passphrase, if anything, is proven by other means. */
const unheard: Todo = (connection, judgement) => {
  const isWrong = judgement.passphrase === 'wrong' || judgement.passphrase === 'likelyWrong';
  const isAboutPassphrase = ['psk', 'unknown'].includes(networkKind(connection)) && judgement.passphrase === 'unknown';
  return [
    CLOSER,
    ...(isWrong ? checkPassphrase(connection, judgement) : []),
    ...(isAboutPassphrase ? [NOT_PUT_TO_THE_TEST] : []),
  ];
};

const isProvenUnheard = (connection: Connection): boolean => {
  const handshake = firstHandshake(connection);
  if (handshake === undefined) return isResponseUnheard(connection) || unheardEap(connection) !== undefined;
  const [, m2, m3] = handshake.messages;
  return isUnheard(connection, handshake, m3.length > 0 ? 3 : m2.length > 0 ? 2 : 1);
};

const lost: Todo = (connection, judgement) => {
  const { step } = judgement;
  if (isProvenUnheard(connection)) return unheard(connection, judgement);
  const [, m2, m3] = firstHandshake(connection)?.messages ?? [[], [], [], []];
  if (step === 'authentication' && isAuthenticationAnswered(connection))
    return ['Look into the log of the station: whether it heard the answer, and why it asked for no association.', RADIO];
  if (step === 'authentication' || step === 'association') {
    return ['See whether the access point hears this station at all: channel, signal, access lists.', RADIO];
  }
  if (m3.length > 0) {
    return [
      'Update the station’s driver: message 4 must leave unencrypted, before the key is installed.',
      'Let the access point repeat message 3 more often or wait longer.',
      RADIO,
    ];
  }
  if (m2.length > 0)
    return ['Look into the log of the access point: whether message 2 arrived, and what it had against it.', RADIO];
  return [
    NOT_PUT_TO_THE_TEST,
    'Look into the log of the station: whether message 1 arrived, and why message 2 was not sent.',
    RADIO,
  ];
};

const refused: Todo = ({ authentications, association }) => {
  const status = association?.status ?? authentications.findLast(isRefusal)?.status;
  const todo = status === undefined ? undefined : todoOfStatus(status);
  return [todo ?? 'Look into the log of the access point for the reason of its refusal.'];
};

const checkPassphrase: Todo = (connection) => [
  'Enter the passphrase on the station again; mind capitals, spaces at the ends and the keyboard’s layout.',
  ...(connection.credential === 'none' && networkKind(connection) !== 'sae'
    ? ['Run this again with the network’s passphrase (--keys): then it is proven and not only likely.']
    : ['See that the access point itself has the passphrase it is believed to have.']),
];

const eapRefused: Todo = ({ eap }) => {
  const hasNoCommon = eap !== undefined && eap.wanted.length > 0 && eap.method === undefined;
  return hasNoCommon
    ? ['Allow one EAP method at both ends.']
    : ['Look into the log of the RADIUS server for this station: user name, password, certificate, policy.'];
};

const eapSilent: Todo = ({ eap }) =>
  eap?.unanswered === undefined
    ? ['Look whether the access point reaches its RADIUS server.', 'See that 802.1X is switched on at the access point.']
    : [
        'Look at the station: it may be waiting for a user (credentials, trust in a certificate).',
        'If the last request was large, look for lost fragments: lower the EAP fragment size or the MTU to the RADIUS server.',
      ];

const sae: Todo = (connection, judgement) =>
  judgement.passphrase === 'likelyWrong' ? checkPassphrase(connection, judgement) : refused(connection, judgement);

const elements: Todo = () => [
  'Compare AKM, ciphers, PMF and RSNXE of beacon, association request and messages 2 and 3, as shown above.',
  'Update the driver of the side that changes its element between the two.',
];

const keys: Todo = (connection) =>
  networkKind(connection) === 'oneX'
    ? ['Clear the PMK caches of both ends, so that the station authenticates in full.']
    : ['Clear the PMK caches of both ends.', 'See that all access points of this network have the same passphrase.'];

const todos: Readonly<Record<Cause, Todo>> = {
  none: () => [],
  wrongPassphrase: checkPassphrase,
  likelyWrongPassphrase: checkPassphrase,
  messageLost: lost,
  keyMismatch: keys,
  elementMismatch: elements,
  forgedFrame: () => [
    'Do not change the passphrase: it was not put to the test.',
    'Look for who transmits the other message 1s: compare signal and sequence numbers with those of the access point.',
    'Update the station: it should keep the keys of every message 1 it answered until message 3 tells which was genuine.',
  ],
  keyReinstallation: () => ['Update the side that installed its key again (KRACK, CVE-2017-13077 to 13082).'],
  eapFailure: eapRefused,
  eapTimeout: eapSilent,
  tlsAlert: ({ eap }) => {
    const alert = tlsFailure(eap);
    return alert === undefined ? [] : [todoOfAlert(alert.description, alert.from)];
  },
  saeFailure: sae,
  associationRefused: refused,
  groupRekeyLost: () => [
    'Update the station’s driver, and look whether it sleeps through group message 1 (power saving, DTIM).',
    'Raise the interval of group rekeys, or the number of repetitions, at the access point.',
  ],
  deauthenticated: (connection) =>
    farewellStorm(connection).length === 0
      ? ['Look into the log of the access point at this time for why it ended the connection.']
      : [
          'Find out who sends these farewells: a system that keeps foreign access points away, or an attacker. Their signal and sequence numbers differ from those of the beacons.',
          'Require protected management frames (PMF): then forged farewells are not believed.',
        ],
  stationLeft: () => ['Look into the log of the station for why it left: another network, a timeout of its own, or its user.'],
  apVanished: () => ['Look whether the access point restarted, changed its channel, or lost power.'],
  captureGap: ({ cut }) => [
    cut === undefined
      ? 'Capture again, for longer and nearer: what is missing here proves nothing.'
      : 'Capture again with whole packets (tcpdump -s 0): what is cut off here proves nothing.',
  ],
  unknown: () => ['Capture again together with the logs of both sides (wpa_supplicant -dd, hostapd -dd).'],
};

/** What to do next, in the order in which it is worth doing. */
export const adviceFor = (connection: Connection, judgement: Judgement): ReadonlyArray<string> =>
  todos[judgement.cause](connection, judgement);
