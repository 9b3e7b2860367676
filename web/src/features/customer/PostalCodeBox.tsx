import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { formatPostalCode, readPostalCode } from '@/lib/text/phone';
import { Field } from '@/ui/Field';
import { findPlaces, type Place } from './api';
import { CodeByAddress } from './CodeByAddress';
import type { FormValues } from './formModel';

type Props = {
  marks: { label: string; required: boolean; optional: boolean; error: string | undefined };
  value: string;
  street: string;
  city: string;
  prefecture: unknown;
  onChange: (part: FormValues) => void;
};

/** Seven digits fill prefecture, city and town; several towns are offered. House numbers stay what they are. */
export function PostalCodeBox({ marks, value, street, city, prefecture, onChange }: Props) {
  const { t } = useTexts();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<string | null>(null); // the code typed here, not one that was there before
  const [found, setFound] = useState<Place[] | null>(null);
  const [filled, setFilled] = useState(false);
  const [failed, setFailed] = useState(false); // nobody could be asked
  const latest = useRef<string | null>(null);

  const [town, setTown] = useState(''); // as filled in last

  const fill = (place: Place) => {
    const ours = street === '' || (town !== '' && street.startsWith(town));
    onChange({ prefecture: place.prefecture, city: place.city, ...(ours ? { street: place.town + street.slice(town.length) } : {}) });
    setTown(place.town);
    setFilled(true);
  };
  const type = (text: string) => {
    onChange({ postal_code: text });
    const code = readPostalCode(text);
    if (code === asked) return;
    latest.current = code;
    setAsked(code);
    setFound(null);
    setFilled(false);
    setFailed(false);
    if (code) void lookUp(code);
  };
  const lookUp = async (code: string) => {
    setFailed(false);
    // Without a network it fails at once, and does not wait for one.
    const places = await cache.fetchQuery({ queryKey: ['postal-code', code], queryFn: () => findPlaces(code), staleTime: Infinity, networkMode: 'always' }).catch(() => null);
    if (latest.current !== code) return; // another code has been typed meanwhile
    setFound(places);
    setFailed(places === null);
    if (places?.length === 1 && places[0]) fill(places[0]);
  };

  const elsewhere = found?.[0] && typeof prefecture === 'number' && !found.some((place) => place.prefecture === prefecture) ? found[0] : null;
  const searched = asked === null ? undefined : found === null ? t('customer.postalSearching') : found.length === 0 ? t('customer.postalNone') : undefined;
  const note = elsewhere ? t('customer.postalElsewhere', { prefecture: elsewhere.prefecture_name }) : filled ? t('customer.postalFilled') : failed ? t('customer.postalFailed') : searched;
  return (
    <Stack gap={4}>
      <Field {...marks} note={note}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            autoComplete="off"
            maw={180}
            leftSection="〒"
            value={value}
            onChange={(event) => type(event.currentTarget.value)}
            onBlur={() => {
              const code = readPostalCode(value);
              if (code) onChange({ postal_code: formatPostalCode(code) });
            }}
          />
        )}
      </Field>
      {value.trim() === '' && typeof prefecture === 'number' && city.trim() !== '' && <CodeByAddress address={{ prefecture, city, street }} onPick={(code) => onChange({ postal_code: formatPostalCode(code) })} />}
      {failed && asked && (
        <Button size="compact-xs" variant="default" w="fit-content" onClick={() => void lookUp(asked)}>
          {t('common.retry')}
        </Button>
      )}
      {found && found.length > 1 && !filled && (
        <Stack gap={4} mah={220} role="group" aria-label={t('customer.postalChoose')} style={{ overflow: 'auto' }}>
          <Text size="xs">{t('customer.postalChoose')}</Text>
          {found.map((place) => (
            <Button key={`${place.city}${place.town}`} size="compact-sm" variant="default" justify="flex-start" style={{ flexShrink: 0 }} onClick={() => fill(place)}>
              {place.prefecture_name}
              {place.city}
              {place.town}
            </Button>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
