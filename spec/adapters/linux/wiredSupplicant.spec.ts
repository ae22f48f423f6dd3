import { expect } from 'chai';
import { left, right } from 'fp-ts/lib/Either.js';
import { Observable, Subject } from 'rxjs';
import { nodeCrypto } from '../../../adapters/crypto/index.js';
import { bytesOf, readLog, replay } from '../../../adapters/event-log/index.js';
import { type Wire, type WiredEvent, type WireEvent, type WireLink, wiredSupplicant } from '../../../adapters/linux/index.js';
import {
  checkEnd,
  checkStep,
  emptyWorld,
  md5,
  open,
  type PeerOptions,
  type Violation,
  wired,
} from '../../../operators/core/index.js';
import { type MacAddress, readLogEntry, Secret } from '../../../streams/events/index.js';
import { EapMethod, EapolType, readEapol, writeEapol } from '../../../streams/frames/index.js';
import { LogicalClock } from '../../../streams/sources/index.js';
import { eapFailure, eapRequest, eapSuccess } from '../../support/eapServer.js';
import { bytesOfText } from '../event-log/logText.js';

const utf8 = (text: string): Secret => Secret.of(new TextEncoder().encode(text));
const IDENTITY = 'somebody@example.org';

const peer = () => {
  const options: PeerOptions = {
    identity: utf8(IDENTITY),
    shownIdentity: utf8(IDENTITY),
    password: { form: 'text', secret: utf8('correct horse') },
    methods: [md5()],
    crypto: nodeCrypto,
    draw: (octets) => new Uint8Array(octets),
    room: 1400,
  };
  const openTls = () => ({ turn: () => Promise.reject(new Error('no TLS here')), keep: () => undefined, close: () => undefined });
  return { options, openTls };
};

const eth0: WireLink = { index: 2, name: 'eth0', address: '02:aa:00:00:00:02' as MacAddress, isUp: true, mtu: 1500 };
const from = '02:aa:00:00:00:01' as MacAddress;

const { EAP_PACKET } = EapolType.codes;
const eap = (body: Uint8Array): WireEvent => ({
  kind: 'packet',
  from,
  payload: writeEapol({ version: 2, type: EAP_PACKET, body }),
});
const identity = eap(eapRequest(1, EapMethod.codes.IDENTITY));
const challenge = eap(eapRequest(2, EapMethod.codes.MD5_CHALLENGE, Uint8Array.of(4, 1, 2, 3, 4)));
const success = eap(eapSuccess(2));
const failure = eap(eapFailure(2));

/** What was sent, in short. */
const inShort = (packet: Uint8Array): string => {
  const read = readEapol(packet);
  if (read._tag === 'Left') return 'malformed';
  const { type, body } = read.right;
  return type === EAP_PACKET ? `EAP ${body[4]}` : (EapolType.nameOf(type) ?? '');
};

interface More {
  readonly record?: (line: string) => void;
  readonly isDeaf?: boolean;
}

const onWire = (more: More = {}, endsAt: (n: number) => boolean = () => false) => {
  const events = new Subject<WireEvent>();
  const sent: string[] = [];
  let listeners = 0;
  const wire: Wire = {
    name: 'eth0',
    link: eth0,
    events$: new Observable((out) => {
      listeners++;
      out.add(() => {
        listeners--;
      });
      return events.subscribe(out);
    }),
    transmit: (packet) => {
      if (more.isDeaf === true) return left({ code: 'ENETDOWN', message: 'the interface is switched off' });
      sent.push(inShort(packet));
      return right(undefined);
    },
  };
  const clock = new LogicalClock();
  const { record } = more;
  const supplicant = wiredSupplicant({ wire, peer, scheduler: clock, policy: { retryAfter: 1000 }, ...(record && { record }) });
  const seen: WiredEvent[] = [];
  let isComplete = false;
  const subscription = supplicant.events$.subscribe({
    next: (event) => {
      seen.push(event);
      if (endsAt(seen.length - 1)) supplicant.end();
    },
    complete: () => {
      isComplete = true;
    },
  });
  const ports = (): ReadonlyArray<string> => seen.flatMap((event) => (event.kind === 'port' ? [event.port.state] : []));
  /** Something happens, and the engine has its turns. */
  const happens = async (...happenings: ReadonlyArray<WireEvent>): Promise<void> => {
    for (const event of happenings) {
      events.next(event);
      await turn(1);
    }
  };
  const turn = async (ms: number): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advanceTo(clock.now() + ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const up: WireEvent = { kind: 'link', link: eth0 };
  const down: WireEvent = { kind: 'link', link: { ...eth0, isUp: false } };
  return {
    ...{ happens, turn, up, down, seen, ports, sent, clock },
    end: supplicant.end,
    unsubscribe: () => subscription.unsubscribe(),
    isComplete: () => isComplete,
    listeners: () => listeners,
  };
};

const ANSWERS = ['START', 'EAP 1', 'EAP 4'];

describe('a supplicant on a wire', () => {
  it('authenticates when the link is up', async () => {
    const { happens, up, sent, ports } = onWire();
    await happens(up, identity, challenge, success);
    expect(sent).to.deep.equal(ANSWERS);
    expect(ports()).to.deep.equal(['unauthorised', 'authorised']);
  });

  it('waits for a link that is down', async () => {
    const { happens, up, down, sent, ports } = onWire();
    await happens(down, identity);
    expect(sent).to.deep.equal([]);
    await happens(up);
    expect(sent).to.deep.equal(['START']);
    expect(ports()).to.deep.equal(['unauthorised']);
  });

  it('R55, R117: is silent from the moment the link goes down, wherever it stood', async () => {
    const course = [identity, challenge, success];
    for (let length = 0; length <= course.length; length++) {
      const { happens, turn, up, down, sent, ports } = onWire();
      await happens(up, ...course.slice(0, length), down);
      const said = sent.length;
      await happens(...course.slice(length), identity);
      await turn(300_000);
      expect(sent.length, `after ${length} packets`).to.equal(said);
      expect(ports().at(-1)).to.equal('deleted');
    }
  });

  it('begins at once when the link comes back, even after a refusal', async () => {
    const { happens, up, down, sent, ports } = onWire();
    await happens(up, identity, challenge, failure);
    expect(ports()).to.deep.equal(['unauthorised']);
    await happens(down, up, identity, challenge, success);
    expect(sent).to.deep.equal([...ANSWERS, ...ANSWERS]);
    expect(ports()).to.deep.equal(['unauthorised', 'deleted', 'unauthorised', 'authorised']);
  });

  it('R178: rests after a refusal, and tries again', async () => {
    const { happens, turn, up, sent } = onWire();
    await happens(up, identity, challenge, failure);
    await turn(60_000);
    expect(sent).to.deep.equal([...ANSWERS, 'START']);
  });

  it('R118: authenticates anew when it is asked to, and a refusal then closes the port', async () => {
    const { happens, up, sent, ports } = onWire();
    await happens(up, identity, challenge, success, identity, identity, challenge);
    expect(ports().at(-1)).to.equal('authorised');
    await happens(failure);
    expect(sent).to.deep.equal([...ANSWERS, ...ANSWERS]);
    expect(ports().at(-1)).to.equal('unauthorised');
  });

  it('takes an interface that went away and came back for another', async () => {
    const { happens, up, sent, seen } = onWire();
    await happens(up, identity, { kind: 'removed' }, { kind: 'link', link: { ...eth0, index: 7 } });
    expect(sent).to.deep.equal(['START', 'EAP 1', 'START']);
    const adapters = seen.flatMap((event) =>
      event.kind === 'told' && event.event.kind === 'initAdapter' ? [event.event.adapter] : [],
    );
    expect(adapters).to.deep.equal(['0x2', '0x7']);
  });

  it('R117: rests no longer once its interface is gone', async () => {
    const { happens, turn, up, seen, clock } = onWire();
    await happens(up, identity, challenge, failure, { kind: 'removed' });
    const before = seen.length;
    expect(clock.nextDue, 'no timer is left').to.equal(undefined);
    await turn(300_000);
    expect(seen).to.have.length(before);
  });

  it('logs off, gives everything back, and is done', async () => {
    const run = onWire();
    await run.happens(run.up, identity, challenge, success);
    run.end();
    expect(run.sent).to.deep.equal([...ANSWERS, 'LOGOFF']);
    expect(run.ports().at(-1)).to.equal('deleted');
    expect(run.isComplete()).to.equal(true);
    expect(run.listeners()).to.equal(0);
    run.end();
    await run.turn(300_000);
    expect(run.sent).to.have.length(ANSWERS.length + 1);
    expect(run.clock.nextDue, 'no timer is left').to.equal(undefined);
  });

  it('can be ended from inside of whatever it tells', async () => {
    const story = async (endsAt: number): Promise<number> => {
      const run = onWire({}, (n) => n === endsAt);
      await run.happens(run.up, identity, challenge, success);
      await run.turn(300_000);
      if (!run.isComplete()) return run.seen.length;
      expect(run.listeners(), `at ${endsAt}`).to.equal(0);
      expect(run.clock.nextDue, `at ${endsAt}`).to.equal(undefined);
      const said = run.sent.length;
      await run.happens(identity, run.up, identity);
      expect(run.sent, `at ${endsAt}`).to.have.length(said);
      expect(run.sent.indexOf('LOGOFF'), `at ${endsAt}`).to.be.oneOf([-1, said - 1]);
      return run.seen.length;
    };
    const length = await story(-1);
    for (let endsAt = 0; endsAt < length; endsAt++) await story(endsAt);
  });

  it('has nobody to log off from while the link is down', async () => {
    const { happens, up, down, sent, end, isComplete } = onWire();
    await happens(up, identity, down);
    end();
    expect(sent).to.deep.equal(['START', 'EAP 1']);
    expect(isComplete()).to.equal(true);
  });

  it('says no word when it is dropped, and holds nothing', async () => {
    const { happens, turn, up, sent, unsubscribe, listeners, clock } = onWire();
    await happens(up, identity);
    unsubscribe();
    await turn(300_000);
    expect(sent).to.deep.equal(['START', 'EAP 1']);
    expect(listeners()).to.equal(0);
    expect(clock.nextDue).to.equal(undefined);
  });

  it('tells of a packet that could not be sent, and tries again in time', async () => {
    const { happens, turn, up, seen } = onWire({ isDeaf: true });
    await happens(up);
    await turn(30_000);
    const troubles = seen.flatMap((event) => (event.kind === 'trouble' ? [event.fault.code] : []));
    expect(troubles).to.deep.equal(['ENETDOWN', 'ENETDOWN']);
  });

  it('writes a log that replays, keeps the contract, and holds no secret', async () => {
    const lines: string[] = [];
    const { happens, turn, up, down, end } = onWire({ record: (line) => lines.push(line) });
    await happens(up, identity, challenge, failure);
    await turn(60_000);
    await happens(identity, challenge, success, identity, identity, down, up, identity);
    end();
    await turn(1);
    const text = lines.map((line) => `${line}\n`).join('');
    const result = replay(readLog(bytesOf(bytesOfText(text))), { methods: [wired({ retryAfter: 1000 }), open] });
    expect(result.difference).to.equal(undefined);
    expect(result).to.include({ same: true });
    expect(result.effects).to.be.greaterThan(10);
    expect(text).to.not.include('"secret"');
    expect(text).to.not.include(Buffer.from(IDENTITY).toString('hex'));
    expect(violationsOf(lines)).to.deep.equal([]);
  });
});

const violationsOf = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const step = checkStep();
  const violations: Violation[] = [];
  let world = emptyWorld();
  for (const [i, line] of lines.entries()) {
    const entry = readLogEntry(line);
    if (entry._tag === 'Left') return [entry.left];
    const checked = step(world, { ...entry.right, n: i + 1 });
    world = checked.state;
    violations.push(...checked.violations);
  }
  return [...violations, ...checkEnd(world)].map(({ rule, message }) => `${rule}: ${message}`);
};
