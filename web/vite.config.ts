import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The numbering plan of Japan alone out of the library's data of the whole world: 2 KB instead of 80. */
function phoneMetadata(): Plugin {
  const name = 'virtual:phone-metadata';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const world = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('libphonenumber-js/metadata.min.json'), 'utf8')) as { version: number; countries: Record<string, unknown> };
      return `export const metadata = ${JSON.stringify({ version: world.version, country_calling_codes: { 81: ['JP'] }, countries: { JP: world.countries['JP'] } })};`;
    },
  };
}

/**
 * Each file of texts holds both languages side by side, and a page needs one: what ja.ts and en.ts import is two modules
 * to the bundler, so that the other language falls out of each.
 */
function oneLanguagePerChunk(): Plugin {
  return {
    name: 'one-language-per-chunk',
    enforce: 'pre',
    async resolveId(source, importer) {
      const language = /\/i18n\/(ja|en)\.ts$/.exec(importer ?? '')?.[1];
      if (!language || !source.startsWith('./texts/')) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found && `${found.id}?language=${language}`;
    },
  };
}

export default defineConfig({
  plugins: [oneLanguagePerChunk(), react(), phoneMetadata()],
  resolve: { alias: { '@': root('./src') } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the server's content security policy allows files of its own, and nothing inline
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: root('./index.html'), docs: root('./docs.html') } },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api/v1': process.env['OTOKUI_SERVER'] ?? 'http://127.0.0.1:8080' },
  },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'] },
});
