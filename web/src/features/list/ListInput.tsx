import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import type { CustomerList } from './api';
import { KeptLists } from './KeptLists';
import { ListResult } from './ListResult';
import { UploadStep } from './UploadStep';

export type ListLeaf = { field: 'id'; op: 'in' | 'not_in'; list: string };

/** A list of customers out of pasted values, a file or lists made before; yields the condition that stands for it. */
export function ListInput({ onLeaf }: { onLeaf: (leaf: ListLeaf) => void }) {
  const { t } = useTexts();
  const [list, setList] = useState<CustomerList | null>(null);
  const [tab, setTab] = useState<string | null>('new');
  if (list) return <ListResult list={list} onList={setList} onUse={({ list: name }, op) => onLeaf({ field: 'id', op, list: name })} onAnother={() => setList(null)} />;
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="new">{t('lists.tabNew')}</Tabs.Tab>
        <Tabs.Tab value="kept">{t('lists.tabKept')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="new" pt="sm">
        <UploadStep onMade={setList} />
      </Tabs.Panel>
      <Tabs.Panel value="kept" pt="sm">
        <KeptLists onChosen={setList} />
      </Tabs.Panel>
    </Tabs>
  );
}
