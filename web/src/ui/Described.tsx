import { InputWrapperContext } from '@mantine/core';
import { use, type ReactNode } from 'react';

/**
 * A box of Mantine names the notes that it shows itself and drops any other `aria-describedby`. Its `inputContainer` is the
 * one place between the two: what is told here is told of the box as well. `by`: ids, or nothing just now.
 */
export function Described({ by, children }: { by: string | undefined; children: ReactNode }) {
  const box = use(InputWrapperContext);
  const describedBy = [by, box.describedBy].filter(Boolean).join(' ') || undefined;
  return <InputWrapperContext value={{ ...box, describedBy }}>{children}</InputWrapperContext>;
}
