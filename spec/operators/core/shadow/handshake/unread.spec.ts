import { expect } from 'chai';
import { nodeCrypto } from '../../../../../adapters/crypto/index.js';
import { createObserver } from '../../../../../operators/core/shadow/index.js';
import { createExplainer } from '../../../../../operators/core/verdict/index.js';
import { BROADCAST, type Speaker } from '../../../../../streams/air/index.js';
import { A, associates, B, type Draft, heard, leaves, message, rsne, S, type Script } from '../../../../support/airScript.js';
import { hasLabCases, labBatches } from '../../../../support/labExplanations.js';
import { connectionsOf } from '../../../../support/observed.js';

const sealed = (from: Speaker, station = S, ap = A): Draft => ({
  ...{ kind: 'sealed', station, ap, from },
  sealed: { header: new Uint8Array(24), body: Uint8Array.of(1, 0, 0, 0x20, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9) },
});

const KEY_DATA_LENGTH_AT = 97;

/** A message 2 without key data would be a message 4. */
const message2 = (counter = 1): Draft => {
  const draft = message(2, S, A, counter);
  if (draft.kind !== 'eapol') return draft;
  const element = rsne();
  const packet = Uint8Array.of(...draft.packet, ...element);
  packet[3] = (packet[3] ?? 0) + element.length;
  packet[KEY_DATA_LENGTH_AT + 1] = element.length;
  return { ...draft, packet };
};

const toMessage3: Script = [...associates(0, S, A), [1, message(1, S, A)], [1.01, message2()], [1.02, message(3, S, A)]];

const outcomeOf = (...script: Script) => {
  const [connection] = connectionsOf(heard(...script));
  return { isComplete: connection?.handshakes[0]?.isComplete, proofs: connection?.traffic.proofs?.map(({ frame }) => frame) };
};

const nothing = { isComplete: false, proofs: undefined };

describe('protected frames that nobody can read', () => {
  it('of both ends after message 3: both are through', () => {
    const script: Script = [...toMessage3, [1.1, sealed('station')], [1.2, sealed('ap')], [1.3, sealed('station')]];
    expect(outcomeOf(...script)).to.deep.equal({ isComplete: true, proofs: [8, 9] });
  });

  it('of both ends after message 2, where message 3 was not captured', () => {
    const script: Script = [...toMessage3.slice(0, 6), [1.1, sealed('station')], [1.2, sealed('ap')]];
    expect(outcomeOf(...script)).to.deep.equal({ isComplete: true, proofs: [7, 8] });
  });

  it('of one end prove nothing, for it may be an encrypted message 4', () => {
    for (const from of ['station', 'ap'] as const) {
      expect(outcomeOf(...toMessage3, [1.1, sealed(from)], [4, sealed(from)])).to.deep.equal(nothing);
    }
  });

  it('of one end that goes on for long: the other is not heard', () => {
    expect(outcomeOf(...toMessage3, [1.1, sealed('station')], [12, sealed('station')])).to.deep.equal({
      ...{ isComplete: true, proofs: [9] },
    });
  });

  it('before the last message 3 prove nothing', () => {
    const script: Script = [...toMessage3, [1.1, sealed('station')], [2, message(3, S, A, 2)], [2.1, sealed('ap')]];
    expect(outcomeOf(...script)).to.deep.equal(nothing);
  });

  it('for all, or of another access point, prove nothing', () => {
    const script: Script = [...toMessage3, [1.1, sealed('station')], [1.2, sealed('ap', BROADCAST)], [1.3, sealed('ap', S, B)]];
    expect(outcomeOf(...script)).to.deep.equal(nothing);
  });

  it('of a renewal prove nothing: the key from before may protect them', () => {
    const secure = (draft: Draft): Draft => {
      if (draft.kind !== 'eapol') return draft;
      const packet = draft.packet.slice();
      packet[5] = (packet[5] ?? 0) | 0x02;
      return { ...draft, packet };
    };
    const renewal: Script = [message(1, S, A, 9), message2(9), message(3, S, A, 9)].map((draft, i) => [5 + i, secure(draft)]);
    const traffic: Script = [
      [8, sealed('station')],
      [9, sealed('ap')],
    ];
    expect(outcomeOf(...renewal, ...traffic)).to.deep.equal(nothing);
  });

  it('are wanted until they prove it, and not of a connection that is over', () => {
    const observer = createObserver({ crypto: nodeCrypto, credentials: [] });
    const watchedAfter = (...script: Script): ReadonlyArray<boolean> =>
      heard(...script).map((event) => {
        observer.take(event);
        return observer.isWatched(S, A);
      });
    const script: Script = [...toMessage3, [1.1, sealed('station')], [1.2, sealed('ap')]];
    expect(watchedAfter(...script)).to.deep.equal([false, false, false, false, false, true, true, true, false]);
    const anew: Script = [...toMessage3, [2, leaves('ap', S, A)]];
    expect(watchedAfter(...anew.map(([seconds, draft]) => [100 + seconds, draft] as const)).slice(-2)).to.deep.equal([
      true,
      false,
    ]);
  });

  it('make a real connection one whose message 4 the capture lost', function () {
    if (!hasLabCases) this.skip();
    const MESSAGE_4S: Readonly<Record<string, number>> = { 'wpa2-psk-ccmp': 111, 'eap-tls': 51 };
    for (const [name, message4] of Object.entries(MESSAGE_4S)) {
      const explainer = createExplainer({ crypto: nodeCrypto });
      const batches = labBatches(name, 64).map((batch) => {
        if (!('ends' in batch)) return batch;
        const at = message4 - batch.first;
        return { ...batch, ends: batch.ends.map((end, i) => (i === at ? (batch.starts[i] ?? 0) : end)) };
      });
      const [explanation] = [...batches.flatMap((batch) => explainer.take(batch)), ...explainer.finish()];
      expect([explanation?.outcome, explanation?.passphrase], name).to.deep.equal(['authorized', 'excluded']);
      expect(explanation?.handshakes[0]?.m4, name).to.deep.equal([]);
      const ids = explanation?.findings.map(({ id }) => id);
      expect(ids, name).to.include.members(['fourWay.message4NotCaptured', 'capture.openedByTraffic']);
    }
  });
});
