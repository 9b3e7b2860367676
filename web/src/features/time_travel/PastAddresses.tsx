import { Badge, List, Paper, Text, Title } from '@mantine/core';
import { useAddresses, type Address } from '@/features/customer/api';
import { useTexts } from '@/lib/i18n';
import { formatPostalCode } from '@/lib/text/phone';
import { ProblemPanel } from '@/ui/states';
import { usePastAddresses, type PastAddress } from './api';

/** お届け先住所 as they stood. */
export function PastAddresses({ customer, at }: { customer: string; at: string }) {
  const { t } = useTexts();
  const addresses = usePastAddresses(customer, at);
  const pages = useAddresses(customer);
  // Told only when all of now are known: what is on a page not read yet is not gone.
  const now = pages.data && !pages.hasNextPage ? pages.data.pages.flatMap((page) => page.items) : null;
  const then = addresses.isPlaceholderData ? null : (addresses.data ?? null);
  const isGone = (address: PastAddress) => now !== null && then !== null && now.every((one) => one.id !== address.id);
  const fresh: Address[] = now && then ? now.filter((one) => then.every((address) => address.id !== one.id)) : [];
  if (addresses.error) return <ProblemPanel problem={addresses.error} onRetry={() => void addresses.refetch()} />;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('past.addresses')}>
      <Title order={3} mb={6}>
        {t('past.addresses')}
      </Title>
      {addresses.data && addresses.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('past.noAddresses')}
        </Text>
      )}
      <List size="sm" spacing={4}>
        {addresses.data?.map((address) => (
          <List.Item key={address.id}>
            {written(address)} {address.is_default && <Badge size="sm" variant="default">{t('address.default')}</Badge>}{' '}
            {isGone(address) && <Badge size="sm" variant="light" color="gray">{t('past.addressGone')}</Badge>}
          </List.Item>
        ))}
        {fresh.map((address) => (
          <List.Item key={address.id}>
            <Text span inherit c="dimmed">
              {written(address)}
            </Text>{' '}
            <Badge size="sm" variant="light" color="gray">{t('past.addressNew')}</Badge>
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}

function written(address: PastAddress): string {
  const code = address.postal_code ? `〒${formatPostalCode(address.postal_code)}` : '';
  return [address.label, address.name ?? address.company, code, address.address].filter(Boolean).join('　');
}
