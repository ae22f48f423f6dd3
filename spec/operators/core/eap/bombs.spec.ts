import { expect } from 'chai';
import {
  type EapFault,
  type EapPeerMethod,
  eapTls,
  gtc,
  md5,
  mschapv2,
  peap,
  pwd,
  ttls,
} from '../../../../operators/core/index.js';
import { EapCode, EapMethod } from '../../../../streams/frames/index.js';
import { standing, tlsTurn } from '../../../support/eap/MethodRun.js';
import { PeerRun } from '../../../support/eapPeerRun.js';
import { eapFailure, eapOctets, eapSuccess, expandedRequest } from '../../../support/eapServer.js';
import { heldBy } from '../../../support/heldBy.js';
import { eapol, PaeRun } from '../../../support/paeRun.js';

const { IDENTITY, NOTIFICATION, NAK, TLS, PEAP, TTLS, PWD, MSCHAPV2, MD5_CHALLENGE, GTC } = EapMethod.codes;
const ROUNDS = 100;
/** Ten to a round. */
const PACKETS = 1000;
const FOREVER = 3000;
/** The largest message that is taken, and the largest packet as it came and as it was read. */
const MAX_HELD = 4 * 0x10000;
const MORE = 0x40;
const LONG_PIECE = Uint8Array.of(0xc1, 0xff, 0xff, ...new Uint8Array(60_000));
const MANY_EXTENSIONS = Uint8Array.of(1, 0, 0x9c, 0x45, 33, ...new Uint8Array(40_000));
const HELLO = Uint8Array.of(22, 3, 1, 0, 1, 1);

/** Packets here may be as long as EAP allows. */
const eapRequest = (identifier: number, type: number, data: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const packet = new Uint8Array(5 + data.length);
  packet.set([1, identifier, packet.length >>> 8, packet.length & 0xff, type]);
  packet.set(data, 5);
  return packet;
};

interface End {
  readonly packets: number;
  readonly fault: EapFault | undefined;
  readonly succeeded: number;
  /** The most octets that were ever kept. */
  readonly held: number;
}

/** Whatever is asked of TLS comes to this. */
type Turns = Parameters<typeof tlsTurn>[0];

/** Sends for ever, and sees when that is over. */
const bombard = (
  methods: ReadonlyArray<EapPeerMethod>,
  packetOf: (number: number) => Uint8Array,
  turn: (command: 'open' | 'receive' | 'write', number: number) => Turns = () => ({ records: HELLO }),
): End => {
  const run = new PeerRun({ methods });
  let [packets, turns, held] = [0, 0, 0];
  while (packets < FOREVER && run.state.phase !== 'over') {
    const waiting = [...run.packet(packetOf(packets++))];
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if (one.do !== 'tls') continue;
      const { session } = one;
      waiting.push(...run.feed({ kind: 'tls', session, turn: tlsTurn(turn(one.command.do, turns++)) }));
    }
    held = Math.max(held, heldBy(run.state));
  }
  const before = run.outputs.length;
  run.packet(packetOf(packets));
  run.feed({ kind: 'timeout' });
  expect(run.outputs, 'nothing after the end').to.have.length(before);
  return { packets, fault: run.of('fail')[0]?.fault, succeeded: run.of('succeed').length, held };
};

const identifierOf = (number: number): number => number & 0xff;
const fragment = (type: number, octets: number, flags = MORE) => {
  const data = Uint8Array.of(flags, ...new Uint8Array(octets));
  return (number: number): Uint8Array => eapRequest(identifierOf(number), type, number === 0 ? Uint8Array.of(0x20) : data);
};

const methods: ReadonlyArray<EapPeerMethod> = [
  peap({ inner: [mschapv2()] }),
  eapTls(),
  ttls({ inner: { kind: 'pap' } }),
  pwd(),
  mschapv2(),
  gtc(),
  md5(),
];

const bombs: Readonly<Record<string, readonly [code: string, atMost: number, () => End]>> = {
  'requests for the identity': ['tooManyRounds', 11, () => bombard(methods, (n) => eapRequest(identifierOf(n), IDENTITY))],
  'the same request for the identity': ['tooManyRounds', PACKETS + 1, () => bombard(methods, () => eapRequest(7, IDENTITY))],
  notifications: [
    'tooManyRounds',
    ROUNDS + 1,
    () => bombard(methods, (n) => eapRequest(identifierOf(n), NOTIFICATION, new Uint8Array(60_000).fill(0x61))),
  ],
  Naks: ['tooManyRounds', ROUNDS + 1, () => bombard(methods, (n) => eapRequest(identifierOf(n), NAK, Uint8Array.of(PEAP)))],
  'methods nobody allows': [
    'tooManyRounds',
    ROUNDS + 1,
    () => bombard(methods, (n) => expandedRequest(identifierOf(n), { vendor: 9, type: n })),
  ],
  'results nobody believes': [
    'tooManyRounds',
    PACKETS + 1,
    () => bombard(methods, (n) => (n % 2 === 0 ? eapSuccess(n & 0xff) : eapFailure((n + 9) & 0xff))),
  ],
  'responses, and what is no EAP at all': [
    'tooManyRounds',
    PACKETS + 1,
    () => bombard(methods, (n) => (n % 2 === 0 ? eapOctets(EapCode.codes.RESPONSE, 1, Uint8Array.of(1)) : new Uint8Array(n))),
  ],
  Starts: ['tooManyRounds', ROUNDS + 1, () => bombard(methods, (n) => eapRequest(identifierOf(n), TLS, Uint8Array.of(0x20)))],
  'challenges of MSCHAPv2': [
    'tooManyRounds',
    ROUNDS + 1,
    () =>
      bombard(methods, (n) =>
        eapRequest(identifierOf(n), MSCHAPV2, Uint8Array.of(1, n, 0, 21, 16, ...new Uint8Array(16).fill(n))),
      ),
  ],
  'acknowledgements of EAP-pwd': [
    'tooManyRounds',
    ROUNDS + 1,
    () => bombard(methods, (n) => eapRequest(identifierOf(n), PWD, Uint8Array.of(1))),
  ],
  'pieces of EAP-pwd of one octet': [
    'tooManyRounds',
    ROUNDS + 1,
    () =>
      bombard(methods, (n) => eapRequest(identifierOf(n), PWD, n === 0 ? Uint8Array.of(0xc1, 8, 0, 1) : Uint8Array.of(0x41, 1))),
  ],
  'pieces of EAP-pwd of 60,000 octets': [
    'tooManyRounds',
    ROUNDS + 1,
    () => bombard(methods, (n) => eapRequest(identifierOf(n), PWD, LONG_PIECE)),
  ],
};

for (const [name, type] of [
  ['PEAP', PEAP],
  ['TLS', TLS],
  ['TTLS', TTLS],
] as const) {
  Object.assign(bombs, {
    [`fragments of ${name} of nothing`]: ['tooManyRounds', ROUNDS + 1, () => bombard(methods, fragment(type, 0))],
    [`fragments of ${name} of one octet`]: ['tooManyRounds', ROUNDS + 1, () => bombard(methods, fragment(type, 1))],
    [`fragments of ${name} of 1000 octets`]: ['tooLong', 67, () => bombard(methods, fragment(type, 1000))],
    [`fragments of ${name} of 65,000 octets`]: ['tooLong', 3, () => bombard(methods, fragment(type, 65_000))],
    [`a message of ${name} of 4 GB`]: [
      'tooLong',
      2,
      () =>
        bombard(methods, (n) =>
          eapRequest(n, type, n === 0 ? Uint8Array.of(0x20) : Uint8Array.of(0xc0, 0xff, 0xff, 0xff, 0xff, 1)),
        ),
    ],
    [`a handshake of ${name} that never ends`]: [
      'tooManyRounds',
      ROUNDS + 1,
      () => bombard(methods, fragment(type, 60_000, 0), () => ({ records: HELLO })),
    ],
    [`a handshake of ${name} to which nothing is said`]: [
      'tooManyRounds',
      ROUNDS + 1,
      () => bombard(methods, fragment(type, 60_000, 0), (command) => (command === 'open' ? { records: HELLO } : {})),
    ],
    [`a tunnel of ${name} full of nothing`]: [
      'tooManyRounds',
      ROUNDS + 1,
      () => bombard(methods, fragment(type, 10, 0), (_, n) => (n === 1 ? { established: standing() } : { records: HELLO })),
    ],
  });
}

const inTunnel = (type: number, plainOf: (number: number) => Uint8Array, own: ReadonlyArray<EapPeerMethod>): End =>
  bombard(own, fragment(type, 10, 0), (command, n) => {
    if (command === 'open') return { records: HELLO };
    if (command === 'write') return { records: HELLO };
    return n === 1 ? { established: standing(), records: HELLO } : { plain: plainOf(n) };
  });

const inPeap = (plainOf: (number: number) => Uint8Array): End => inTunnel(PEAP, plainOf, methods);
const eapAvp = (packet: Uint8Array): Uint8Array => {
  const length = 8 + packet.length;
  return Uint8Array.of(0, 0, 0, 79, 0x40, 0, length >>> 8, length & 0xff, ...packet, ...new Uint8Array(-length & 3));
};
const inTtls = (packetOf: (number: number) => Uint8Array): End =>
  inTunnel(TTLS, (n) => eapAvp(packetOf(n)), [ttls({ inner: { kind: 'eap', methods: [mschapv2(), gtc()] } })]);

Object.assign(bombs, {
  'requests for the identity inside of PEAP': ['tooManyRounds', 40, () => inPeap(() => Uint8Array.of(IDENTITY))],
  'notifications inside of PEAP': ['tooManyRounds', ROUNDS + 1, () => inPeap(() => Uint8Array.of(NOTIFICATION, 0x61))],
  'Naks inside of PEAP': ['tooManyRounds', ROUNDS + 1, () => inPeap(() => Uint8Array.of(NAK, MD5_CHALLENGE))],
  'extensions nobody knows inside of PEAP': [
    'tooManyRounds',
    ROUNDS + 1,
    () => inPeap((n) => Uint8Array.of(1, n, 0, 9, 33, 0x80, 99, 0, 0)),
  ],
  'ten thousand extensions inside of PEAP': ['tooManyRounds', ROUNDS + 1, () => inPeap(() => MANY_EXTENSIONS)],
  'requests for the identity inside of TTLS': ['tooManyRounds', 40, () => inTtls((n) => eapRequest(identifierOf(n), IDENTITY))],
  'the same challenge inside of TTLS': [
    'tooManyRounds',
    ROUNDS + 1,
    () => inTtls(() => eapRequest(7, MSCHAPV2, Uint8Array.of(1, 7, 0, 21, 16, ...new Uint8Array(16)))),
  ],
  'tokens asked for inside of TTLS, while a person looks for one': [
    'tooManyRounds',
    PACKETS + 1,
    () => inTtls((n) => eapRequest(identifierOf(n), GTC, new Uint8Array(9))),
  ],
});

describe('what a server can go on with for ever', () => {
  for (const [name, [code, atMost, run]] of Object.entries(bombs)) {
    it(`is over, and has a name: ${name}`, () => {
      const { packets, fault, succeeded, held } = run();
      expect(fault?.code).to.equal(code);
      expect(fault?.message.length).to.be.below(300);
      expect(packets).to.be.at.most(atMost);
      expect(succeeded).to.equal(0);
      expect(held).to.be.at.most(MAX_HELD);
    });
  }

  it('methods nobody allows, of which a sentence names a few', () => {
    const run = new PeerRun({ methods });
    for (let n = 0; n < 40; n++) run.packet(expandedRequest(n, { vendor: 9, type: n }));
    run.packet(eapFailure(39));
    const [end] = run.of('fail');
    expect(end?.fault.code).to.equal('noCommonMethod');
    expect(end?.fault.message).to.contain(' and others, which');
    expect(end?.fault.message.length).to.be.below(300);
  });

  it('beginning anew in the middle of a method', () => {
    const run = new PaeRun();
    run.feed({ kind: 'start' });
    let packets = 0;
    for (; packets < FOREVER && run.of('result').every(({ result }) => result === 'inProgress'); packets++) {
      for (const output of run.packet(eapol(eapRequest(packets & 0xff, IDENTITY)))) {
        if (output.do === 'feedEap') run.feed({ kind: 'eap', word: { do: 'send', packet: new Uint8Array(5) } });
      }
      const note = { kind: 'method' as const, type: 4, name: 'MD5-Challenge', isInner: false, isAllowed: true };
      run.feed({ kind: 'eap', word: { do: 'report', note } });
    }
    const last = run.of('result').at(-1);
    expect(last?.result === 'failure' && last.fault.code).to.equal('tooManyRounds');
    expect(packets).to.be.at.most(12);
    expect(heldBy(run.state)).to.be.at.most(100);
  });
});
