import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { eapolWords } from '../../../../adapters/cli/live/wifi/eapolWords.js';
import type { WifiRequest } from '../../../../adapters/cli/live/wifi/WifiRequest.js';
import { wifiCredentials } from '../../../../adapters/cli/live/wifi/wifiCredentials.js';
import { octets } from '../../linux/wifi/accessPoints.js';
import { runOver } from '../testIo.js';

const live = (...argv: ReadonlyArray<string>) => runOver('', ['live', 'wifi', ...argv]);

const errorOf = async (...argv: ReadonlyArray<string>): Promise<string> => {
  const { status, err } = await live(...argv);
  expect(status).to.equal(2);
  return err;
};

describe('postassoc live wifi', () => {
  it('says what it needs, before it does anything', async () => {
    expect(await errorOf('--ssid', 'home')).to.match(/needs --interface NAME/);
    expect(await errorOf('-i', 'wlan0')).to.match(/needs to know the network: --ssid NAME/);
    expect(await errorOf('-i', 'wlan0', '--ssid', 'x'.repeat(33))).to.match(/1 to 32 octets, and this has 33/);
    expect(await errorOf('-i', 'wlan0', '--ssid', 'home', '--bssid', '02:00')).to.match(/--bssid is an address/);
    expect(await errorOf('-i', 'wlan0', '--ssid', 'home', '--freq', '6')).to.match(/frequency in MHz/);
    expect(await errorOf('-i', 'wlan0', '--profile', 'a', '--passphrase-file', 'b')).to.match(/exclude each other/);
    expect(await errorOf('-i', 'wlan0', '--ssid', 'home', '--promiscuous')).to.match(/--promiscuous is for live wired/);
    expect(await errorOf('-i', 'wlan0', '--ssid', 'home', '--metrics', '0')).to.match(/--metrics is a port/);
    expect(await errorOf('-i', 'wlan0', '--ssid', 'home', 'more')).to.match(/nothing more/);
    const home = ['-i', 'wlan0', '--ssid', 'home'];
    expect(await errorOf(...home, '--security', 'wpa2')).to.match(/one of open, owe, wpa2-personal, wpa3-personal, not "wpa2"/);
    expect(await errorOf(...home, '--security', 'wpa3-personal')).to.match(/takes --passphrase-file FILE/);
    expect(await errorOf(...home, '--security', 'owe', '--passphrase-file', 'p')).to.match(/no place for a passphrase/);
    expect(await errorOf(...home, '--profile', 'p', '--security', 'owe')).to.match(/exclude each other/);
    expect(await errorOf(...home, '--insecure-wpa1', '--require-pmf')).to.match(/keep out/);
  });

  it('tells of an interface that is none', async () => {
    if (process.platform !== 'linux') return;
    expect(await errorOf('-i', 'nosuch0', '--capabilities')).to.match(/no interface nosuch0/);
    expect(await errorOf('-i', 'nosuch0', '--ssid', 'open network')).to.match(/no interface nosuch0/);
  });
});

describe('the credentials of a Wi-Fi network', () => {
  const request: WifiRequest = {
    ...{ interface: 'wlan0', showsCapabilities: false, isOnce: false, isJson: false, showsCalls: false },
    ...{ recordsSecrets: false, cachesOpportunistically: false, byPackets: false },
    ssid: 'home',
  };
  let folder = '';
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postassoc-wifi-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = async (changes: Partial<WifiRequest>) => {
    const credentials = await wifiCredentials({ ...request, ...changes });
    return credentials._tag === 'Left' ? credentials.left.join(' ') : credentials.right;
  };

  it('of a file are its passphrase without the end of its line', async () => {
    const found = await read({ passphraseFile: file('good', 'correct horse battery\n') });
    if (typeof found === 'string') throw new Error(found);
    expect(new TextDecoder().decode(found.passphrase?.reveal())).to.equal('correct horse battery');
    expect(found.network.credentials).to.equal('passphrase');
    found.release();
    expect(found.passphrase?.reveal()).to.deep.equal(new Uint8Array(21));
  });

  it('that are no passphrase are refused, and not shown', async () => {
    const said = await read({ passphraseFile: file('short', 'secret!\n') });
    expect(said)
      .to.match(/8 to 63 printable ASCII characters/)
      .and.not.contain('secret!');
    expect(await read({ passphraseFile: join(folder, 'nowhere') })).to.match(/there is no such file/);
  });

  it('of a profile say what is demanded, and options may add to that', async () => {
    const lines = ['name: Home', 'ssid: cottage', 'security: wpa3-personal', 'passphrase: pw', 'passwordIdentifier: staff'];
    const profileFile = file('wpa3.yaml', `${lines.join('\n')}\n`);
    const found = await read({ profileFile, requiresPmf: true });
    if (typeof found === 'string') throw new Error(found);
    expect(found.network).to.deep.include({ security: 'wpa3-personal', requiresPmf: true, credentials: 'passphrase' });
    expect(new TextDecoder().decode(found.network.passwordIdentifier)).to.equal('staff');
    expect(await read({ profileFile, insecureWpa1: true })).to.match(/keeps out what --insecure-wpa1 lets in/);
    const wire = file('wire.yaml', 'name: Desk\nsecurity: wired\neap: { methods: PWD, identity: u, password: p }\n');
    expect(await read({ profileFile: wire })).to.match(/see live wired/);
  });

  it('of WPA3 may be any password, of WPA2 a passphrase', async () => {
    const passphraseFile = file('short3', 'pw\n');
    expect(await read({ passphraseFile, security: 'wpa3-personal' })).to.be.an('object');
    expect(await read({ passphraseFile, security: 'wpa2-personal' })).to.match(/8 to 63/);
  });

  it('of a profile are its passphrase or its EAP, and its network', async () => {
    const personal = file('home.yaml', 'name: Home\nssid: cottage\nsecurity: wpa2-personal\npassphrase: correct horse battery\n');
    const { ssid: _, ...nameless } = request;
    const found = await wifiCredentials({ ...nameless, profileFile: personal });
    if (found._tag === 'Left') throw new Error(found.left.join(' '));
    expect(new TextDecoder().decode(found.right.network.ssid)).to.equal('cottage');
    expect(found.right.network.credentials).to.equal('passphrase');
    const office = file(
      'office.yaml',
      'name: Office\nsecurity: wpa2-enterprise\neap: { methods: PWD, identity: u, password: p }\n',
    );
    const enterprise = await read({ profileFile: office });
    expect(typeof enterprise === 'object' && enterprise.network.credentials).to.equal('eap');
    const unnamed = await wifiCredentials({ ...nameless, profileFile: office });
    expect(unnamed._tag === 'Left' && unnamed.left.join()).to.match(/names no network/);
  });

  it('of nobody are none', async () => {
    const found = await read({});
    expect(typeof found === 'object' && found.network.credentials).to.equal('none');
  });
});

describe('EAPOL in words', () => {
  const key = (information: string, dataLength = '0000'): string =>
    eapolWords(octets(`0203005f02${information}${'00'.repeat(90)}${dataLength}`));

  it('names the messages of the handshakes', () => {
    expect(
      ['008a', '010a', '13ca', '030a'].map((information) => key(information, information === '010a' ? '0016' : '0000')),
    ).to.deep.equal(['message 1 of 4', 'message 2 of 4', 'message 3 of 4', 'message 4 of 4']);
    expect([key('1382'), key('0302'), key('0b0a')]).to.deep.equal(['group message 1', 'group message 2', 'EAPOL-Key request']);
  });

  it('names what is no key', () => {
    expect(eapolWords(octets('02010000'))).to.equal('EAPOL-start');
    expect(eapolWords(octets('02'))).to.equal('malformed EAPOL');
  });
});
