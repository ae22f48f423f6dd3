/** Who may come in, by the servers' books. The password of all of them is the same; so is the secret of all RADIUS servers. */
export const PASSWORD = 'correct horse battery';
export const RADIUS_SECRET = 'lab-secret';

export const outer = 'anonymous@example.org';
export const holder = 'user@example.org';
export const inner = 'bob';
/** For the methods without a tunnel: each has a user who may do only that. */
export const users = { MD5: 'md5-user', GTC: 'gtc-user', MSCHAPv2: 'mschapv2-user', PWD: 'pwd-user' } as const;
