import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';

// Two screens ahead, also within a box that scrolls by itself: what comes into view is there already.
const ahead = '1600px 0px';

type Tell = (near: boolean) => void;

const watched = new WeakMap<Element, Tell>();
let shared: IntersectionObserver | undefined;

/** One observer for all of them: with one each, thousands of places take longer to look after than what they hold. */
function observer(): IntersectionObserver {
  const reach: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: ahead, scrollMargin: ahead };
  shared ??= new IntersectionObserver((entries) => entries.forEach((entry) => watched.get(entry.target)?.(entry.isIntersecting)), reach);
  return shared;
}

type Place = { near: boolean; height: number };

function useNear<Box extends HTMLElement>(height: number, near: boolean): { box: RefObject<Box | null>; place: Place } {
  const box = useRef<Box>(null);
  const [place, setPlace] = useState<Place>({ near, height });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    watched.set(element, (near) =>
      setPlace((last) => {
        if (last.near === near) return last;
        return { near, height: last.near ? element.offsetHeight : last.height };
      }),
    );
    observer().observe(element);
    return () => observer().unobserve(element);
  }, []);
  return { box, place };
}

type Props = { height: number };

/**
 * What is far out of view is not there at all, only its place: lists of thousands stay as quick as short ones. `height`: about how
 * tall it will be, in pixels, until it has been seen once; with another `key` it is guessed anew. `near`: it is there from the start.
 */
export function NearView({ height, near = false, children }: Props & { near?: boolean; children: ReactNode }) {
  const { box, place } = useNear<HTMLDivElement>(height, near);
  return (
    <div ref={box} style={place.near ? undefined : { height: place.height }}>
      {place.near && children}
    </div>
  );
}

/** The same for rows of a table, which are made only when they are there. `keep`: they stay, since the focus is among them. */
export function NearRows({ height, columns, keep, rows }: Props & { columns: number; keep: boolean; rows: () => ReactNode }) {
  const { box, place } = useNear<HTMLTableSectionElement>(height, false);
  return (
    <tbody ref={box}>
      {place.near || keep ? (
        rows()
      ) : (
        <tr aria-hidden style={{ height: place.height }}>
          <td colSpan={columns} />
        </tr>
      )}
    </tbody>
  );
}
