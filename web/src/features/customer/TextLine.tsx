import { TextInput } from '@mantine/core';
import { useRef, useState, type CompositionEvent, type HTMLAttributes, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { isComposing } from '@/lib/text/ime';
import { NameReading, ReadingCollector } from '@/lib/text/kana';
import type { FieldControl } from '@/ui/Field';

/** What a composition did to a name: its reading, where all of the name is known; `whole`: it took the place of all that stood there. */
export type Composed = { reading: string | null; whole: 'of_empty' | 'of_name' | 'no' };

type Props = {
  control: FieldControl;
  text: string;
  more: HTMLAttributes<HTMLInputElement> & { autoComplete: string };
  onChange: (text: string) => void;
  onTidy: () => void; // the box is left, or sent with the form
  onComposed: ((composed: Composed) => void) | undefined;
};

/** A box of one line, which hears how a name in it is read. */
export function TextLine({ control, text, more, onChange, onTidy, onComposed }: Props) {
  const [collector] = useState(() => new ReadingCollector());
  const [name] = useState(() => new NameReading());
  const around = useRef({ before: '', after: '', replaced: '' });
  const composition = onComposed
    ? {
        onCompositionStart: ({ currentTarget: box }: CompositionEvent<HTMLInputElement>) => {
          const from = box.selectionStart ?? box.value.length;
          const to = box.selectionEnd ?? from;
          around.current = { before: box.value.slice(0, from), after: box.value.slice(to), replaced: box.value.slice(from, to) };
          collector.start();
        },
        onCompositionUpdate: ({ data }: CompositionEvent) => collector.update(data),
        onCompositionEnd: ({ data }: CompositionEvent) => {
          if (data === '') return; // given up
          const { before, after, replaced } = around.current;
          const whole = before !== '' || after !== '' ? 'no' : replaced === '' ? 'of_empty' : 'of_name';
          onComposed({ reading: name.put(before, data, collector.end(data), after), whole });
        },
      }
    : {};
  const onKeyDown = (event: KeyboardEvent) => {
    const sends = event.key === 'Enter' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's');
    if (sends && !isComposing(event)) flushSync(onTidy); // the form sends what the box will show
  };
  return <TextInput {...control} {...more} {...composition} value={text} onChange={(event) => onChange(event.currentTarget.value)} onBlur={onTidy} onKeyDown={onKeyDown} />;
}
