import { QueryClient } from '@tanstack/react-query';
import { asProblem, type ApiProblem } from './problem';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiProblem;
  }
}

const worthAnotherTry = new Set([0, 502, 503, 504]);

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && worthAnotherTry.has(asProblem(error).status),
      },
      mutations: { retry: false },
    },
  });
}
