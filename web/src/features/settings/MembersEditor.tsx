import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import classes from '@/ui/ColumnsEditor.module.css';
import { IconButton } from '@/ui/IconButton';

export type Person = { id: string; name: string; note: string };

/** Two lists: who is in the group, and who is not. */
export function MembersEditor({ people, chosen, onChange }: { people: Person[]; chosen: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTexts();
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const matches = (person: Person) => `${person.name} ${person.note}`.toLowerCase().includes(wanted);
  const inside = people.filter((person) => chosen.includes(person.id));
  const outside = people.filter((person) => !chosen.includes(person.id) && matches(person));
  const column = (title: string, members: Person[], act: (person: Person) => { label: string; icon: React.ReactNode; run: () => void }) => (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <ul className={classes.list} aria-label={title} style={{ height: 220 }}>
        {members.length === 0 && (
          <li>
            <Text size="xs" c="dimmed" p={6}>
              {t('memberGroups.nobody')}
            </Text>
          </li>
        )}
        {members.map((person) => {
          const { label, icon, run } = act(person);
          return (
            <li key={person.id} className={classes.item}>
              <span className={classes.name}>
                {person.name}{' '}
                <Text span size="xs" c="dimmed">
                  {person.note}
                </Text>
              </span>
              <IconButton size="sm" label={label} onClick={run}>
                {icon}
              </IconButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
  return (
    <Stack gap={6}>
      <TextInput size="xs" aria-label={t('memberGroups.filter')} placeholder={t('memberGroups.filter')} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
      <SimpleGrid cols={2} spacing="md">
        {column(t('memberGroups.inGroup'), inside, (person) => ({
          label: t('memberGroups.leave', { name: person.name }),
          icon: <IconX size={14} />,
          run: () => onChange(chosen.filter((id) => id !== person.id)),
        }))}
        {column(t('memberGroups.notInGroup'), outside, (person) => ({ label: t('memberGroups.join', { name: person.name }), icon: <IconPlus size={14} />, run: () => onChange([...chosen, person.id]) }))}
      </SimpleGrid>
    </Stack>
  );
}
