import { useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { UnusualNotice } from '@/features/access/UnusualNotice';
import { screenWords } from '@/features/operation/words';
import { FreshDialog } from '@/features/session/FreshDialog';
import { SignInAgain } from '@/features/session/SignInAgain';
import { onSignedOut, setCsrfToken } from '@/lib/api/client';
import { askToSignIn } from '@/lib/api/over';
import { currentLanguage, setLanguage, useTexts } from '@/lib/i18n';
import { screenOf } from '@/lib/screen';
import { useFeature, useMay, useMe, usePreferences } from '@/lib/session';
import { holdsUnsaved, leaveUnsaved } from '@/lib/unsaved';
import { usePageTitle } from '@/ui/usePageTitle';
import { areas } from './areas';
import classes from './Frame.module.css';
import { HeaderSearch } from './HeaderSearch';
import { JobsIndicator } from './JobsIndicator';
import { KeyboardHelp } from './KeyboardHelp';
import { MeMenu } from './MeMenu';
import { useLiveCache } from './useLiveCache';

const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette')).CommandPalette }));

/** Where somebody is kept whose role requires a second factor he does not have. */
const kTotpSetup = '/settings/security';

export function Frame() {
  const { t } = useTexts();
  const me = useMe();
  const may = useMay();
  const isOn = useFeature();
  const [preferences, setPreferences] = usePreferences();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const page = useRef<HTMLElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const narrow = preferences.navigation === 'narrow';

  const { pathname } = useLocation();
  // A customer's page tells whose it is.
  usePageTitle(pathname.startsWith('/customers/') && screenOf(pathname).startsWith('customers.id') ? null : screenWords(screenOf(pathname), t));
  const signIn = useSignedOut();
  useLiveCache();
  useKeptAppearance(preferences.language, preferences.theme);
  useHotkeys([
    ['/', () => search.current?.focus()],
    ['shift+?', () => setHelp(true)],
  ]);
  useHotkeys([['mod+K', () => setPalette(true)]], []);

  if (me.must_set_up_totp && pathname !== kTotpSetup) return <Navigate to={kTotpSetup} replace />;
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#page" onClick={(event) => { event.preventDefault(); page.current?.focus(); }}>
        {t('nav.skip')}
      </a>
      <header className={classes.header}>
        <Link to="/customers" className={classes.brand}>
          <img src="/favicon.svg" alt="" width={22} height={22} />
          <span className={classes.product}>Otokui</span>
          <span className={classes.shop}>{me.shop_name}</span>
        </Link>
        <HeaderSearch ref={search} className={classes.search} />
        <div className={classes.tools}>
          <UnusualNotice />
          {may('job.read') && <JobsIndicator />}
          <MeMenu onKeys={() => setHelp(true)} />
        </div>
      </header>
      <nav className={classes.nav} data-narrow={narrow || undefined} aria-label={t('nav.main')}>
        {areas.map(
          ({ path, text, icon: Icon, right, ...rest }) =>
            (right === null || may(right)) && (!('feature' in rest) || isOn(rest.feature)) && (
              <NavLink key={path} to={path} className={classes.link ?? ''} title={narrow ? t(text) : undefined} aria-label={narrow ? t(text) : undefined}>
                <Icon size={18} aria-hidden />
                {!narrow && t(text)}
              </NavLink>
            ),
        )}
        <button
          type="button"
          className={`${classes.link} ${classes.fold}`}
          style={{ border: 0, background: 'none', font: 'inherit', cursor: 'pointer' }}
          aria-label={narrow ? t('nav.unfold') : t('nav.fold')}
          title={narrow ? t('nav.unfold') : undefined}
          onClick={() => setPreferences({ navigation: narrow ? 'wide' : 'narrow' })}
        >
          {narrow ? <IconLayoutSidebarLeftExpand size={18} aria-hidden /> : <IconLayoutSidebarLeftCollapse size={18} aria-hidden />}
          {!narrow && t('nav.fold')}
        </button>
      </nav>
      <main className={classes.page} ref={page} id="page" tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>{palette && <CommandPalette onClose={() => setPalette(false)} />}</Suspense>
      <FreshDialog />
      <SignInAgain onLeave={signIn} />
      <KeyboardHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** An ended session leads to the sign-in page, and from there back to where one was; over unsaved text one is asked in place. */
function useSignedOut(): () => void {
  const navigate = useNavigate();
  const location = useLocation();
  const queries = useQueryClient();
  const here = location.pathname + location.search;
  const gone = useRef(false);
  const signIn = useCallback(() => {
    if (gone.current) return;
    gone.current = true;
    setCsrfToken(null);
    queries.clear();
    void leaveUnsaved(() => navigate(`/signin?back=${encodeURIComponent(here)}`, { replace: true, state: { expired: true } }));
  }, [here, navigate, queries]);
  useEffect(() => {
    onSignedOut(() => {
      if (!holdsUnsaved()) signIn();
      else if (!gone.current) void askToSignIn();
    });
    return () => onSignedOut(() => undefined);
  }, [signIn]);
  return signIn;
}

function useKeptAppearance(language: 'ja' | 'en' | undefined, scheme: 'auto' | 'light' | 'dark' | undefined): void {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (language && language !== currentLanguage()) void setLanguage(language);
  }, [language]);
  useEffect(() => {
    if (scheme) setColorScheme(scheme);
  }, [scheme, setColorScheme]);
}
