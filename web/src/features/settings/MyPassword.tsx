import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePassword } from '@/features/session/api';
import { newPasswordErrors, PasswordBox } from '@/features/session/PasswordBox';
import { useTexts } from '@/lib/i18n';
import { sessionKeys } from '@/lib/session';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';

const empty = { current: '', next: '', repeated: '' };

export function MyPassword() {
  const { t } = useTexts();
  const cache = useQueryClient();
  const [values, setValues] = useState(empty);
  const [checked, setChecked] = useState(false);
  const own = newPasswordErrors(values.next, values.repeated);
  const change = useMutation({
    mutationFn: () => changePassword(values.current, values.next),
    onSuccess: (me) => {
      cache.setQueryData(sessionKeys.me, me);
      setValues(empty);
      setChecked(false);
      toast(t('session.changed'));
    },
  });
  const errors = change.error?.fieldErrors() ?? {};
  return (
    <Paper withBorder p="md" maw={480}>
      <Form
        onSubmit={() => {
          setChecked(true);
          if (!own.password && !own.repeated) change.mutate();
        }}
      >
        <Stack gap="md">
          {change.error && change.error.fields.length === 0 && <ProblemPanel problem={change.error} />}
          <PasswordBox label={t('session.currentPassword')} value={values.current} onChange={(current) => setValues({ ...values, current })} use="current-password" error={errors['password']} />
          <PasswordBox label={t('session.newPassword')} help={t('session.newPasswordHelp')} value={values.next} onChange={(next) => setValues({ ...values, next })} use="new-password" error={checked && own.password ? t(own.password) : errors['new_password']} />
          <PasswordBox label={t('session.repeatPassword')} value={values.repeated} onChange={(repeated) => setValues({ ...values, repeated })} use="new-password" error={checked && own.repeated ? t(own.repeated) : undefined} />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={values.current === '' || values.next === ''}>
              {t('session.change')}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
