import { ActionIcon, Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Tooltip } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';
import { useMay } from '@/lib/session';
import { formatPhone, formatPostalCode } from '@/lib/text/phone';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState, LinesSkeleton, ProblemPanel, useProblemWords } from '@/ui/states';
import { toast, toastProblem } from '@/ui/toast';
import { AddressForm } from './AddressForm';
import { useAddresses, useDeleteAddress, type Address, type Customer } from './api';

type Props = { customer: Customer; catalogue: Catalogue; mayEdit: boolean };

/** Delivery addresses. The billing address is the customer's own. */
export function AddressesTab({ customer, catalogue, mayEdit }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const words = useProblemWords();
  const { undoOf } = useUndoAct();
  const addresses = useAddresses(customer.id);
  const remove = useDeleteAddress(customer.id);
  const [editing, setEditing] = useState<Address | 'new' | null>(null);
  const [asking, setAsking] = useState<Address | null>(null);
  const mayWrite = mayEdit && may('contact.read');
  if (addresses.error) return <ProblemPanel problem={addresses.error} onRetry={() => void addresses.refetch()} />;
  if (!addresses.data) return <LinesSkeleton />;
  const items = addresses.data.pages.flatMap((page) => page.items);
  const add = mayWrite && (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('address.add')}
    </Button>
  );
  return (
    <Stack gap="sm">
      {items.length > 0 && <Group>{add}</Group>}
      {items.length === 0 && (
        <EmptyState title={t('address.none')} acts={add}>
          {t('address.noneText')}
        </EmptyState>
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
        {items.map((address) => (
          <AddressCard key={address.id} address={address} mayEdit={mayWrite} onEdit={() => setEditing(address)} onDelete={() => setAsking(address)} />
        ))}
      </SimpleGrid>
      {addresses.hasNextPage && (
        <Button variant="default" loading={addresses.isFetchingNextPage} onClick={() => void addresses.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
      {editing && <AddressForm key={editing === 'new' ? 'new' : editing.id} customer={customer.id} catalogue={catalogue} address={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        opened={asking !== null}
        title={t('address.deleteTitle')}
        act={t('customer.deleteAct')}
        danger
        busy={remove.isPending}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          asking &&
          remove.mutate(asking, {
            onSuccess: ({ operation }) => toast(t('address.deletedToast'), undoOf(operation)),
            onError: (problem) => {
              if (problem.status === 412) void addresses.refetch();
              const { title, detail } = words(problem);
              toastProblem(title, detail);
            },
            onSettled: () => setAsking(null),
          })
        }
      >
        {t('address.deleteText', { name: asking ? nameOf(asking) : '' })}
      </ConfirmDialog>
    </Stack>
  );
}

const nameOf = (address: Address) => address.label || address.name || address.company || address.address || address.id;

function AddressCard({ address, mayEdit, onEdit, onDelete }: { address: Address; mayEdit: boolean; onEdit: () => void; onDelete: () => void }) {
  const { t } = useTexts();
  const name = nameOf(address);
  return (
    <Paper withBorder p="sm" component="article" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          <Group gap={6}>
            {address.label && <Text fw={600}>{address.label}</Text>}
            {address.is_default && (
              <Badge size="sm" variant="light">
                {t('address.default')}
              </Badge>
            )}
          </Group>
          <Text size="sm">
            {address.postal_code && `〒${formatPostalCode(address.postal_code)} `}
            {address.address}
          </Text>
          {(address.company || address.department) && (
            <Text size="sm">
              {address.company} {address.department} {!address.name && address.company && t('address.company', { name: '' }).trim()}
            </Text>
          )}
          {address.name && (
            <Text size="sm">
              {t('address.person', { name: address.name })}
              {address.kana && (
                <Text span size="xs" c="dimmed">
                  （{address.kana}）
                </Text>
              )}
            </Text>
          )}
          {address.phone && <Text size="sm">{formatPhone(address.phone)}</Text>}
        </Stack>
        {mayEdit && (
          <Group gap={2} wrap="nowrap">
            <Tooltip label={t('common.edit')}>
              <ActionIcon aria-label={`${t('common.edit')}: ${name}`} onClick={onEdit}>
                <IconPencil size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('common.remove')}>
              <ActionIcon aria-label={`${t('common.remove')}: ${name}`} onClick={onDelete}>
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        )}
      </Group>
    </Paper>
  );
}
