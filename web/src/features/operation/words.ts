import type { Schemas } from '@/lib/api/client';
import { useCatalogue } from '@/lib/catalogue';
import { useTexts, type Translate } from '@/lib/i18n';
import { changeWords } from './changeWords';

export type Actor = Schemas['Actor'];

/**
 * Where an operation came from, in words: a page by the name it gave itself (lib/screen.ts), else by the longest known
 * beginning of it; a program by the part of the API it called; a command by its name.
 */
export function screenWords(screen: string, t: Translate): string {
  const names = t('screens.names', { returnObjects: true }) as Record<string, string>;
  const route = /^[A-Z]+ (?:\/api\/v1)?\/([a-z-]+)/.exec(screen);
  if (route?.[1]) return t('screens.api', { name: names[route[1]] ?? route[1] });
  const command = /^cli (.+)$/.exec(screen);
  if (command?.[1]) return t('screens.command', { name: command[1] });
  for (let key = screen; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf('.')))) {
    const name = names[key];
    if (name) return name;
  }
  return screen;
}

/** How operations, who did them and what they changed are told to people. */
export function useOperationWords() {
  const { t, language } = useTexts();
  const { catalogue } = useCatalogue();
  return {
    kind: (operation: { kind_label: Schemas['Labels'] }) => operation.kind_label[language],
    screen: (screen: string) => screenWords(screen, t),
    record: (label: Schemas['Labels'] | undefined) => label?.[language] ?? '',
    ...changeWords(catalogue, language, t),
    actor: (actor: Actor) => {
      if (actor.kind === 'system') return t('actor.system');
      return actor.kind === 'staff' ? actor.name : t(`actor.${actor.kind}`, { name: actor.name.replace(/^shell:/, '') });
    },
  };
}
