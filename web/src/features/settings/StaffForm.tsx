import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMe } from '@/lib/session';
import { Field } from '@/ui/Field';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useChangeStaff, useCreateStaff, type Role, type Staff } from './api';

type Props = { staff: Staff | null; onClose: () => void; onLink: (link: { link: string; link_expires_at: string }) => void };

export function StaffForm({ staff, onClose, onLink }: Props) {
  const { t } = useTexts();
  const me = useMe();
  const create = useCreateStaff();
  const change = useChangeStaff();
  const [login, setLogin] = useState(staff?.login ?? '');
  const [name, setName] = useState(staff?.name ?? '');
  const [role, setRole] = useState<Role>(staff?.role ?? 'operator');
  const problem = create.error ?? change.error;
  const errors = problem?.fieldErrors() ?? {};
  const roles: Role[] = me.role === 'owner' ? ['viewer', 'operator', 'admin', 'owner'] : ['viewer', 'operator', 'admin'];
  const submit = () => {
    if (staff) {
      const body = { ...(name.trim() !== staff.name ? { name: name.trim() } : {}), ...(role !== staff.role ? { role } : {}) };
      change.mutate(
        { staff, body },
        {
          onSuccess: () => {
            toast(t('settings.staffSaved'));
            onClose();
          },
        },
      );
    } else {
      create.mutate(
        { login: login.trim(), name: name.trim(), role },
        {
          onSuccess: (made) => {
            onClose();
            onLink(made);
          },
        },
      );
    }
  };
  return (
    <Modal opened onClose={onClose} title={t(staff ? 'settings.editStaff' : 'settings.addStaff')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {problem && problem.fields.length === 0 && <ProblemPanel problem={problem} />}
          {!staff && (
            <Field label={t('settings.login')} required help={t('session.loginHelp')} error={errors['login']}>
              {(control) => <TextInput {...control} autoComplete="off" autoCapitalize="none" inputMode="email" maxLength={64} value={login} onChange={(event) => setLogin(event.currentTarget.value)} data-autofocus />}
            </Field>
          )}
          <Field label={t('settings.name')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />}
          </Field>
          <Radio.Group label={t('settings.role')} value={role} onChange={(next) => setRole(next as Role)} error={errors['role']}>
            <Stack gap="xs" mt={6}>
              {roles.map((one) => (
                <Radio key={one} value={one} label={t(`settings.roles.${one}`)} description={t(`settings.roleHelp.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending} disabled={name.trim() === '' || (!staff && login.trim() === '')}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
