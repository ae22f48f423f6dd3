import { captureRuns } from './captureRuns.js';
import { labNames } from './lab.js';
import { labRuns } from './labRuns.js';
import { captureTable, labTable, passedList, totals } from './report.js';

/** What the tables cannot say of a case. */
const NOTES: ReadonlyArray<readonly [string, string]> = [
  [
    'adv-forged-m1',
    'Three messages 1 with nonces of an attacker follow the genuine one. wpa_supplicant went on with the last, verified no message 3 and was turned away, with the right passphrase. Here all four are answered, and the MIC of message 3 decides which of them counted: its keys go in, and message 4 goes out.',
  ],
  ['adv-krack-resend', 'Message 3 comes again, encrypted. It is answered and installs nothing.'],
  [
    'adv-replay-m3',
    'The same message 3 comes again three times, in the clear. Its replay counter is not new, and it is dropped.',
  ],
  [
    'psk-m4-lost-m3-retry',
    'Message 4 is lost, and an access point that has no key yet repeats message 3 in the clear. It is answered and installs nothing.',
  ],
  [
    'psk-m2-lost-timeout',
    'No message 2 arrives. A station cannot tell this from a wrong passphrase, and says "probably", as wpa_supplicant does.',
  ],
  [
    'multi-sta',
    'The recording of the air lacks three messages of the group handshake, so four frames under the new group key stay closed; the logs of the stations have them all.',
  ],
  [
    'wpa1-tkip',
    'The first group message 1 was on the air before the station had its key, and its hardware dropped it. The method had its key in time and answers; the same message came again later.',
  ],
  ['ft-psk-roam', 'The first association. The roams that follow have no handshake of four messages.'],
  ['wpa3-sae-wrongpass', 'Fails in the exchange before the association, so there is nothing to run here.'],
  [
    'krackattacks',
    'The station of that capture installed a key of zeros. Here the forged message 1 is dropped, because it came in the clear when there were keys, and message 3 again installs nothing.',
  ],
];

const INTRODUCTION = `# Interoperability

<!-- Written by \`UPDATE_INTEROP=1 npm run spec -- spec/real/interoperability.spec.ts\`; do not edit. -->

The key handshakes of this package, run in the place of real stations. A method gets the frames of a recorded association, the
secrets and the nonces of its station, and what the access point sent, in order and with its times. What it sends is compared
with what the station sent, octet for octet; what it installs, with what the station installed; and its keys have to open every
frame that was encrypted, rekeys included.

`;

const LAB = `## hostapd and wpa_supplicant 2.10

Each association twice: with the packets as they were on the air, and with those the station's own log shows. Every message is
the same, octet for octet, with one setting for all: the default policy. *keys*: how many of the keys are those the station gave
its driver, with index and receive counter.

`;

const CAPTURES = `## Captures of the wild

Stations of many makers, recorded by others. *same*: octet for octet. *same MIC key*: the MIC of the station's message is made
with the key that was derived here, whatever else it says. *keys confirmed*: found by independent analysers as well. A capture
tells the EAPOL version of its station, which the policy sets (\`eapolVersion\`); all other differences are in the remarks, and
access points are not particular about them: the key length in a message of a station, a nonce in message 4, the Secure bit in
message 2, the index of WPA's group key.

`;

const summary = (): string => {
  const lab = labNames.flatMap(labRuns);
  const [air, log] = [totals(lab.map((run) => run.air.comparison)), totals(lab.flatMap((run) => run.log?.comparison ?? []))];
  const captures = totals(captureRuns().runs.map(({ run }) => run.comparison));
  return [
    `- hostapd and wpa_supplicant 2.10: ${air.associations} associations; ${air.same} of ${air.messages} messages on the air and`,
    `  ${log.same} of ${log.messages} in the logs are the same, octet for octet.`,
    `- Captures of the wild: ${captures.associations} associations; ${captures.same} of ${captures.messages} messages are the same,`,
    '  octet for octet, and all of them are made with the same key.',
  ].join('\n');
};

/** The whole of docs/interoperability.md. */
export const interoperability = (): string => {
  const { runs, passed } = captureRuns();
  const notes = NOTES.map(([name, note]) => `- **${name}**: ${note}`).join('\n');
  return [
    `${INTRODUCTION}${summary()}`,
    `${LAB}${labTable(labNames.flatMap(labRuns))}`,
    `${CAPTURES}${captureTable(runs)}`,
    `Not run, although a secret is known:\n\n${passedList(passed)}`,
    `## Remarks\n\n${notes}`,
  ]
    .join('\n\n')
    .concat('\n');
};
