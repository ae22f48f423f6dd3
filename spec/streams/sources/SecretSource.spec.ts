import { expect } from 'chai';
import type { HostEvent, Secret, SecretRequest } from '../../../streams/events/index.js';
import { reportingSecrets, type SecretSource } from '../../../streams/sources/index.js';
import { ENTROPY, secretOf } from './frontDoor.js';

const PSK: SecretRequest = { want: 'credential', name: 'psk' };

const reporting = (source: SecretSource) => {
  const told: HostEvent[] = [];
  return { told, secrets: reportingSecrets(source, (event) => told.push(event)) };
};

describe('reportingSecrets', () => {
  it('gives what its source gives, and tells what that was', () => {
    const secret = secretOf(1, 2, 3);
    const { told, secrets } = reporting((request) => (request.want === 'entropy' ? secret : undefined));
    expect(secrets(ENTROPY)).to.equal(secret);
    expect(told).to.deep.equal([{ kind: 'secretSupplied', request: ENTROPY, secret }]);
    expect(told[0]).to.have.property('secret', secret);
  });

  it('tells of a request that had no answer, so that a replay has none either', () => {
    const { told, secrets } = reporting(() => undefined);
    expect(secrets(PSK)).to.equal(undefined);
    expect(told).to.deep.equal([{ kind: 'secretSupplied', request: PSK }]);
    expect(told[0]).to.not.have.property('secret');
  });

  it('asks its source once for each request, in order', () => {
    const asked: SecretRequest[] = [];
    const supply: Secret[] = [secretOf(1), secretOf(2)];
    const { told, secrets } = reporting((request) => {
      asked.push(request);
      return supply.shift();
    });
    const given = [ENTROPY, PSK, ENTROPY].map((request) => secrets(request)?.reveal()[0]);
    expect(given).to.deep.equal([1, 2, undefined]);
    expect(asked).to.have.ordered.members([ENTROPY, PSK, ENTROPY]);
    expect(told.map((event) => event.kind === 'secretSupplied' && event.secret?.reveal()[0])).to.deep.equal([1, 2, undefined]);
  });

  it('tells before anyone can destroy what was given', () => {
    let seen: number | undefined;
    const secrets = reportingSecrets(
      () => secretOf(7),
      (event) => {
        seen = event.kind === 'secretSupplied' ? event.secret?.reveal()[0] : undefined;
      },
    );
    secrets(ENTROPY)?.zeroise();
    expect(seen).to.equal(7);
  });

  it('R11: what it tells shows no secret', () => {
    const { told, secrets } = reporting(() => secretOf(0xc0, 0xff, 0xee));
    secrets(ENTROPY);
    expect(JSON.stringify(told))
      .to.contain('[redacted 3 B]')
      .and.not.match(/c0ffee|192,255,238/i);
  });
});
