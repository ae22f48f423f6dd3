import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { open, rsnMethods, type SecurityMethod, wired } from '../../operators/core/index.js';
import { nodeCrypto } from '../crypto/index.js';

const isMethod = (value: unknown): value is SecurityMethod =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'etherTypes' in value &&
  Array.isArray(value.etherTypes) &&
  ['serves', 'begin', 'step'].every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');

/** Every security method a module exports, under whatever name. */
const methodsOf = async (url: string): Promise<ReadonlyArray<SecurityMethod>> => {
  const exported = (await import(url)) as Readonly<Record<string, unknown>>;
  return [...new Set(Object.values(exported).filter(isMethod))];
};

const whyNot = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it failed to load');

const loadModule = async (path: string, cwd: string): Promise<Either<string, ReadonlyArray<SecurityMethod>>> => {
  const file = resolve(cwd, path);
  if (!existsSync(file)) return left(`cannot load the method ${path}: there is no such file`);
  try {
    const found = await methodsOf(pathToFileURL(file).href);
    return found.length > 0 ? right(found) : left(`${path} exports no security method`);
  } catch (error) {
    return left(`cannot load the method ${path}: ${whyNot(error)}`);
  }
};

/** A file of the examples that come with the package, compiled or not. */
const exampleOf = async (name: string): Promise<unknown> => {
  const urls = ['.js', '.ts'].map((ending) => new URL(`../../examples/${name}${ending}`, import.meta.url));
  const url = urls.find((one) => existsSync(fileURLToPath(one)));
  if (url === undefined) return undefined;
  return ((await import(url.href)) as Readonly<Record<string, unknown>>)[name];
};

const isMaker = (value: unknown): value is (options: object) => unknown => typeof value === 'function';

/** The example of a vendor's own method. */
const vendorExample = async (): Promise<ReadonlyArray<SecurityMethod>> => {
  const [vendorMethod, crypto] = [await exampleOf('vendorMethod'), await exampleOf('nodeCrypto')];
  const method = isMaker(vendorMethod) ? vendorMethod({ crypto }) : undefined;
  return isMethod(method) ? [method] : [];
};

const VENDOR = 'vendor';
const RSN = 'rsn';
/** As a radio has it that renews group keys while the machine sleeps. */
const RSN_OFFLOADED = 'rsn:offload';
/** With how many seconds it rests after a refusal, where it is not the usual time. */
const WIRED = /^wired(?:$|:)(?<rest>\d{0,5}(?:\.\d{1,3})?)$/;

const load = async (name: string, cwd: string): Promise<Either<string, ReadonlyArray<SecurityMethod>>> => {
  if (name === open.name) return right([]);
  if (name === RSN || name === RSN_OFFLOADED)
    return right(rsnMethods({ crypto: nodeCrypto, policy: { offloadsRekeys: name === RSN_OFFLOADED } }));
  const rest = WIRED.exec(name)?.groups?.['rest'];
  if (rest !== undefined) return right([rest === '' ? wired() : wired({ retryAfter: Number(rest) * 1000 })]);
  return name === VENDOR ? right(await vendorExample()) : loadModule(name, cwd);
};

/**
 * The methods that are named, each by the path of a module or as `rsn`, `rsn:offload`, `wired`, `vendor` or `open`; without names, the vendor's. `open`
 * comes last in any case: it asks for nothing to be registered, and takes only what nobody else serves.
 */
export const loadMethods = async (
  names: ReadonlyArray<string>,
  cwd: string,
): Promise<Either<string, ReadonlyArray<SecurityMethod>>> => {
  const methods: SecurityMethod[] = [];
  for (const name of names.length === 0 ? [VENDOR] : names) {
    const loaded = await load(name, cwd);
    if (loaded._tag === 'Left') return loaded;
    methods.push(...loaded.right);
  }
  return right([...methods, open]);
};
