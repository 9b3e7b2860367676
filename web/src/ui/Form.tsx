import type { ComponentProps, KeyboardEvent } from 'react';
import { isComposing } from '@/lib/text/ime';

type Props = Omit<ComponentProps<'form'>, 'onSubmit' | 'noValidate'> & { onSubmit: () => void };

/** Ctrl+S presses the button that sends the form, if it can be pressed. */
function saveByKey(event: KeyboardEvent<HTMLFormElement>): void {
  event.preventDefault();
  event.stopPropagation(); // neither the form around it nor the page is saved with it
  const button = event.currentTarget.querySelector<HTMLButtonElement>('button[type="submit"]:not(:disabled, [data-loading])');
  if (button) event.currentTarget.requestSubmit(button);
}

/** A form that Enter and Ctrl+S send, but not the Enter that ends a conversion of kana. What is wrong stands beside the boxes, in the words of the product. */
export function Form({ onSubmit, onKeyDown, ...rest }: Props) {
  return (
    // eslint-disable-next-line no-restricted-syntax -- the one there is
    <form
      {...rest}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // a dialog stands within the form that opened it, which is not sent with it
        const unreadable = event.currentTarget.querySelector<HTMLElement>('[data-unreadable]:not([data-not-sent] *)');
        if (unreadable) unreadable.focus();
        else onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
        if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 's' && !isComposing(event)) saveByKey(event);
        onKeyDown?.(event);
      }}
    />
  );
}
