import { getCiphers } from 'node:crypto';
import * as atOnce from './keyWrapAtOnce.js';
import * as byBlocks from './keyWrapByBlocks.js';

/**
 * OpenSSL's key wrap never uses the processor's AES instructions. For x86-64 its AES without them reads the whole of a table of 256
 * octets with each block, so that the cache tells nothing of the key; elsewhere it may be one of large tables, and the block cipher with
 * the instructions is called a block at a time.
 */
const isQuiet = process.arch === 'x64' && atOnce.KEY_WRAP_CIPHERS.every((name) => getCiphers().includes(name));

export const { aesWrap, aesUnwrap } = isQuiet ? atOnce : byBlocks;
