import type { ComponentProps } from 'react';
import { isComposing } from '@/lib/text/ime';

type Props = Omit<ComponentProps<'form'>, 'onSubmit' | 'noValidate'> & { onSubmit: () => void };

/** A form that Enter sends, but not the Enter that ends a conversion of kana. What is wrong stands beside the boxes, in the words of the product. */
export function Form({ onSubmit, onKeyDown, ...rest }: Props) {
  return (
    // eslint-disable-next-line no-restricted-syntax -- the one there is
    <form
      {...rest}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // a dialog stands within the form that opened it, which is not sent with it
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
        onKeyDown?.(event);
      }}
    />
  );
}
