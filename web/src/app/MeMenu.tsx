import { Button, Menu, SegmentedControl, UnstyledButton, Group, Text } from '@mantine/core';
import { IconApi, IconChevronDown, IconDevices, IconKey, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { signOut } from '@/features/session/api';
import { setLanguage, useTexts, type Language } from '@/lib/i18n';
import { useMe, usePreferences } from '@/lib/session';

export function MeMenu({ onKeys }: { onKeys: () => void }) {
  const { t, language } = useTexts();
  const me = useMe();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [preferences, setPreferences] = usePreferences();
  const other: Language = language === 'ja' ? 'en' : 'ja';
  const choose = (next: Language) => {
    void setLanguage(next);
    setPreferences({ language: next });
  };
  const leave = async () => {
    await signOut();
    cache.clear();
    await navigate('/signin', { replace: true });
  };
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" lang={other} onClick={() => choose(other)} title={t('nav.language')}>
        {other === 'en' ? 'English' : '日本語'}
      </Button>
      <Menu position="bottom-end" width={232}>
        <Menu.Target>
          <UnstyledButton aria-label={t('nav.me', { name: me.name })} px={8} h={32}>
            <Group gap={4} wrap="nowrap">
              <Text size="sm" maw={140} truncate>
                {me.name}
              </Text>
              <IconChevronDown size={14} aria-hidden />
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('nav.theme')}</Menu.Label>
          <SegmentedControl
            size="xs"
            fullWidth
            mx={8}
            mb={8}
            aria-label={t('nav.theme')}
            value={preferences.theme ?? 'auto'}
            onChange={(theme) => setPreferences({ theme: theme as 'auto' | 'light' | 'dark' })}
            data={[
              { value: 'auto', label: t('nav.themeAuto') },
              { value: 'light', label: t('nav.themeLight') },
              { value: 'dark', label: t('nav.themeDark') },
            ]}
          />
          <Menu.Label>{t('nav.weekStart')}</Menu.Label>
          <SegmentedControl
            size="xs"
            fullWidth
            mx={8}
            mb={8}
            aria-label={t('nav.weekStart')}
            value={preferences.week_start ?? 'sunday'}
            onChange={(day) => setPreferences({ week_start: day as 'sunday' | 'monday' })}
            data={[
              { value: 'sunday', label: t('nav.sunday') },
              { value: 'monday', label: t('nav.monday') },
            ]}
          />
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
            {t('nav.shortcuts')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDevices size={16} />} component={Link} to="/settings/sessions">
            {t('nav.mySessions')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} component={Link} to="/settings/password">
            {t('nav.changePassword')}
          </Menu.Item>
          <Menu.Item leftSection={<IconApi size={16} />} component="a" href="/api/docs" target="_blank">
            {t('nav.api')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
            {t('nav.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
