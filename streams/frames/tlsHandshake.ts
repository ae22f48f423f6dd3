import { isLeft } from 'fp-ts/lib/Either.js';
import type { DecodeError } from './DecodeError.js';
import { Gathering } from './Gathering.js';
import { type ClientHello, readClientHello, readServerHello, type ServerHello } from './tlsHello.js';

/** A handshake message that was met. Only the hellos are read; of the others there is the type. */
export type TlsHandshakeItem =
  | { readonly kind: 'clientHello'; readonly hello: ClientHello }
  | { readonly kind: 'serverHello'; readonly hello: ServerHello }
  | { readonly kind: 'handshake'; readonly type: number; readonly length: number }
  | { readonly kind: 'fault'; readonly error: DecodeError };

const HEADER_SIZE = 4;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;

/** No hello is as long as this; what claims to be is passed over. */
export const MAX_HELLO_SIZE = 0x10000;

const itemOf = (type: number, body: Uint8Array): TlsHandshakeItem => {
  if (type === CLIENT_HELLO) {
    const hello = readClientHello(body);
    return isLeft(hello) ? { kind: 'fault', error: hello.left } : { kind: 'clientHello', hello: hello.right };
  }
  const hello = readServerHello(body);
  return isLeft(hello) ? { kind: 'fault', error: hello.left } : { kind: 'serverHello', hello: hello.right };
};

const isRead = (type: number, length: number): boolean =>
  (type === CLIENT_HELLO || type === SERVER_HELLO) && length <= MAX_HELLO_SIZE;

/**
 * Reads the handshake messages (RFC 8446 4) of one direction out of the payloads of its records, however these cut them. It keeps
 * a hello while it is incomplete, and nothing else.
 */
export const createTlsHandshake = (tell: (item: TlsHandshakeItem) => void): ((payload: Uint8Array) => void) => {
  let header = new Gathering(HEADER_SIZE);
  let type = 0;
  let body: Gathering | undefined;
  let toSkip = 0;

  const open = (): void => {
    const [first = 0, high = 0, middle = 0, low = 0] = header.bytes;
    header = new Gathering(HEADER_SIZE);
    const length = (high << 16) | (middle << 8) | low;
    type = first;
    if (isRead(type, length)) body = new Gathering(length);
    else {
      toSkip = length;
      tell({ kind: 'handshake', type, length });
    }
  };
  const close = (): void => {
    if (body?.isComplete !== true) return;
    tell(itemOf(type, body.bytes));
    body = undefined;
  };

  return (payload) => {
    for (let at = 0; at < payload.length; ) {
      if (toSkip > 0) {
        const size = Math.min(toSkip, payload.length - at);
        toSkip -= size;
        at += size;
      } else if (body === undefined) {
        at += header.take(payload, at);
        if (header.isComplete) open();
      } else at += body.take(payload, at);
      close();
    }
  };
};
