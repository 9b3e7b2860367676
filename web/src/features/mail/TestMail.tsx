import { Alert, Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { ProblemPanel } from '@/ui/states';
import { useTestMail } from './api';

/** Sends one mail with the saved settings and shows the mail server's own words. */
export function TestMail({ dirty }: { dirty: boolean }) {
  const { t } = useTexts();
  const [to, setTo] = useState('');
  const test = useTestMail();
  const said = test.data;
  return (
    <Paper withBorder p="md">
      <Form onSubmit={() => test.mutate(to.trim())}>
        <Stack gap="sm" align="flex-start">
          <Title order={2} size="h5">{t('mail.test')}</Title>
          {dirty && <Text size="sm" c="dimmed">{t('mail.testUnsaved')}</Text>}
          <Field label={t('mail.testTo')} error={test.error?.fieldErrors()['to']}>
            {(control) => <TextInput {...control} w={340} inputMode="email" maxLength={254} value={to} onChange={(event) => setTo(event.currentTarget.value)} />}
          </Field>
          <Button type="submit" variant="default" loading={test.isPending} disabled={to.trim() === ''}>
            {t('mail.testSend')}
          </Button>
          {test.error && test.error.fields.length === 0 && <ProblemPanel problem={test.error} />}
          {said && (
            <Alert w="100%" role="status" variant="light" color={said.delivered ? 'teal' : 'red'} icon={said.delivered ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />} title={said.delivered ? t('mail.delivered') : t('mail.notDelivered', { stage: t(`mail.stages.${said.stage}`) })}>
              <Text size="sm" ff="monospace">{said.answer}</Text>
            </Alert>
          )}
        </Stack>
      </Form>
    </Paper>
  );
}
