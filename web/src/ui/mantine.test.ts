import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const source = fileURLToPath(new URL('..', import.meta.url));
const styles = fileURLToPath(new URL('../../node_modules/@mantine/core/styles/', import.meta.url));

/** Names imported from Mantine anywhere in the pages. */
function namesUsed(): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.tsx')) continue;
    for (const [, list = ''] of readFileSync(`${source}/${file}`, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      for (const name of list.split(',')) names.add(name.trim().replace(/^type /, ''));
    }
  }
  return names;
}

it('a component of Mantine that is used has its style in mantine.css, or it would stand there bare', () => {
  const imported = readFileSync(`${source}/ui/mantine.css`, 'utf8');
  const bare = [...namesUsed()].filter((name) => existsSync(`${styles}${name}.css`) && !imported.includes(`/${name}.css`));
  expect(bare).toEqual([]);
});
