import { Radio, Stack } from '@mantine/core';
import { useTexts, type Language } from '@/lib/i18n';

export type MailLanguage = Language | null;

const names: Record<Language, string> = { ja: '日本語', en: 'English' };
const choices: readonly MailLanguage[] = [null, 'ja', 'en'];

/** In which language the system writes to a person: his own, or whichever the shop's is. */
export function LanguageChoice({ value, shops, error, help, onChange }: { value: MailLanguage; shops: Language | null; error?: string | undefined; help?: string; onChange: (value: MailLanguage) => void }) {
  const { t } = useTexts();
  const shop = shops ? t('mailLanguage.ofShopNow', { language: names[shops] }) : t('mailLanguage.ofShop');
  return (
    <Radio.Group label={t('mailLanguage.label')} description={help} value={value ?? ''} onChange={(next) => onChange(choices.find((one) => (one ?? '') === next) ?? null)} error={error}>
      <Stack gap={6} mt={6}>
        {choices.map((one) => (
          <Radio key={one ?? ''} value={one ?? ''} label={one ? names[one] : shop} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
