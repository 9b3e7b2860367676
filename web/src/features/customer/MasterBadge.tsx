import { Badge } from '@mantine/core';
import type { CatalogueField } from '@/lib/catalogue';
import classes from './customer.module.css';

/** The option that a name stands for: names of masters are unique. */
export const optionOf = (field: CatalogueField | undefined, name: string) => field?.options?.find(({ labels }) => labels.ja === name);

/** A label, group or level by its name, with its colour beside it: words never stand on a colour that somebody chose. */
export function MasterBadge({ field, name, mr = 0 }: { field: CatalogueField | undefined; name: string; mr?: number }) {
  const color = optionOf(field, name)?.color;
  return (
    <Badge size="sm" variant="default" mr={mr} className={classes.badge ?? ''} {...(color ? { leftSection: <span aria-hidden className={classes.colorDot} style={{ background: color }} /> } : {})}>
      {name}
    </Badge>
  );
}
