import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTexts } from '@/lib/i18n';
import { formatPostalCode } from '@/lib/text/phone';
import { findCodes } from './api';

type Address = { prefecture: number; city: string; street: string };

/** 住所から検索: the code of an address that is there already; several are offered. */
export function CodeByAddress({ address, onPick }: { address: Address; onPick: (code: string) => void }) {
  const { t } = useTexts();
  const search = useMutation({
    mutationFn: findCodes,
    networkMode: 'always',
    onSuccess: ([first, ...more]) => {
      if (first && more.length === 0) onPick(first.code);
    },
  });
  // What was found belongs to the address it was found for.
  const found = JSON.stringify(search.variables) === JSON.stringify(address) ? search : null;
  return (
    <Stack gap={4} align="flex-start">
      <Button size="compact-xs" variant="default" loading={search.isPending} onClick={() => search.mutate(address)}>
        {t('customer.postalByAddress')}
      </Button>
      <Text size="xs" c="dimmed" role="status">
        {found?.error ? t('customer.postalFailedCode') : found?.data?.length === 0 ? t('customer.postalNoCode') : ''}
      </Text>
      {found?.data && found.data.length > 1 && (
        <Stack gap={4} mah={220} w="100%" role="group" aria-label={t('customer.postalChooseCode')} style={{ overflow: 'auto' }}>
          <Text size="xs">{t('customer.postalChooseCode')}</Text>
          {found.data.map((one) => (
            <Button key={`${one.code}${one.town}`} size="compact-sm" variant="default" justify="flex-start" style={{ flexShrink: 0 }} onClick={() => onPick(one.code)}>
              {`〒${formatPostalCode(one.code)} ${one.city}${one.town}`}
            </Button>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
