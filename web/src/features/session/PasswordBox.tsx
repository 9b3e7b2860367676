import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '@/lib/i18n';
import { Field } from '@/ui/Field';

type Props = {
  label: string;
  help?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  use: 'current-password' | 'new-password';
  focus?: boolean;
};

export function PasswordBox({ label, help, value, onChange, error, use, focus }: Props) {
  const { t } = useTexts();
  const [visible, setVisible] = useState(false);
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <PasswordInput
          {...control}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          autoComplete={use}
          data-autofocus={focus || undefined}
          visible={visible}
          onVisibilityChange={setVisible}
          visibilityToggleButtonProps={{ 'aria-label': t(visible ? 'session.hide' : 'session.show') }}
        />
      )}
    </Field>
  );
}

export const shortestPassword = 12;

/** What is wrong with a new password and its repetition, before the server is asked. */
export function newPasswordErrors(password: string, repeated: string): { password?: 'session.tooShort'; repeated?: 'session.differs' } {
  return {
    ...([...password].length < shortestPassword ? { password: 'session.tooShort' as const } : {}),
    ...(password !== repeated ? { repeated: 'session.differs' as const } : {}),
  };
}
