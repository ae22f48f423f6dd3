export type { Crypto, HashName } from './Crypto.js';
export type { Curve, CurvePoint } from './Curve.js';
