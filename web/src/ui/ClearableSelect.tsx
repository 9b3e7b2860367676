import { Select, VisuallyHidden, type SelectProps } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTexts } from '@/lib/i18n';
import { Described } from './Described';

type Props = Omit<SelectProps, 'value' | 'onChange' | 'onKeyDown' | 'onInput' | 'clearButtonProps'> & { value: string | null; onChange: (value: string | null) => void };

/**
 * A choice that can be taken back. The button for it in Mantine's box is reached by no key; so Delete and Backspace do it as
 * well, and in a box that is searched by typing whoever erases the text: it holds nothing when it shows nothing.
 */
export function ClearableSelect({ value, onChange, clearable = true, searchable = false, disabled = false, readOnly = false, inputContainer = (box) => box, ...rest }: Props) {
  const { t } = useTexts();
  const hint = useId();
  const [told, setTold] = useState('');
  const canClear = clearable && value !== null && !disabled && !readOnly;
  const choose = (next: string | null) => {
    setTold(next === null ? t('common.choiceCleared') : '');
    onChange(next);
  };
  const clearByKey = (event: KeyboardEvent) => {
    if (!canClear || searchable || (event.key !== 'Delete' && event.key !== 'Backspace')) return;
    event.preventDefault();
    choose(null);
  };
  return (
    <Select
      {...rest}
      value={value}
      onChange={choose}
      // eslint-disable-next-line no-restricted-syntax -- the one there is
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('common.clearChoice'), title: t('common.clearChoice') }}
      searchable={searchable}
      disabled={disabled}
      readOnly={readOnly}
      onKeyDown={clearByKey}
      onInput={(event) => {
        if (canClear && event.currentTarget.value === '') choose(null);
      }}
      inputContainer={(box) => (
        <>
          {inputContainer(<Described by={canClear ? hint : undefined}>{box}</Described>)}
          {canClear && (
            <span id={hint} hidden>
              {t(searchable ? 'common.clearByErasing' : 'common.clearByKey')}
            </span>
          )}
          {/* What is out of sight stays where the box is, or it would widen what scrolls around it. */}
          <div style={{ position: 'relative' }}>
            <VisuallyHidden aria-live="polite">{told}</VisuallyHidden>
          </div>
        </>
      )}
    />
  );
}
