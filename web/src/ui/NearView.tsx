import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';

// Two screens ahead, also within a box that scrolls by itself: what comes into view is there already.
const ahead = '1600px 0px';

type Place = { near: boolean; height: number };

function useNear<Box extends HTMLElement>(height: number): { box: RefObject<Box | null>; place: Place } {
  const box = useRef<Box>(null);
  const [place, setPlace] = useState<Place>({ near: false, height });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const reach: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: ahead, scrollMargin: ahead };
    const observer = new IntersectionObserver((entries) => {
      const near = entries.at(-1)?.isIntersecting ?? false;
      setPlace((last) => {
        if (last.near === near) return last;
        return { near, height: last.near ? element.offsetHeight : last.height };
      });
    }, reach);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, place };
}

type Props = { height: number; children: ReactNode };

/**
 * What is far out of view is not there at all, only its place: lists of thousands stay as quick as short ones. `height`: about how
 * tall it will be, in pixels, until it has been seen once.
 */
export function NearView({ height, children }: Props) {
  const { box, place } = useNear<HTMLDivElement>(height);
  return (
    <div ref={box} style={place.near ? undefined : { height: place.height }}>
      {place.near && children}
    </div>
  );
}

/** The same for rows of a table. `keep`: they stay, since the focus is among them. */
export function NearRows({ height, columns, keep, children }: Props & { columns: number; keep: boolean }) {
  const { box, place } = useNear<HTMLTableSectionElement>(height);
  return (
    <tbody ref={box}>
      {place.near || keep ? (
        children
      ) : (
        <tr aria-hidden style={{ height: place.height }}>
          <td colSpan={columns} />
        </tr>
      )}
    </tbody>
  );
}
