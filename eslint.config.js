// Typed linting, and who may import whom: the folder tree is the architecture (README, "How it is built").
import { fileURLToPath } from 'node:url';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @param {string} target @param {string} from @param {string} message */
const forbid = (target, from, message, except = []) => ({ target, from, except: [...new Set(except)], message });

/** Who must not import whom. @param {string[]} also folders below conformance that are open to everybody */
const zones = (also) => [
  forbid('emulator', 'conformance', 'Emulator and judge share nothing but the contract.'),
  forbid('conformance', 'emulator', 'Emulator and judge share nothing but the contract.'),
  forbid('conformance', 'scripts', 'Commands call the library, not the other way round.'),
  forbid('emulator', 'scripts', 'Commands call the library, not the other way round.'),
  forbid('openapi', 'scripts', 'Commands call the library, not the other way round.'),
  forbid('emulator', 'openapi', 'Only generated/ stands between the contract and its users.'),
  forbid('conformance', 'openapi', 'Only generated/ stands between the contract and its users.'),
  forbid('openapi', 'conformance', 'The compiler knows nothing of its users.'),
  forbid('openapi', 'emulator', 'The compiler knows nothing of its users.'),
  forbid('conformance/contract', 'conformance', 'What reads the contract knows nothing of its users.', [
    './contract',
    ...also,
  ]),
  forbid('conformance/requirements', 'conformance', 'Requirements import only the contract.', [
    './requirements',
    './contract',
    ...also,
  ]),
  forbid('conformance/generation', 'conformance', 'Generation imports only the contract and requirements.', [
    './generation',
    './requirements',
    './contract',
    ...also,
  ]),
  forbid('conformance/reporting', 'conformance', 'Reporting imports only the contract and requirements.', [
    './reporting',
    './requirements',
    './contract',
    ...also,
  ]),
];

export default tseslint.config(
  { ignores: ['node_modules', 'generated', 'reports', 'coverage', '.stryker-tmp', '**/*.js', '!eslint.config.js'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: here } },
    plugins: { 'import-x': importX },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `schema['type']` on untrusted JSON marks a member that may not be there.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from where it stands.' },
      ],
      'import-x/no-restricted-paths': ['error', { basePath: here, zones: zones([]) }],
    },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })] },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', '**/*.spec.ts', 'eslint.config.js', '*.config.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'import-x/no-default-export': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx'],
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        { basePath: here, zones: zones(['./testing', './generation', './requirements']) },
      ],
    },
  },
);
