import { useCallback, useEffect, useRef } from 'react';
import type { ApiProblem } from './problem';

type Sending = { status: 'idle' | 'pending' | 'success' | 'error'; error: ApiProblem | null };

/** Sent again, this is the same request: no answer came, and whether it was done is not known. */
const isOpen = ({ status, error }: Sending): boolean => status === 'error' && (error === null || error.status === 0 || error.status >= 500);

/**
 * Idempotency-Keys of a form: one for one content, until it was answered. A refusal is kept with its key, and by the time
 * somebody sends the same again what it was refused for may be put right.
 */
export function useRequestKey(sending: Sending): (content: unknown) => string {
  const last = useRef({ content: '', key: '' });
  const answered = sending.status === 'success' || (sending.status === 'error' && !isOpen(sending));
  useEffect(() => {
    if (answered) last.current = { content: '', key: '' };
  }, [answered, sending.error]);
  return useCallback((content) => {
    const text = JSON.stringify(content);
    if (last.current.content !== text) last.current = { content: text, key: crypto.randomUUID() };
    return last.current.key;
  }, []);
}
