import { Group, NativeSelect, Text } from '@mantine/core';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { NumberBox } from '@/ui/NumberBox';
import { countEnds, type HasCount } from '../conditions';
import classes from './builder.module.css';
import { GroupEditor } from './GroupEditor';
import type { HasNode } from './tree';

type Props = { catalogue: Catalogue; node: HasNode; depth: number; onChange: (node: HasNode) => void; acts: React.ReactNode };
const mostCounted = 1_000_000;
type How = 'at_least' | 'at_most' | 'between' | 'never';

function howOf(count: HasCount | undefined): How {
  const { least, most } = countEnds(count);
  if (least !== undefined && most !== undefined) return 'between';
  if (most === undefined) return 'at_least';
  return most === 0 ? 'never' : 'at_most';
}

/** 受注が n件: how many, and which of them count. */
export function HasEditor({ catalogue, node, depth, onChange, acts }: Props) {
  const { t, language } = useTexts();
  const thing = catalogue.thing(node.thing);
  const label = thing?.labels[language] ?? node.thing;
  const how = howOf(node.count);
  const { least, most } = countEnds(node.count);
  const first = least ?? most ?? 1;
  const second = most ?? first;
  const tell = (next: How, from: number, to: number) => {
    const counts: Record<How, HasCount> = { at_least: { at_least: from }, at_most: { at_most: from }, between: { between: { from, to: Math.max(from, to) } }, never: { at_most: 0 } };
    onChange({ ...node, count: counts[next] });
  };
  const number = (name: string, value: number, change: (value: number) => void) => (
    <NumberBox width={72} label={name} value={value} onChange={(next) => next !== null && change(Math.min(mostCounted, Math.abs(next)))} />
  );
  const howLast = language === 'ja'; // 受注が 3 件 以上; orders: at least 3
  const kinds = (
    <NativeSelect
      size="xs"
      aria-label={t('builder.countOf', { thing: label })}
      value={how}
      onChange={(event) => tell(event.currentTarget.value as How, how === 'never' ? 1 : first, second)}
      data={(['at_least', 'at_most', 'between', 'never'] as const).map((one) => ({ value: one, label: t(`builder.count_${one}`) }))}
    />
  );
  return (
    <div className={classes.has} role="group" aria-label={label}>
      <Group gap="xs" className={classes.leaf ?? ''}>
        <Text size="sm" fw={600}>
          {t('builder.hasOf', { thing: label })}
        </Text>
        {!howLast && kinds}
        {how !== 'never' && number(t('builder.count'), first, (value) => tell(how, value, second))}
        {how === 'between' && (
          <>
            <span aria-hidden>〜</span>
            {number(t('builder.countTo'), second, (value) => tell(how, first, value))}
          </>
        )}
        {howLast && how !== 'never' && <Text size="sm">{t('builder.countUnit')}</Text>}
        {howLast && kinds}
        {acts}
      </Group>
      {thing && <GroupEditor catalogue={thing.catalogue} things={[]} group={node.where} depth={depth} onChange={(where) => onChange({ ...node, where })} empty={t('builder.emptyHas', { thing: language === 'ja' ? label : label.toLowerCase() })} />}
    </div>
  );
}
