import { isLeft } from 'fp-ts/lib/Either.js';
import { AvpCode, avp, isAvp, readAvps, writeAvps } from '../../../operators/core/eap/methods/ttls/avp.js';
import { EapCode } from '../../../streams/frames/index.js';
import type { Link } from './eapLink.js';
import type { Tunnel } from './tunnelServer.js';

const { RESPONSE, SUCCESS } = EapCode.codes;
const HEADER = 4;
const EMPTY = new Uint8Array(0);

/** A link for an inner server: what it tells goes nowhere, and is kept. */
export interface InsideLink extends Link {
  readonly isSuccess: boolean;
}

const insideLink = (carry: (packet: Uint8Array) => Promise<Uint8Array | undefined>): InsideLink => {
  let isSuccess = false;
  return {
    ask: carry,
    tell: ([code]) => {
      isSuccess = code === SUCCESS;
    },
    get isSuccess() {
      return isSuccess;
    },
  };
};

/** PEAP leaves the headers of inner packets out; the inner peer answers with the identifier of the packet around it. */
export const peapLink = (tunnel: Tunnel): InsideLink =>
  insideLink(async (packet) => {
    const said = await tunnel.ask(packet.slice(HEADER));
    const length = HEADER + said.length;
    return said.length === 0 ? undefined : Uint8Array.of(RESPONSE, packet[1] ?? 0, length >>> 8, length & 0xff, ...said);
  });

/** TTLS carries inner packets in AVPs. The peer speaks first: the first question, for its identity, is answered before it is asked. */
export const ttlsLink = (tunnel: Tunnel): InsideLink => {
  let isFirst = true;
  return insideLink(async (packet) => {
    const unasked = isFirst && tunnel.first.length > 0 ? tunnel.first : undefined;
    const plain = isFirst ? EMPTY : writeAvps([avp(AvpCode.EAP_MESSAGE, packet)]);
    isFirst = false;
    const avps = readAvps(unasked ?? (await tunnel.ask(plain)));
    return isLeft(avps) ? undefined : avps.right.find((one) => isAvp(one, AvpCode.EAP_MESSAGE))?.data;
  });
};
