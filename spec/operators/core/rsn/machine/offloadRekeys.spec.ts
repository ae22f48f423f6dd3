import { expect } from 'chai';
import type { EffectOf } from '../../../../../streams/events/index.js';
import { Secret, toHex } from '../../../../../streams/events/index.js';
import { rekeyGroup, rekeyPairwise } from '../../../../support/authenticator/authenticator.js';
import { established, isZeroed, type Opened, setups } from '../../../../support/stages.js';

const offloading = { bench: { policy: { offloadsRekeys: true } } } as const;

type Offload = Pick<EffectOf<'setRekeyOffload'>, 'peer' | 'keys'>;

const offloadsOf = ({ bench }: Opened): ReadonlyArray<Offload> =>
  bench.calls.flatMap((call) => (call.kind === 'setRekeyOffload' ? [call] : []));

const last = (played: Opened): Offload => {
  const offload = offloadsOf(played).at(-1);
  if (offload === undefined) throw new Error('nothing was handed over');
  return offload;
};

describe('hardware that renews group keys while its host sleeps', () => {
  it('is told once all keys are in: what the access point answers by, and the counter of message 3', () => {
    const played = established(setups.psk, offloading);
    const { peer, keys } = last(played);
    expect(offloadsOf(played)).to.have.length(1);
    expect(peer).to.equal(played.network.peer);
    expect([toHex(keys.kck.reveal()), toHex(keys.kek.reveal())]).to.deep.equal(
      [played.ap.ptk?.kck, played.ap.ptk?.kek].map((key) => toHex(key ?? new Uint8Array(0))),
    );
    expect([keys.akm, toHex(keys.replayCounter)]).to.deep.equal([0x000fac02, '0000000000000002']);
    const { log } = played.bench;
    expect(log.indexOf('setRekeyOffload')).to.be.greaterThan(log.findLastIndex((line) => line.includes(': ')));
  });

  it('is told anew after a rekey of the group, with a higher counter, and after one of the pair, with other keys', () => {
    const played = established(setups.protectedPsk, offloading);
    const first = last(played);
    const afterGroup = { ...played, ap: played.bench.hear(rekeyGroup(played.ap)).ap };
    const second = last(afterGroup);
    expect(toHex(second.keys.replayCounter) > toHex(first.keys.replayCounter)).to.equal(true);
    expect(second.keys.kck.equals(first.keys.kck)).to.equal(true);
    const { ap } = played.bench.hear(rekeyPairwise(afterGroup.ap));
    const third = last(played);
    expect(toHex(third.keys.kck.reveal())).to.equal(toHex(ap.ptk?.kck ?? new Uint8Array(0)));
    expect(third.keys.kck.equals(first.keys.kck)).to.equal(false);
    expect(offloadsOf(played)).to.have.length(3);
  });

  it('has keys of the length its AKM has', () => {
    const { keys } = last(established(setups.suiteB192, offloading));
    expect([keys.kck.length, keys.kek.length]).to.deep.equal([24, 32]);
  });

  it('may refuse: the connection is none the worse', () => {
    const refuses = ({ kind }: { readonly kind: string }): boolean => kind === 'setRekeyOffload';
    const { bench } = established(setups.psk, { bench: { ...offloading.bench, refuses } });
    expect(bench.log).to.include('refused setRekeyOffload');
    expect(bench.completions).to.deep.equal(['0/0']);
    expect(bench.reports).to.deep.equal([]);
  });

  it('is told nothing unless there is such hardware, and nothing of WPA1, whose handshakes are others', () => {
    expect(offloadsOf(established(setups.psk))).to.deep.equal([]);
    expect(offloadsOf(established(setups.wpa, offloading))).to.deep.equal([]);
  });

  it('has its keys for as long as the port lives, and no longer', () => {
    const played = established(setups.psk, offloading);
    const { keys } = last(played);
    expect([keys.kck, keys.kek].some(isZeroed)).to.equal(false);
    played.bench.end();
    expect([keys.kck, keys.kek].every(isZeroed)).to.equal(true);
    expect([...played.bench.spied()].every(isZeroed)).to.equal(true);
  });

  it('shows no key where it is printed', () => {
    const { keys } = last(established(setups.psk, offloading));
    const shown = JSON.stringify(keys) + String(keys.kck);
    for (const key of [keys.kck, keys.kek]) expect(shown).not.to.include(toHex(key.reveal()));
    expect(keys.kck).to.be.instanceOf(Secret);
  });
});
