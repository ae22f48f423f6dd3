import { expect } from 'chai';
import fc from 'fast-check';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import { conclusionOf, ExplanationCodec, explainConnection, keyFingerprints } from '../../../../operators/core/verdict/index.js';
import { Secret, toHex } from '../../../../streams/events/index.js';
import { anyConnection } from '../../../support/anyConnection.js';
import { at, authentication, connection, eap, farewell, handshake, message, without } from '../../../support/connections.js';

const fingerprint = keyFingerprints(nodeCrypto);

describe('explainConnection', () => {
  it('has words for any facts, and its JSON reads back as the same', () => {
    fc.assert(
      fc.property(anyConnection, fc.boolean(), (seen, showSecrets) => {
        const explanation = explainConnection(seen, { showSecrets, fingerprint });
        const read = ExplanationCodec.decode(JSON.parse(JSON.stringify(explanation)));
        expect(read._tag).to.equal('Right');
        expect(read).to.have.deep.property('right', explanation);
      }),
      { numRuns: 500 },
    );
  });

  it('is pure: the same facts, the same words', () => {
    fc.assert(
      fc.property(anyConnection, (seen) => {
        expect(explainConnection(seen, { fingerprint })).to.deep.equal(explainConnection(seen, { fingerprint }));
      }),
      { numRuns: 100 },
    );
  });

  it('never shows a key or an identity unless it is asked to', () => {
    const key = Secret.of(new Uint8Array(16).fill(0xab));
    const identity = Secret.of(new TextEncoder().encode('alice@lab.example'));
    const groupKeys = [{ ...at(7), purpose: 'gtk' as const, index: 1, key, via: 'message 3' as const }];
    const seen = connection({
      handshakes: [handshake([[5], [6], [7], [8]], { tk: key })],
      groupKeys,
      eap: eap({ identity, realm: 'lab.example' }),
    });
    const hidden = explainConnection(seen, { fingerprint });
    const shown = explainConnection(seen, { showSecrets: true, fingerprint });
    const hexed = toHex(key.reveal());
    expect(JSON.stringify(hidden)).to.not.contain(hexed).and.to.not.contain('alice');
    expect(hidden.keys.tk).to.deep.equal([fingerprint(key.reveal())]);
    expect(hidden.keys.gtk[0]?.key).to.equal(hidden.keys.tk[0]);
    expect(hidden.eap).to.include({ identity: '[redacted]', realm: 'lab.example' });
    expect(shown.keys.tk).to.deep.equal([hexed]);
    expect(shown.eap?.identity).to.equal('alice@lab.example');
    expect(explainConnection(seen).keys.tk).to.deep.equal(['[redacted 16 B]']);
  });

  it('says of an authentication that came to nothing whose turn it was', () => {
    const verdictOf = (...frames: ReadonlyArray<number>): string => {
      const lost = without(connection({ authentications: frames.map((frame) => authentication(frame)) }), 'association');
      return explainConnection(lost).verdict;
    };
    expect(verdictOf(1, 3)).to.match(/: its authentication was not answered\.$/);
    expect(verdictOf(1, 2)).to.match(/: it asked for no association after the authentication\.$/);
  });

  it('repeats the words of a log that nothing else explains', () => {
    const words = { ...at(5), phase: 'security', outcome: 'failure', text: 'the 4-way handshake failed, reason 15' };
    const { verdict, windows, findings } = explainConnection(connection({ medium: 'log', told: [words], ending: 'open' }));
    expect(verdict).to.match(/: the 4-way handshake failed, reason 15\.$/);
    expect(windows).to.equal(null);
    expect(findings.map(({ id }) => id)).to.deep.equal(['log.told']);
  });

  it('suspects who says farewell many times within a second', () => {
    const stormy = (count: number, apart: number) =>
      explainConnection(
        connection({
          handshakes: [handshake([[5], [6], [7], [8]])],
          ...{ ending: 'farewell', ended: at(20) },
          farewells: Array.from({ length: count }, (_, i) => ({
            ...farewell(20 + i, { reason: 7 }),
            time: at(20).time + i * apart,
          })),
        }),
      );
    const storms = ({ findings }: ReturnType<typeof stormy>) => findings.filter(({ id }) => id === 'attack.farewellStorm');
    expect(storms(stormy(12, 4000))[0])
      .to.include({ severity: 'warning' })
      .and.to.have.property('frames')
      .with.length(12);
    expect(storms(stormy(12, 200_000))).to.deep.equal([]);
    expect(storms(stormy(9, 4000))).to.deep.equal([]);
    expect(stormy(12, 4000).advice.join()).to.contain('PMF');
    expect(stormy(9, 4000).advice.join()).to.not.contain('PMF');
  });

  it('expects no answer to a message that came after the farewell', () => {
    const late = connection({ handshakes: [handshake([[25]])], ending: 'farewell', ended: at(20), farewells: [farewell(20)] });
    expect(explainConnection(late).findings.map(({ id }) => id)).to.not.include('fourWay.message2Lost');
  });

  it('says of a station that is not heard that it is not, instead of what it did not do', () => {
    const textOf = (changes: Parameters<typeof connection>[0]): string | undefined =>
      explainConnection(connection({ handshakes: [handshake([[5, 6]])], ...changes })).findings.find(
        ({ id }) => id === 'fourWay.message2Lost',
      )?.text;
    expect(textOf({})).to.contain('never reached the air');
    expect(textOf({ isStationUnheard: true })).to.not.contain('never reached the air');
  });

  it('says what a gap in the capture looks like', () => {
    const gapOf = (changes: Parameters<typeof connection>[0]): string | undefined =>
      explainConnection(connection({ handshakes: [handshake([[5], [6], [7]])], ...changes })).findings.find(
        ({ id }) => id === 'capture.gap',
      )?.text;
    expect(gapOf({ ending: 'open' })).to.match(/^The capture ends/);
    expect(gapOf({ ending: 'quiet' })).to.match(/did not ask again/);
    expect(gapOf({ ending: 'quiet', apHeard: at(3) })).to.match(/was not heard either/);
    expect(gapOf({ ending: 'open', isStationUnheard: true })).to.match(/^Nothing the station sent/);
  });

  it('takes EAPOL-Start for a question that message 1 answers', () => {
    const starting = (m1: ReadonlyArray<number>): ReadonlyArray<string> =>
      explainConnection(
        connection({
          handshakes: m1.length === 0 ? [] : [handshake([m1])],
          eap: eap({ packets: 0, starts: [at(3)] }),
        }),
      ).findings.flatMap(({ id }) => (id.startsWith('eap.start') ? [id] : []));
    expect(starting([])).to.deep.equal(['eap.startUnanswered']);
    expect(starting([5])).to.deep.equal(['eap.startAnswered']);
  });

  it('counts replay counters in the order of the frames, as text where a number is too small', () => {
    const large = 2n ** 63n;
    const seen = connection({
      handshakes: [
        handshake([
          [message(5), message(8, { counter: 2n })],
          [message(6), message(9, { counter: large })],
        ]),
      ],
    });
    expect(explainConnection(seen).handshakes[0]?.replay).to.deep.equal([1, 1, 2, '9223372036854775808']);
  });

  it('says whose turn it was, and who was slowest', () => {
    const seen = connection({ handshakes: [handshake([[5, 30], [6]])], farewells: [farewell(40)] });
    const { timing } = explainConnection(seen);
    expect(timing.steps.at(-1)).to.include({ step: 'fourWay', ms: 250, turn: 'station' });
    expect(timing.slowest).to.deep.equal({ step: 'fourWay', by: 'ap', ms: 240, after: 6, until: 30 });
  });

  it('gives the reason as Windows would', () => {
    const named = (...changes: Parameters<typeof connection>): string | undefined =>
      explainConnection(connection(...changes)).windows?.name;
    const farewells = [farewell(20)];
    expect(
      named({
        handshakes: [
          handshake([
            [5, 7, 9, 11],
            [6, 8, 10, 12],
          ]),
        ],
        farewells,
      }),
    ).to.equal('MSMSEC_PSK_MISMATCH_SUSPECTED');
    expect(named({ handshakes: [handshake([[5, 7]])], farewells })).to.equal('MSMSEC_KEY_SUCCESS_TIMEOUT');
    expect(named({ farewells })).to.equal('MSMSEC_KEY_START_TIMEOUT');
    expect(named({ eap: eap({ result: 'failure' }), farewells })).to.equal('ONEX_EAP_FAILURE_RECEIVED');
    expect(
      named({ handshakes: [handshake([[5], [6], [7], [8]])], farewells: [farewell(20, { by: 'station', reason: 3 })] }),
    ).to.equal('SUCCESS');
    expect(explainConnection(connection({ handshakes: [handshake([[5, 7]])], farewells })).windows).to.deep.equal({
      reason: 0x48005,
      hex: '0x00048005',
      name: 'MSMSEC_KEY_SUCCESS_TIMEOUT',
    });
  });

  it('takes for its end the farewell that ended it, and no later one', () => {
    const seen = connection({
      handshakes: [handshake([[5], [6], [7], [8]])],
      ended: at(20),
      farewells: [farewell(20, { reason: 7 }), farewell(21, { reason: 3 })],
    });
    expect(explainConnection(seen).disconnect).to.include({
      frame: 20,
      by: 'ap',
      code: 7,
      hex: '0x0007',
      name: 'INVALID_CLASS3_FRAME',
    });
  });

  it('keeps the beginning and the end of a long story', () => {
    const m1 = Array.from({ length: 500 }, (_, frame) => frame + 5);
    const { timeline, timelineOmitted } = explainConnection(connection({ handshakes: [handshake([m1])] }));
    expect(timeline).to.have.length(200);
    expect(timelineOmitted).to.equal(304);
    expect(timeline.at(-1)?.frame).to.equal(504);
  });

  it('bounds its findings, whatever storm there was', () => {
    const faults = [{ code: 'GROUP_KEY' as const, stage: 'message 3' as const, detail: 'none' }];
    const m3 = Array.from({ length: 500 }, (_, frame) => message(frame + 5, { faults }));
    const { findings } = explainConnection(connection({ handshakes: [handshake([[], [], m3])] }));
    expect(findings.length).to.be.at.most(64);
    expect(Math.max(...findings.map(({ frames }) => frames.length))).to.be.at.most(32);
  });

  it('says nothing of addresses where a log names nobody', () => {
    const told = (changes: Parameters<typeof connection>[0]): string =>
      explainConnection(connection({ medium: 'log', handshakes: [handshake([[5], [6], [7], [8]])], ...changes })).verdict;
    expect(told({ station: 0 })).to.equal('A station joined “lab-psk” at 02:00:00:00:00:00.');
    expect(told({ ap: 0 })).to.equal('02:00:00:00:01:00 joined “lab-psk”.');
    expect(told({ ap: 0, ssid: new Uint8Array(0) })).to.equal('02:00:00:00:01:00 joined a network.');
  });

  it('cites the frames of a handshake in the order of the capture', () => {
    const seen = connection({ handshakes: [handshake([[5, 8], [6], [7, 9], [10]])] });
    const complete = explainConnection(seen).findings.find(({ id }) => id === 'fourWay.complete');
    expect(complete?.frames).to.deep.equal([5, 6, 7, 8, 9, 10]);
  });

  it('does not blame EAP-Failure where the connection came up all the same, and says that WPS ends with one', () => {
    const failed = { result: 'failure', resultMark: at(11) } as const;
    const findingOf = (seen: ReturnType<typeof connection>) =>
      explainConnection(seen).findings.find(({ id }) => id === 'eap.failure');
    const up = connection({ eap: eap(failed), handshakes: [handshake([[12], [13], [14], [15]])] });
    expect([findingOf(up)?.severity, findingOf(connection({ eap: eap(failed) }))?.severity]).to.deep.equal(['warning', 'error']);
    const wps = connection({ eap: eap({ ...failed, method: { type: 254, name: 'WSC' } }) });
    expect(findingOf(wps)?.text).to.contain('So does WPS');
    expect(findingOf(up)?.text).not.to.contain('WPS');
  });

  it('cites frames of the capture only', () => {
    fc.assert(
      fc.property(anyConnection, (seen) => {
        for (const { frames, id } of explainConnection(seen).findings) {
          expect(
            frames.every((frame) => Number.isInteger(frame) && frame >= 0),
            id,
          ).to.equal(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('conclusionOf', () => {
  it('is the explanation without the reasons', () => {
    fc.assert(
      fc.property(anyConnection, (seen) => {
        expect(explainConnection(seen)).to.deep.include(conclusionOf(seen));
      }),
      { numRuns: 200 },
    );
  });
});

describe('keyFingerprints', () => {
  it('tells keys apart, and is the same in every run', () => {
    const key = new Uint8Array(16).fill(1);
    // HMAC-SHA-256 under the name of the purpose, its first 8 octets: computed with openssl dgst -sha256 -hmac.
    expect(fingerprint(key)).to.equal('sha256:c5265643162c32db');
    expect(fingerprint(key)).to.equal(keyFingerprints(nodeCrypto)(new Uint8Array(16).fill(1)));
    expect(fingerprint(key)).to.not.equal(fingerprint(new Uint8Array(16).fill(2)));
  });
});
