import { expect } from 'chai';
import { createAttempt } from '../../../../operators/core/shadow/Attempt.js';
import type { EapWatch } from '../../../../operators/core/shadow/eapWatch.js';
import type { KeyWatch } from '../../../../operators/core/shadow/index.js';
import { handOnMsk } from '../../../../operators/core/shadow/watching.js';
import { Secret } from '../../../../streams/events/index.js';

const secretOf = (octet: number): Secret => Secret.of(new Uint8Array(64).fill(octet));

describe('handOnMsk', () => {
  it('hands on each key once, and that of another authentication too', () => {
    const attempt = createAttempt(
      { station: 1, ap: 2, frame: 1, time: 0 },
      { medium: 'air', beginning: 'association' },
      { announced: undefined, elapsed: 0, lost: 0, isTaped: false },
    );
    const learnt: Secret[] = [];
    const keyWatch: Pick<KeyWatch, 'learn'> = { learn: (secret) => learnt.push(secret) };
    attempt.keyWatch = keyWatch as KeyWatch;
    const [first, second] = [secretOf(1), secretOf(2)];
    for (const msk of [undefined, first, first, second, second]) {
      const eapWatch: EapWatch = { take: () => undefined, facts: () => undefined, msk };
      attempt.eapWatch = eapWatch;
      handOnMsk(attempt);
    }
    expect(learnt).to.deep.equal([first, second]);
  });
});
