export type { LinuxFault } from './LinuxFault.js';
export { type LinuxWireOptions, linuxWire, PAE_GROUP_ADDRESS } from './wired/linuxWire.js';
export { noWire, stepWire, WIRE_PEER, type WireCall, type WireInput, type WireState } from './wired/stepWire.js';
export type { Wire, WireEvent, WireLink } from './wired/Wire.js';
export { type WiredEvent, type WiredSupplicant, type WiredSupplicantOptions, wiredSupplicant } from './wired/wiredSupplicant.js';
