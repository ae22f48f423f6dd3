import { constants } from 'node:os';
import { expect } from 'chai';
import type { LibC } from '../../../../adapters/linux/ffi/LibC.js';
import { genericBody } from '../../../../adapters/linux/genetlink/GenericMessage.js';
import { GenericSocket } from '../../../../adapters/linux/genetlink/GenericSocket.js';
import { writeNetlinkMessage } from '../../../../adapters/linux/netlink/netlinkMessage.js';

type Errno = keyof typeof constants.errno;
type Said = Uint8Array | Errno;

const FAMILY = 32;
const [ERROR, DONE] = [2, 3];
const KERNEL = Uint8Array.of(16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);

const said = (type: number, sequence: number, body: Uint8Array): Uint8Array =>
  writeNetlinkMessage({ type, flags: 0, sequence, body });
const event = (command: number): Uint8Array => said(FAMILY, 0, genericBody({ command, attributes: [] }));
const answer = (command: number): Uint8Array => said(FAMILY, 1, genericBody({ command, attributes: [] }));
const acknowledged = (error: number): Uint8Array => {
  const body = new Uint8Array(20);
  new DataView(body.buffer).setInt32(0, error, true);
  return said(ERROR, 1, body);
};
const end = (): Uint8Array => said(DONE, 1, new Uint8Array(4));
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A kernel that says what it was told to, to the first request. */
const open = (...script: ReadonlyArray<Said>) => {
  const waiting: Said[] = [];
  const log: string[] = [];
  let errno = 0;
  let from = KERNEL;
  let readable: (() => void) | undefined;
  const c: LibC = {
    socket: () => 7,
    bind: () => 0,
    setsockopt: () => 0,
    sendto: (_fd, data) => {
      waiting.push(...script);
      return data.length;
    },
    recvfrom: (_fd, into, _size, _flags, ...[address, size]) => {
      const next = waiting.shift() ?? 'EAGAIN';
      if (typeof next === 'string') {
        errno = constants.errno[next];
        return -1;
      }
      into.set(next);
      address.set(from);
      size[0] = from.length;
      return next.length;
    },
    close: () => 0,
    errno: () => errno,
    watch: (_fd, onReadable) => {
      readable = onReadable;
      return { end: () => undefined };
    },
  };
  const opened = GenericSocket.open(c);
  if (opened._tag === 'Left') throw new Error(opened.left.errno);
  const socket = opened.right;
  socket.listen({
    event: ({ command }) => log.push(`event ${command}`),
    overrun: () => log.push('overrun'),
    failed: (name) => log.push(`failed ${name}`),
  });
  const deliver = (what: Said, sender = KERNEL): void => {
    from = sender;
    waiting.push(what);
    readable?.();
  };
  return { socket, log, deliver };
};

const ask = (socket: GenericSocket) => socket.request(FAMILY, { command: 1, attributes: [] });

describe('a socket of generic netlink', () => {
  it('answers with what the kernel said before its acknowledgement', () => {
    const { socket } = open(answer(3), answer(4), acknowledged(0));
    const answered = ask(socket);
    expect(answered._tag === 'Right' && answered.right.messages.map(({ command }) => command)).to.deep.equal([3, 4]);
  });

  it('answers with a list up to its end', () => {
    const { socket } = open(answer(3), end());
    const answered = ask(socket);
    expect(answered._tag === 'Right' && answered.right.messages).to.have.length(1);
  });

  it('tells a refusal by the name of its errno', () => {
    const { socket } = open(acknowledged(-constants.errno.EBUSY));
    expect(ask(socket)).to.deep.equal({ _tag: 'Left', left: { errno: 'EBUSY' } });
  });

  it('keeps events that come in between for a later turn, in order', async () => {
    const { socket, log } = open(event(46), event(48), acknowledged(0));
    expect(ask(socket)._tag).to.equal('Right');
    expect(log).to.deep.equal([]);
    await nextTurn();
    expect(log).to.deep.equal(['event 46', 'event 48']);
  });

  it('tells them before anything else that waits for its turn', async () => {
    const { socket, log } = open(event(46), acknowledged(0));
    setImmediate(() => log.push('something else'));
    ask(socket);
    await nextTurn();
    expect(log).to.deep.equal(['event 46', 'something else']);
  });

  it('tells of an overrun once, after the events that were not lost', async () => {
    const { socket, log, deliver } = open(event(46), 'ENOBUFS', acknowledged(0));
    expect(ask(socket)._tag, 'the answer was not lost').to.equal('Right');
    await nextTurn();
    deliver('ENOBUFS');
    expect(log).to.deep.equal(['event 46', 'overrun', 'overrun']);
  });

  it('does not wait for an answer that was lost', () => {
    expect(ask(open('ENOBUFS').socket)).to.deep.equal({ _tag: 'Left', left: { errno: 'ENOBUFS' } });
    expect(ask(open().socket)).to.deep.equal({ _tag: 'Left', left: { errno: 'EAGAIN' } });
  });

  it('believes nobody but the kernel', () => {
    const { log, deliver } = open();
    deliver(
      event(48),
      KERNEL.map((octet, i) => (i === 4 ? 9 : octet)),
    );
    deliver(event(46));
    expect(log).to.deep.equal(['event 46']);
  });

  it('tells of what keeps it from hearing', () => {
    const { log, deliver } = open();
    deliver('EIO');
    expect(log).to.deep.equal(['failed EIO']);
  });

  it('is silent once it is closed', async () => {
    const { socket, log } = open(event(46), acknowledged(0));
    ask(socket);
    socket.close();
    await nextTurn();
    expect(log).to.deep.equal([]);
    expect(ask(socket)).to.deep.equal({ _tag: 'Left', left: { errno: 'EBADF' } });
  });
});
