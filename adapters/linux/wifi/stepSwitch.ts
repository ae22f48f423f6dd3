import { emit, type Step, stay } from '../../../operators/core/index.js';

/** Whether an interface is switched on, and who has seen to it. */
export interface SwitchState {
  readonly isOn: boolean;
  /** The radio itself is switched off (rfkill). */
  readonly isBlocked: boolean;
  /** It was on, or was wanted to be, when the radio was switched off: the kernel leaves it off when that is over. */
  readonly resumes: boolean;
}

export type SwitchInput =
  | { readonly kind: 'link'; readonly isOn: boolean }
  | { readonly kind: 'rfkill'; readonly isBlocked: boolean };

export type SwitchEffect =
  /** The interface has to be switched on again. */
  { readonly kind: 'switchOn' } | { readonly kind: 'switched'; readonly isOn: boolean; readonly isBlocked: boolean };

type SwitchStep = Step<SwitchState, SwitchEffect>;

const told = (state: SwitchState): SwitchEffect => ({ kind: 'switched', isOn: state.isOn, isBlocked: state.isBlocked });

const onLink = (state: SwitchState, isOn: boolean): SwitchStep => {
  if (isOn === state.isOn) return stay(state);
  const next = { ...state, isOn };
  return emit<SwitchState, SwitchEffect>(next, told(next));
};

const onRfkill = (state: SwitchState, isBlocked: boolean): SwitchStep => {
  if (isBlocked === state.isBlocked) return stay(state);
  if (isBlocked) return stay({ ...state, isBlocked, resumes: state.isOn });
  const next = { ...state, isBlocked, resumes: false };
  return state.resumes ? emit<SwitchState, SwitchEffect>(next, { kind: 'switchOn' }) : stay(next);
};

/**
 * An interface that its administrator has switched off stays so until he switches it on. One that went off with its radio comes
 * back with it.
 */
export const stepSwitch = (state: SwitchState, input: SwitchInput): SwitchStep =>
  input.kind === 'link' ? onLink(state, input.isOn) : onRfkill(state, input.isBlocked);
