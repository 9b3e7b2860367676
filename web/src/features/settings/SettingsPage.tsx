import { Stack, Tabs } from '@mantine/core';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { useMay, type Right } from '@/lib/session';
import { PageTitle } from '@/ui/states';

/** The pages of the settings; the palette leads to them too. */
export const places = [
  { path: 'general', text: 'settings.general', right: 'settings.read' },
  { path: 'staff', text: 'settings.staff', right: 'staff.read' },
  { path: 'roles', text: 'security.roles', right: 'staff.read' },
  { path: 'security', text: 'security.title', right: null },
  { path: 'member-groups', text: 'memberGroups.title', right: 'staff.read' },
  { path: 'tokens', text: 'settings.tokens', right: 'token.edit' },
  { path: 'mail', text: 'mail.settings', right: 'settings.read' },
  { path: 'mail-templates', text: 'mail.templates', right: 'settings.read' },
  { path: 'sessions', text: 'settings.sessions', right: null },
  { path: 'password', text: 'settings.password', right: null },
] as const satisfies readonly { path: string; text: string; right: Right | null }[];

export function SettingsPage() {
  const { t } = useTexts();
  const may = useMay();
  const navigate = useNavigate();
  const current = useLocation().pathname.split('/')[2] ?? '';
  return (
    <Stack gap="sm">
      <PageTitle title={t('settings.title')} />
      <Tabs value={current} onChange={(next) => void navigate(`/settings/${next}`)}>
        <Tabs.List>
          {places.map(({ path, text, right }) => (right === null || may(right)) && <Tabs.Tab key={path} value={path}>{t(text)}</Tabs.Tab>)}
        </Tabs.List>
        {current && (
          <Tabs.Panel value={current} pt="md">
            <Outlet />
          </Tabs.Panel>
        )}
      </Tabs>
      {!current && <Outlet />}
    </Stack>
  );
}

/** The first settings this person may see. */
export function SettingsStart() {
  const may = useMay();
  const first = places.find(({ right }) => right === null || may(right));
  return <Navigate to={`/settings/${first?.path ?? 'security'}`} replace />;
}
