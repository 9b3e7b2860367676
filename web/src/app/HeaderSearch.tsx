import { Kbd, Loader, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useState, type Ref } from 'react';
import { useNavigate } from 'react-router';
import { useStoreSearch } from '@/features/customer/searchApi';
import { defaultSearch } from '@/features/customer/conditions';
import { asProblem } from '@/lib/api/problem';
import { isComposing } from '@/lib/text/ime';
import { useTexts } from '@/lib/i18n';
import { useSearchHint } from '@/lib/searchHint';
import { IconButton } from '@/ui/IconButton';
import { useProblemToast } from '@/ui/states';
import { goToRows } from '@/ui/toRows';

/** The one box of the frame: finds customers from any page. What is searched for never stands in the URL. */
export function HeaderSearch({ ref, className }: { ref: Ref<HTMLInputElement>; className: string | undefined }) {
  const { t } = useTexts();
  const hint = useSearchHint('box');
  const navigate = useNavigate();
  const store = useStoreSearch();
  const tell = useProblemToast();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);

  const run = async () => {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    try {
      const search = await store({ ...defaultSearch(), text: text.trim() });
      setText('');
      await navigate(`/customers?s=${search}`);
    } catch (thrown) {
      tell(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <TextInput
      ref={ref}
      className={className}
      role="searchbox"
      aria-label={t('nav.search')}
      placeholder={hint}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        busy ? (
          <Loader size="xs" aria-label={t('common.loading')} />
        ) : text === '' ? (
          <Kbd size="xs">/</Kbd>
        ) : (
          <IconButton size="sm" label={t('search.clearText')} onClick={() => setText('')}>
            <IconX size={14} />
          </IconButton>
        )
      }
      maxLength={1000}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === 'Enter') void run();
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key === 'ArrowDown' && goToRows()) event.preventDefault();
      }}
    />
  );
}
