import '@mantine/dates/styles.css';
import 'dayjs/locale/ja';
import { DatePicker, DatesProvider } from '@mantine/dates';
import { useTexts } from '@/lib/i18n';
import { usePreferences } from '@/lib/session';
import classes from './Calendar.module.css';

type Props = { value: string | null; language: 'ja' | 'en'; onPick: (iso: string) => void };

export function Calendar({ value, language, onPick }: Props) {
  const { t } = useTexts();
  const [{ week_start: weekStart }] = usePreferences();
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: weekStart === 'monday' ? 1 : 0 }}>
      <DatePicker
        __stopPropagation
        value={value?.slice(0, 10) ?? null}
        {...(value ? { defaultDate: value.slice(0, 10) } : {})}
        classNames={{ day: classes.day ?? '' }}
        ariaLabels={{
          previousMonth: t('date.previousMonth'),
          nextMonth: t('date.nextMonth'),
          previousYear: t('date.previousYear'),
          nextYear: t('date.nextYear'),
          previousDecade: t('date.previousDecade'),
          nextDecade: t('date.nextDecade'),
        }}
        onChange={(day) => day && onPick(day)}
        monthLabelFormat={language === 'ja' ? 'YYYY年M月' : 'MMMM YYYY'}
        yearLabelFormat={language === 'ja' ? 'YYYY年' : 'YYYY'}
        monthsListFormat={language === 'ja' ? 'M月' : 'MMM'}
      />
    </DatesProvider>
  );
}
