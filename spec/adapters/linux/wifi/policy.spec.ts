import { expect } from 'chai';
import {
  delayAfter,
  failedWith,
  isHopeless,
  noFailures,
  reasonToLeave,
  statusWords,
  suspectedBy,
} from '../../../../adapters/linux/wifi/afterFailure.js';
import { remarksOn } from '../../../../adapters/linux/wifi/otherSupplicants.js';
import { faultOfRefusal, win32Of } from '../../../../adapters/linux/wifi/radioFault.js';
import { L2Reason, Win32 } from '../../../../streams/events/index.js';

const { MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_KEY_START_TIMEOUT, ONEX_EAP_FAILURE_RECEIVED } = L2Reason.codes;

describe('what follows a failure', () => {
  const following = (...reasons: ReadonlyArray<number | undefined>) => reasons.reduce(failedWith, noFailures);

  it('is another attempt, later each time, and never later than half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 40].map((count) =>
      delayAfter(following(...Array.from({ length: count }, () => undefined))),
    );
    expect(delays).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('is none when the passphrase looked wrong twice in a row', () => {
    expect(isHopeless(following(MSMSEC_PSK_MISMATCH_SUSPECTED))).to.equal(false);
    expect(isHopeless(following(MSMSEC_PSK_MISMATCH_SUSPECTED, undefined, MSMSEC_PSK_MISMATCH_SUSPECTED))).to.equal(false);
    expect(isHopeless(following(undefined, MSMSEC_PSK_MISMATCH_SUSPECTED, MSMSEC_PSK_MISMATCH_SUSPECTED))).to.equal(true);
  });

  it('looks like a wrong passphrase when the access point gives up the handshake', () => {
    expect([0x1000f, 0x10003, 0x2000f].map(suspectedBy)).to.deep.equal([MSMSEC_PSK_MISMATCH_SUSPECTED, undefined, undefined]);
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
