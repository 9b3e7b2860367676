import { Box, Group, NavLink, Stack, Text } from '@mantine/core';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { useTexts } from '@/lib/i18n';
import { useFeature, useMay, type Feature, type Right } from '@/lib/session';
import { PageTitle } from '@/ui/states';

type Place = { path: string; text: string; right: Right | null; feature?: Feature };

/** The pages of the settings by section; the palette leads to them too. */
export const sections = [
  {
    text: 'settings.sectionShop',
    places: [
      { path: 'general', text: 'settings.general', right: 'settings.read' },
      { path: 'options', text: 'settings.options', right: 'settings.read' },
      { path: 'point-kinds', text: 'pointKinds.title', right: 'master.edit', feature: 'points' },
      { path: 'mail', text: 'mail.settings', right: 'settings.read' },
      { path: 'mail-templates', text: 'mail.templates', right: 'settings.read' },
    ],
  },
  {
    text: 'settings.sectionMasters',
    places: [
      { path: 'labels', text: 'masters.labels', right: 'customer.read', feature: 'labels' },
      { path: 'groups', text: 'masters.groups', right: 'customer.read' },
      { path: 'levels', text: 'masters.levels', right: 'customer.read', feature: 'levels' },
      { path: 'level-judging', text: 'level.judging', right: 'level.edit', feature: 'levels' },
      { path: 'special-types', text: 'masters.special-types', right: 'customer.read', feature: 'special_types' },
      { path: 'block-reasons', text: 'masters.block-reasons', right: 'customer.read', feature: 'block_list' },
      { path: 'occupations', text: 'masters.occupations', right: 'customer.read' },
      { path: 'customer-types', text: 'masters.customer-types', right: 'customer.read' },
      { path: 'form-fields', text: 'forms.title', right: 'master.edit' },
    ],
  },
  {
    text: 'settings.sectionStaff',
    places: [
      { path: 'staff', text: 'settings.staff', right: 'staff.read' },
      { path: 'roles', text: 'security.roles', right: 'staff.read' },
      { path: 'member-groups', text: 'memberGroups.title', right: 'staff.read' },
      { path: 'tokens', text: 'settings.tokens', right: 'token.edit' },
    ],
  },
  {
    text: 'settings.sectionMine',
    places: [
      { path: 'security', text: 'security.title', right: null },
      { path: 'sessions', text: 'settings.sessions', right: null },
      { path: 'password', text: 'settings.password', right: null },
      { path: 'my-mails', text: 'mailLanguage.title', right: null },
    ],
  },
] as const satisfies readonly { text: string; places: readonly Place[] }[];

export const places: readonly (typeof sections)[number]['places'][number][] = sections.flatMap((section) => [...section.places]);

function useIsOpen(): (place: Place) => boolean {
  const may = useMay();
  const isOn = useFeature();
  return ({ right, feature }) => (right === null || may(right)) && (feature === undefined || isOn(feature));
}

export function SettingsPage() {
  const { t } = useTexts();
  const isOpen = useIsOpen();
  const current = useLocation().pathname.split('/')[2] ?? '';
  return (
    <Stack gap="sm">
      <PageTitle title={t('settings.title')} />
      <Group align="flex-start" gap="lg" wrap="nowrap">
        <Box component="nav" aria-label={t('settings.title')} w={190} flex="none" className="no-print">
          {sections.map(({ text, places: all }) => {
            const open = all.filter(isOpen);
            if (open.length === 0) return null;
            return (
              <Box key={text} mb="sm">
                <Text size="xs" fw={700} c="dimmed" px="xs" mb={2}>
                  {t(text)}
                </Text>
                {open.map((place) => (
                  <NavLink key={place.path} component={Link} to={`/settings/${place.path}`} label={t(place.text)} active={place.path === current} {...(place.path === current ? { 'aria-current': 'page' as const } : {})} px="xs" py={4} />
                ))}
              </Box>
            );
          })}
        </Box>
        <Box flex={1} miw={0}>
          <Outlet />
        </Box>
      </Group>
    </Stack>
  );
}

/** The first settings this person may see. */
export function SettingsStart() {
  const isOpen = useIsOpen();
  const first = places.find(isOpen);
  return <Navigate to={`/settings/${first?.path ?? 'security'}`} replace />;
}
