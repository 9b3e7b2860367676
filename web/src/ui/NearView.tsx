import { useEffect, useRef, useState, type ReactNode } from 'react';

type Props = { height: number; children: ReactNode };

// Two screens ahead: what comes into view is there already.
const ahead = '1600px 0px';

/**
 * What is far out of view is not there at all, only its place: lists of thousands stay as quick as short ones. `height`: about how
 * tall it will be, in pixels, until it has been seen once.
 */
export function NearView({ height, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ near: boolean; height: number }>({ near: false, height });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.at(-1)?.isIntersecting ?? false;
        setPlace((last) => {
          if (last.near === near) return last;
          return { near, height: last.near ? element.offsetHeight : last.height };
        });
      },
      { rootMargin: ahead },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} style={place.near ? undefined : { height: place.height }}>
      {place.near && children}
    </div>
  );
}
