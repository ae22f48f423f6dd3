import { expect } from 'chai';
import {
  corrected,
  delayAfter,
  endWords,
  type Failures,
  failedWith,
  failuresAfter,
  hopelessWords,
  noFailures,
  portWords,
  reasonToLeave,
  statusWords,
  suspectedBy,
} from '../../../../adapters/linux/wifi/afterFailure.js';
import { raised } from '../../../../adapters/linux/wifi/afterNotice.js';
import type { Credentials, Demands } from '../../../../adapters/linux/wifi/Demands.js';
import { remarksOn } from '../../../../adapters/linux/wifi/otherSupplicants.js';
import { faultOfRefusal, win32Of } from '../../../../adapters/linux/wifi/radioFault.js';
import type { EapFault } from '../../../../operators/core/index.js';
import { L2Reason, Win32 } from '../../../../streams/events/index.js';

const { MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_KEY_START_TIMEOUT, MSMSEC_KEY_SUCCESS_TIMEOUT, ONEX_EAP_FAILURE_RECEIVED } =
  L2Reason.codes;

describe('what follows a failure', () => {
  const following = (...reasons: ReadonlyArray<number | undefined>) =>
    reasons.reduce<Failures>((failures, reason) => failedWith(failures, reason), noFailures);

  it('is another attempt, later each time, and never later than half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 40].map((count) =>
      delayAfter(following(...Array.from({ length: count }, () => undefined))),
    );
    expect(delays).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('is none when the passphrase looked wrong twice in a row', () => {
    expect(hopelessWords(following(MSMSEC_PSK_MISMATCH_SUSPECTED))).to.equal(undefined);
    expect(hopelessWords(following(MSMSEC_PSK_MISMATCH_SUSPECTED, undefined, MSMSEC_PSK_MISMATCH_SUSPECTED))).to.equal(undefined);
    expect(hopelessWords(following(undefined, MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_PSK_MISMATCH_SUSPECTED))).to.match(
      /passphrase/,
    );
  });

  const refused = (...faults: ReadonlyArray<EapFault['code']>) =>
    faults.reduce<Failures>((failures, fault) => failedWith(failures, ONEX_EAP_FAILURE_RECEIVED, fault), noFailures);

  it('of 802.1X waits for a minute, and is the last when a server has refused us twice', () => {
    expect(delayAfter(refused('wrongPassword'))).to.equal(60_000);
    expect(hopelessWords(refused('wrongPassword'))).to.equal(undefined);
    expect(hopelessWords(refused('wrongPassword', 'rejected'))).to.match(/refused us twice/);
    expect(hopelessWords(refused('wrongPassword', 'noAnswer', 'rejected'))).to.equal(undefined);
  });

  it('of a certificate comes again each minute, and of silence sooner', () => {
    expect(delayAfter(refused('certificate', 'certificate', 'certificate'))).to.equal(60_000);
    expect(hopelessWords(refused('certificate', 'certificate', 'certificate'))).to.equal(undefined);
    expect(delayAfter(refused('noAnswer'))).to.equal(1000);
  });

  it('looks like a wrong passphrase when the access point gives up the handshake', () => {
    const refused = { messages1: 2, isHeard: true };
    const suspected = [0x1000f, 0x10003, 0x2000f].map((status) => suspectedBy(status, refused));
    expect(suspected).to.deep.equal([MSMSEC_PSK_MISMATCH_SUSPECTED, undefined, undefined]);
  });

  it('looks like bad air when nothing of ours was heard, or nothing came', () => {
    const bad = [{ messages1: 4, isHeard: false }, { messages1: 1, isHeard: true }, { messages1: 0 }];
    expect(bad.map((signs) => suspectedBy(0x1000f, signs))).to.deep.equal([
      ...[MSMSEC_KEY_SUCCESS_TIMEOUT, MSMSEC_KEY_SUCCESS_TIMEOUT, MSMSEC_KEY_START_TIMEOUT],
    ]);
  });

  it('is not what the engine suspects when nothing of ours was heard', () => {
    expect(corrected(MSMSEC_PSK_MISMATCH_SUSPECTED, { messages1: 4, isHeard: false })).to.equal(MSMSEC_KEY_SUCCESS_TIMEOUT);
    expect(corrected(MSMSEC_PSK_MISMATCH_SUSPECTED, { messages1: 4, isHeard: true })).to.equal(MSMSEC_PSK_MISMATCH_SUSPECTED);
    expect(corrected(MSMSEC_PSK_MISMATCH_SUSPECTED, { messages1: 4 })).to.equal(MSMSEC_PSK_MISMATCH_SUSPECTED);
    expect(corrected(ONEX_EAP_FAILURE_RECEIVED, { messages1: 0, isHeard: false })).to.equal(ONEX_EAP_FAILURE_RECEIVED);
  });

  it('forgets the failures before a connection that has lasted, and no others', () => {
    const failures = { ...noFailures, count: 3, suspicions: 1 };
    expect(failuresAfter(failures, 9_999)).to.deep.equal({ ...noFailures, count: 3 });
    expect(failuresAfter(failures, 10_000)).to.equal(noFailures);
  });

  it('tells what a handshake lacked that the access point gave up', () => {
    expect(endWords(0x1000f, { messages1: 1 })).to.equal(
      'the access point deauthenticated us (reason 15): its message 3 never came',
    );
    expect(endWords(0x10005, { messages1: 1 })).to.equal('the access point deauthenticated us (reason 5)');
  });

  it('tells what a handshake lacked that the engine gave up', () => {
    const unheard = { messages1: 4, isHeard: false };
    expect(portWords(MSMSEC_KEY_SUCCESS_TIMEOUT, unheard)).to.match(/^the port did not come up: it heard nothing of us/);
    expect(portWords(ONEX_EAP_FAILURE_RECEIVED, unheard)).to.equal('the port did not come up');
  });

  it('tells the access point a reason of its own language', () => {
    const reasons = [0, MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_KEY_START_TIMEOUT, ONEX_EAP_FAILURE_RECEIVED, 0x10001];
    expect(reasons.map(reasonToLeave)).to.deep.equal([3, 15, 15, 23, 1]);
  });

  it('is told in words', () => {
    expect(statusWords(0x10005)).to.equal('the access point deauthenticated us (reason 5)');
    expect(statusWords(0x20008)).to.equal('the access point disassociated us (reason 8)');
    expect(statusWords(0x30011)).to.equal('the access point refused the association (status 17)');
    expect(statusWords(2)).to.equal('the access point cannot be reached');
    expect(statusWords(7)).to.equal(
      'this machine has left: it went to sleep, its interface was switched off or taken away, or a program had it leave',
    );
  });
});

describe('what an access point says in message 3', () => {
  const network = (credentials: Credentials, more: Partial<Demands> = {}) => ({ ssid: new Uint8Array(1), credentials, ...more });

  it('raises what is demanded, each bit of its own kind', () => {
    expect(raised(network('passphrase'), Uint8Array.of(0x01))).to.deep.equal({ security: 'wpa3-personal' });
    expect(raised(network('eap', { security: 'wpa2-enterprise' }), Uint8Array.of(0x04))).to.deep.equal({ requiresPmf: true });
    expect(raised(network('none'), Uint8Array.of(0x08))).to.deep.equal({ security: 'owe' });
    expect(raised(network('passphrase'), Uint8Array.of(0x0e))).to.equal(undefined);
    expect(raised(network('none'), new Uint8Array(0))).to.equal(undefined);
  });

  it('is no news twice', () => {
    expect(raised(network('passphrase', { security: 'wpa3-personal' }), Uint8Array.of(0x01))).to.equal(undefined);
    expect(raised(network('eap', { requiresPmf: true }), Uint8Array.of(0x04))).to.equal(undefined);
    expect(raised(network('none', { security: 'owe' }), Uint8Array.of(0x08))).to.equal(undefined);
  });
});

describe('a refusal of the kernel', () => {
  it('is a Win32 code for the engine', () => {
    expect(['EPERM', 'EINVAL', 'ENODEV', 'EWHATEVER'].map((errno) => win32Of({ errno }))).to.deep.equal([
      Win32.codes.ERROR_ACCESS_DENIED,
      Win32.codes.ERROR_INVALID_PARAMETER,
      Win32.codes.ERROR_DEVICE_NOT_CONNECTED,
      Win32.codes.ERROR_GEN_FAILURE,
    ]);
  });

  it('is a sentence with the errno, the words of the kernel, and what to do', () => {
    expect(faultOfRefusal({ errno: 'ERFKILL' }, 'scan').message).to.match(/cannot scan: .*rfkill unblock wifi.*\(ERFKILL\)/);
    expect(faultOfRefusal({ errno: 'EINVAL', message: 'bad key' }, 'scan').message).to.equal(
      'cannot scan: the kernel says "bad key" (EINVAL)',
    );
    expect(faultOfRefusal({ errno: 'EIO' }, 'scan').message).to.equal('cannot scan: the kernel refused it (EIO)');
  });
});

describe('other programs on an interface', () => {
  it('are named once, with what keeps them off', () => {
    expect(remarksOn(['bash', 'NetworkManager', 'iwd', 'iwd'], 'wlan0')).to.deep.equal([
      'NetworkManager runs; keep it off with: nmcli device set wlan0 managed no',
      'iwd runs; if it has wlan0, stop it with: systemctl stop iwd',
    ]);
    expect(remarksOn(['constructor', 'toString'], 'wlan0')).to.deep.equal([]);
  });
});
