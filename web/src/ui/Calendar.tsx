import '@mantine/dates/styles.css';
import 'dayjs/locale/ja';
import { DatePicker, DatesProvider } from '@mantine/dates';

type Props = { value: string | null; language: 'ja' | 'en'; onPick: (iso: string) => void };

export function Calendar({ value, language, onPick }: Props) {
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 0 }}>
      <DatePicker
        value={value?.slice(0, 10) ?? null}
        {...(value ? { defaultDate: value.slice(0, 10) } : {})}
        onChange={(day) => day && onPick(day)}
        monthLabelFormat={language === 'ja' ? 'YYYY年M月' : 'MMMM YYYY'}
        yearLabelFormat={language === 'ja' ? 'YYYY年' : 'YYYY'}
        monthsListFormat={language === 'ja' ? 'M月' : 'MMM'}
      />
    </DatesProvider>
  );
}
