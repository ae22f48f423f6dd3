import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import rxjs from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

/** `cancelOn` is this project's `takeUntil`, so what holds for the one holds for the other. */
const cancellation = { alias: ['cancelOn'] };

/** rxjs-x sees the subjects of a class, not those of a module. */
const exportedSubject = {
  selector: 'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/Subject$/]',
  message: 'Export the observable, not the subject.',
};

export default [
  {
    files: ['index.ts', 'streams/**/*.ts', 'operators/**/*.ts', 'adapters/**/*.ts', 'examples/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: [`${here}/tsconfig.json`], tsconfigRootDir: root },
    },
    plugins: { 'rxjs-x': rxjs, '@typescript-eslint': tseslint.plugin },
    rules: {
      ...rxjs.configs.strict.rules,
      'rxjs-x/ban-operators': ['error', { takeUntil: 'Cancellation goes through cancelOn.', publish: 'Use share.' }],
      'rxjs-x/no-connectable': 'error',
      'rxjs-x/no-ignored-subscription': 'error',
      'rxjs-x/no-unsafe-takeuntil': ['error', cancellation],
      // index.js is how a floor is entered here.
      'rxjs-x/no-index': 'off',
      'no-restricted-syntax': ['error', exportedSubject],

      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-array-delete': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-duplicate-type-constituents': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-misused-spread': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['operators/cancelOn.ts'], rules: { 'rxjs-x/ban-operators': 'off' } },
];
