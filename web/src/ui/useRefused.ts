import { useEffect, useEffectEvent } from 'react';
import type { ApiProblem } from '@/lib/api/problem';

/** Leads to what a refused save has marked, once the marks stand there: the frame after `onError` may still be without them. */
export function useRefused(problem: ApiProblem | null, lead: () => void): void {
  const onRefused = useEffectEvent(lead);
  useEffect(() => {
    if (problem) onRefused();
  }, [problem]);
}
