import { Button, Checkbox, Group, Paper, Stack, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { RequiredNumberBox } from '@/ui/NumberBox';
import { LinesSkeleton, ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { useRoles, useSaveSecurity, useSecurity, type RoleEntry, type SecuritySettings as Values } from './securityApi';
import { StaleNote } from './StaleNote';
import { TotpCard } from './TotpCard';

export function SecuritySettings() {
  const me = useMe();
  const may = useMay();
  return (
    <Stack gap="md">
      <TotpCard />
      {!me.must_set_up_totp && may('settings.read') && <ShopRules />}
    </Stack>
  );
}

function ShopRules() {
  const mayReadRoles = useMay()('staff.read');
  const security = useSecurity();
  const roles = useRoles(mayReadRoles);
  if (security.error) return <ProblemPanel problem={security.error} onRetry={() => void security.refetch()} />;
  if (!security.data || (mayReadRoles && roles.isPending)) return <LinesSkeleton />;
  return <RulesForm key={security.data.version} saved={security.data} roles={roles.data?.items ?? []} onStale={() => void security.refetch()} />;
}

function RulesForm({ saved, roles, onStale }: { saved: Values; roles: RoleEntry[]; onStale: () => void }) {
  const { t, language } = useTexts();
  const may = useMay();
  const save = useSaveSecurity(() => toast(t('settings.saved')));
  const [networks, setNetworks] = useState(saved.allowed_networks.join('\n'));
  const [required, setRequired] = useState(saved.totp_roles);
  const [administer, setAdminister] = useState(saved.totp_to_administer);
  const [idle, setIdle] = useState(saved.idle_minutes);
  const [hours, setHours] = useState(saved.session_hours);
  const readOnly = !may('settings.edit');
  const body = { allowed_networks: networks.split(/[\s,、]+/).filter(Boolean), totp_roles: required, totp_to_administer: administer, idle_minutes: idle, session_hours: hours };
  const dirty = (Object.keys(body) as (keyof typeof body)[]).some((key) => JSON.stringify(body[key]) !== JSON.stringify(saved[key]));
  const errors = save.error?.fieldErrors() ?? {};
  // One line per address: the pointer's number says which of them is wrong.
  const wrong = save.error?.fields.filter(({ pointer }) => pointer.startsWith('/allowed_networks')).map(({ pointer, detail }) => [body.allowed_networks[Number(pointer.split('/')[2])], detail].filter(Boolean).join(': '));
  const error = save.error?.code === 'settings.locks_out' ? save.error.detail : wrong?.join(' ');
  return (
    <Paper withBorder p="md" maw={720}>
      <Form onSubmit={() => save.mutate({ body, version: saved.version })}>
        <Stack gap="md">
          <Title order={2} size="h4">
            {t('security.shopRules')}
          </Title>
          {save.error?.status === 412 ? <StaleNote onTake={onStale} /> : save.error && !error && !errors['idle_minutes'] && !errors['session_hours'] && <ProblemPanel problem={save.error} />}
          <Field label={t('security.networks')} optional help={t('security.networksHelp')} error={error || undefined}>
            {(control) => <Textarea {...control} readOnly={readOnly} autosize minRows={3} maxRows={12} spellCheck={false} placeholder={'192.0.2.0/24\n2001:db8::/32'} value={networks} onChange={(event) => setNetworks(event.currentTarget.value)} />}
          </Field>
          {roles.length > 0 && (
            <Checkbox.Group label={t('security.totpRoles')} description={t('security.totpRolesHelp')} value={required} onChange={(next) => !readOnly && setRequired(next)}>
              <Group gap="md" mt={6}>
                {roles.map((role) => (
                  <Checkbox key={role.id} value={role.id} label={role.name[language]} disabled={readOnly} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
          <Checkbox label={t('security.administer')} description={t('security.administerHelp')} checked={administer} disabled={readOnly} onChange={(event) => setAdminister(event.currentTarget.checked)} />
          <Group gap="lg" align="flex-start">
            <Field label={t('security.idle')} help={t('security.idleHelp')} error={errors['idle_minutes']}>
              {(control) => <RequiredNumberBox {...control} size="sm" width={140} label={t('security.idle')} readOnly={readOnly} value={idle} onChange={setIdle} />}
            </Field>
            <Field label={t('security.whole')} help={t('security.wholeHelp')} error={errors['session_hours']}>
              {(control) => <RequiredNumberBox {...control} size="sm" width={140} label={t('security.whole')} readOnly={readOnly} value={hours} onChange={setHours} />}
            </Field>
          </Group>
          {!readOnly && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!dirty}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Form>
      <UnsavedGuard dirty={dirty} />
    </Paper>
  );
}
