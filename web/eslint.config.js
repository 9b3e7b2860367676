import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Imports point one way: app -> features -> ui -> lib. Across folders they are written with '@/'.
const layer = (files, forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...forbidden.map((folder) => ({
            group: [`@/${folder}`, `@/${folder}/*`, `@/${folder}/**`],
            message: 'Imports go app -> features -> ui -> lib.',
          })),
          { group: ['../../*', '../app/*', '../features/*', '../ui/*', '../lib/*'], message: "Leave a layer with '@/'." },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist', 'src/lib/api/schema.gen.ts', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text is text: render it.' },
        { selector: "JSXOpeningElement[name.name='form']", message: 'Use ui/Form: its Enter knows when kana are being converted.' },
        { selector: "JSXAttribute[name.name='component'][value.value='form']", message: 'Use component={Form}.' },
        { selector: "JSXOpeningElement[name.name='Select'] > JSXAttribute[name.name='clearable']", message: 'Use ui/ClearableSelect: keys can empty it.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  { files: ['*.config.{js,ts}'], rules: { 'no-restricted-syntax': 'off' } },
  layer(['src/lib/**'], ['ui', 'features', 'app']),
  layer(['src/ui/**'], ['features', 'app']),
  layer(['src/features/**'], ['app']),
);
