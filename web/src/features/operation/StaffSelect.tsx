import { useStaffChoice } from '@/features/access/api';
import { useTexts } from '@/lib/i18n';
import { useMay, useMe } from '@/lib/session';
import { ClearableSelect } from '@/ui/ClearableSelect';

/** Whose a list is narrowed to: anybody's on the staff, or one's own for who does not see the staff. */
export function StaffSelect({ value, onChange }: { value: string | null; onChange: (staff: string | null) => void }) {
  const { t } = useTexts();
  const may = useMay();
  const me = useMe();
  const staff = useStaffChoice(may('staff.read'));
  const choices = may('staff.read') ? (staff.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []) : [{ value: me.id, label: me.name }];
  return <ClearableSelect label={t('access.staff')} placeholder={t('access.anyone')} w={180} searchable data={choices} value={value} onChange={onChange} />;
}
