import { TextInput } from '@mantine/core';
import { Field } from '@/ui/Field';

type Props = { label: string; help?: string; value: string; onChange: (value: string) => void; error?: string | undefined; focus?: boolean };

/** Six digits of an authenticator app; a recovery code fits as well. */
export function OtpBox({ label, help, value, onChange, error, focus }: Props) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <TextInput
          {...control}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          autoFocus={focus}
          data-autofocus={focus || undefined}
          data-mantine-stop-propagation
        />
      )}
    </Field>
  );
}
