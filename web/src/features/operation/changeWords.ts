import { plainValue } from '@/features/customer/columns';
import type { Catalogue } from '@/lib/catalogue';
import { useTexts } from '@/lib/i18n';

type Change = { kind: string; field: string };

// Things customers have by the names of their tables, where they differ.
const things: Record<string, string> = { coupon_grant: 'coupon', coupon_use: 'coupon' };
// Whose row it is, by whom and when: the operation says so itself.
const ofTheOperation = new Set(['customer_id', 'created_by', 'updated_by', 'granted_by', 'revoked_by', 'cancelled_by', 'at', 'created_at', 'updated_at', 'granted_at', 'grant_id', 'reverses', 'label_key']);
const ofCustomers = new Set(['customer', 'customer_address']);

/** How what an operation changed is told: customers by the catalogue, what they have by the fields conditions know of it, the rest by texts. */
export function useChangeWords(catalogue: Catalogue | null) {
  const { t, language } = useTexts();
  const columns = t('operation.columns', { returnObjects: true }) as Record<string, string>;
  const partOf = (kind: string) => (ofCustomers.has(kind) ? catalogue : (catalogue?.thing(things[kind] ?? kind)?.catalogue ?? null));
  const fieldOf = ({ kind, field }: Change) => partOf(kind)?.findEver(field);
  return {
    /** False for columns that tell nothing the operation does not. */
    tells: ({ kind, field }: Change) => kind === 'customer' || !ofTheOperation.has(field),
    label: (change: Change) => {
      if (fieldOf(change) || change.kind === 'customer') return partOf(change.kind)?.label(change.field, language) ?? change.field;
      return columns[change.field] ?? change.field;
    },
    value: (change: Change, raw: unknown) => {
      const field = fieldOf(change);
      const isFlag = field?.type === 'boolean' && typeof raw === 'number';
      return catalogue ? plainValue(isFlag ? raw !== 0 : raw, field, partOf(change.kind) ?? catalogue, language, t) : String(raw ?? '');
    },
  };
}
