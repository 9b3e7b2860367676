import '../ui/mantine.css';
import '../ui/global.css';
import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../lib/i18n';
import { cssVariables, theme } from '../ui/theme';
import { DocsPage } from './DocsPage';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

async function start(): Promise<void> {
  await startTexts();
  const root = document.getElementById('root');
  if (!root) throw new Error('no root');
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <DocsPage />
    </MantineProvider>,
  );
}

void start();
