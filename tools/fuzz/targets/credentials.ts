import { readCredential, readCredentials } from '../../../adapters/capture/credentials/index.js';
import { observe } from '../features.js';
import { demand, type Target } from '../target.js';
import { elsewhere } from './rsn/secrets.js';

/** What is said about a text is plain ASCII, and what is not comes from the text: it may be a secret. */
const demandSilence = (sentence: string): void => {
  demand(sentence.length < 300, `a sentence of ${sentence.length} characters`);
  demand(/^[\u0020-\u007e]*$/.test(sentence), 'a sentence that quotes the text');
  observe(sentence.replaceAll(/\d+/g, 'n'));
};

const read = (data: Uint8Array): void => {
  const text = Buffer.from(data).toString('latin1');
  const { credentials, faults } = readCredentials(text, 'keys');
  const lines = text.split('\n').length;
  demand(credentials.length <= 2 * lines, `${credentials.length} credentials of ${lines} lines`);
  faults.forEach(demandSilence);
  for (const { kind, ...rest } of credentials) observe(`${kind} ${'ssid' in rest}`);
  const one = readCredential(text);
  if (one._tag === 'Left') demandSilence(one.left);
};

const KEY = '0123456789abcdef'.repeat(4);

/** What is made here is the caller's to destroy. */
export const fuzz = (data: Uint8Array): void => elsewhere(() => read(data));

const seeds = (): ReadonlyArray<Uint8Array> =>
  [
    `wpa-pwd:passw%6frd:net\nwpa-psk:${KEY}\npmk:${KEY}:x\ntk:${KEY.slice(32)}\nmsk:${KEY}${KEY}\nwep:01\n# x`,
    String.raw`"wpa-pwd","pass\x22word:caf\xc3\xa9"`,
    `CLIENT_RANDOM ${KEY} ${KEY.slice(16)}${KEY.slice(16)}\nEXPORTER_SECRET ${KEY} ${KEY}\nRSA 00 00`,
    `network={\n ssid=P"a\\x62\\n" # c\n psk="pass#word"\n}\nnetwork={\n psk=${KEY}\n ssid=00ff\n sae_password="abc"\n}\ncred={\n}`,
    `interface=w\nssid=a b\nwpa_passphrase=password\nbss=x\nssid2="q"\nwpa_psk=${KEY}\nsae_password=12345678|mac=1`,
  ].map((text) => new Uint8Array(Buffer.from(text, 'latin1')));

export const credentials: Target = { name: 'credentials', slice: 2000, fuzz, seeds };
