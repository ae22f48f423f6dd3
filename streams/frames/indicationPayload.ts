import type { Indication, IndicationName } from '../events/index.js';

/** What an indication carries besides its kind and its adapter: what its bytes hold. */
export type IndicationPayload<K extends IndicationName> = Omit<Extract<Indication, { kind: K }>, 'kind' | 'adapter'>;
