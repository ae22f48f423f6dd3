#!/usr/bin/env node
import { keepCompiled } from './compileCache.js';
import { processIo } from './Io.js';
import { run } from './run.js';

keepCompiled(process.env);
process.exitCode = await run(process.argv.slice(2), processIo());
