import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
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
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
