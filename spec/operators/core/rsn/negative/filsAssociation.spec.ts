import { expect } from 'chai';
import fc from 'fast-check';
import type { FaultCode } from '../../../../../operators/core/rsn/index.js';
import { L2Reason, Secret, toHex } from '../../../../../streams/events/index.js';
import {
  ElementId,
  type KeyDataItem,
  readRsnElement,
  writeFilsHlpContainer,
  writeFilsKeyConfirmation,
  writeFilsSession,
  writeRsnElement,
} from '../../../../../streams/frames/index.js';
import { cipher, made, type NetworkSetup, networkFor, suite, type TestNetwork } from '../../../../support/associationFor.js';
import { shownKeys } from '../../../../support/authenticator/authenticator.js';
import {
  associateByFils,
  authenticateByFils,
  type FilsAssociated,
  type FilsChanges,
  filsRequest,
} from '../../../../support/authenticator/fils.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { type Bench, portBench, secretsIn } from '../../../../support/portBench.js';
import { isZeroed } from '../../../../support/stages.js';
import { proven, type ReasonName, shownReason } from './badFrame.js';
import { madeOf } from './madeOf.js';
import { recordingCrypto } from './recordingCrypto.js';

const rMsk = drawn('rMSK', 0, 64);
const NOTHING = new Uint8Array(0);

const plain: NetworkSetup = {
  ...{ akm: suite('FILS_SHA256'), pairwise: cipher('CCMP'), group: cipher('CCMP') },
  groupManagement: cipher('BIP_CMAC_128'),
};
const mobile: NetworkSetup = { ...plain, akm: suite('FT_FILS_SHA384') };
const validated: NetworkSetup = { ...plain, channel: { operatingClass: 115, primaryChannel: 36, frequencySegment1: 0 } };

interface Row {
  readonly name: string;
  readonly setup?: NetworkSetup;
  readonly changes?: FilsChanges;
  /** What the host has instead of what both sides made. */
  readonly secret?: (secret: Uint8Array) => Secret | undefined;
  readonly network?: (network: TestNetwork) => TestNetwork;
  readonly code: FaultCode;
  readonly outcome: ReasonName;
  readonly win32?: number;
}

/** What the host answers with, made before anything is watched. */
const secretOf = ({ secrets }: FilsAssociated, { secret }: Partial<Row>): Secret | undefined => {
  const [held = NOTHING] = Object.values(secrets);
  return secret === undefined ? Secret.of(held) : secret(held);
};

const portOf = (associated: FilsAssociated, row: Partial<Row> = {}, secret = secretOf(associated, row)) => {
  const { crypto, plains } = recordingCrypto();
  const network = (row.network ?? ((same) => same))(associated.network);
  return { bench: portBench({ network, secret: rMsk, crypto, answer: () => secret }), plains };
};

const check = (row: Row): void => {
  const { name, setup = plain, changes = {}, code, outcome, win32 = 13 } = row;
  proven.push({ code, outcome });
  it(`R180: ${name}: the association ends it, ${outcome} (${code})`, () => {
    const associated = associateByFils({ network: networkFor(setup), rMsk, changes });
    const secret = secretOf(associated, row);
    let port: ReturnType<typeof portOf> | undefined;
    const buffers = madeOf(() => {
      port = portOf(associated, row, secret);
    });
    if (port === undefined) throw new Error('no port');
    const { bench, plains } = port;
    const fault = bench.state.evidence.faults.at(-1);
    expect(fault?.code, fault?.detail).to.equal(code);
    expect(L2Reason.nameOf(fault?.reason ?? 0), fault?.detail).to.equal(outcome);
    expect(fault?.stage).to.equal('association');
    expect(bench.completions.map(shownReason)).to.deep.equal([`${outcome}/${win32}`]);
    expect(bench.keys).to.deep.equal([]);
    expect(bench.state.phase).to.equal('over');
    expect([...bench.spied()].filter((secret) => !isZeroed(secret))).to.deep.equal([]);
    expect(plains.filter((octets) => octets.some((octet) => octet !== 0))).to.deep.equal([]);
    expect(
      buffers.filter((octets) => octets.some((octet) => octet !== 0)),
      'keys that are left where they were read',
    ).to.deep.equal([]);
  });
};

const checkAll = (
  defaults: Pick<Row, 'code' | 'outcome'> & Partial<Row>,
  rows: ReadonlyArray<{ name: string } & Partial<Row>>,
) => {
  for (const row of rows) check({ ...defaults, ...row });
};

const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, 1 ^ (bytes.at(at) ?? 0));

/** Without the elements of that ID. */
const without =
  (id: number) =>
  (elements: ReadonlyArray<Uint8Array>): ReadonlyArray<Uint8Array> =>
    elements.filter(([first]) => first !== id);

const exchanged =
  (id: number, element: Uint8Array) =>
  (elements: ReadonlyArray<Uint8Array>): ReadonlyArray<Uint8Array> =>
    elements.map((each) => (each[0] === id ? element : each));

const withNames =
  (names: (own: ReadonlyArray<Uint8Array>) => ReadonlyArray<Uint8Array>) =>
  (elements: ReadonlyArray<Uint8Array>): ReadonlyArray<Uint8Array> =>
    elements.map((each) => {
      const read = each[0] === ElementId.codes.RSN ? readRsnElement(each.subarray(2)) : undefined;
      if (read === undefined || read._tag === 'Left') return each;
      return made(writeRsnElement({ ...read.right, pmkids: names(read.right.pmkids ?? []) }));
    });

const items =
  (change: (item: KeyDataItem) => KeyDataItem | undefined): NonNullable<FilsChanges['delivery']> =>
  (delivery) => ({ ...delivery, items: delivery.items.flatMap((item) => change(item) ?? []) });

const none = (kind: KeyDataItem['kind']) => items((item) => (item.kind === kind ? undefined : item));
const gtk = (fields: Partial<Extract<KeyDataItem, { kind: 'gtk' }>>) =>
  items((item) => (item.kind === 'gtk' ? { ...item, ...fields } : item));

const CONFIRMATION = 3;
const DELIVERY = 7;
const isExtension = (extension: number) => (element: Uint8Array) => element[0] === 255 && element[2] === extension;
const withoutExtension = (extension: number) => (elements: ReadonlyArray<Uint8Array>) =>
  elements.filter((element) => !isExtension(extension)(element));

const { RSN, RSNX, MOBILITY_DOMAIN, FAST_TRANSITION } = ElementId.codes;

describe('an association response of FILS with one fault', () => {
  checkAll({ code: 'FILS', outcome: 'MSMSEC_SEC_IE_MATCHING' }, [
    { name: 'fils_assoc_resp_no_session', changes: { clear: withoutExtension(4) } },
    { name: 'fils_assoc_resp_other_session', changes: { clear: exchanged(255, made(writeFilsSession(drawn('session', 0, 8)))) } },
    { name: 'fils_assoc_resp_nothing_encrypted', changes: { touch: (body) => body.subarray(0, -60) } },
    { name: 'fils_assoc_resp_last_bit', changes: { touch: (body) => flip(body, -1) } },
    { name: 'fils_assoc_resp_capabilities_bit', changes: { touch: (body) => flip(body, 0) } },
    { name: 'fils_assoc_resp_aid_bit', changes: { touch: (body) => flip(body, 4) } },
    { name: 'fils_assoc_resp_longer', changes: { touch: (body) => Uint8Array.of(...body, 0) } },
    { name: 'fils_assoc_resp_no_key_confirmation', changes: { plain: withoutExtension(CONFIRMATION) } },
    {
      name: 'fils_assoc_resp_other_key_confirmation',
      changes: { plain: (pieces) => pieces.map((piece) => (isExtension(CONFIRMATION)(piece) ? flip(piece, -1) : piece)) },
    },
    {
      name: 'fils_assoc_resp_key_confirmation_cut_short',
      changes: {
        plain: ([first = NOTHING, ...others]) => [made(writeFilsKeyConfirmation(first.subarray(3, -1))), ...others],
      },
    },
    { name: 'fils_assoc_resp_no_key_delivery', changes: { plain: withoutExtension(DELIVERY) } },
    {
      name: 'fils_assoc_resp_key_delivery_damaged',
      changes: {
        plain: (pieces) =>
          pieces.map((piece) => (isExtension(DELIVERY)(piece) ? Uint8Array.of(255, 20, 7, ...piece.subarray(3, 22)) : piece)),
      },
    },
    {
      name: 'fils_assoc_resp_key_delivery_cut_short',
      changes: { plain: ([first = NOTHING]) => [first, Uint8Array.of(255, 3, 7, 0, 0)] },
    },
    { name: 'fils_assoc_resp_nothing_in_it', changes: { plain: () => [] } },
    { name: 'ft_fils_assoc_resp_no_pmkr1name', setup: mobile, changes: { clear: withNames(() => []) } },
    {
      name: 'ft_fils_assoc_resp_other_pmkr1name',
      setup: mobile,
      changes: { clear: withNames((own) => own.map((name) => flip(name, 3))) },
    },
    { name: 'ft_fils_assoc_resp_two_pmkids', setup: mobile, changes: { clear: withNames((own) => [...own, ...own]) } },
  ]);

  check({
    ...{ name: 'fils_assoc_resp_no_rsne', code: 'RSNE', outcome: 'MSMSEC_M3_MISSING_IE' },
    changes: { clear: without(RSN) },
  });
  checkAll({ code: 'RSNE', outcome: 'MSMSEC_PR_IE_MATCHING' }, [
    { name: 'fils_assoc_resp_other_rsne', changes: { clear: (all) => all.map((one) => (one[0] === RSN ? flip(one, 18) : one)) } },
    {
      name: 'ft_fils_assoc_resp_other_rsne',
      setup: mobile,
      changes: { clear: (all) => all.map((one) => (one[0] === RSN ? flip(one, 20) : one)) },
    },
  ]);
  checkAll({ code: 'RSNXE', outcome: 'MSMSEC_PR_IE_MATCHING', setup: { ...plain, rsnx: [5] } }, [
    { name: 'fils_assoc_resp_no_rsnxe', changes: { clear: without(RSNX) } },
    { name: 'fils_assoc_resp_other_rsnxe', changes: { clear: exchanged(RSNX, Uint8Array.of(RSNX, 1, 0)) } },
    {
      name: 'fils_assoc_resp_rsnxe_not_announced',
      setup: plain,
      changes: { clear: (all) => [Uint8Array.of(RSNX, 1, 0x20), ...all] },
    },
  ]);
  checkAll({ code: 'FAST_TRANSITION', outcome: 'MSMSEC_SEC_IE_MATCHING', setup: mobile }, [
    { name: 'ft_fils_assoc_resp_no_mde', changes: { clear: without(MOBILITY_DOMAIN) } },
    { name: 'ft_fils_assoc_resp_no_fte', changes: { clear: without(FAST_TRANSITION) } },
  ]);
  checkAll({ code: 'CHANNEL', outcome: 'MSMSEC_SEC_IE_MATCHING', setup: validated }, [
    { name: 'fils_assoc_resp_no_oci', changes: { plain: withoutExtension(54) } },
    {
      name: 'fils_assoc_resp_oci_cut_short',
      changes: { plain: (all) => all.map((one) => (isExtension(54)(one) ? Uint8Array.of(255, 3, 54, 115, 36) : one)) },
    },
    {
      name: 'fils_assoc_resp_other_channel',
      changes: { plain: (all) => all.map((one) => (isExtension(54)(one) ? one.with(4, 40) : one)) },
    },
  ]);
  check({
    ...{ name: 'fils_no_gtk', code: 'GROUP_KEY', outcome: 'MSMSEC_M3_MISSING_GRP_KEY' },
    changes: { delivery: none('gtk') },
  });
  check({
    ...{ name: 'fils_no_igtk', code: 'MANAGEMENT_KEY', outcome: 'MSMSEC_M3_MISSING_MGMT_GRP_KEY' },
    changes: { delivery: none('igtk') },
  });
  checkAll({ code: 'KEY_LENGTH', outcome: 'MSMSEC_KEY_FORMAT' }, [
    { name: 'fils_long_gtk', changes: { delivery: gtk({ key: drawn('gtk', 0, 32) }) } },
  ]);
  checkAll({ code: 'KEY_INDEX', outcome: 'MSMSEC_KEY_FORMAT' }, [
    { name: 'fils_gtk_index_0', changes: { delivery: gtk({ keyId: 0 }) } },
  ]);
  checkAll({ code: 'ZERO_KEY', outcome: 'MSMSEC_KEY_FORMAT' }, [
    { name: 'fils_gtk_of_zeros', changes: { delivery: gtk({ key: new Uint8Array(16) }) } },
    { name: 'fils_tk_of_zeros', secret: (secret) => Secret.of(Uint8Array.of(...secret.subarray(0, -16), ...new Uint8Array(16))) },
  ]);
  checkAll({ code: 'NO_SECRET', outcome: 'UNKNOWN', win32: 1168 }, [
    { name: 'fils_secret_missing', secret: () => undefined },
    { name: 'fils_secret_redacted', secret: (secret) => Secret.redacted(secret.length, 'ff') },
    { name: 'fils_secret_too_short', secret: (secret) => Secret.of(secret.subarray(1)) },
    { name: 'fils_secret_too_long', secret: (secret) => Secret.of(Uint8Array.of(...secret, 0)) },
  ]);
  check({
    ...{ name: 'fils_with_several_links', code: 'UNSUPPORTED', outcome: 'UNKNOWN' },
    network: (network) => {
      const { association } = networkFor({ ...plain, linkIds: [0, 1] }).context;
      const elements = (frame: Uint8Array, from: number) => [...frame.subarray(from)];
      const { request, response } = network.context.association;
      const head = (frame: Uint8Array, size: number, more: Uint8Array) =>
        Uint8Array.of(...frame.subarray(0, size), ...elements(more, size), ...frame.subarray(size));
      const both = { request: head(request, 4, association.request), response: head(response, 6, association.response) };
      return { ...network, context: { ...network.context, association: { ...network.context.association, ...both } } };
    },
  });

  it('whatever octet of it is another: nothing is installed, and nothing is left', () => {
    const associated = associateByFils({ network: networkFor(mobile), rMsk });
    const { response } = associated.network.context.association;
    fc.assert(
      fc.property(fc.nat(response.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const { bench } = portOf(associated, {
          network: ({ context, ...network }) => {
            const changed = response.with(at, change ^ (response[at] ?? 0));
            return { ...network, context: { ...context, association: { ...context.association, response: changed } } };
          },
        });
        expect(bench.keys).to.deep.equal([]);
        expect(bench.completions).to.have.length(1);
        expect(bench.completions[0]).to.not.equal('0/0');
        expect([...bench.spied()].filter((secret) => !isZeroed(secret))).to.deep.equal([]);
      }),
    );
  });
});

describe('an association response of FILS that is odd, and good enough', () => {
  const tolerated: Readonly<Record<string, readonly [FilsChanges, NetworkSetup?]>> = {
    'elements behind the session that nobody knows': [{ plain: (all) => [Uint8Array.of(221, 4, 1, 2, 3, 4), ...all] }],
    'a packet of a higher layer': [
      {
        plain: ([first = NOTHING, ...others]) => {
          const { peer, supplicant } = networkFor(plain);
          return [
            first,
            writeFilsHlpContainer({ destination: supplicant, source: peer, packet: new Uint8Array(600) }),
            ...others,
          ];
        },
      },
    ],
    'a delivery in fragments': [
      {
        delivery: (all) => ({
          ...all,
          items: [{ kind: 'unknown', bytes: Uint8Array.of(0xdd, 250, 0, 0xf, 0xac, 99, ...new Uint8Array(246)) }, ...all.items],
        }),
      },
    ],
    'damage behind everything that counts': [{ plain: (all) => [...all, Uint8Array.of(1, 9)] }],
  };
  const up = (bench: Bench, { ap }: FilsAssociated): void => {
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(bench.completions).to.deep.equal(['0/0']);
  };
  for (const [name, [changes, setup = plain]] of Object.entries(tolerated)) {
    it(`${name}: taken`, () => {
      const associated = associateByFils({ network: networkFor(setup), rMsk, changes });
      const { bench, plains } = portOf(associated);
      up(bench, associated);
      expect(plains.filter((octets) => octets.some((octet) => octet !== 0))).to.deep.equal([]);
    });
  }

  it('an RSNXE is left out, and we sent none: taken', () => {
    const { ownRsnxe: _, ...network } = networkFor({ ...plain, rsnx: [5] });
    const associated = associateByFils({ network, rMsk, changes: { clear: without(RSNX) } });
    up(portOf(associated).bench, associated);
  });

  it('a response that names a session, to a request that names none: the handshake is waited for', () => {
    const { network } = associateByFils({ network: networkFor(plain), rMsk });
    const { context } = network;
    const { request } = networkFor(plain).context.association;
    const open = { ...network, context: { ...context, association: { ...context.association, request } } };
    const bench = portBench({ network: open, secret: rMsk });
    expect(bench.log).to.deep.equal(['startOneX']);
  });
});

describe('what FILS leaves behind', () => {
  it('R135: the secret serves once', () => {
    const associated = associateByFils({ network: networkFor(plain), rMsk });
    const [session] = Object.keys(associated.secrets);
    const { bench } = portOf(associated);
    const forgotten = bench.calls.flatMap((call) => (call.kind === 'forgetPmk' ? [toHex(call.pmkid)] : []));
    expect(forgotten).to.deep.equal([session]);
    expect(bench.log.indexOf('forgetPmk')).to.be.lessThan(bench.log.findIndex((line) => line.startsWith('pairwise')));
  });

  it('in a mobility domain the PMK-R0 is remembered, elsewhere nothing', () => {
    const rememberedOf = (setup: NetworkSetup) => portOf(associateByFils({ network: networkFor(setup), rMsk })).bench.remembered;
    expect(rememberedOf(plain)).to.deep.equal([]);
    expect(rememberedOf(mobile).map(({ pmk, akm }) => [pmk.length, akm])).to.deep.equal([[48, mobile.akm.selector]]);
  });

  it('transition disable is told', () => {
    const associated = associateByFils({ network: networkFor(plain), rMsk, transitionDisable: Uint8Array.of(3) });
    const { bench } = portOf(associated);
    const told = bench.calls.find((call) => call.kind === 'sendNotification');
    expect(told?.kind === 'sendNotification' && told.data).to.deep.equal(Uint8Array.of(3));
  });

  it('a pairwise key that has a lifetime is renewed', () => {
    const associated = associateByFils({ network: networkFor(plain), rMsk });
    const { network, secrets } = associated;
    const bench = portBench({ network, secret: rMsk, remembered: secrets, policy: { pairwiseKeyLifetime: 5 } });
    expect([...bench.timers]).to.deep.equal([['lifetime', 5]]);
    expect(bench.expire('lifetime')).to.equal(true);
    expect(bench.log.some((line) => line.startsWith('send request'))).to.equal(true);
  });

  it('the state holds the keys of further messages and of rekeys, and no other', () => {
    for (const setup of [plain, mobile]) {
      const { bench } = portOf(associateByFils({ network: networkFor(setup), rMsk }));
      const held = secretsIn(bench.state);
      const engines = secretsIn([bench.port.downloads, bench.calls, bench.remembered]);
      const others = [...bench.spied()].filter((secret) => !held.has(secret) && !engines.has(secret));
      expect(others.filter((secret) => !isZeroed(secret))).to.deep.equal([]);
    }
  });

  it('the request in the block is read as far as it is not encrypted', () => {
    const way = { network: networkFor(plain), rMsk };
    const { state } = authenticateByFils(way);
    if (state.phase !== 'accepted') throw new Error('not accepted');
    const associated = associateByFils(way);
    const garbage = Uint8Array.of(...filsRequest(way, state).subarray(0, -40), 48, 2, 1, 1, 244, 1, 0);
    const { bench } = portOf(associated, {
      network: ({ context, ...network }) => ({
        ...network,
        context: { ...context, association: { ...context.association, request: garbage } },
      }),
    });
    up(bench, associated);
  });
});

const up = (bench: Bench, { ap }: FilsAssociated): void => {
  expect(bench.keys).to.deep.equal(shownKeys(ap));
};
