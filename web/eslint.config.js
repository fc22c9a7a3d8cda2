// Rules that guard the architecture stand beside the usual ones: who may
// import whom (the map in the README), and that nothing here fetches by itself.

import js from '@eslint/js'
import ts from 'typescript-eslint'

const noFetch = {
  'no-restricted-globals': [
    'error',
    {name: 'fetch', message: 'Requests are made by the module alone.'},
    {name: 'XMLHttpRequest', message: 'Requests are made by the module alone.'},
    {name: 'localStorage', message: 'Nothing is stored in the browser.'},
    {name: 'sessionStorage', message: 'Nothing is stored in the browser.'},
    {name: 'indexedDB', message: 'Nothing is stored in the browser.'},
  ],
}

const mayNotImport = (...patterns) => ({
  'no-restricted-imports': ['error', {patterns}],
})

const glue = {
  regex: '(^|/)(glue|precision)(\\.js|\\.ts)?$',
  message: 'Only module/ knows the emitted code.',
}

export default ts.config(
  {ignores: ['dist/', 'generated/', 'node_modules/', 'proxy/']},
  js.configs.recommended,
  {
    files: ['*.mjs'],
    languageOptions: {globals: {process: 'readonly', URL: 'readonly'}},
  },
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        {fixStyle: 'inline-type-imports'},
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {argsIgnorePattern: '^_', varsIgnorePattern: '^_'},
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', {max: 400, skipBlankLines: true, skipComments: true}],
    },
  },
  {files: ['module/**', 'element/**', 'page/**'], rules: noFetch},
  {
    files: ['element/**'],
    rules: mayNotImport(glue, {
      regex: '/page/',
      message: 'The element does not know the page.',
    }),
  },
  {
    files: ['module/**'],
    ignores: ['module/glue.ts', 'module/index.ts'],
    rules: mayNotImport(glue, {
      regex: '/(element|page)/',
      message: 'The module knows neither element nor page.',
    }),
  },
  {
    files: ['page/**'],
    rules: mayNotImport(glue, {
      regex: '/module/',
      message: 'The page knows the element.',
    }),
  },
  {
    files: ['element/store.ts', 'element/format.ts', 'element/strings.ts', 'element/state.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'document',
        'window',
        'navigator',
        'HTMLElement',
        'fetch',
      ],
    },
  },
)
