import { Button, Group, Menu, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconDots, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Catalogue, Thing } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useSearchHint } from '@/lib/searchHint';
import { IconButton } from '@/ui/IconButton';
import classes from './builder.module.css';
import { HasEditor } from './HasEditor';
import { LeafEditor } from './LeafEditor';
import { isGroup, moved, newGroup, newHas, newLeaf, newText, replaced, type GroupKind, type GroupNode, type Node } from './tree';

const deepest = 30; // the server takes 32

type Props = {
  catalogue: Catalogue;
  /** What `has` may be asked about here: nothing inside of a `has`. */
  things: Thing[];
  group: GroupNode;
  depth: number;
  onChange: (group: GroupNode) => void;
  acts?: React.ReactNode;
  /** What an empty group means, where it means something of its own. */
  empty?: string;
};

/** 「すべて／いずれか／いずれでもない」 and the conditions and groups under it. */
export function GroupEditor({ catalogue, things, group, depth, onChange, acts, empty }: Props) {
  const { t, language } = useTexts();
  const hint = useSearchHint('box');
  const [first, ...others] = things; // orders stand open, the rest would fill a line of its own
  const box = useRef<HTMLDivElement>(null);
  const added = useRef<string | null>(null);
  useEffect(() => {
    if (!added.current) return;
    box.current?.querySelector<HTMLElement>(`[data-node="${added.current}"] :is(input, select, button)`)?.focus();
    added.current = null;
  });
  const add = (node: Node) => {
    added.current = node.id;
    onChange({ ...group, parts: [...group.parts, node] });
  };
  return (
    <div ref={box} className={classes.group} data-kind={group.kind} role="group" aria-label={t(`builder.${group.kind}`)}>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={t('builder.kind')}
          value={group.kind}
          onChange={(event) => onChange({ ...group, kind: event.currentTarget.value as GroupKind })}
          data={(['all', 'any', 'none'] as const).map((kind) => ({ value: kind, label: t(`builder.${kind}`) }))}
        />
        <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add(newLeaf(catalogue))}>
          {t('builder.addLeaf')}
        </Button>
        {depth < deepest && (
          <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add(newGroup(group.kind === 'all' ? 'any' : 'all', [newLeaf(catalogue)]))}>
            {t('builder.addGroup')}
          </Button>
        )}
        {first && (
          <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add(newHas(first.key))}>
            {t('builder.addHas', { thing: first.labels[language] })}
          </Button>
        )}
        {others.length > 0 && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} aria-hidden />} rightSection={<IconChevronDown size={13} aria-hidden />}>
                {t('builder.addOther')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map((thing) => (
                <Menu.Item key={thing.key} onClick={() => add(newHas(thing.key))}>
                  {t('builder.addHas', { thing: thing.labels[language] })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {depth === 1 && things.length + catalogue.fields.filter((field) => field.one_box).length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => add(newText())}>
            {t('builder.addText')}
          </Button>
        )}
        {acts}
      </Group>
      {group.parts.length === 0 && <p className={classes.empty}>{empty ?? t(depth === 1 ? 'builder.emptyRoot' : 'builder.emptyGroup')}</p>}
      {group.parts.map((part, at) => {
        const change = (next: Node | null) => onChange(replaced(group, part.id, next));
        const rowActs = (
          <PartActs
            first={at === 0}
            last={at === group.parts.length - 1}
            onMove={(by) => onChange(moved(group, part.id, by))}
            onWrap={depth < deepest && !isGroup(part) ? () => change(newGroup(group.kind === 'all' ? 'any' : 'all', [part])) : null}
            onRemove={() => {
              change(null);
              box.current?.querySelector<HTMLElement>('select')?.focus();
            }}
          />
        );
        return (
          <div key={part.id} data-node={part.id} className={classes.part}>
            {at > 0 && <span className={classes.join}>{t(group.kind === 'all' ? 'builder.and' : 'builder.or')}</span>}
            {isGroup(part) ? (
              <GroupEditor catalogue={catalogue} things={things} group={part} depth={depth + 1} onChange={change} acts={rowActs} />
            ) : part.kind === 'leaf' ? (
              <LeafEditor catalogue={catalogue} leaf={part} onChange={change} acts={rowActs} />
            ) : part.kind === 'has' ? (
              <HasEditor catalogue={catalogue} node={part} depth={depth + 1} onChange={change} acts={rowActs} />
            ) : (
              <Group gap="xs" className={classes.leaf ?? ''}>
                <TextInput size="xs" flex={1} maw={420} aria-label={t('search.box')} placeholder={hint} value={part.text} maxLength={1000} onChange={(event) => change({ ...part, text: event.currentTarget.value })} />
                {rowActs}
              </Group>
            )}
          </div>
        );
      })}
    </div>
  );
}

type ActsProps = { first: boolean; last: boolean; onMove: (by: -1 | 1) => void; onWrap: (() => void) | null; onRemove: () => void };

function PartActs({ first, last, onMove, onWrap, onRemove }: ActsProps) {
  const { t } = useTexts();
  return (
    <Group gap={2} wrap="nowrap" ml="auto">
      <IconButton size="sm" label={t('builder.remove')} onClick={onRemove}>
        <IconTrash size={14} />
      </IconButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton size="sm" label={t('builder.more')}>
            <IconDots size={14} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={first} leftSection={<IconArrowUp size={14} />} onClick={() => onMove(-1)}>
            {t('builder.up')}
          </Menu.Item>
          <Menu.Item disabled={last} leftSection={<IconArrowDown size={14} />} onClick={() => onMove(1)}>
            {t('builder.down')}
          </Menu.Item>
          {onWrap && <Menu.Item onClick={onWrap}>{t('builder.wrap')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
