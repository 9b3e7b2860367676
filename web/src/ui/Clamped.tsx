import { Anchor } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useTexts } from '@/lib/i18n';
import classes from './Clamped.module.css';

/** A text of which the first lines are shown, and the rest by a press. On paper it stands whole. */
export function Clamped({ lines = 3, className, children }: { lines?: number; className?: string | undefined; children: ReactNode }) {
  const { t } = useTexts();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState(false);
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || whole) return;
    const measure = () => setCut(element.scrollHeight > element.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [whole, children]);
  const Turn = whole ? IconChevronUp : IconChevronDown;
  return (
    <div>
      <div ref={box} id={id} className={`${className ?? ''} ${whole ? '' : classes.short}`} style={{ '--clamped-lines': lines } as CSSProperties}>
        {children}
      </div>
      {(cut || whole) && (
        <Anchor component="button" type="button" size="xs" underline="always" className={`no-print ${classes.act}`} aria-expanded={whole} aria-controls={id} onClick={() => setWhole(!whole)}>
          {t(whole ? 'common.showLess' : 'common.showAll')}
          <Turn size={14} aria-hidden />
        </Anchor>
      )}
    </div>
  );
}
