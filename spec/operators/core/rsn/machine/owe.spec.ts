import { expect } from 'chai';
import { toHex } from '../../../../../streams/events/index.js';
import { ElementExtension, writeExtensionElement } from '../../../../../streams/frames/index.js';
import { cipher, made, type NetworkSetup, networkFor, suite } from '../../../../support/associationFor.js';
import { authenticator, shownKeys, start } from '../../../../support/authenticator/authenticator.js';
import { drawn } from '../../../../support/authenticator/keys.js';
import { portBench } from '../../../../support/portBench.js';

const NAME = drawn('name', 0, 16);
const setup: NetworkSetup = {
  ...{ akm: suite('OWE'), pairwise: cipher('CCMP'), group: cipher('CCMP'), groupManagement: cipher('BIP_CMAC_128') },
  ...{ pmkLength: 32, pmkids: [NAME] },
};
const [OLD, NEW] = [drawn('an earlier one', 0, 32), drawn('master', 0, 32)];

/** A port that has offered a PMK of before; the response has these elements too. */
const opened = (secret: Uint8Array, ...more: ReadonlyArray<number>) => {
  const network = networkFor(setup);
  const { context } = network;
  const { association } = context;
  const response = Uint8Array.of(...association.response, ...more);
  const answered = { ...network, context: { ...context, association: { ...association, response } } };
  const bench = portBench({ network: answered, secret: NEW, remembered: { [toHex(NAME)]: OLD } });
  const { ap } = bench.hear(start(authenticator({ network, secret })));
  return { bench, ap };
};

describe('OWE with a PMK of before', () => {
  it('goes on with it where the access point did not go through the exchange', () => {
    const { bench, ap } = opened(OLD);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(bench.completions).to.deep.equal(['0/0']);
  });

  it('goes on with the PMK of the exchange where the access point did', () => {
    const half = made(writeExtensionElement('half', ElementExtension.codes.OWE_DH, Uint8Array.of(19, 0), new Uint8Array(32)));
    const { bench, ap } = opened(NEW, ...half);
    expect(bench.keys).to.deep.equal(shownKeys(ap));
    expect(bench.completions).to.deep.equal(['0/0']);
  });
});
