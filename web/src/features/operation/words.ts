import type { Schemas } from '@/lib/api/client';
import { useTexts } from '@/lib/i18n';

export type Actor = Schemas['Actor'];

/** How operations and who did them are told to people. */
export function useOperationWords() {
  const { t, language } = useTexts();
  const records = t('operation.records', { returnObjects: true }) as Record<string, string>;
  return {
    kind: (operation: { kind_label: Schemas['Labels'] }) => operation.kind_label[language],
    record: (kind: string) => records[kind] ?? kind,
    actor: (actor: Actor) => {
      if (actor.kind === 'system') return t('actor.system');
      return actor.kind === 'staff' ? actor.name : t(`actor.${actor.kind}`, { name: actor.name });
    },
  };
}
