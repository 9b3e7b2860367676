import { Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useStaff } from './api';
import { useSaveMemberGroup, type MemberGroup } from './memberGroupApi';
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

export function MemberGroupForm({ group, onClose }: { group: MemberGroup | null; onClose: () => void }) {
  const { t } = useTexts();
  const { leave, typing, asking } = useLeave(onClose);
  const { undoOf } = useUndoAct();
  const save = useSaveMemberGroup();
  const { people, error } = useEverybody();
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [members, setMembers] = useState(group?.members ?? []);
  const errors = save.error?.fieldErrors() ?? {};
  const submit = () =>
    save.mutate(
      { group, values: { name: name.trim(), description: description.trim(), members } },
      {
        onSuccess: ({ operation }) => {
          toast(t('memberGroups.saved'), undoOf(operation));
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={leave} size="lg" title={t(group ? 'memberGroups.edit' : 'memberGroups.add')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="md">
          {save.error && Object.keys(errors).length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('memberGroups.name')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />}
          </Field>
          <Field label={t('memberGroups.description')} error={errors['description']}>
            {(control) => <Textarea {...control} autosize minRows={2} maxRows={6} maxLength={1000} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />}
          </Field>
          {errors['members'] && (
            <Text size="sm" c="red.8" role="alert">
              {errors['members']}
            </Text>
          )}
          {error ? <ProblemPanel problem={error} /> : people ? <MembersEditor people={people} chosen={members} onChange={setMembers} /> : <LinesSkeleton lines={5} />}
          <FormFooter onCancel={leave} busy={save.isPending} disabled={name.trim() === ''} />
        </Stack>
      </Form>
      {asking}
    </Modal>
  );
}
