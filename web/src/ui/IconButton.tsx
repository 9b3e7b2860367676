import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

type Props = ActionIconProps & Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps | 'title' | 'aria-label'> & { label: string };

/** A button of an icon alone: `label` is read out, and shown to whoever points at it. */
export function IconButton({ label, ...rest }: Props) {
  return <ActionIcon aria-label={label} title={label} {...rest} />;
}
