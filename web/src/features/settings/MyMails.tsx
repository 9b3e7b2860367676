import { Paper, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { useMe } from '@/lib/session';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { usePutMailLanguage } from './api';
import { LanguageChoice } from './LanguageChoice';

/** What the system writes to me in. */
export function MyMails() {
  const { t } = useTexts();
  const me = useMe();
  const put = usePutMailLanguage();
  const [chosen, setChosen] = useState(me.mail_language); // at once; the answer comes after it
  return (
    <Paper withBorder p="md" maw={480}>
      <Stack gap="md">
        {put.error && <ProblemPanel problem={put.error} />}
        <LanguageChoice
          value={chosen}
          shops={me.shop_language}
          help={t('mailLanguage.mine')}
          onChange={(language) => {
            setChosen(language);
            put.mutate(language, { onSuccess: () => toast(t('mailLanguage.saved')), onError: () => setChosen(me.mail_language) });
          }}
        />
      </Stack>
    </Paper>
  );
}
