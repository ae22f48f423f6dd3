import { type Either, isLeft, left, map, right } from 'fp-ts/lib/Either.js';
import type { ValidationError } from 'io-ts';
import { isSupplicantConfig } from '../configuration/supplicantBlocks.js';
import { networkFaults, networkRemarks } from './networkFaults.js';
import { type NetworkProfile, networkSchema, type Profile } from './Profile.js';
import { supplicantProfiles } from './supplicantProfiles.js';
import { yamlText } from './yamlText.js';

const pathOf = ({ context }: ValidationError): ReadonlyArray<string> => context.slice(1).map(({ key }) => key);

/** What no field is called may be a secret in the wrong place, and anything at all for a terminal. */
const nameOf = (key: string): string => (/^[A-Za-z][\w-]{0,39}$/.test(key) ? key : '(something that is no name)');

const shown = (path: ReadonlyArray<string>): string =>
  path.map((key, i) => (/^\d{1,5}$/.test(key) ? `[${key}]` : `${i === 0 ? '' : '.'}${nameOf(key)}`)).join('');

const fromYaml = (text: string, fileName: string): Either<ReadonlyArray<string>, Profile> => {
  const yaml = yamlText(text);
  if (isLeft(yaml)) return left([`${fileName}, line ${yaml.left.line}: ${yaml.left.fault}`]);
  const { value, lineOf } = yaml.right;
  const said = (path: ReadonlyArray<string>, message: string): string => {
    const field = shown(path);
    return `${fileName}, line ${lineOf(path)}: ${field === '' ? '' : `${field}: `}${message}`;
  };
  const read: Either<ReadonlyArray<ValidationError>, NetworkProfile> = networkSchema.decode(value);
  if (isLeft(read)) return left(read.left.map((error) => said(pathOf(error), error.message ?? 'is not what is expected')));
  const faults = networkFaults(read.right);
  if (faults.length > 0) return left(faults.map(({ path, message }) => said(path, message)));
  return right({
    ...read.right,
    source: fileName,
    remarks: networkRemarks(read.right).map(({ path, message }) => said(path, message)),
  });
};

/**
 * Reads the profiles of a file: one in YAML or JSON, or the network blocks of a configuration of wpa_supplicant. What is wrong is told
 * by file, line and field, and never shows a value.
 *
 * @since 0.2.0
 */
export const readProfiles = (text: string, fileName: string): Either<ReadonlyArray<string>, ReadonlyArray<Profile>> => {
  const lines = text.split(/\r?\n/);
  if (isSupplicantConfig(lines)) return supplicantProfiles(lines, fileName);
  return map((profile: Profile) => [profile])(fromYaml(text, fileName));
};

/**
 * Reads one profile: the only one in the file, or the one of this name.
 *
 * @example
 * readProfile('name: Office\neap:\n  methods: PEAP\n  identity: me\n  server: { caFile: ca.pem }', 'office.yaml');
 *
 * @since 0.2.0
 */
export const readProfile = (text: string, fileName: string, name?: string): Either<ReadonlyArray<string>, Profile> => {
  const profiles = readProfiles(text, fileName);
  if (isLeft(profiles)) return profiles;
  const fitting = profiles.right.filter(
    (profile) => name === undefined || profile.name === name || profile.ssid?.includes(name) === true,
  );
  const [profile] = fitting;
  const names = profiles.right.map((one) => JSON.stringify(one.name)).join(', ');
  if (profile === undefined) return left([`${fileName}: there is no profile of that name; there is ${names || 'none at all'}`]);
  return fitting.length === 1 ? right(profile) : left([`${fileName}: there are several profiles; name one of ${names}`]);
};
