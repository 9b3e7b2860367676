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

export default defineConfig({
  plugins: [react(), phoneMetadata()],
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
