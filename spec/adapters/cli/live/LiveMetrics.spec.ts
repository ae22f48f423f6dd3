import { createServer } from 'node:net';
import { expect } from 'chai';
import type { LiveItem } from '../../../../adapters/cli/live/LiveItem.js';
import { liveMetrics } from '../../../../adapters/cli/live/LiveMetrics.js';
import type { MacAddress } from '../../../../streams/events/index.js';

const HOST = '127.0.0.1';

/** A port nobody listens on, or that stays taken as long as the test wants. */
const taken = (): Promise<{ readonly port: number; readonly free: () => Promise<void> }> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, free: () => new Promise((done) => server.close(() => done())) });
    });
  });

const serving = async () => {
  const { port, free } = await taken();
  await free();
  const metrics = await liveMetrics({ host: HOST, port }, 'eth0');
  if (metrics._tag === 'Left') return expect.fail(metrics.left);
  const fetched = async (path = '/metrics') => {
    const response = await fetch(`http://${HOST}:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  /** The lines of one metric, without its labels’ common part. */
  const values = async (name: string): Promise<ReadonlyArray<string>> =>
    (await fetched()).text.split('\n').filter((line) => line.startsWith(name) && !line.includes('_bucket'));
  return { ...metrics.right, fetched, values };
};

const at = 0;
const address = '02:aa:00:00:00:02' as MacAddress;
const link = (isUp: boolean): LiveItem => ({ at, kind: 'link', link: { index: 2, name: 'eth0', address, isUp, mtu: 1500 } });
const verdict = (kind: 'authenticated' | 'wrongPassword', ms: number, method?: string): LiveItem => ({
  at,
  kind: 'verdict',
  ms,
  verdict: { kind, message: 'why', ...(method !== undefined && { method }) },
});

describe('the metrics of a supplicant', () => {
  it('tell whether the link is up and the port is open', async () => {
    const { item, values, close } = await serving();
    expect(await values('postassoc_link_up')).to.deep.equal(['postassoc_link_up{interface="eth0"} 0']);
    item(link(true));
    item({ at, kind: 'port', state: 'unauthorised' });
    item({ at, kind: 'port', state: 'authorised' });
    expect(await values('postassoc_link_up')).to.deep.equal(['postassoc_link_up{interface="eth0"} 1']);
    expect(await values('postassoc_port_authorised')).to.deep.equal(['postassoc_port_authorised{interface="eth0"} 1']);
    item({ at, kind: 'port', state: 'deleted' });
    item({ at, kind: 'removed' });
    expect(await values('postassoc_link_up')).to.deep.equal(['postassoc_link_up{interface="eth0"} 0']);
    expect(await values('postassoc_port_authorised')).to.deep.equal(['postassoc_port_authorised{interface="eth0"} 0']);
    close();
  });

  it('count authentications and how long they took', async () => {
    const { item, values, close } = await serving();
    item(verdict('authenticated', 250, 'PEAP'));
    item(verdict('authenticated', 750, 'PEAP'));
    item(verdict('wrongPassword', 100));
    expect(await values('postassoc_authentications_total')).to.have.members([
      'postassoc_authentications_total{result="success",method="PEAP",verdict="authenticated",interface="eth0"} 2',
      'postassoc_authentications_total{result="failure",method="none",verdict="wrongPassword",interface="eth0"} 1',
    ]);
    expect(await values('postassoc_authentication_seconds_sum{interface="eth0",result="success"')).to.deep.equal([
      'postassoc_authentication_seconds_sum{interface="eth0",result="success",method="PEAP"} 1',
    ]);
    close();
  });

  it('count packets by their direction and type', async () => {
    const { item, values, close } = await serving();
    const packet = { at, kind: 'packet', words: '', octets: 4 } as const;
    item({ ...packet, dir: 'out', type: 'START' });
    item({ ...packet, dir: 'in', type: 'EAP_PACKET' });
    item({ ...packet, dir: 'in', type: 'EAP_PACKET' });
    expect(await values('postassoc_eapol_packets_total')).to.deep.equal([
      'postassoc_eapol_packets_total{direction="out",type="START",interface="eth0"} 1',
      'postassoc_eapol_packets_total{direction="in",type="EAP_PACKET",interface="eth0"} 2',
    ]);
    close();
  });

  it('are at one place, and at no other', async () => {
    const { fetched, close } = await serving();
    expect(await fetched('/')).to.deep.equal({ status: 404, text: 'the metrics are at /metrics\n' });
    expect((await fetched('/metrics?name=all')).status).to.equal(200);
    close();
  });

  it('say where they cannot be', async () => {
    const { port, free } = await taken();
    const metrics = await liveMetrics({ host: HOST, port }, 'eth0');
    expect(metrics._tag === 'Left' && metrics.left).to.equal(
      `--metrics: cannot listen on ${HOST}, port ${port}: somebody else listens there already`,
    );
    await free();
  });
});
