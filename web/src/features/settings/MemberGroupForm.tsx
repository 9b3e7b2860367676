import { Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { StaleRow, staleOf, useStaleWords } from '@/ui/StaleChoice';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useStaff } from './api';
import { useSaveMemberGroup, type MemberGroup, type MemberGroupValues } from './memberGroupApi';
import { MembersEditor } from './MembersEditor';

/** Everybody on the staff, page after page: a shop has some dozens. */
function useEverybody() {
  const staff = useStaff();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = staff;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const people = staff.data?.pages.flatMap((page) => page.items).map(({ id, name, login }) => ({ id, name, note: login }));
  return { people, error: staff.error };
}

/** As it is compared and sent: members stand in no order. */
const tidied = ({ name, description, members }: Pick<MemberGroup, 'name' | 'description' | 'members'>): MemberGroupValues => ({ name: name.trim(), description: description?.trim() ?? '', members: [...members].sort() });

export function MemberGroupForm({ group, onClose }: { group: MemberGroup | null; onClose: () => void }) {
  const { t, language } = useTexts();
  const { undoOf } = useUndoAct();
  const save = useSaveMemberGroup();
  const { people, error } = useEverybody();
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [members, setMembers] = useState(group?.members ?? []);
  const errors = save.error?.fieldErrors() ?? {};
  const values = tidied({ name, description, members });
  const { leave, typing, asking } = useLeave(onClose, values);
  const [began] = useState(values);
  const mine = changesIn(began, values);
  const stale = staleOf(save.error) as MemberGroup | null;
  const send = (body: Partial<MemberGroupValues>, version?: number) =>
    save.mutate(
      group ? { group: { ...group, version: version ?? group.version }, values: body } : { group: null, values },
      {
        onSuccess: ({ operation }) => {
          toast(t('memberGroups.saved'), undoOf(operation));
          onClose();
        },
      },
    );
  const submit = () => (group && Object.keys(mine).length === 0 ? onClose() : send(mine));
  const { text } = useStaleWords();
  const names = (value: unknown) => (people ?? []).filter(({ id }) => (value as string[]).includes(id)).map((person) => person.name).join(language === 'ja' ? '、' : ', ') || t('history.empty');
  return (
    <Modal opened onClose={leave} size="lg" title={t(group ? 'memberGroups.edit' : 'memberGroups.add')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="md">
          {save.error && !stale && Object.keys(errors).length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('memberGroups.name')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          </Field>
          <Field label={t('memberGroups.description')} error={errors['description']}>
            {(control) => <Textarea {...control} autosize minRows={2} maxRows={6} maxLength={1000} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />}
          </Field>
          {errors['members'] && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {errors['members']}
            </Text>
          )}
          {error ? <ProblemPanel problem={error} /> : people ? <MembersEditor people={people} chosen={members} onChange={setMembers} /> : <LinesSkeleton lines={5} />}
          <FormFooter onCancel={leave} busy={save.isPending} disabled={name.trim() === ''} />
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale && { ...tidied(stale), version: stale.version }}
        began={began}
        mine={mine}
        fields={[
          { key: 'name', label: t('memberGroups.name'), words: text },
          { key: 'description', label: t('memberGroups.description'), words: text },
          { key: 'members', label: t('memberGroups.members'), words: names },
        ]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={onClose}
        onSave={send}
      />
    </Modal>
  );
}
