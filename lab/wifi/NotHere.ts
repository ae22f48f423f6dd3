/** Why the lab cannot be run on this machine, which is nobody's fault. */
export class NotHere extends Error {}
