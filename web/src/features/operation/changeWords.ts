import { plainValue } from '@/features/customer/columns';
import type { Schemas } from '@/lib/api/client';
import type { Catalogue } from '@/lib/catalogue';
import { formatMoment } from '@/lib/date/moment';
import type { Language, Translate } from '@/lib/i18n';

type Change = Pick<Schemas['Change'], 'kind' | 'field'> & { field_label?: Schemas['Labels'] };

// Things customers have by the names of their tables, where they differ.
const things: Record<string, string> = { coupon_grant: 'coupon', coupon_use: 'coupon' };
// Whose row it is, by whom and when: the operation says so itself.
const ofTheOperation = new Set(['customer_id', 'created_by', 'updated_by', 'granted_by', 'revoked_by', 'cancelled_by', 'at', 'created_at', 'updated_at', 'granted_at', 'grant_id', 'reverses', 'label_key']);
// Settings whose screens are made by hand; the others bring their labels along.
const ofSettings = {
  'general.shop_name': 'settings.shopName', 'general.public_url': 'settings.publicUrl', 'general.sender': 'mail.from', 'general.mail_unique': 'settings.mailUnique', 'general.access_log_days': 'access.days',
  'mail.host': 'mail.host', 'mail.port': 'mail.port', 'mail.tls': 'mail.tls', 'mail.allow_plain': 'mail.allowPlain', 'mail.user': 'mail.user', 'mail.password_at': 'mail.password', 'mail.sender': 'mail.from', 'mail.reply_to': 'mail.replyTo', 'mail.admin_email': 'mail.adminEmail', 'mail.timeout_seconds': 'mail.timeout', 'mail.ca_certificate': 'mail.certificate',
  'security.allowed_networks': 'security.networks', 'security.totp_roles': 'security.totpRoles',
} as const;
const isOfSettings = (field: string): field is keyof typeof ofSettings => field in ofSettings;
const isLabels = (value: unknown): value is Schemas['Labels'] => typeof value === 'object' && value !== null && 'ja' in value && 'en' in value;
const ofCustomers = new Set(['customer', 'customer_address']);
const isMoment = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value);

/** How what an operation changed is told: customers by the catalogue, what they have by the fields conditions know of it, the rest by texts. */
export function changeWords(catalogue: Catalogue | null, language: Language, t: Translate) {
  const columns = t('operation.columns', { returnObjects: true }) as Record<string, string>;
  const partOf = (kind: string) => (ofCustomers.has(kind) ? catalogue : (catalogue?.thing(things[kind] ?? kind)?.catalogue ?? null));
  const fieldOf = ({ kind, field }: Change) => partOf(kind)?.findEver(field);
  return {
    /** False for columns that tell nothing the operation does not. */
    tells: ({ kind, field }: Change) => kind === 'customer' || (!ofTheOperation.has(field) && !(kind === 'setting' && field === 'name')),
    field: (change: Change) => {
      if (change.field_label) return change.field_label[language];
      if (isOfSettings(change.field)) return t(ofSettings[change.field]);
      if (fieldOf(change) || ofCustomers.has(change.kind)) return partOf(change.kind)?.label(change.field, language) ?? change.field;
      return columns[change.field] ?? change.field;
    },
    value: (change: Change, raw: unknown): string => {
      const field = fieldOf(change);
      if (isLabels(raw)) return raw[language];
      if (change.kind === 'setting' && typeof raw === 'boolean') return t(raw ? 'common.yes' : 'common.no');
      if (!field && isMoment(raw)) return formatMoment(raw);
      const isFlag = field?.type === 'boolean' && typeof raw === 'number';
      const part = partOf(change.kind) ?? catalogue;
      return part ? plainValue(isFlag ? raw !== 0 : raw, field, part, language, t) : String(raw ?? '');
    },
  };
}
