import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { formatMoment } from '@/lib/date/moment';
import { useTexts } from '@/lib/i18n';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type TableColumn } from '@/ui/DataTable';
import { EmptyState, ProblemPanel, useProblemToast } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useRevokeToken, useTokens, type Token } from './api';
import { useRights } from './securityApi';
import { SecretShown } from './SecretShown';
import { TokenForm } from './TokenForm';

export function TokenSettings() {
  const { t, language } = useTexts();
  const rights = useRights();
  const labels = new Map((rights.data?.items ?? []).map((right) => [right.name, right.label[language]]));
  const tokens = useTokens();
  const failed = useProblemToast();
  const revoke = useRevokeToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const scopes = (row: Token) => row.scopes?.map((right) => labels.get(right) ?? right).join('、') ?? t('settings.allScopes');
  const columns: TableColumn<Token>[] = [
    { key: 'name', header: t('settings.tokenName'), width: 180, render: (row) => row.name },
    { key: 'staff', header: t('settings.tokenOwner'), width: 140, render: (row) => row.staff_name },
    { key: 'scopes', header: t('settings.scopes'), width: 260, text: scopes, render: scopes },
    { key: 'expires', header: t('settings.expiresAt'), width: 140, render: (row) => formatMoment(row.expires_at) || t('settings.never') },
    { key: 'used', header: t('settings.lastUsed'), width: 140, render: (row) => formatMoment(row.last_used_at) },
    { key: 'created', header: t('settings.created'), width: 140, render: (row) => formatMoment(row.created_at) },
    { key: 'acts', atEnd: 'always', header: t('common.actions'), width: 110, render: (row) => <Button size="compact-xs" variant="default" onClick={() => setRevoking(row)}>{t('settings.revoke')}</Button> },
  ];
  if (tokens.error) return <ProblemPanel problem={tokens.error} onRetry={() => void tokens.refetch()} />;
  const items = tokens.data?.pages.flatMap((page) => page.items) ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('settings.addToken')}
    </Button>
  );
  return (
    <Stack gap="sm">
      {tokens.data && items.length === 0 ? (
        <EmptyState title={t('settings.noTokens')} acts={add}>
          {t('settings.noTokensText')}
        </EmptyState>
      ) : (
        <>
          <Group>{add}</Group>
          <DataTable label={t('settings.tokens')} columns={columns} rows={items} rowKey={(row) => row.id} {...(tokens.data ? {} : { bones: 4 })} />
          {tokens.hasNextPage && (
            <div>
              <Button variant="default" loading={tokens.isFetchingNextPage} onClick={() => void tokens.fetchNextPage()}>
                {t('common.more')}
              </Button>
            </div>
          )}
        </>
      )}
      {making && <TokenForm onClose={() => setMaking(false)} onMade={setMade} />}
      {made && <SecretShown title={t('settings.tokenShown')} text={t('settings.tokenShownText')} secret={made} onClose={() => setMade(null)} />}
      <ConfirmDialog
        opened={revoking !== null}
        title={t('settings.revokeTitle')}
        act={t('settings.revoke')}
        danger
        busy={revoke.isPending}
        onClose={() => setRevoking(null)}
        onConfirm={() =>
          revoking &&
          revoke.mutate(revoking.id, {
            onSuccess: () => toast(t('settings.revoked')),
            onError: failed,
            onSettled: () => setRevoking(null),
          })
        }
      >
        {revoking && t('settings.revokeText', { name: revoking.name })}
      </ConfirmDialog>
    </Stack>
  );
}
