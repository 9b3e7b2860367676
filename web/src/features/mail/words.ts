import { useTexts } from '@/lib/i18n';
import type { Mail } from './api';

const known = ['password_reset', 'new_place_sign_in', 'factor_changed', 'member_confirmation', 'withdrawal', 'unusual_export'] as const;

export function useMailWords() {
  const { t } = useTexts();
  return {
    kind: (mail: Pick<Mail, 'template'>) => {
      const name = known.find((one) => one === mail.template);
      return name ? t(`mail.names.${name}`) : (mail.template ?? t('mail.byHand'));
    },
    cause: (mail: Mail) => (mail.cause ? t(`mail.causes.${mail.cause}`) : ''),
  };
}
