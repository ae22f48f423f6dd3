export { associationWith } from './associationWith.js';
export type { Arrival } from './BackLog.js';
export { type Fault, failing, type Misbehaviour, reentering, silent, slow, throwing, type Which } from './fault.js';
export type { KeyTable, StoredDefaultKey, StoredKey, StoredMappedKey } from './KeyTable.js';
export type { AdapterIdentity, EnabledAlgorithms, MemoryAdapter, SentPacket } from './MemoryAdapter.js';
export { createMemoryHost, type Leaving, type MemoryHost } from './MemoryHost.js';
export { type Dropped, filtered, type ReceivedFrame, type ReceiveFilter } from './receiveFilter.js';
export type { AdapterDescription } from './script/adapters.js';
export type { EngineDoor, MemoryHostOptions, Remark, UIRequest } from './World.js';
