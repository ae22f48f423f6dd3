import { expect } from 'chai';
import * as fc from 'fast-check';
import { isSentAway } from '../../../../adapters/linux/wifi/afterFailure.js';
import {
  afterEnd,
  type Course,
  type End,
  endOf,
  newCourse,
  portFailed,
  portOpened,
  settled,
} from '../../../../adapters/linux/wifi/Course.js';
import { AssocStatus, L2Reason } from '../../../../streams/events/index.js';

const { UNREACHABLE, DISASSOCIATED_BY_OS } = AssocStatus.codes;
const DEAUTHENTICATED = 0x10000;
const LASTING = 10_000;

/** The end of a connection that was up so long. */
const lost = (status: number, lastedMs: number, course: Course = newCourse) => {
  const up = portOpened(course, 0);
  return afterEnd(up, endOf(up, status, true), lastedMs);
};

describe('what follows the end of a connection', () => {
  it('that has lasted: a search near by, at once, and nothing is held against it', () => {
    for (const status of [UNREACHABLE, DEAUTHENTICATED + 1, 0x20000 + 8]) {
      const { course, sequel } = lost(status, LASTING);
      expect(sequel).to.deep.equal({ kind: 'seek', ms: 0, search: 'near' });
      expect(course).to.deep.equal(newCourse);
    }
  });

  it('that has not lasted: at once if nothing has failed before, then later each time, and everywhere in the end', () => {
    let course = newCourse;
    const sequels = [1, 2, 3, 4].map(() => {
      const after = lost(DEAUTHENTICATED + 1, LASTING - 1, course);
      course = after.course;
      return after.sequel;
    });
    expect(sequels).to.deep.equal([
      { kind: 'seek', ms: 0, search: 'near' },
      { kind: 'seek', ms: 1000, search: 'near' },
      { kind: 'seek', ms: 2000, search: 'near' },
      { kind: 'seek', ms: 4000, search: 'all' },
    ]);
    expect(lost(DEAUTHENTICATED + 1, LASTING, course).sequel).to.include({ ms: 0, search: 'near' });
  });

  it('that this side has ended: a search near by, when it is known what this side does', () => {
    expect(lost(DISASSOCIATED_BY_OS, LASTING).sequel).to.deep.equal({ kind: 'seek', ms: 1000, search: 'near' });
  });

  it('whose access point says to stay away: a search everywhere, and not at once', () => {
    for (const reason of [5, 10, 12, 14, 15, 23, 24, 33, 47, 1000])
      expect(lost(DEAUTHENTICATED + reason, LASTING).sequel).to.deep.equal({ kind: 'seek', ms: 1000, search: 'all' });
    expect([1, 2, 3, 4, 6, 7, 8, 9, 16].filter((reason) => isSentAway(DEAUTHENTICATED + reason))).to.deep.equal([]);
    expect(isSentAway(0x30005)).to.equal(false);
  });

  it('whose port has failed: what the failure says', () => {
    const up = portFailed(portOpened(newCourse, 0), L2Reason.codes.MSMSEC_KEY_SUCCESS_TIMEOUT);
    const end = endOf(up, UNREACHABLE, true);
    expect(end).to.include({ reason: L2Reason.codes.MSMSEC_KEY_SUCCESS_TIMEOUT });
    expect(afterEnd(settled(up), end, LASTING).sequel).to.deep.equal({ kind: 'seek', ms: 1000, search: 'all' });
  });

  it('by an access point whose sending away the keys came too late for: what the access point says', () => {
    const failing = portFailed(newCourse, L2Reason.codes.MSMSEC_NIC_FAILURE);
    expect(endOf(failing, DEAUTHENTICATED + 1, false)).to.include({ why: 'the access point deauthenticated us (reason 1)' });
    expect(endOf(failing, UNREACHABLE, false)).to.include({ reason: L2Reason.codes.MSMSEC_NIC_FAILURE });
    const refused = portFailed(newCourse, L2Reason.codes.MSMSEC_KEY_SUCCESS_TIMEOUT);
    expect(endOf(refused, DEAUTHENTICATED + 1, false)).to.include({ reason: L2Reason.codes.MSMSEC_KEY_SUCCESS_TIMEOUT });
  });

  it('by 802.1X: a minute, however long it has lasted, and the end of it when the server has refused twice', () => {
    const eapFault = { code: 'rejected', message: 'no' } as const;
    const up = { ...portOpened(newCourse, 0), eapFault };
    const after = afterEnd(up, endOf(up, DEAUTHENTICATED + 1, true), LASTING);
    expect([after.sequel, after.fault]).to.deep.equal([{ kind: 'seek', ms: 60_000, search: 'all' }, eapFault]);
    expect(after.course.eapFault).to.equal(undefined);
    const again = afterEnd({ ...after.course, eapFault }, { why: '' }, 0);
    expect(again.sequel.kind).to.equal('giveUp');
  });

  it('is at once no more than once, unless a connection has lasted meanwhile, and never sooner than the time before', () => {
    const visit = fc.record({
      isUp: fc.boolean(),
      lastedMs: fc.integer({ min: 0, max: 2 * LASTING }),
      status: fc.constantFrom(UNREACHABLE, DISASSOCIATED_BY_OS, ...[1, 5, 15].map((reason) => DEAUTHENTICATED + reason)),
    });
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 30 }), (visits) => {
        let [course, now, before, haveFailed]: [Course, number, number, boolean] = [newCourse, 0, 0, false];
        for (const { isUp, lastedMs, status } of visits) {
          if (isUp) course = portOpened(course, now);
          now += lastedMs;
          const end: End = isUp ? endOf(course, status, true) : { why: 'nobody answered' };
          const after = afterEnd(course, end, now);
          course = after.course;
          const ms = after.sequel.kind === 'seek' ? after.sequel.ms : Number.NaN;
          const hasLasted = isUp && lastedMs >= LASTING;
          if (!hasLasted) expect(ms).to.be.at.least(haveFailed ? Math.max(1000, Math.min(before, 30_000)) : 0);
          before = hasLasted ? 0 : ms;
          haveFailed = !hasLasted || isSentAway(status);
        }
      }),
    );
  });
});
