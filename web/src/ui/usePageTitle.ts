import { useEffect } from 'react';

/** What the browser's tab, its history and a bookmark call the page; null leaves it to a part of the page. */
export function usePageTitle(name: string | null): void {
  useEffect(() => {
    if (name !== null) document.title = name === '' ? 'Otokui' : `${name} – Otokui`;
  }, [name]);
}
