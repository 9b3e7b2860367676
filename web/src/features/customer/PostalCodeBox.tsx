import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { formatPostalCode, readPostalCode } from '@/lib/text/phone';
import { Field } from '@/ui/Field';
import { findPlaces, type Place } from './api';
import type { FormValues } from './formModel';

type Props = {
  marks: { label: string; required: boolean; optional: boolean; error: string | undefined };
  value: string;
  street: string;
  onChange: (part: FormValues) => void;
};

/** Seven digits fill prefecture, city and town; several towns are offered. House numbers stay what they are. */
export function PostalCodeBox({ marks, value, street, onChange }: Props) {
  const { t } = useTexts();
  const [asked, setAsked] = useState<string | null>(null); // the code typed here, not one that was there before
  const [filled, setFilled] = useState<string | null>(null);
  const places = useQuery({ queryKey: ['postal-code', asked], queryFn: () => findPlaces(asked ?? ''), enabled: asked !== null, staleTime: Infinity });

  const [town, setTown] = useState(''); // as filled in last

  const fill = (code: string, place: Place) => {
    const ours = street === '' || (town !== '' && street.startsWith(town));
    onChange({ prefecture: place.prefecture, city: place.city, ...(ours ? { street: place.town + street.slice(town.length) } : {}) });
    setTown(place.town);
    setFilled(code);
  };
  const type = (text: string) => {
    onChange({ postal_code: text });
    const code = readPostalCode(text);
    setAsked(code);
    if (code === null) setFilled(null);
  };
  const only = asked !== null && filled !== asked && places.data?.length === 1 ? places.data[0] : undefined;
  useEffect(() => {
    if (asked !== null && only) fill(asked, only);
    // Once for each code typed: `filled` then stops it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, only]);

  const found = asked !== null && places.data ? places.data : null;
  const note = asked !== null && places.isPending ? t('customer.postalSearching') : found?.length === 0 ? t('customer.postalNone') : filled !== null ? t('customer.postalFilled') : undefined;
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
      {found && found.length > 1 && filled !== asked && (
        <Stack gap={4} role="group" aria-label={t('customer.postalChoose')}>
          <Text size="xs">{t('customer.postalChoose')}</Text>
          {found.map((place) => (
            <Button key={`${place.city}${place.town}`} size="compact-sm" variant="default" justify="flex-start" onClick={() => fill(asked ?? '', place)}>
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
