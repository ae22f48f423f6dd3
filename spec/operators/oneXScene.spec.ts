import { expect } from 'chai';
import { eapFault, wired } from '../../operators/core/index.js';
import { L2Reason, Win32 } from '../../streams/events/index.js';
import { EapolType, writeEapol } from '../../streams/frames/index.js';
import { cipher, networkFor, suite } from '../support/associationFor.js';
import { shownKeys } from '../support/authenticator/authenticator.js';
import { eapServer, eapSuccess } from '../support/eapServer.js';
import { text, toyMethod, toyScript } from '../support/eapToy.js';
import { OneXScene } from '../support/oneXScene.js';
import { eapol } from '../support/paeRun.js';
import { shownCall } from '../support/portBench.js';

const NOTHING_OUT = { ports: 0, calls: 0, packets: 0, uiRequests: 0, buffers: 0, timers: 0 };

/** Nothing was broken, and nothing is left. */
const end = (scene: OneXScene): void => {
  scene.host.deinitService();
  expect(scene.host.remarks).to.deep.equal([]);
  expect(scene.violations()).to.deep.equal([]);
  expect(scene.engine.ledger.outstanding()).to.deep.equal(NOTHING_OUT);
  expect(scene.keys.size(), 'every key was asked for').to.equal(0);
};

const keysOf = ({ calls }: OneXScene): ReadonlyArray<string> =>
  calls.flatMap((call) => (call.kind === 'setKeyMappingKey' || call.kind === 'setDefaultKey' ? [shownCall(call) ?? ''] : []));

describe('an engine with an 802.1X module of our own', () => {
  it('S2: authenticates, makes the same keys as the access point, and completes', () => {
    const scene = new OneXScene().associate().run();
    expect(scene.lane).to.equal('sFiFFRppKGXC');
    expect(scene.starts, 'R102: the module sends EAPOL-Start, and the engine does not').to.equal(1);
    expect(keysOf(scene)).to.deep.equal(shownKeys(scene.ap));
    expect(scene.host.adapter.ports.map(({ state }) => state)).to.deep.equal(['authorised']);
    end(scene);
  });

  it('R113: the PMK of Suite B is 48 octets of the MSK, across both halves', () => {
    const [akm, pairwise] = [suite('SUITE_B_192'), cipher('GCMP_256')];
    const network = networkFor({ akm, pairwise, group: pairwise, groupManagement: cipher('BIP_GMAC_256') });
    const scene = new OneXScene({ network }).associate().run();
    expect(scene.lane).to.equal('sFiFFRppKGGXC');
    expect(keysOf(scene)).to.deep.equal(shownKeys(scene.ap));
    end(scene);
  });

  it('R104: packets are forwarded in order, R107: from their type on', () => {
    const scene = new OneXScene().associate().run();
    const forwarded = scene.host.adapter.oneXPackets;
    expect(forwarded.map((packet) => packet[0])).to.deep.equal([0, 0, 0]);
    expect(forwarded.map((packet) => [packet[3], packet[4]])).to.deep.equal([
      [1, 0x40],
      [1, 0x41],
      [3, 0x41],
    ]);
    end(scene);
  });

  it('R105, R106: message 1 overtakes the result, is not forwarded, and is not lost', () => {
    const scene = new OneXScene();
    const key = writeEapol({ version: 2, type: EapolType.codes.KEY, body: new Uint8Array(95) });
    scene.associate().run(3);
    scene.say(key);
    scene.run();
    expect(scene.host.adapter.oneXPackets.every((packet) => packet[0] !== EapolType.codes.KEY)).to.equal(true);
    expect(scene.lane).to.equal('sFiFFRppKGXC');
    end(scene);
  });

  it('R108: what comes after the result is not forwarded', () => {
    const scene = new OneXScene().associate().run();
    scene.say(eapol(eapSuccess(0x41)));
    scene.run();
    expect(scene.host.adapter.oneXPackets).to.have.length(3);
  });

  it('R109: (S11) a request for the identity reauthenticates, and completes nothing', () => {
    const scene = new OneXScene().associate().run();
    scene.reauthenticate().run();
    expect(scene.lane.slice('sFiFFRppKGXC'.length)).to.match(/^sFiFFRp+KG?$/);
    expect(scene.host.adapter.completions).to.have.length(1);
    expect(keysOf(scene).at(-1)).to.equal(shownKeys(scene.ap)[0]);
    end(scene);
  });

  it('R114: a refusal fails the port with an ONEX reason', () => {
    const scene = new OneXScene({ server: () => eapServer(() => toyScript(text('another password'))) });
    scene.associate().run();
    expect(scene.lane).to.equal('sFiFFNB');
    expect(scene.host.adapter.completions.map(({ reason, win32 }) => [reason, win32])).to.deep.equal([
      [L2Reason.codes.ONEX_EAP_FAILURE_RECEIVED, Win32.codes.ERROR_NOT_AUTHENTICATED],
    ]);
    end(scene);
  });

  it('R102: nobody there fails the port after three EAPOL-Starts', () => {
    const scene = new OneXScene();
    scene.isDeaf = true;
    scene.associate().run(90_000);
    expect(scene.lane).to.equal('sNB');
    const starts = scene.outputs.filter((output) => output.kind === 'transmit' && output.packet[1] === EapolType.codes.START);
    expect(starts).to.have.length(3);
    expect(scene.host.adapter.completions.map(({ reason }) => reason)).to.deep.equal([L2Reason.codes.MSMSEC_NO_AUTHENTICATOR]);
    end(scene);
  });

  it('R111: a method without keys is of no use on a keyed network', () => {
    const scene = new OneXScene({ eap: [toyMethod({ hasKeys: false })] });
    scene.associate().run();
    expect(scene.lane.slice(0, 7)).to.equal('sFiFFRB');
  });

  it('a fault of the method is a fault of its port alone', () => {
    const refusing = toyMethod({ onRequest: () => [{ do: 'refuse', fault: eapFault('serverUnproven', 'no') }] });
    const scene = new OneXScene({ eap: [refusing] }).associate().run();
    expect(scene.lane).to.equal('sFiFNB');
    end(scene);
  });

  it('R116, R117: a stop at every moment stops the module once, if it runs, and then there is silence', () => {
    const whole = new OneXScene().associate().run();
    const length = 40;
    let stopped = 0;
    for (let ms = 0; ms <= length; ms++) {
      const method = toyMethod();
      const scene = new OneXScene({ eap: [method] }).associate().run(ms);
      const isOver = /[RN]/.test(scene.lane);
      scene.host.disassociate();
      const { lane, outputs } = scene;
      expect(lane.endsWith('z'), `${ms}: ${lane}`).to.equal(!isOver);
      if (!isOver) stopped++;
      const before = outputs.length;
      scene.run(200_000);
      expect(scene.lane).to.equal(lane);
      expect(scene.outputs).to.have.length(before);
      expect(method.released()).to.equal(method.begun());
      end(scene);
    }
    expect(stopped).to.be.above(3);
    expect(whole.lane).to.equal('sFiFFRppKGXC');
  });

  it('R117: an adapter that is removed at any moment takes the module along, though nobody may stop it', () => {
    for (let ms = 0; ms <= 20; ms++) {
      const method = toyMethod();
      const scene = new OneXScene({ eap: [method] }).associate().run(ms);
      scene.host.deinit(scene.host.adapter, false);
      const before = scene.outputs.length;
      scene.run(200_000);
      expect(scene.outputs).to.have.length(before);
      expect(method.released()).to.equal(method.begun());
      expect(scene.clock.nextDue).to.equal(undefined);
    }
  });

  it('a wire authenticates without keys', () => {
    const scene = new OneXScene({ methods: [wired()] });
    const { association } = scene.network.context;
    scene.host.associate(scene.network.peer, { ...association, authAlgorithm: 0x8000888e, unicastCipher: 0, multicastCipher: 0 });
    scene.run();
    expect(scene.lane).to.equal('sFiFFRC');
    end(scene);
  });
});
