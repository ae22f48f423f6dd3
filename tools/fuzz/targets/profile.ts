import { readProfiles } from '../../../adapters/profile/index.js';
import { observe } from '../features.js';
import { demand, type Target } from '../target.js';
import { elsewhere } from './rsn/secrets.js';

const MANY = 400;
/** Letters that a secret is made of here, and nothing else is. */
const SECRET = /\u00a7{3}/u;

const sentence = (words: string): void => {
  demand(words.length < MANY, `a sentence of ${words.length} characters`);
  demand(!SECRET.test(words), 'a sentence that quotes a secret');
  observe(words.replaceAll(/\d+/g, 'n').slice(0, 80));
};

const read = (data: Uint8Array): void => {
  const text = new TextDecoder().decode(data);
  const profiles = readProfiles(text, 'p');
  if (profiles._tag === 'Left') {
    demand(profiles.left.length > 0, 'a refusal without a reason');
    profiles.left.forEach(sentence);
    return;
  }
  for (const { remarks, eap, security, passphrase } of profiles.right) {
    remarks.forEach(sentence);
    observe(`${security} ${eap?.methods.map(({ method }) => method).join()} ${eap?.server === undefined}`);
    const { password, ntHash, identity } = eap ?? {};
    demand(!SECRET.test(JSON.stringify({ password, ntHash, identity, passphrase })), 'a secret that shows');
  }
};

/** What is made here is the caller's to destroy. */
export const fuzz = (data: Uint8Array): void => elsewhere(() => read(data));

const SECRET_WORD = '§§§§';
const seeds = (): ReadonlyArray<Uint8Array> =>
  [
    `name: a\nssid: a\nsecurity: wpa2-enterprise\neap:\n  methods: PEAP\n  identity: a@b\n  password: ${SECRET_WORD}\n  server: { caFile: c, names: r.e }\n`,
    `{"name":"w","security":"wired","eap":{"methods":[{"method":"ttls","inner":{"eap":["GTC"]}},"PWD"],"identity":{"prompt":"?"},"certificate":{"pkcs12File":"m","keyPassphrase":{"command":["p"]}},"server":{"system":true,"names":[{"suffix":"e.o"}],"ocsp":"require"},"tlsMin":"1.2","fragmentSize":1000,"resumption":false}}`,
    `name: h\nssid: [a, b]\nsecurity: wpa3-personal\npassphrase: "${SECRET_WORD}"\n`,
    `network={\n ssid="a"\n key_mgmt=WPA-EAP\n eap=PEAP TTLS\n identity="u"\n password="${SECRET_WORD}"\n ca_cert="c"\n phase1="peaplabel=0 crypto_binding=2"\n phase2="auth=MSCHAPV2"\n domain_match="r"\n}\n`,
    `network={\n ssid=00ff\n key_mgmt=WPA-PSK SAE\n psk="${SECRET_WORD}§§§§"\n}\nnetwork={\n key_mgmt=IEEE8021X\n eap=TLS\n identity="u"\n client_cert="c"\n private_key="k"\n private_key_passwd="${SECRET_WORD}"\n ca_cert="hash://server/sha256/${'0a'.repeat(32)}"\n altsubject_match="DNS:r;URI:x"\n}\n`,
    'a: &a [1]\nb: *a\n? [c]\n: d\n--- \n!!binary x',
  ].map((text) => new TextEncoder().encode(text));

export const profile: Target = { name: 'profile', slice: 500, fuzz, seeds };
