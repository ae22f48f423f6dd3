export type { CertificateProfile, EapProfile, MethodProfile, Profile, ServerProfile } from './Profile.js';
export { nodeProfileIo, type ProfileIo } from './ProfileIo.js';
export { type PeerMore, peerOf } from './peerOf.js';
export { readProfile, readProfiles } from './readProfile.js';
export { type ResolvedEap, type ResolvedProfile, resolveProfile } from './resolveProfile.js';
export type { SecretReference } from './secretReference.js';
