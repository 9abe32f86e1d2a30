import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { networkGlobals, networkHome } from './scripts/lint/walls.mjs';
import { wallsRule } from './scripts/lint/walls-rule.mjs';

const noNetwork = networkGlobals.map((name) => ({
  name,
  message: `Network calls leave from src/${networkHome} only.`,
}));

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name: a thing has one name wherever it is used.',
};

const noFocusedTest = {
  selector:
    'MemberExpression[object.name=/^(it|describe|suite|test|context|specify)$/][property.name=/^(only|skip)$/]',
  message: 'Every test runs.',
};

const noSkipInside = {
  selector: 'CallExpression[callee.object.type="ThisExpression"][callee.property.name="skip"]',
  message: 'A test that cannot run fails.',
};

const noDisabledTest = {
  selector: 'CallExpression[callee.name=/^(xit|xdescribe|xspecify|xcontext)$/]',
  message: 'Every test runs.',
};

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'samples/', '.vscode-test/', '**/*.d.mts']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 400],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A default case does not excuse a member of the union that has no case of its own.
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // It takes flags that other code changes, and what typings wrongly promise, for constants.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A function may be async to satisfy a port.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { flywheel: { rules: { walls: wallsRule } } },
    rules: {
      'flywheel/walls': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      'no-restricted-globals': ['error', ...noNetwork],
      'no-restricted-properties': [
        'error',
        ...noNetwork.map(({ name, message }) => ({
          object: 'globalThis',
          property: name,
          message,
        })),
      ],
    },
  },
  {
    files: [`src/${networkHome}/**/*.ts`],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', noFocusedTest, noSkipInside, noDisabledTest],
      // What a test reads from JSON it checks by asserting on it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
