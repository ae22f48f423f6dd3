import { emit, type MethodCommand, type MethodInput, type SecurityMethod, type Step, stay } from '../../operators/core/index.js';
import { Cipher, EtherType, Secret } from '../../streams/events/index.js';
import { eapol, symbolOf } from './symbolicMethod.js';

type Done = Step<null, MethodCommand>;

const send = (tag: string): MethodCommand => ({ do: 'send', tag, etherType: EtherType.codes.EAPOL, payload: eapol(tag) });
const derive = (label: string): Done => emit(null, { do: 'derive', label, input: Secret.of(Uint8Array.of(1)) });

const key = (fill: number) => ({
  form: 'ccmp' as const,
  counter: new Uint8Array(6),
  key: Secret.of(new Uint8Array(16).fill(fill)),
});

const derived = (label: string): Done =>
  label === 'd'
    ? emit(null, send('2'))
    : emit<null, MethodCommand>(
        null,
        {
          do: 'install',
          keys: [
            { slot: 'pairwise', algorithm: Cipher.codes.CCMP, material: key(0x33) },
            { slot: 'group', keyIndex: 1, algorithm: Cipher.codes.CCMP, material: key(0x44) },
            { slot: 'excludeUnencrypted', exclude: true },
          ],
        },
        { do: 'succeed' },
      );

const step = (_: null, input: MethodInput): Done => {
  if (input.kind === 'derived') return derived(input.label);
  if (input.kind === 'sent' && input.tag === '4') return derive('w');
  if (input.kind !== 'packet') return stay(null);
  const symbol = symbolOf(input.payload);
  if (symbol === '1') return derive('d');
  return symbol === '3' ? emit(null, send('4')) : stay(null);
};

/** A handshake whose keys are derived at the edge: `d` before message 2, `w` when message 4 was sent. */
export const slow = (): SecurityMethod<null> => ({
  name: 'slow',
  etherTypes: [EtherType.codes.EAPOL],
  usesOneX: false,
  serves: () => true,
  begin: () => stay(null),
  step,
});
