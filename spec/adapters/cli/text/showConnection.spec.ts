import { expect } from 'chai';
import fc from 'fast-check';
import { coloursOf } from '../../../../adapters/cli/colours.js';
import { showConnection } from '../../../../adapters/cli/text/showConnection.js';
import { showSummaryTable } from '../../../../adapters/cli/text/showSummaryTable.js';
import { nodeCrypto } from '../../../../adapters/crypto/index.js';
import type { Connection } from '../../../../operators/core/shadow/index.js';
import { conclusionOf, explainConnection, keyFingerprints } from '../../../../operators/core/verdict/index.js';
import { AkmSuite } from '../../../../streams/frames/index.js';
import { anyConnection } from '../../../support/anyConnection.js';
import { connection, farewell, handshake, psk } from '../../../support/connections.js';

const plain = coloursOf({ isTerminal: false, env: {} });
const coloured = coloursOf({ isTerminal: true, env: {} });
const fingerprint = keyFingerprints(nodeCrypto);

const shown = (seen: Connection, colours = plain): string => showConnection(explainConnection(seen, { fingerprint }), colours);

const refused = connection({
  handshakes: [
    handshake([
      [5, 7, 9, 11],
      [6, 8, 10, 12],
    ]),
  ],
  farewells: [farewell(120)],
});

describe('showConnection', () => {
  it('speaks of a passphrase where the network has one', () => {
    const judged = (akm: number): string | undefined =>
      shown(connection({ security: { ...psk, akm }, handshakes: [handshake([[5], [6], [7], [8]])] }))
        .split('\n')
        .find((line) => line.startsWith('  judged'));
    const { PSK, SAE, OWE } = AkmSuite.codes;
    expect(judged(PSK)).to.equal('  judged      authorized; passphrase: excluded');
    expect(judged(SAE)).to.equal('  judged      authorized; passphrase: excluded');
    expect(judged(OWE)).to.equal('  judged      authorized');
    expect(judged(AkmSuite.codes.IEEE_802_1X)).to.equal('  judged      authorized');
  });

  it('tells a network engineer what happened, why, and what to do', () => {
    expect(shown(refused).split('\n')).to.deep.equal([
      '✗ 02:00:00:00:01:00 could not join “lab-psk” at 02:00:00:00:00:00: the passphrase is probably wrong.',
      '',
      '  when        2026-11-21 00:00:00.010000 UTC, 1.190 s, frames 1 to 120',
      '  security    RSN, PSK (00-0F-AC:2), CCMP, no PMF',
      '  judged      failed, at the 4-way handshake, cause: likelyWrongPassphrase; passphrase: likelyWrong',
      '  turn        the access point’s, in the 4-way handshake',
      '  Windows     MSMSEC_PSK_MISMATCH_SUSPECTED (0x00048014)',
      '',
      '  Why',
      '    ✗ Message 2 was sent 4 times and no message 3 came back. 1.140 s later it was over. [frames 6,',
      '      8, 10, 12]',
      '    ✗ The access point saw a message 2 and sent message 1 again 3 times, which is how it refuses a',
      '      MIC. [frames 6, 8, 10, 12]',
      '    ✗ The access point deauthenticated with reason 15, FOURWAY_HANDSHAKE_TIMEOUT (0x000F): the 4-way',
      '      handshake did not come to an end in time. [frame 120]',
      '    ! Message 1 was sent 4 times: the access point was not content with message 2. [frames 5, 7, 9,',
      '      11]',
      '',
      '  What to do',
      '    1. Enter the passphrase on the station again; mind capitals, spaces at the ends and the',
      '       keyboard’s layout.',
      '    2. Run this again with the network’s passphrase (--keys): then it is proven and not only likely.',
      '',
      '  What was said',
      '  since begin    frame  station ──▶       ◀── access point',
      '  +0.000000 s        1  ──▶ authentication open',
      '  +0.010000 s        2                    ◀── authentication open',
      '  +0.020000 s        3  ──▶ association request',
      '  +0.030000 s        4                    ◀── association response',
      '  +0.040000 s        5                    ◀── message 1, counter 1',
      '  +0.050000 s        6  ──▶ message 2, counter 1',
      '  +0.060000 s        7                    ◀── message 1, counter 1',
      '  +0.070000 s        8  ──▶ message 2, counter 1',
      '  +0.080000 s        9                    ◀── message 1, counter 1',
      '  +0.090000 s       10  ──▶ message 2, counter 1',
      '  +0.100000 s       11                    ◀── message 1, counter 1',
      '  +0.110000 s       12  ──▶ message 2, counter 1',
      '  +1.190000 s      120                    ◀── deauthentication, reason 15 FOURWAY_HANDSHAKE_TIMEOUT',
      '                                              (0x000F)',
      '',
      '',
    ]);
  });

  it('names the longest silence, and who was waited for', () => {
    const seen = connection({ handshakes: [handshake([[5, 105], [6, 106], [107], [108]])] });
    expect(shown(seen)).to.contain('⋯ 990.0 ms, waiting for the access point\n  +1.040000 s      105');
  });

  it('counts lines where it explains a log, and has no word of PMF where there is none', () => {
    const told = shown({ ...refused, medium: 'log' });
    expect(told).to.contain('lines 1 to 120').and.to.contain('in time. [line 120]').and.to.contain('MIC. [lines 6, 8, 10, 12]');
    expect(told).to.contain('since begin     line  station');
    expect(told).not.to.contain('frame');
    expect(shown({ ...refused, security: { proto: 'WEP', pmf: 'none' } })).to.contain('security    WEP\n');
  });

  it('says of each outcome by its mark what it is', () => {
    const first = (seen: Connection): string => shown(seen).slice(0, 1);
    expect(first(refused)).to.equal('✗');
    expect(first(connection({ handshakes: [handshake([[5], [6], [7], [8]])] }))).to.equal('✓');
    expect(first(connection({ farewells: [farewell(20, { reason: 3 })] }))).to.equal('!');
    expect(first(connection({ ending: 'open' }))).to.equal('?');
  });

  it('obeys nothing that strangers wrote, and keeps within its columns', () => {
    fc.assert(
      fc.property(anyConnection, (seen) => {
        const lines = shown(seen).split('\n');
        for (const line of lines) expect(line).to.match(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u);
        const wide = lines.filter(
          (line) =>
            line.length > 100 &&
            line.trim().includes(' ') &&
            line
              .trim()
              .split(' ')
              .every((word) => word.length < 30),
        );
        expect(wide).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });

  it('escapes the name of a network that would command the terminal or turn the line around', () => {
    const ssid = new TextEncoder().encode('a\u001b[2J\u202eb');
    expect(shown(connection({ ssid, ending: 'open' }))).to.contain('“a\\x1b[2J\\u{202e}b”');
  });

  it('is coloured on a terminal, and says the same', () => {
    // The renditions of ECMA-48 that are used.
    const bare = shown(refused, coloured).replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    expect(shown(refused, coloured)).to.not.equal(bare);
    expect(bare).to.equal(shown(refused));
  });
});

describe('showSummaryTable', () => {
  it('gives each connection a line', () => {
    const up = connection({
      handshakes: [handshake([[5], [6], [7], [8]])],
      farewells: [farewell(80, { by: 'station', reason: 3 })],
    });
    const table = showSummaryTable([refused, up].map(conclusionOf), plain);
    expect(table.split('\n')).to.deep.equal([
      'time UTC station           access point      network   outcome     cause              password     s',
      '00:00:00 02:00:00:00:01:00 02:00:00:00:00:00 lab-psk   failed      passphrase         wrong?     1.2',
      '00:00:00 02:00:00:00:01:00 02:00:00:00:00:00 lab-psk   authorized                     excluded   0.8',
      '',
    ]);
  });

  it('keeps within a hundred columns', () => {
    fc.assert(
      fc.property(anyConnection, (seen) => {
        const conclusion = { ...conclusionOf(seen), ended: conclusionOf(seen).began };
        for (const line of showSummaryTable([conclusion], plain).split('\n')) expect(line.length).to.be.at.most(100);
      }),
    );
  });
});
