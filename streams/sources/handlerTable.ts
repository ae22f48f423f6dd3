import type { AdapterHandle, Handler, HandlerName } from '../events/index.js';
import type { Answers, Fit } from './answers.js';

export type Args<K extends HandlerName> = Omit<Handler<K>, 'kind'>;
export type Plain = Exclude<HandlerName, keyof Special>;

/** The handlers that take a driver's bytes, or answer with more than a code. */
export interface Special {
  /** With the two structures as values, or as the bytes a driver's shim has (R33, R34). */
  readonly performPostAssociate: (
    args:
      | Args<'performPostAssociate'>
      | (Omit<Args<'performPostAssociate'>, 'portState' | 'association'> & {
          readonly portState: Uint8Array;
          readonly association: Uint8Array;
        }),
  ) => number;
  readonly receivePacket: (
    args: Args<'receivePacket'> | { readonly adapter: AdapterHandle; readonly buffer: Uint8Array },
  ) => number;
  readonly receiveIndication: (args: Args<'receiveIndication'>) => number;
  readonly getVersionInfo: () => Answers['versions'];
  readonly isUIRequestPending: (args: Args<'isUIRequestPending'>) => boolean;
  readonly validateProfile: (args: Args<'validateProfile'>) => number;
  readonly performCapabilityMatch: (args: Args<'performCapabilityMatch'>) => number;
  readonly createDiscoveryProfiles: (args: Args<'createDiscoveryProfiles'>) => number;
  readonly queryUIRequest: (args: Args<'queryUIRequest'>) => ReturnType<Answers['queryUIRequest']>;
  readonly control: (args: Args<'control'>) => Fit;
}

/** The handler table: plain functions that return before anything they cause beyond the call itself happens. */
export type Handlers = { readonly [K in Plain]: (args: Args<K>) => number } & Special;

/** The handlers that take values and answer with a code. */
export const PLAIN: ReadonlyArray<Plain> = [
  'deinitService',
  'initAdapter',
  'deinitAdapter',
  'performPreAssociate',
  'adapterReset',
  'stopPostAssociate',
  'processSessionChange',
  'sendPacketCompletion',
  'processUIResponse',
  'oneXIndicateResult',
  'initService',
  'initVirtualStation',
];
