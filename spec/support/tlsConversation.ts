import type { TlsCommand, TlsExports, TlsSession, TlsTurn } from '../../operators/core/index.js';
import type { TlsHost, TlsPeer } from './tlsServer.js';

/** What EAP-TLS exports (RFC 5216 2.3, RFC 9190 2.3). */
export const eapTlsExports: TlsExports = {
  upTo12: { msk: { label: 'client EAP encryption', octets: 64 } },
  from13: { msk: { label: 'EXPORTER_EAP_TLS_Key_Material', context: Uint8Array.of(13), octets: 64 } },
};

export const openCommand = (presentsCertificate = false, exports = eapTlsExports): TlsCommand => ({
  do: 'open',
  presentsCertificate,
  exports,
});

export interface TlsConversation {
  readonly peer: TlsPeer;
  readonly turns: ReadonlyArray<TlsTurn>;
  /** The turn that brought it about, if the handshake came to its end. */
  readonly standing: TlsTurn | undefined;
  readonly last: TlsTurn;
}

const MAX_ROUNDS = 8;

/** Goes on until neither side has anything to say. What stands then is kept, as after a success. */
export const converseTls = async (host: TlsHost, session: TlsSession, open = openCommand()): Promise<TlsConversation> => {
  const peer = host.connect();
  let last = await session.turn(open);
  const turns = [last];
  for (let round = 0; round < MAX_ROUNDS && last.records.length > 0; round += 1) {
    const records = await peer.exchange(last.records);
    if (last.fault !== undefined || records.length === 0) break;
    last = await session.turn({ do: 'receive', records });
    turns.push(last);
  }
  session.keep();
  return { peer, turns, last, standing: turns.find(({ established }) => established !== undefined) };
};

/** What the server exports under the same label. */
export const exportedBy = ({ socket }: TlsPeer, { upTo12, from13 }: TlsExports = eapTlsExports): Uint8Array => {
  const is13 = socket.getProtocol() === 'TLSv1.3';
  const wish = (is13 ? from13 : upTo12)['msk'];
  if (wish === undefined) return new Uint8Array(0);
  const asked = [wish.octets, wish.label, ...(wish.context === undefined ? [] : [Buffer.from(wish.context)])];
  const material: unknown = Reflect.apply(socket.exportKeyingMaterial, socket, asked);
  return material instanceof Uint8Array ? Uint8Array.from(material) : new Uint8Array(0);
};
