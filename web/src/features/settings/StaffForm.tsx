import { Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { useMe } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { FormFooter } from '@/ui/FormFooter';
import { StaleRow, staleOf, useStaleWords } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useChangeStaff, useCreateStaff, type Staff } from './api';
import { LanguageChoice, type MailLanguage } from './LanguageChoice';
import { useRoles } from './securityApi';

export type MadeLink = { link: string | null; link_expires_at: string };
type Changes = { name: string; kana: string | null; email: string | null; mail_language: MailLanguage; role: string };
type Props = { staff: Staff | null; onClose: () => void; onLink: (link: MadeLink) => void };

export function StaffForm({ staff, onClose, onLink }: Props) {
  const { t, language } = useTexts();
  const me = useMe();
  const create = useCreateStaff();
  const change = useChangeStaff();
  const { undoOf } = useUndoAct();
  const [login, setLogin] = useState(staff?.login ?? '');
  const [name, setName] = useState(staff?.name ?? '');
  const [kana, setKana] = useState(staff?.kana ?? '');
  const [email, setEmail] = useState(staff?.email ?? '');
  const [mailLanguage, setMailLanguage] = useState<MailLanguage>(staff?.mail_language ?? null);
  const [role, setRole] = useState<string>(staff?.role ?? 'operator');
  const { leave, typing, asking } = useLeave(onClose, { login, name, kana, email, mailLanguage, role });
  const known = useRoles();
  const [began] = useState<Changes>({ name: staff?.name ?? '', kana: staff?.kana ?? null, email: staff?.email ?? null, mail_language: staff?.mail_language ?? null, role: staff?.role ?? 'operator' });
  const stale = staleOf(change.error);
  const problem = create.error ?? change.error;
  const errors = problem?.fieldErrors() ?? {};
  // Nobody gives more than he has: an owner any role, others those whose rights are all their own.
  const isOwner = me.rights.includes('owner.edit');
  const roles = (known.data?.items ?? []).filter((one) => one.id === staff?.role || isOwner || (one.id !== 'owner' && one.rights.every((right) => me.rights.includes(right))));
  const typed: Changes = { name: name.trim(), kana: kana.trim() || null, email: email.trim() || null, mail_language: mailLanguage, role };
  const mine = changesIn(began, typed);
  const send = (body: Partial<Changes>, version?: number) =>
    staff &&
    change.mutate(
      { staff: { ...staff, version: version ?? staff.version }, body },
      {
        onSuccess: ({ operation }) => {
          toast(t('settings.staffSaved'), undoOf(operation));
          onClose();
        },
      },
    );
  const submit = () => {
    if (staff) {
      send(mine);
    } else {
      create.mutate(
        { login: login.trim(), ...typed },
        {
          onSuccess: (made) => {
            onClose();
            onLink(made);
          },
        },
      );
    }
  };
  const { text } = useStaleWords();
  return (
    <Modal opened onClose={leave} title={t(staff ? 'settings.editStaff' : 'settings.addStaff')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="md">
          {problem && !stale && problem.fields.length === 0 && <ProblemPanel problem={problem} />}
          {!staff && (
            <Field label={t('settings.login')} required help={t('session.loginHelp')} error={errors['login']}>
              {(control) => <TextInput {...control} autoComplete="off" autoCapitalize="none" inputMode="email" maxLength={64} value={login} onChange={(event) => setLogin(event.currentTarget.value)} data-autofocus />}
            </Field>
          )}
          <Field label={t('settings.name')} required error={errors['name']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />}
          </Field>
          <Field label={t('security.kana')} optional error={errors['kana']}>
            {(control) => <TextInput {...control} autoComplete="off" maxLength={100} value={kana} onChange={(event) => setKana(event.currentTarget.value)} />}
          </Field>
          <Field label={t('security.email')} optional help={t('security.emailHelp')} error={errors['email']}>
            {(control) => <TextInput {...control} autoComplete="off" inputMode="email" maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />}
          </Field>
          <LanguageChoice value={mailLanguage} shops={me.shop_language} error={errors['mail_language']} onChange={setMailLanguage} />
          <Radio.Group label={t('settings.role')} value={role} onChange={setRole} error={errors['role']}>
            <Stack gap={6} mt={6}>
              {roles.map((one) => (
                <Radio key={one.id} value={one.id} label={one.name[language]} description={t('security.roleRights', { count: one.rights.length })} />
              ))}
            </Stack>
          </Radio.Group>
          <FormFooter onCancel={leave} busy={create.isPending || change.isPending} disabled={name.trim() === '' || (!staff && login.trim() === '')} />
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale}
        began={began}
        mine={mine}
        fields={[
          { key: 'name', label: t('settings.name'), words: text },
          { key: 'kana', label: t('security.kana'), words: text },
          { key: 'email', label: t('security.email'), words: text },
          { key: 'mail_language', label: t('mailLanguage.label'), words: (value) => (value === 'ja' ? '日本語' : value === 'en' ? 'English' : t('history.empty')) },
          { key: 'role', label: t('settings.role'), words: (value) => known.data?.items.find(({ id }) => id === value)?.name[language] ?? text(value) },
        ]}
        busy={change.isPending}
        onClose={change.reset}
        onTake={onClose}
        onSave={send}
      />
    </Modal>
  );
}
