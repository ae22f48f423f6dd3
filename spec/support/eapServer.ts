import { isRight } from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../streams/events/index.js';
import { EapCode, EapMethod, type EapPacket, type EapVendorType, readEap } from '../../streams/frames/index.js';

const { REQUEST, RESPONSE, SUCCESS, FAILURE } = EapCode.codes;
const EMPTY = new Uint8Array(0);

/** The octets of an EAP packet, whatever they are: a test may want what no writer writes. */
export const eapOctets = (code: number, identifier: number, body: Uint8Array = EMPTY): Uint8Array => {
  const length = 4 + body.length;
  return Uint8Array.of(code, identifier, length >>> 8, length & 0xff, ...body);
};

const vendorOctets = ({ vendor, type }: EapVendorType): Uint8Array => {
  const octets = new Uint8Array(7);
  new DataView(octets.buffer).setUint32(0, vendor << 8);
  new DataView(octets.buffer).setUint32(3, type);
  return octets;
};

export const eapRequest = (identifier: number, type: number, data: Uint8Array = EMPTY): Uint8Array =>
  eapOctets(REQUEST, identifier, Uint8Array.of(type, ...data));

/** A request in the expanded form (RFC 3748 5.7). */
export const expandedRequest = (identifier: number, vendor: EapVendorType, data: Uint8Array = EMPTY): Uint8Array =>
  eapRequest(identifier, EapMethod.codes.EXPANDED, Uint8Array.of(...vendorOctets(vendor), ...data));

export const eapSuccess = (identifier: number): Uint8Array => eapOctets(SUCCESS, identifier);
export const eapFailure = (identifier: number): Uint8Array => eapOctets(FAILURE, identifier);

/** What a script may say; a result ends it. */
export type Line =
  | { readonly say: 'request'; readonly type: number; readonly data?: Uint8Array }
  | { readonly say: 'expanded'; readonly vendor: EapVendorType; readonly data?: Uint8Array }
  | { readonly say: 'success' }
  | { readonly say: 'failure' };

export const request = (type: number, data: Uint8Array = EMPTY): Line => ({ say: 'request', type, data });
export const success: Line = { say: 'success' };
export const failure: Line = { say: 'failure' };

/** A server as a story: every request it yields comes back as the response to it. */
export type EapScript = Generator<Line, void, EapPacket>;

/** A server for tests: identifiers, repetitions, and results around a script. */
export interface EapServer {
  /** The first request. */
  begin(): Uint8Array;
  /** What follows from a packet of the peer; nothing if it is not the response that is awaited. */
  receive(packet: Uint8Array): Uint8Array | undefined;
  /** The last packet once more, as a server repeats it that got no answer. */
  again(): Uint8Array;
  readonly responses: ReadonlyArray<EapPacket>;
}

/** Runs a script as a server whose identifiers begin with `first`. */
export const eapServer = (script: () => EapScript, first = 0x40): EapServer => {
  const story = script();
  const responses: EapPacket[] = [];
  let identifier = first - 1;
  let last: Uint8Array = EMPTY;
  const say = (line: Line): Uint8Array => {
    switch (line.say) {
      case 'request':
        identifier = (identifier + 1) & 0xff;
        return eapRequest(identifier, line.type, line.data);
      case 'expanded':
        identifier = (identifier + 1) & 0xff;
        return expandedRequest(identifier, line.vendor, line.data);
      case 'success':
        return eapSuccess(identifier);
      case 'failure':
        return eapFailure(identifier);
    }
  };
  const tell = ({ done, value }: IteratorResult<Line, void>): Uint8Array | undefined => {
    if (done || value === undefined) return undefined;
    last = say(value);
    return last;
  };
  return {
    begin: () => tell(story.next()) ?? EMPTY,
    receive: (packet) => {
      const read = readEap(packet);
      if (!isRight(read) || read.right.code !== RESPONSE || read.right.identifier !== identifier) return;
      const previous = responses.at(-1);
      if (previous !== undefined && previous.identifier === identifier && equalBytes(previous.data, read.right.data)) return;
      responses.push(read.right);
      return tell(story.next(read.right));
    },
    again: () => last,
    responses,
  };
};
